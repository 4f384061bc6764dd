"""The few fixed ticks that APScheduler drives; what is due is a query, never a job."""

from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.briefings.choose import PERIOD
from bot.clock import Now
from bot.delivery.schedule import next_due
from bot.delivery.sender import Sender

EVERY_SECONDS = 10
MISFIRE_GRACE_SECONDS = 3_600
"""APScheduler skips a job that is later than this; its default of one second would lose ticks."""

_BATCH = 500


@dataclass(frozen=True)
class Ticks:
    """What happens by itself, again and again."""

    archive: Archive
    sender: Sender
    now: Now

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Add the ticks; a late one runs once, and never beside itself."""
        scheduler.add_job(
            self.deliver,
            "interval",
            seconds=EVERY_SECONDS,
            id="deliver",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=MISFIRE_GRACE_SECONDS,
        )

    async def deliver(self) -> None:
        """Make the deliveries that are due, then send what is in the outbox."""
        await self.make_due()
        await self.sender.drain()

    async def make_due(self) -> int:
        """Turn due subscriptions into deliveries; return how many."""
        made = 0
        while due := await self.archive.deliveries.due(self.now(), limit=_BATCH):
            for row in due:
                now = self.now()
                made += await self.archive.deliveries.hand_over(
                    row,
                    period_start=row.due_at - PERIOD,
                    next_due_at=next_due(row.weekday, row.hour, row.time_zone, after=now),
                    now=now,
                )
        return made
