"""Once a day, when nothing is being sent: what is kept for a time only is dropped."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.archive.pruning import Pruned
from bot.clock import Now
from bot.scheduling import every

log = structlog.get_logger()

EVERY_SECONDS = 3_600
"""How often is looked whether it is time, and quiet enough."""

DELIVERIES = 1_000
"""Rows in one transaction: some 20 ms, after which others may write."""
EDITIONS = 100
"""Fewer: an edition may hold a document."""
_AGAIN_AFTER = timedelta(hours=20)


class _Step(Protocol):
    def __call__(self, now: datetime, *, after: int, limit: int) -> Awaitable[Pruned]: ...


@dataclass
class Housekeeping:
    """Drops old deliveries, editions, broadcasts and alerts."""

    archive: Archive
    now: Now
    _done_at: datetime | None = None

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Look from now on whether it is time."""
        every(scheduler, self.tidy, EVERY_SECONDS, name="housekeeping", at_once=True)

    async def tidy(self) -> None:
        """Drop what is old, unless that was done today; stop where something is to be sent."""
        now = self.now()
        if self._done_at is not None and now - self._done_at < _AGAIN_AFTER:
            return
        pruning = self.archive.pruning
        deliveries = await self._walk(pruning.deliveries, DELIVERIES, now)
        # After the deliveries, which refer to them.
        editions = None if deliveries is None else await self._walk(pruning.editions, EDITIONS, now)
        if deliveries is None or editions is None:
            return
        broadcasts = await self.archive.broadcasts.forget_old(now)
        alerts = await self.archive.alerts.forget_old(now)
        self._done_at = now
        if deliveries or editions or broadcasts or alerts:
            log.info(
                "tidied",
                deliveries=deliveries,
                editions=editions,
                broadcasts=broadcasts,
                alerts=alerts,
            )

    async def _walk(self, step: _Step, limit: int, now: datetime) -> int | None:
        """Take a step as often as it goes further; return how much went, None when disturbed."""
        after: int | None = 0
        dropped = 0
        while after is not None:
            if not await self.archive.pruning.is_quiet(self.now()):
                return None
            pruned = await step(now, after=after, limit=limit)
            dropped, after = dropped + pruned.dropped, pruned.up_to
        return dropped
