"""/digest: what happened this week."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers.reply import send


async def digest(message: Message, briefings: Briefings, reader: Reader, now: Now) -> None:
    """Answer /digest."""
    await show_digest(message, briefings, reader, now)


async def show_digest(message: Message, briefings: Briefings, reader: Reader, now: Now) -> None:
    """Send the briefing of the last seven days."""
    briefing = await briefings.compose(now())
    for part in briefings.digest(briefing, reader):
        await send(message, part)


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="digest")
    router.message.register(digest, Command("digest"))
    return router
