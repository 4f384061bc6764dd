"""Anything else that a person sends or presses: a helpful answer, never silence in private."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.briefings import Reader
from bot.formatting import clip
from bot.handlers.buttons import first_buttons
from bot.handlers.reply import send


async def anything_else(message: Message, reader: Reader) -> None:
    """Say what can be done; in groups others' talk is none of ours."""
    words = reader.wording
    if message.text and message.text.startswith("/"):
        command = clip(message.text.split(maxsplit=1)[0], 40)
        text = words.say(
            "I don't know the command {command}. What I can do: /help", command=command
        )
    else:
        text = words.say("I answer to commands and buttons. These are a good beginning:")
    keyboard = InlineKeyboardMarkup(inline_keyboard=first_buttons(words))
    await send(message, text, keyboard=keyboard)


async def stale_button(query: CallbackQuery, reader: Reader) -> None:
    """Answer a button of an older version."""
    await query.answer(
        reader.wording.say("This button no longer works. What I can do: /help"), show_alert=True
    )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="fallback")
    router.message.register(anything_else, F.chat.type == ChatType.PRIVATE)
    router.callback_query.register(stale_button)
    return router
