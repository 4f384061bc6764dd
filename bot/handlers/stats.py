"""/stats: how the bot does, for its operators."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.archive import Archive
from bot.archive.source_health import trouble_of
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers.broadcast_screens import audience_name
from bot.handlers.reply import send
from bot.middlewares.operators import OnlyOperators

SHARED_DAYS = 7
"""How many days /stats counts what was passed on in."""


async def stats(
    message: Message, archive: Archive, briefings: Briefings, reader: Reader, now: Now
) -> None:
    """Answer /stats."""
    sources = await archive.sources.listed()
    broadcasts = [
        (
            audience_name(broadcast.audience, reader.wording),
            (await archive.copies.progress(broadcast)).sent,
            broadcast.receivers,
        )
        for broadcast in await archive.broadcasts.under_way()
    ]
    text = briefings.renderer.message(
        "telegram/stats.html.j2",
        reader,
        counts=await archive.statistics.now(now()),
        shares=await archive.shares.counted(days=SHARED_DAYS, now=now()),
        alerts=await archive.alerts.counts(now()),
        unknown=await archive.deliveries.unknown(),
        sources=len(sources),
        broadcasts=broadcasts,
        troubled=sum(trouble_of(source, now()) is not None for source in sources),
    )
    await send(message, text)


def routes() -> Router:
    """Make the router of this subject, for operators alone."""
    router = Router(name="stats")
    router.message.middleware(OnlyOperators())
    router.message.register(stats, Command("stats"))
    return router
