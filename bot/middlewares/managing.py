"""Around the handlers of settings: a group's or channel's, changed from a private chat."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.briefings import Reader
from bot.handlers.managing import managing, subscriber_in, take_charge
from bot.handlers.place import Place
from bot.handlers.reply import pressed_message


class Managing(BaseMiddleware):
    """Puts the chat that a screen is about into the place of the private chat it stands in.

    So the same handlers serve both. The person is spoken to in their own language, with the times
    of the chat's zone. Rights are asked of Telegram on every press and every typed answer.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the event through, for the chat that it is about, or say who may do this."""
        bot: Bot = data["bot"]
        reader: Reader = data["reader"]
        if isinstance(event, CallbackQuery):
            about = await subscriber_in(pressed_message(event), bot)
        elif isinstance(event, Message):
            about = await subscriber_in(event.reply_to_message, bot)
        else:
            return await handler(event, data)
        if about is None or event.from_user is None:
            return await handler(event, data)
        managed = await take_charge(bot, data["archive"], event.from_user.id, about, reader.wording)
        if isinstance(managed, str):
            if isinstance(event, CallbackQuery):
                return await event.answer(managed, show_alert=True)
            return await event.answer(managed)
        row = managed.subscriber
        data["place"] = Place(row.chat_id, row.thread_id, row)
        data["reader"] = Reader(reader.language, row.time_zone)
        with managing(managed):
            return await handler(event, data)
