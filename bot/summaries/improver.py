"""Replaces default summaries by better ones, one article after the other, in the background."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.analysis.workshop import BrokenOffError
from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from bot.clock import Now
from bot.scheduling import every
from bot.summaries.rest import Rest
from bot.summaries.writing import SummaryWriter, UnavailableError

log = structlog.get_logger()

EVERY_SECONDS = 15
LOOKS_BACK = timedelta(days=14)
"""Older articles are rarely asked for: they keep the default."""

REST_AFTER = timedelta(minutes=10)
"""A model that has nothing to do for so long gives its memory back."""


class Improver:
    """Lets a writer go through the newest articles; whatever fails, the default stays."""

    def __init__(
        self, archive: Archive, writer: SummaryWriter | None, now: Now, *, zone: str = "UTC"
    ) -> None:
        """Join the parts.

        writer: who writes, or None when the operator chose nobody.
        zone: the IANA zone in which outlets count their days.
        """
        self._archive = archive
        self._writer = writer
        self._now = now
        self._zone = ZoneInfo(zone)
        self._at_work = asyncio.Lock()
        self._rest = Rest(now)
        self._worked_at: datetime | None = None

    async def prepare(self) -> None:
        """Show no longer what a model wrote that is not in use now."""
        settings = self._writer.settings if self._writer else None
        await self._archive.summaries.tidy(settings, now=self._now())

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Add the tick that catches up, when there is somebody to write."""
        if self._writer is not None:
            every(scheduler, self.catch_up, EVERY_SECONDS, name="improve")

    async def catch_up(self, *, progress: Callable[[], None] = lambda: None) -> int:
        """Write about all that waits; return how many summaries are better now.

        It ends early when nobody can write, and tries again later and later.
        """
        writer = self._writer
        if writer is None or self._rest.lasts:
            return 0
        async with self._at_work:
            better = 0
            while (article := await self._next(writer)) is not None:
                self._worked_at = self._now()
                try:
                    better += await self._improve(writer, article)
                except UnavailableError as error:
                    await self._pause(writer, str(error))
                    return better
                self._rest.end()
                progress()
            await self._close_when_idle(writer)
            return better

    async def close(self) -> None:
        """Let the writer go, at once: what is in work is done again next time."""
        if self._writer is not None:
            await self._writer.close()

    async def _next(self, writer: SummaryWriter) -> PendingArticle | None:
        return await self._archive.summaries.waiting(
            writer.settings, since=self._now() - LOOKS_BACK
        )

    async def _improve(self, writer: SummaryWriter, article: PendingArticle) -> bool:
        summaries, settings = self._archive.summaries, writer.settings
        summary = await summaries.written(article.fingerprint, settings)
        if summary is None:
            moment = article.published_at
            published = None if moment is None else moment.astimezone(self._zone).date()
            try:
                made = await writer.write(article, published)
            except BrokenOffError as error:
                await self._failed(article, settings, str(error), is_final=False)
                return False
            if made.summary is None:
                await self._failed(article, settings, made.reason or "", is_final=made.is_final)
                return False
            log.info("summary_written", article=article.id, model=writer.name, failed=made.failed)
            summary = made.summary
        return await summaries.keep(
            article, summary, model=writer.name, settings=settings, now=self._now()
        )

    async def _failed(
        self, article: PendingArticle, settings: str, reason: str, *, is_final: bool
    ) -> None:
        given_up = await self._archive.summaries.failed(
            article.fingerprint, settings, reason, now=self._now(), is_final=is_final
        )
        log.warning(
            "summary_not_written",
            article=article.id,
            reason=reason,
            given_up=given_up,
            shown="the default",
        )

    async def _pause(self, writer: SummaryWriter, reason: str) -> None:
        """Wait before the next try, longer each time; the default answers meanwhile."""
        pause = self._rest.begin()
        log.warning(
            "summarizer_unavailable",
            model=writer.name,
            reason=reason,
            retry_in_seconds=int(pause.total_seconds()),
            shown="the default",
        )
        await writer.close()

    async def _close_when_idle(self, writer: SummaryWriter) -> None:
        if self._worked_at is not None and self._now() - self._worked_at >= REST_AFTER:
            self._worked_at = None
            await writer.close()
