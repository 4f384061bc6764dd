"""Around every update: who speaks, from where, in which language and zone."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeGuard

from aiogram import BaseMiddleware
from aiogram.types import (
    CallbackQuery,
    ChosenInlineResult,
    InlineQuery,
    Message,
    TelegramObject,
    User,
)

from bot.archive import Archive
from bot.briefings import Reader
from bot.handlers.place import Place
from bot.locales.wording import choose_language


class WhoSpeaks(BaseMiddleware):
    """Gives every handler a `place` (the chat or topic) and a `reader` (language and zone)."""

    def __init__(self, archive: Archive, default_language: str, default_time_zone: str) -> None:
        self._archive = archive
        self._default_language = default_language
        self._default_time_zone = default_time_zone

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Look the chat up and go on."""
        if isinstance(event, InlineQuery | ChosenInlineResult) or _is_mention(event):
            # Typed in any chat: the person is spoken to as in their private one.
            data["reader"] = await self._reader(event.from_user)
            return await handler(event, data)
        if not isinstance(event, CallbackQuery | Message):
            return await handler(event, data)
        message = event.message if isinstance(event, CallbackQuery) else event
        person = event.from_user
        code = person.language_code if person else None
        language, zone = choose_language(code, self._default_language), self._default_time_zone
        # The language is known before the archive is asked: an apology for it needs one.
        data["reader"] = Reader(language, zone)
        if message is None:
            data["place"] = None
            return await handler(event, data)
        thread_id = None
        if isinstance(message, Message) and message.is_topic_message:
            thread_id = message.message_thread_id
        subscriber = await self._archive.subscribers.find(message.chat.id, thread_id)
        data["place"] = Place(message.chat.id, thread_id, subscriber)
        if subscriber is not None:
            data["reader"] = Reader(subscriber.language, subscriber.time_zone)
        return await handler(event, data)

    async def _reader(self, person: User | None) -> Reader:
        if person is None:
            return Reader(self._default_language, self._default_time_zone)
        subscriber = await self._archive.subscribers.find(person.id, None)
        if subscriber is not None:
            return Reader(subscriber.language, subscriber.time_zone)
        language = choose_language(person.language_code, self._default_language)
        return Reader(language, self._default_time_zone)


def _is_mention(event: TelegramObject) -> TypeGuard[Message]:
    """Tell whether a message mentions the bot in a chat that it never joined."""
    return isinstance(event, Message) and event.guest_query_id is not None
