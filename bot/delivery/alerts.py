"""Telling at once what subscribers asked to hear of: people, topics, answers to saved searches."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.archive import Archive
from bot.archive.alert_audience import AudienceRow, Concerned
from bot.archive.alert_rows import MatchRow, ToldRow
from bot.archive.story_reading import parts
from bot.briefings import Briefings
from bot.briefings.alerts import FRESH
from bot.briefings.material import words_of
from bot.clock import Now
from bot.delivery.alert_choice import Choice, Match, Subject, choose, has_any, is_quiet
from bot.delivery.alert_editions import AlertEditions, Keyboard
from bot.errors import ArchiveError

log = structlog.get_logger()

PAGE = 2_000
"""Subscribers of one transaction: some 100 ms, after which others may write."""


@dataclass(frozen=True, slots=True)
class _New:
    """What one look found: subjects, the weightiest first, and what of it answers searches."""

    subjects: tuple[Subject, ...]
    found: Mapping[int, Sequence[Match]]
    """By subscriber."""
    marks: Mapping[int, str]
    searched_until: datetime | None


@dataclass
class Alerts:
    """Looks what has become news since it looked last, and tells whom it concerns.

    What was told is a row, never memory: after a restart everything of the last day is looked at
    once more, and nobody is told twice.
    keyboard: makes the buttons of a message.
    """

    archive: Archive
    briefings: Briefings
    now: Now
    keyboard: Keyboard
    _marks: Mapping[int, str] = field(default_factory=dict)
    """The stories that were looked at, as they were then."""
    _searched_until: datetime | None = None
    _last: datetime | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> int:
        """Put messages for everybody whom news concerns into the outbox; return how many."""
        async with self._looking:
            try:
                return await self._look(self.now())
            except ArchiveError as error:
                # Another process was quicker, or the archive is busy: the next look goes on.
                log.warning("alerts_not_made", reason=str(error))
                return 0

    async def hold_back(self) -> int:
        """Take back what waits in the outbox while its hour has become a quiet one."""
        now = self.now()
        held = [
            row.delivery_id
            for row in await self.archive.alerts.unsent(now)
            if is_quiet(row.quiet, row.time_zone, now)
            or (row.paused_until is not None and row.paused_until > now)
        ]
        if held:
            await self.archive.alerts.hold_back(held)
        return len(held)

    async def _look(self, now: datetime) -> int:
        new = await self._read(now)
        told = await self._tell(new, now)
        if new.searched_until is not None and new.searched_until != self._searched_until:
            await self.archive.searches.checked(None, until=new.searched_until)
            self._searched_until = new.searched_until
        self._marks = new.marks
        return told

    async def _read(self, now: datetime) -> _New:
        since = now - FRESH
        news = {row.story_id: row for row in await self.archive.alert_news.stories(since, now)}
        changed = {id_ for id_, row in news.items() if self._marks.get(id_) != row.mark}
        until = await self.archive.alert_news.searchable(now)
        matches: list[MatchRow] = []
        if until is not None and until != self._searched_until:
            matches = await self.archive.alert_news.matches(since, until)
        place = await self.archive.alert_news.subjects(
            {match.article_id for match in matches}, since, now
        )
        found: defaultdict[int, list[Match]] = defaultdict(list)
        for match in matches:
            if (subject := place.get(match.article_id)) is not None:
                found[match.subscriber_id].append((subject, match.text))
        people: defaultdict[int, dict[int, datetime]] = defaultdict(dict)
        for row in await self.archive.alert_news.named(changed, since, now):
            people[row.story_id][row.person_id] = row.newest_at
        stories = {one for one in place.values() if one > 0}
        weighed = await self.briefings.composer.weighed(changed | stories, since=since)
        subjects = [
            Subject(
                one.row.id,
                one.standing.importance,
                # Of what only answers a search, the rest was looked at before.
                one.topic if one.row.id in changed else None,
                one.words,
                news[one.row.id].newest_at if one.row.id in news else now,
                people[one.row.id],
            )
            for one in weighed
        ]
        subjects += await self._articles([-one for one in place.values() if one < 0], now)
        marks = {id_: row.mark for id_, row in news.items()}
        return _New(tuple(subjects), found, marks, until)

    async def _articles(self, article_ids: Sequence[int], now: datetime) -> list[Subject]:
        rows = [
            row
            for part in parts(list(dict.fromkeys(article_ids)))
            for row in await self.archive.articles.several(part)
        ]
        return [
            Subject(
                -row.id,
                0.0,
                None,
                words_of([row.title, *(line.text for line in row.summary)]),
                now,
            )
            for row in rows
        ]

    async def _tell(self, new: _New, now: datetime) -> int:
        concerned = Concerned(
            people=frozenset(person for one in new.subjects for person in one.people),
            topics=frozenset(one.topic for one in new.subjects if one.topic is not None),
            searchers=frozenset(new.found),
            subjects=await self.archive.alert_news.aliases([one.id for one in new.subjects]),
        )
        editions = AlertEditions(
            self.archive, self.briefings, self.keyboard, self._next_moment(now), now
        )
        excluded = _Excluded()
        after, told = 0, 0
        while True:
            page = await self.archive.alerts.audience(concerned, after=after, limit=PAGE, now=now)
            if page:
                after = page[-1].id
                # Beside the event loop: words are looked for in all their forms.
                chosen = await asyncio.to_thread(_choose_all, page, new, now, excluded)
                told += await self._keep(chosen, editions, now)
            if len(page) < PAGE:
                return told

    async def _keep(
        self,
        chosen: Sequence[tuple[AudienceRow, Choice]],
        editions: AlertEditions,
        now: datetime,
    ) -> int:
        rows = []
        for (reader, choice), edition_id in zip(chosen, await editions.of(chosen), strict=True):
            sent, held, released = choice.sent, choice.held, choice.released
            # What went while it was looked at is told by nobody.
            if edition_id is None:
                sent, released = (), ()
            ids = tuple(one.id for one in released)
            rows.append(ToldRow(reader.id, edition_id, sent, held, ids))
        rows = [row for row in rows if row.edition_id is not None or row.held]
        if not rows:
            return 0
        return await self.archive.alerts.tell(rows, moment=editions.moment, now=now)

    def _next_moment(self, now: datetime) -> datetime:
        """Name the messages of this look: no two looks may have the same name."""
        if self._last is not None and now <= self._last:
            now = self._last + timedelta(microseconds=1)
        self._last = now
        return now


class _Excluded:
    """Remembers which words are in which subject: many leave out the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[str, ...]], bool] = {}

    def __call__(self, subject: Subject, phrases: tuple[str, ...]) -> bool:
        key = (subject.id, phrases)
        if key not in self._known:
            self._known[key] = has_any(subject, phrases)
        return self._known[key]


def _choose_all(
    page: Collection[AudienceRow],
    new: _New,
    now: datetime,
    is_excluded: Callable[[Subject, tuple[str, ...]], bool],
) -> list[tuple[AudienceRow, Choice]]:
    chosen = (
        (
            reader,
            choose(
                reader,
                new.subjects,
                new.found.get(reader.id, ()),
                now,
                is_excluded=is_excluded,
            ),
        )
        for reader in page
    )
    return [(reader, choice) for reader, choice in chosen if choice.message or choice.held]
