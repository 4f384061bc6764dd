"""/stats: how the bot does, for its operators."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.archive import Archive
from bot.archive.source_health import trouble_of
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers.reply import send
from bot.middlewares.operators import OnlyOperators


async def stats(
    message: Message, archive: Archive, briefings: Briefings, reader: Reader, now: Now
) -> None:
    """Answer /stats."""
    sources = await archive.sources.listed()
    text = briefings.renderer.message(
        "telegram/stats.html.j2",
        reader,
        counts=await archive.statistics.now(now()),
        unknown=await archive.deliveries.unknown(),
        sources=len(sources),
        troubled=sum(trouble_of(source, now()) is not None for source in sources),
    )
    await send(message, text)


def routes() -> Router:
    """Make the router of this subject, for operators alone."""
    router = Router(name="stats")
    router.message.middleware(OnlyOperators())
    router.message.register(stats, Command("stats"))
    return router
