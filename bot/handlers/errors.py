"""When a handler fails: the person gets a sentence, the operator a trace with the same code."""

import secrets

import structlog
from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ErrorEvent, InlineQueryResultsButton

from bot.briefings import Reader
from bot.errors import ArchiveError
from bot.handlers.links import FIND
from bot.handlers.reply import say_to_guest
from bot.locales.wording import choose_language, wording

log = structlog.get_logger()


def error_router(default_language: str) -> Router:
    """Make the router that answers for every handler that failed."""
    router = Router(name="errors")

    @router.error()
    async def failed(event: ErrorEvent, **data: object) -> None:
        code = secrets.token_hex(3)
        log.error("handler_failed", code=code, exc_info=event.exception)
        reader = data.get("reader")
        language = reader.language if isinstance(reader, Reader) else _language_of(event)
        words = wording(choose_language(language, default_language))
        if isinstance(event.exception, ArchiveError):
            text = words.say(
                "The archive cannot be reached at the moment. Please try again in a minute."
            )
        else:
            text = words.say(
                "Something went wrong on my side. Please try again; if it happens again, "
                "tell the operator this code: {code}",
                code=code,
            )
        try:
            if event.update.callback_query is not None:
                await event.update.callback_query.answer(text, show_alert=True)
            elif event.update.inline_query is not None:
                button = InlineQueryResultsButton(
                    text=words.say("Something went wrong: try again in the bot"),
                    start_parameter=FIND,
                )
                await event.update.inline_query.answer(
                    [], cache_time=0, is_personal=True, button=button
                )
            elif event.update.guest_message is not None:
                await say_to_guest(event.update.guest_message, text)
            elif event.update.message is not None:
                await event.update.message.answer(text)
        except TelegramAPIError as error:
            log.warning("apology_failed", code=code, reason=str(error))

    return router


def _language_of(event: ErrorEvent) -> str | None:
    update = event.update
    source = update.callback_query or update.message or update.inline_query or update.guest_message
    person = source.from_user if source is not None else None
    return person.language_code if person is not None else None
