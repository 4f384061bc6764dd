"""Keeping the garbage collector from stopping everything while somebody waits."""

import gc

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduling import every

EVERY_SECONDS = 600


def schedule(scheduler: AsyncIOScheduler) -> None:
    """Set aside, from now on, what lives as long as the bot does."""
    every(scheduler, set_aside, EVERY_SECONDS, name="memory", at_once=True)


async def set_aside() -> None:
    """Take what is alive out of the collector's sight until the next time.

    Models of Telegram's types, statements and templates are some 230,000 objects. Going through
    them takes the collector longer than an answer does, and while articles come in by the hundred
    it goes through them again and again; nearly none of them is ever garbage.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
