"""What happens by itself again and again: one way to give APScheduler a tick."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

MISFIRE_GRACE_SECONDS = 3_600
"""APScheduler skips a job that is later than this; its default of one second would lose ticks."""


def every(
    scheduler: AsyncIOScheduler,
    tick: Callable[[], Awaitable[object]],
    seconds: int,
    *,
    name: str,
    at_once: bool = False,
) -> Job:
    """Let a tick run every so many seconds; a late one runs once, and never beside itself.

    at_once: begin now instead of after the first interval.
    """

    async def run() -> None:
        # The scheduler cancels what runs when the bot stops: no failure, the next start goes on.
        with suppress(asyncio.CancelledError):
            await tick()

    first = {"next_run_time": datetime.now(UTC)} if at_once else {}
    return scheduler.add_job(
        run,
        "interval",
        seconds=seconds,
        id=name,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=MISFIRE_GRACE_SECONDS,
        **first,
    )
