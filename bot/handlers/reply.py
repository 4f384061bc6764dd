"""Putting rendered text on a person's screen: one way to send, one way to edit."""

from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any, Concatenate

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    CallbackQuery,
    ForceReply,
    InaccessibleMessage,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    MessageEntity,
)

from bot.briefings.render import Reader
from bot.formatting import Entity, FormattedText
from bot.handlers.managing import managed_now


def message_entities(entities: Sequence[Entity]) -> list[MessageEntity]:
    """Make aiogram's entities of the Bot API's form."""
    return [MessageEntity(**entity) for entity in entities]


def preview_of(url: str | None) -> LinkPreviewOptions:
    """Preview this page, small, or nothing: never whatever link comes first in the text."""
    if url is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=url, prefer_small_media=True)


async def send(
    chat: Message,
    text: FormattedText | str,
    *,
    keyboard: InlineKeyboardMarkup | ForceReply | None = None,
    preview_url: str | None = None,
) -> Message:
    """Send a message into the chat (and topic) of another, and give it."""
    formatted = _formatted(text)
    return await chat.answer(
        formatted.text,
        entities=message_entities(formatted.entities),
        reply_markup=keyboard,
        link_preview_options=preview_of(preview_url),
    )


async def edit(
    message: Message,
    text: FormattedText | str,
    *,
    keyboard: InlineKeyboardMarkup | None = None,
    preview_url: str | None = None,
) -> None:
    """Change a message of the bot in place; pressing the same button twice is no error."""
    formatted = _formatted(text)
    try:
        await message.edit_text(
            formatted.text,
            entities=message_entities(formatted.entities),
            reply_markup=keyboard,
            link_preview_options=preview_of(preview_url),
        )
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise


def _formatted(text: FormattedText | str) -> FormattedText:
    """Make a text ready to be sent: below the name of the chat it is about, if it is another."""
    formatted = FormattedText(text) if isinstance(text, str) else text
    managed = managed_now()
    return formatted if managed is None else managed.head(formatted)


async def say_to_guest(mention: Message, text: str) -> None:
    """Answer a mention in a chat that the bot never joined, which can be done once."""
    content = InputTextMessageContent(message_text=text, link_preview_options=preview_of(None))
    said = InlineQueryResultArticle(id="said", title="…", input_message_content=content)
    await mention.answer_guest_query(said)


async def answer_older_edition(query: CallbackQuery, reader: Reader) -> None:
    """Say that a button belongs to an edition that can no longer be composed."""
    await query.answer(
        reader.wording.say("This button is of an older edition. Ask anew: /digest"),
        show_alert=True,
    )


def below(
    answer: Callable[Concatenate[Message, ...], Coroutine[Any, Any, None]],
) -> Callable[..., Coroutine[Any, Any, None]]:
    """Make of a command's handler that of a button: it answers below the message with the button.

    aiogram looks through the wrapping, and gives what the command's handler asks for.
    """

    @wraps(answer)
    async def pressed(query: CallbackQuery, **data: Any) -> None:
        await query.answer()
        message = pressed_message(query)
        if message is not None:
            await answer(message, **data)

    return pressed


def pressed_message(query: CallbackQuery) -> Message | None:
    """Give the message whose button was pressed, unless Telegram no longer shows it to bots."""
    return None if isinstance(query.message, InaccessibleMessage) else query.message
