"""/start and /help: who this is, and what it can do."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.beat import Beat
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.delivery.schedule import due_after
from bot.formatting import FormattedText
from bot.handlers.buttons import first_buttons, language_row
from bot.handlers.commands import bot_commands
from bot.handlers.place import Place
from bot.handlers.reply import send
from bot.handlers.share_buttons import Sharing


async def start(
    message: Message,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    beat: Beat,
    now: Now,
) -> None:
    """Answer /start: introduce the bot, offer the languages and the first things to do."""
    await archive.subscribers.remember(
        place.chat_id,
        place.thread_id,
        language=reader.language,
        time_zone=reader.time_zone,
        next_due=due_after(now()),
        now=now(),
    )
    await send(
        message, introduction(briefings, reader, beat), keyboard=introduction_keyboard(reader)
    )


async def help_(message: Message, briefings: Briefings, reader: Reader, sharing: Sharing) -> None:
    """Answer /help."""
    text = briefings.renderer.message(
        "telegram/help.html.j2",
        reader,
        commands=bot_commands(reader.wording),
        bot=sharing.username if sharing.can_share else "",
    )
    keyboard = InlineKeyboardMarkup(inline_keyboard=first_buttons(reader.wording))
    await send(message, text, keyboard=keyboard)


def introduction(briefings: Briefings, reader: Reader, beat: Beat) -> FormattedText:
    """Say who this is."""
    about = beat.about[reader.language]
    return briefings.renderer.message("telegram/start.html.j2", reader, about=about)


def introduction_keyboard(reader: Reader) -> InlineKeyboardMarkup:
    """Make the buttons below the introduction: first steps, and the languages."""
    rows = first_buttons(reader.wording)
    return InlineKeyboardMarkup(
        inline_keyboard=[*rows, language_row(reader.language, introduction=True)]
    )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="start")
    router.message.register(start, CommandStart())
    router.message.register(help_, Command("help"))
    return router
