"""The few fixed ticks that APScheduler drives; what is due is a query, never a job."""

from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.clock import Now
from bot.delivery.alerts import Alerts
from bot.delivery.schedule import shared_turns
from bot.delivery.sender import Sender
from bot.delivery.source_reports import SourceReports
from bot.intake.poller import Poller
from bot.scheduling import every

EVERY_SECONDS = 10
POLL_EVERY_SECONDS = 60
"""How often is looked which sources are due; each has a rhythm of its own."""

ALERT_EVERY_SECONDS = 30
"""How often is looked for what subscribers are told of at once."""

TIDY_EVERY_SECONDS = 3_600

BATCH = 2_000
"""Due subscriptions in one transaction: some 40 ms, after which others may write."""


@dataclass(frozen=True)
class Ticks:
    """What happens by itself, again and again."""

    archive: Archive
    sender: Sender
    now: Now
    poller: Poller | None = None
    """None: sources are not asked by themselves."""
    source_reports: SourceReports | None = None
    alerts: Alerts | None = None
    """None: nothing is told at once."""

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Let the ticks run from now on."""
        # While the sender is at it for minutes, the next tick still looks who is due.
        every(scheduler, self.deliver, EVERY_SECONDS, name="deliver", at_once=True).modify(
            max_instances=2
        )
        every(scheduler, self.alert, ALERT_EVERY_SECONDS, name="alert", at_once=True)
        every(scheduler, self.tidy, TIDY_EVERY_SECONDS, name="tidy", at_once=True)
        if self.poller is not None:
            every(scheduler, self.poll, POLL_EVERY_SECONDS, name="poll", at_once=True)

    async def deliver(self) -> None:
        """Make the deliveries that are due, then send what is in the outbox."""
        await self.make_due()
        if self.alerts is not None:
            await self.alerts.hold_back()
        await self.sender.drain()

    async def alert(self) -> None:
        """Put what subscribers asked to hear of at once into the outbox.

        `deliver` sends it within seconds: no look waits here for a broadcast that is being sent.
        """
        if self.alerts is not None:
            await self.alerts.look()

    async def poll(self) -> None:
        """Ask the sources that are due, then tell operators which fell silent or recovered."""
        if self.poller is not None:
            await self.poller.poll(self.now())
        if self.source_reports is not None:
            await self.source_reports.send()

    async def tidy(self) -> None:
        """Drop what is kept for a time only."""
        await self.archive.articles.forget_sent(self.now())

    async def make_due(self) -> int:
        """Turn due subscriptions into deliveries; return how many there are to be sent."""
        made = 0
        now = self.now()
        turn_of = shared_turns(now)
        while True:
            handed = await self.archive.dues.hand_over(now, turn_of, limit=BATCH)
            made += handed.made
            if not handed.moved:
                return made
