"""The few fixed ticks that APScheduler drives; what is due is a query, never a job."""

from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.briefings.choose import PERIOD
from bot.clock import Now
from bot.delivery.schedule import next_due
from bot.delivery.sender import Sender
from bot.delivery.source_reports import SourceReports
from bot.intake.poller import Poller
from bot.scheduling import every

EVERY_SECONDS = 10
POLL_EVERY_SECONDS = 60
"""How often is looked which sources are due; each has a rhythm of its own."""

_BATCH = 500


@dataclass(frozen=True)
class Ticks:
    """What happens by itself, again and again."""

    archive: Archive
    sender: Sender
    now: Now
    poller: Poller | None = None
    """None: sources are not asked by themselves."""
    source_reports: SourceReports | None = None

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Let the ticks run from now on."""
        every(scheduler, self.deliver, EVERY_SECONDS, name="deliver")
        if self.poller is not None:
            every(scheduler, self.poll, POLL_EVERY_SECONDS, name="poll", at_once=True)

    async def deliver(self) -> None:
        """Make the deliveries that are due, then send what is in the outbox."""
        await self.make_due()
        await self.sender.drain()

    async def poll(self) -> None:
        """Ask the sources that are due, then tell operators which fell silent or recovered."""
        if self.poller is not None:
            await self.poller.poll(self.now())
        if self.source_reports is not None:
            await self.source_reports.send()

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
