"""What a subscriber is told of at once, what later, and what not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.alert_audience import AudienceRow
from bot.archive.alert_rows import HeldRow, NewAlert, Reason, Why
from bot.archive.rows import Quiet
from bot.briefings.material import matches, phrase_forms

MOST_AT_ONCE = 10
"""Of one message; what goes beyond is held back."""


@dataclass(frozen=True)
class Subject:
    """Something that subscribers may be told of: a story, or an article that is in none.

    id: of the story; a negative one is that of the article. importance: from 0 to 1.
    people: whom its news names, and when the last such article came in. newest_at: when its last
    one did. words: folded, as `briefings.material.words_of` gives them. Moments are aware.
    """

    id: int
    importance: float
    topic: str | None
    words: frozenset[str]
    newest_at: datetime
    people: Mapping[int, datetime] = field(default_factory=dict)


Match = tuple[int, str]
"""A subject, and the saved search that it answers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes to a subscriber now, what they are told later; `released` was held before."""

    sent: tuple[NewAlert, ...] = ()
    held: tuple[NewAlert, ...] = ()
    released: tuple[HeldRow, ...] = ()

    @property
    def message(self) -> tuple[NewAlert, ...]:
        """What the message tells, in its order."""
        return (*(NewAlert(one.subject, one.reasons) for one in self.released), *self.sent)


def is_quiet(quiet: Quiet | None, zone: str, now: datetime) -> bool:
    """Tell whether it is a quiet hour for somebody by the clocks of their zone."""
    return quiet is not None and quiet.covers(now.astimezone(ZoneInfo(zone)).hour)


def may_be_told(reader: AudienceRow, now: datetime) -> bool:
    """Tell whether a message may come now: no quiet hour, no pause, and room left in their day."""
    if reader.paused_until is not None and reader.paused_until > now:
        return False
    if is_quiet(reader.quiet, reader.time_zone, now):
        return False
    zone = ZoneInfo(reader.time_zone)
    today = now.astimezone(zone).date()
    return sum(sent.astimezone(zone).date() == today for sent in reader.sent) < reader.a_day


def choose(
    reader: AudienceRow,
    subjects: Sequence[Subject],
    found: Sequence[Match],
    now: datetime,
    *,
    is_excluded: Callable[[Subject, tuple[str, ...]], bool],
) -> Choice:
    """Choose what a subscriber is told.

    subjects: all that is new, the weightiest first. found: what of it answers their searches.
    is_excluded: tells whether one of the words that somebody wants left out is in a subject.
    """
    wanted = tuple(
        NewAlert(subject.id, reasons)
        for subject in subjects
        if subject.id not in reader.told
        and (reasons := tuple(_reasons(reader, subject, found)))
        and not is_excluded(subject, reader.exclude)
    )
    if not may_be_told(reader, now):
        return Choice(held=wanted)
    released = reader.held[:MOST_AT_ONCE]
    room = MOST_AT_ONCE - len(released)
    return Choice(wanted[:room], wanted[room:], released)


def _reasons(reader: AudienceRow, subject: Subject, found: Sequence[Match]) -> Iterable[Reason]:
    if subject.importance >= reader.least_importance:
        for person, newest_at in subject.people.items():
            followed_at = reader.follows.get(person)
            if followed_at is not None and _is_since(reader, newest_at) and newest_at > followed_at:
                yield Why.PERSON, str(person)
        if subject.topic in reader.topics and _is_since(reader, subject.newest_at):
            yield Why.TOPIC, str(subject.topic)
    # Asked for in so many words: told whatever it weighs.
    for subject_id, text in found:
        if subject_id == subject.id:
            yield Why.SEARCH, text


def _is_since(reader: AudienceRow, moment: datetime) -> bool:
    return reader.since is None or moment > reader.since


def has_any(subject: Subject, phrases: tuple[str, ...]) -> bool:
    """Tell whether one of some words or phrases is in a subject, in any form."""
    return matches(subject.words, {phrase: phrase_forms(phrase) for phrase in phrases})
