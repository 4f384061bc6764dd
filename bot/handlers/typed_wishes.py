"""What people type or press for their wishes, read with care: words, days, values of buttons."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from bot.archive.rows import Length, Quiet, Wishes
from bot.briefings import Briefings
from bot.handlers.settings_screens import LEVELS, mark
from bot.locales.wording import Wording
from summarizer.terms import tokens_of

A_DAY = (0, 1, 3, 5, 10)
"""Messages a day that tell at once; so many can be chosen."""
MOST_WORDS = 20
"""Of each kind."""
LONGEST = 60
MOST_IN_A_PHRASE = 5

_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?")
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")


@dataclass
class WordsError(Exception):
    """The words cannot be taken; `reason` is "long", "empty" or "many"."""

    reason: Literal["long", "empty", "many"]

    def sentence(self, words: Wording) -> str:
        """Say why, and what to do."""
        if self.reason == "many":
            return words.count(
                "At most {number} word of a kind. Drop some first: /settings",
                "At most {number} words of a kind. Drop some first: /settings",
                MOST_WORDS,
            )
        if self.reason == "empty":
            return words.say("I need words made of letters, such as /include oil, uranium.")
        return words.say("One of these is too long: at most five words and 60 letters each.")


class DayError(ValueError):
    """That is no day."""


def read_words(said: str) -> tuple[str, ...]:
    """Read words or phrases with commas or line breaks between them; () where nothing is said.

    Raises WordsError.
    """
    phrases = [" ".join(part.split()) for part in re.split(r"[,;\n]", said[:4_096])]
    phrases = list(dict.fromkeys(phrase.casefold() for phrase in phrases if phrase))
    if len(phrases) > MOST_WORDS:
        raise WordsError("many")
    for phrase in phrases:
        if len(phrase) > LONGEST or len(phrase.split()) > MOST_IN_A_PHRASE:
            raise WordsError("long")
        if not tokens_of(phrase):
            raise WordsError("empty")
    return tuple(phrases)


def including(added: Sequence[str]) -> Callable[[Wishes], Wishes]:
    """Add words to be told of, no longer to be left out. Raises WordsError when too many."""

    def change(old: Wishes) -> Wishes:
        left = tuple(word for word in old.exclude if word not in added)
        return replace(old, include=_joined(old.include, added), exclude=left)

    return change


def excluding(added: Sequence[str]) -> Callable[[Wishes], Wishes]:
    """Add words to be left out, no longer to be told of. Raises WordsError when too many."""

    def change(old: Wishes) -> Wishes:
        left = tuple(word for word in old.include if word not in added)
        return replace(old, exclude=_joined(old.exclude, added), include=left)

    return change


def _joined(old: Sequence[str], added: Sequence[str]) -> tuple[str, ...]:
    joined = tuple(dict.fromkeys((*old, *added)))
    if len(joined) > MOST_WORDS:
        raise WordsError("many")
    return joined


def read_day(said: str, zone: str, now: datetime) -> date:
    """Read a day: "2027-01-15", "15.01.2027", or "15.01" for the next one of that date.

    Raises DayError.
    """
    said = said.strip()[:20]
    today = now.astimezone(ZoneInfo(zone)).date()
    match = _DAY.fullmatch(said)
    try:
        if match is None:
            return date.fromisoformat(said)
        day, month, year = int(match[1]), int(match[2]), match[3]
        if year:
            return date(int(year), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year > today else date(today.year + 1, month, day)
    except ValueError:
        raise DayError from None


def day_begins(day: date, zone: str) -> datetime:
    """Give the moment at which a day begins in a zone, in UTC. Raises DayError at the ends."""
    try:
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        raise DayError from None


def changed_by(what: str, value: str, briefings: Briefings) -> Callable[[Wishes], Wishes] | None:
    """Say how a button of the settings changes wishes; None when it asks for what cannot be."""
    readers: dict[str, Callable[[], Callable[[Wishes], Wishes] | None]] = {
        "length": lambda: _length(value),
        "topic": lambda: _topic(value, frozenset(briefings.topics.names("ru"))),
        "weight": lambda: _weight(value),
        "quiet": lambda: _quiet(value),
        "drop": lambda: _dropped(value),
    }
    return readers[what]() if what in readers else _switched(what, value)


def alerting(what: str, value: str, now: datetime) -> Callable[[Wishes], Wishes] | None:
    """Say how a button of the alerts changes wishes; None when it asks for what cannot be.

    now: what came in before is not told at once because of it.
    """
    if what == "perday" and value in map(str, A_DAY):
        return lambda old: replace(old, alerts_a_day=int(value), alerts_since=now)
    if what == "atonce" and value in map(str, range(len(LEVELS))):
        return lambda old: replace(old, alert_importance=LEVELS[int(value)], alerts_since=now)
    if what == "alerttopics" and value in ("on", "off"):
        return lambda old: replace(old, alert_topics=value == "on", alerts_since=now)
    return None


def from_now(change: Callable[[Wishes], Wishes], now: datetime) -> Callable[[Wishes], Wishes]:
    """Let a change of topics tell nothing at once that came in before `now` (aware)."""

    def change_from_now(old: Wishes) -> Wishes:
        new = change(old)
        return replace(new, alerts_since=now) if new.alert_topics else new

    return change_from_now


def _length(value: str) -> Callable[[Wishes], Wishes] | None:
    if value not in set(Length):
        return None
    return lambda old: replace(old, length=Length(value))


def _weight(value: str) -> Callable[[Wishes], Wishes] | None:
    if value not in map(str, range(len(LEVELS))):
        return None
    return lambda old: replace(old, least_importance=LEVELS[int(value)])


def _dropped(value: str) -> Callable[[Wishes], Wishes]:
    return lambda old: replace(
        old,
        include=tuple(word for word in old.include if mark("i", word) != value),
        exclude=tuple(word for word in old.exclude if mark("x", word) != value),
    )


def _switched(what: str, value: str) -> Callable[[Wishes], Wishes] | None:
    if value not in ("on", "off"):
        return None
    is_on = value == "on"
    switches: dict[str, Callable[[Wishes], Wishes]] = {
        "silent": lambda old: replace(old, is_silent=is_on),
        "pdf": lambda old: replace(old, has_pdf=is_on),
        "rich": lambda old: replace(old, is_rich=is_on),
        "only": lambda old: replace(old, only_followed=is_on),
    }
    return switches.get(what)


def _topic(value: str, known: frozenset[str]) -> Callable[[Wishes], Wishes] | None:
    if value == "all":
        return lambda old: replace(old, topics=frozenset())
    sign, topic = value[:1], value[1:]
    if topic not in known or sign not in ("+", "-"):
        return None
    if sign == "+":
        # What an earlier beat called a topic is dropped: nothing belongs to it any more.
        return lambda old: replace(old, topics=(old.topics & known) | {topic})
    return lambda old: replace(old, topics=old.topics - {topic})


def _quiet(value: str) -> Callable[[Wishes], Wishes] | None:
    if value == "none":
        return lambda old: replace(old, quiet=None)
    match = _HOURS.fullmatch(value)
    if match is None or int(match[1]) > 23 or int(match[2]) > 23:
        return None
    quiet = Quiet(int(match[1]), int(match[2]))
    return lambda old: replace(old, quiet=quiet)
