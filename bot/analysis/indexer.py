"""Keeps the index of words in step with the archive, in the worker process."""

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.clock import Now
from bot.intake.problems import FetchError
from bot.intake.worker import Worker
from bot.scheduling import every
from bot.search.documents import DueArticle, ReadyArticle, make_ready

log = structlog.get_logger()

EVERY_SECONDS = 5
_SHARE = 0.8
_FORGET_SECONDS = 3_600
_BATCH = 50


class Indexer:
    """Indexes what came in, and lets people wait for it a moment."""

    def __init__(self, archive: Archive, worker: Worker, now: Now) -> None:
        """Join the parts.

        worker: the process that takes texts apart.
        """
        self._archive = archive
        self._worker = worker
        self._now = now
        # How many articles are known to wait, while there are many.
        self._left = 0
        self._at_work = asyncio.Lock()
        self._passed = asyncio.Event()
        self._hurry: Callable[[], None] = lambda: None

    async def prepare(self) -> None:
        """Bring the dates of the samples up to date."""
        await self._archive.search_index.follow_dates()

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Index what comes in, from now on; at once when somebody waits."""
        tick = every(scheduler, self._go_on, EVERY_SECONDS, name="index", at_once=True)
        self._hurry = lambda: tick.modify(next_run_time=datetime.now(UTC))
        every(scheduler, self._forget, _FORGET_SECONDS, name="forget-searches")

    async def catch_up(self, *, seconds: float = math.inf) -> int:
        """Index all that waits; return how many articles that were. Never beside itself.

        seconds: no further batch is begun after so long.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        async with self._at_work:
            done = 0
            while due := await self._archive.search_index.due(limit=_BATCH):
                if len(due) == _BATCH and not self._left:
                    self._left = await self._archive.search_index.waiting()
                read_at = self._now()
                ready = await self._make_ready(due)
                await self._archive.search_index.put(ready, read_at=read_at)
                done += len(due)
                self._left = max(0, self._left - len(due))
                if loop.time() > end:
                    return done
            self._left = 0
            self._passed.set()
            while await self._archive.search_index.forget():
                pass
            return done

    async def wait(self, seconds: float) -> bool:
        """Wait until the newest article is indexed, or so many seconds; return whether it is."""
        if not await self._archive.search_index.is_behind():
            return True
        if self._left > _BATCH:
            # An archive that is indexed for the first time takes minutes.
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while await self._archive.search_index.is_behind():
                    self._passed.clear()
                    if not self._at_work.locked():
                        self._hurry()
                    await self._passed.wait()
                return True
        return False

    async def _make_ready(self, due: list[DueArticle]) -> list[ReadyArticle]:
        try:
            return await self._worker.run(make_ready, due)
        except FetchError as error:
            if len(due) > 1:
                return [one for article in due for one in await self._make_ready([article])]
            # Found by its title: no text may hold up those behind it.
            log.error("indexing_failed", article=due[0].id, reason=str(error))
            return make_ready([_title_alone(due[0])])

    async def _go_on(self) -> None:
        # The next tick finds this one ended.
        await self.catch_up(seconds=EVERY_SECONDS * _SHARE)

    async def _forget(self) -> None:
        await self._archive.searches.forget_old(self._now())


def _title_alone(article: DueArticle) -> DueArticle:
    return DueArticle(
        article.id, article.title, "", article.language, article.outlet, article.listed_at
    )
