"""The buttons that do what a command does."""

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from bot.analysis.analyst import Analyst
from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers.buttons import CommandButton
from bot.handlers.catching_up import catch_up
from bot.handlers.digest import show_digest
from bot.handlers.latest import show_latest
from bot.handlers.place import Place
from bot.handlers.reply import pressed_message
from bot.handlers.share_buttons import Sharing


async def latest(
    query: CallbackQuery, archive: Archive, briefings: Briefings, reader: Reader, sharing: Sharing
) -> None:
    """Do what /latest does."""
    await query.answer()
    message = pressed_message(query)
    if message is not None:
        await show_latest(message, archive, briefings, reader, sharing)


async def digest(
    query: CallbackQuery,
    bot: Bot,
    analyst: Analyst,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    sharing: Sharing,
    now: Now,
) -> None:
    """Do what /digest does."""
    await query.answer()
    message = pressed_message(query)
    if message is not None:
        await catch_up(analyst, bot, place)
        await show_digest(message, briefings, reader, sharing, now)


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="menu")
    router.callback_query.register(latest, CommandButton.filter(F.command == "latest"))
    router.callback_query.register(digest, CommandButton.filter(F.command == "digest"))
    return router
