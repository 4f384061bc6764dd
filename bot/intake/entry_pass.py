"""One pass over what a source lists: new and changed entries become articles."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.archive import Archive
from bot.archive.source_rows import Arrival, ArrivalKind, EntryMark, EntryRow
from bot.intake.entries import FeedEntry
from bot.intake.hosts import CONNECTIONS
from bot.intake.page_reader import PageReader
from bot.intake.problems import PASSING, FetchError, FetchProblem
from bot.intake.source import SourceSpec

log = structlog.get_logger()

MOST_TRIES = 3
MOST_READ = 60
"""Entries of one source in one pass; the rest come in the next."""

_BATCH = 10
"""Articles in one transaction: what a killed process has to read again at most."""

# A change within this time before the pass is the feed's own clock, not the outlet's.
_UNSTABLE = timedelta(minutes=2)


@dataclass
class Tally:
    """What a pass came to."""

    kinds: Counter[ArrivalKind] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    waiting: int = 0
    """Entries that are to be tried again."""

    @property
    def new(self) -> int:
        """How many articles were not there before."""
        return self.kinds[ArrivalKind.ADDED] + self.kinds[ArrivalKind.REPRINT]


class EntryPass:
    """Reads the entries of one source; each article is stored with the mark of its entry."""

    def __init__(
        self, archive: Archive, pages: PageReader, spec: SourceSpec, now: datetime
    ) -> None:
        self._archive = archive
        self._pages = pages
        self._spec = spec
        self._now = now
        self._arrivals: list[Arrival] = []
        self._failures: list[EntryMark] = []
        self._pause: FetchError | None = None
        self.tally = Tally()

    async def read(self, entries: tuple[FeedEntry, ...]) -> Tally:
        """Read what is new or changed; what was read before a failure is kept."""
        by_key = {entry.key: entry for entry in entries}
        before = await self._archive.sources.entries(self._spec.id, list(by_key))
        wanted = [
            (entry, before.get(key))
            for key, entry in by_key.items()
            if self._is_wanted(entry, before.get(key))
        ]
        self.tally.waiting = max(0, len(wanted) - MOST_READ)
        queue = iter(wanted[:MOST_READ])
        try:
            async with asyncio.TaskGroup() as readers:
                for _ in range(CONNECTIONS):
                    readers.create_task(self._read_from(queue))
        finally:
            await self._flush()
        return self.tally

    def _is_wanted(self, entry: FeedEntry, before: EntryRow | None) -> bool:
        if before is None or not before.is_settled:
            return True
        return before.stamp != self._stamp(entry)

    def _stamp(self, entry: FeedEntry) -> str:
        return entry.stamp(unstable_after=self._now - _UNSTABLE)

    async def _read_from(self, queue: Iterator[tuple[FeedEntry, EntryRow | None]]) -> None:
        for entry, before in queue:
            if self._pause is not None:
                # The site asked for a pause: the rest is not tried, and not held against it.
                self.tally.waiting += 1
                continue
            await self._read_one(entry, before)
            if len(self._arrivals) + len(self._failures) >= _BATCH:
                await self._flush()

    async def _read_one(self, entry: FeedEntry, before: EntryRow | None) -> None:
        mark = EntryMark(self._spec.id, entry.key, self._stamp(entry))
        same = before is not None and before.stamp == mark.stamp
        tries = 1 + (before.attempts if before is not None and same else 0)
        last_try = tries >= MOST_TRIES
        try:
            arrival = await self._pages.entry(entry, self._spec, now=self._now, last_try=last_try)
        except FetchError as error:
            self._fail(mark, error, last_try=last_try)
        except Exception as error:
            # Whatever a page brings about, the others are read.
            log.exception("entry_broke_the_reader", source=self._spec.id, url=entry.url)
            broken = FetchError(FetchProblem.UNREADABLE, type(error).__name__)
            self._fail(mark, broken, last_try=last_try)
        else:
            self._arrivals.append(replace(arrival, entry=mark))

    def _fail(self, mark: EntryMark, error: FetchError, *, last_try: bool) -> None:
        self.tally.problems.append(error.reason)
        if error.problem is FetchProblem.BUSY:
            self._pause = error
            self.tally.waiting += 1
            return
        is_settled = last_try or error.problem not in PASSING
        self.tally.waiting += not is_settled
        self._failures.append(replace(mark, is_settled=is_settled, error=error.reason))

    async def _flush(self) -> None:
        arrivals, self._arrivals = self._arrivals, []
        failures, self._failures = self._failures, []
        if arrivals:
            taken = await self._archive.arrivals.take(arrivals, now=self._now)
            self.tally.kinds.update(arrived.kind for arrived in taken)
        if failures:
            await self._archive.sources.mark(failures, now=self._now)

    @property
    def not_before(self) -> datetime | None:
        """Until when the site asked to be left alone."""
        return self._pause.not_before if self._pause is not None else None
