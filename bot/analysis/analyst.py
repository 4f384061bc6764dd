"""Analyses what the archive has not yet analysed, and lets people wait for it a moment."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.analysis.beat_people import surnames
from bot.analysis.jobs import Job
from bot.analysis.workshop import BrokenOffError, Workshop
from bot.archive import Archive
from bot.archive.people_rows import KnownPerson, PendingArticle
from bot.clock import Now
from bot.scheduling import every
from summarizer.findings import Findings
from summarizer.language import detect_language

log = structlog.get_logger()

EVERY_SECONDS = 10

ANALYSIS_VERSION = 3
"""Raised when the analysis finds more or other things: every article is then analysed again."""


class Analyst:
    """Goes through the articles without an analysis of this version, the newest first."""

    def __init__(
        self,
        archive: Archive,
        workshop: Workshop[Job, Findings],
        people: Sequence[KnownPerson],
        now: Now,
        *,
        zone: str = "UTC",
        common: frozenset[str] = frozenset(),
        version: int = ANALYSIS_VERSION,
    ) -> None:
        """Join the parts.

        people: those of the beat.
        zone: the IANA zone in which outlets count their days.
        common: the words of the beat that tell no event from another.
        """
        self._archive = archive
        self._workshop = workshop
        self._people = people
        self._followed = {kazakh: surnames(people, everybody=kazakh) for kazakh in (False, True)}
        self._common = common
        self._now = now
        self._version = version
        self._zone = ZoneInfo(zone)
        self._at_work = asyncio.Lock()
        self._idle = asyncio.Event()
        self._looked = False
        self._hurry: Callable[[], None] = lambda: None

    async def prepare(self) -> None:
        """Bring the people of the beat and the dates of the samples up to date."""
        await self._archive.people.take_over(self._people)
        await self._archive.analyses.follow_dates()
        await self._archive.stories.follow_dates()

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Add the tick that catches up; it begins at once when somebody waits."""
        tick = every(scheduler, self.catch_up, EVERY_SECONDS, name="analyse")
        self._hurry = lambda: tick.modify(next_run_time=datetime.now(UTC))

    async def pending(self) -> int:
        """Count the articles that wait."""
        return await self._archive.analyses.pending(self._version)

    async def catch_up(self, *, progress: Callable[[], None] = lambda: None) -> int:
        """Analyse all that waits; return how many articles are through. Never beside itself.

        progress: called after every article. When nothing waits, the worker may rest.
        """
        async with self._at_work:
            done = 0
            while (article := await self._archive.analyses.next(self._version)) is not None:
                self._idle.clear()
                done += await self._analyse(article)
                progress()
            await self._archive.stories.settle()
            self._idle.set()
            self._looked = True
            if not done:
                await self._workshop.close()
            return done

    async def is_settled(self) -> bool:
        """Say whether nothing waited when it was last looked; the first time, look."""
        if not self._looked:
            self._looked = True
            if not await self.pending():
                self._idle.set()
        return self._idle.is_set()

    async def wait(self, seconds: float) -> None:
        """Wait until nothing is left to analyse, or so many seconds."""
        if not self._at_work.locked():
            self._hurry()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

    async def close(self) -> None:
        """Let the worker go, once what is in work has ended."""
        async with self._at_work:
            await self._workshop.close()

    async def _analyse(self, article: PendingArticle) -> bool:
        moment = article.published_at
        day = None if moment is None else moment.astimezone(self._zone).date()
        known = self._followed[detect_language(article.text) == "kk"]
        job = Job(article.text, article.title, day, known, self._common)
        try:
            findings = await self._workshop.do(job)
        except BrokenOffError as error:
            given_up = await self._archive.analyses.broken_off(
                article.id, self._version, str(error)
            )
            log.warning(
                "analysis_broken_off", article=article.id, reason=str(error), given_up=given_up
            )
            return False
        kept = await self._archive.analyses.keep(
            article, findings, version=self._version, now=self._now()
        )
        if kept:
            await self._archive.stories.place(article.id)
        return kept
