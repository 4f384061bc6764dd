"""Polling: every source at its own rhythm, and none at the cost of another."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from bot.archive import Archive
from bot.archive.source_rows import ArrivalKind, Polled, SourceRow
from bot.clock import Now
from bot.errors import ArchiveError
from bot.intake.client import GuardedClient, Validators
from bot.intake.due_sources import DueSources
from bot.intake.entry_pass import EntryPass, Tally
from bot.intake.folder_pass import read_folder
from bot.intake.page_reader import PageReader
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.rhythm import after, after_failure, next_rhythm
from bot.intake.source import SourceSpec
from bot.intake.source_reader import SourceReader
from bot.intake.trial import Trial, Trials
from bot.intake.worker import Worker

log = structlog.get_logger()

SOURCES_AT_ONCE = 8
SOURCE_SECONDS = 240.0
"""What a source has not given by then comes in the next pass."""

_LAST_SECONDS = 5.0
_ENOUGH_UNREAD = 3
_NONE_READ = "None of its articles can be read."


class Follows(Protocol):
    """What the poller needs to know of a beat."""

    @property
    def sources(self) -> tuple[SourceSpec, ...]:
        """The sources that the beat's file names."""
        ...


@dataclass
class Report:
    """What a pass over all sources that were due came to."""

    polled: int = 0
    unchanged: int = 0
    kinds: Counter[ArrivalKind] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    """The reason of each source that failed, by its id."""

    @property
    def new(self) -> int:
        """How many articles were not there before."""
        return self.kinds[ArrivalKind.ADDED] + self.kinds[ArrivalKind.REPRINT]


class Poller:
    """Follows the sources of a beat, and those that operators added."""

    def __init__(
        self,
        archive: Archive,
        client: GuardedClient,
        beat: Follows,
        now: Now,
        *,
        worker: Worker | None = None,
    ) -> None:
        self._archive = archive
        self._client = client
        self._beat = beat
        self._now = now
        self._worker = worker or Worker()
        self.pages = PageReader(client, self._worker)
        self._reader = SourceReader(client, self._worker)
        self._trials = Trials(self._reader, self.pages, now)
        self._is_seeded = False
        self._polling = asyncio.Lock()

    async def seed(self, now: datetime | None = None) -> None:
        """Make the sources of the beat's file known to the archive."""
        await self._archive.sources.seed(self._beat.sources, now=now or self._now())
        self._is_seeded = True

    async def poll(self, now: datetime | None = None) -> Report:
        """Ask every source whose time has come, several at once.

        Each article is stored with the mark of its entry: a process that ends in the middle loses
        nothing.
        Raises ArchiveError when the archive fails.
        """
        async with self._polling:
            return await self._poll(now or self._now())

    async def _poll(self, now: datetime) -> Report:
        if not self._is_seeded:
            await self.seed(now)
        report = Report()
        due = DueSources(self._archive.sources, now)
        try:
            async with asyncio.TaskGroup() as runners:
                for _ in range(SOURCES_AT_ONCE):
                    runners.create_task(self._run(due, now, report))
        except* ArchiveError as errors:
            raise errors.exceptions[0] from None
        await self._archive.sources.forget_entries(now)
        return report

    async def try_source(self, spec: SourceSpec) -> Trial:
        """Fetch a source without storing anything; tell what it gives, or why it does not."""
        return await self._trials.of_source(spec)

    async def try_address(self, url: str, spec: SourceSpec) -> Trial:
        """Find out what an address is: a feed, or a page that names one; fetch that for a trial.

        spec: what is known of the source; its kind and address are what is found out.
        """
        return await self._trials.of_address(url, spec)

    async def close(self) -> None:
        """Let go of connections and of the worker process, once a pass that was ended is over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._polling.acquire(), _LAST_SECONDS)
        await self._client.close()
        self._worker.close()

    async def _run(self, due: DueSources, now: datetime, report: Report) -> None:
        try:
            while (source := await due.next()) is not None:
                await due.note(source, await self._poll_one(source, now, report))
        finally:
            await due.write()

    async def _poll_one(self, source: SourceRow, now: datetime, report: Report) -> Polled:
        report.polled += 1
        try:
            async with asyncio.timeout(SOURCE_SECONDS):
                polled = await self._ask(source, now, report)
        except TimeoutError:
            polled = self._failed(source, now, FetchError(FetchProblem.TOO_SLOW, "all in all"))
        except FetchError as error:
            polled = self._failed(source, now, error)
        except ArchiveError:
            raise
        except Exception as error:
            # Whatever one source brings about, the others are asked.
            log.exception("source_broke_the_poller", source=source.spec.id)
            detail = type(error).__name__
            polled = self._failed(source, now, FetchError(FetchProblem.UNREADABLE, detail))
        if polled.failed and polled.error is not None:
            report.failed[source.spec.id] = polled.error
            log.info("source_failed", source=source.spec.id, reason=polled.error)
        return polled

    async def _ask(self, source: SourceRow, now: datetime, report: Report) -> Polled:
        spec = source.spec
        if spec.kind == "folder":
            tally = await read_folder(self._archive, self._worker, spec, now)
            report.kinds.update(tally.kinds)
            return self._done(source, now, tally, Validators(), None)
        before = Validators(source.etag, source.last_modified)
        listed = await self._reader.listed(spec, before)
        if listed.feed is None:
            report.unchanged += 1
            return self._done(source, now, Tally(), before, None)
        entries = EntryPass(self._archive, self.pages, spec, now)
        tally = await entries.read(listed.feed.entries)
        report.kinds.update(tally.kinds)
        notes = listed.feed.problems
        return self._done(source, now, tally, listed.validators, entries.not_before, notes)

    def _done(
        self,
        source: SourceRow,
        now: datetime,
        tally: Tally,
        validators: Validators,
        not_before: datetime | None,
        notes: tuple[str, ...] = (),
    ) -> Polled:
        unread = _unread(source, tally)
        if unread is not None:
            return self._failed(source, now, unread, not_before=not_before)
        every = next_rhythm(source.every, new_articles=tally.new)
        # While entries wait to be tried again, the list is asked for in full.
        kept = Validators() if tally.waiting else validators
        moment = after(now, every)
        return Polled(
            next_poll_at=moment if not_before is None else max(moment, not_before),
            every=every,
            new_articles=tally.new,
            error=_most_common(tally.problems) or next(iter(notes), None),
            etag=kept.etag,
            last_modified=kept.last_modified,
        )

    def _failed(
        self,
        source: SourceRow,
        now: datetime,
        error: FetchError | str,
        *,
        not_before: datetime | None = None,
    ) -> Polled:
        if isinstance(error, FetchError):
            not_before = error.not_before
        moment = after_failure(now, source.failures + 1, not_before)
        return Polled(moment, source.every, error=str(error), failed=True)


def _unread(source: SourceRow, tally: Tally) -> str | None:
    """Tell of a source whose list can be read, but none of its articles: a wall, a ban.

    It stays so until an article can be read, however often the list comes unchanged.
    """
    if tally.kinds:
        return None
    if len(tally.problems) >= _ENOUGH_UNREAD:
        return f"{_NONE_READ} {_most_common(tally.problems)}"
    is_unread = source.failures > 0 and source.error is not None
    return source.error if is_unread and str(source.error).startswith(_NONE_READ) else None


def _most_common(problems: list[str]) -> str | None:
    return Counter(problems).most_common(1)[0][0] if problems else None
