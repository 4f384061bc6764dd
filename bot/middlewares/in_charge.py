"""Around the handlers that change a chat's settings: only those in charge of it come through."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, User

from bot.briefings import Reader

_IN_CHARGE = {ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR}


class OnlyInCharge(BaseMiddleware):
    """Asks Telegram, on every message and button, whether the person may change settings.

    In a private chat everybody may; in a group its administrators. A button proves nothing:
    anybody in the chat can press it, also after losing the right.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the event through, or say who may do this."""
        bot: Bot = data["bot"]
        reader: Reader = data["reader"]
        refusal = reader.wording.say("Only an administrator of this chat can change that.")
        if isinstance(event, Message):
            # An anonymous administrator speaks as the group itself.
            is_group_itself = (
                event.sender_chat is not None and event.sender_chat.id == event.chat.id
            )
            if is_group_itself or await _is_in_charge(bot, event.chat, event.from_user):
                return await handler(event, data)
            return await event.answer(refusal)
        if isinstance(event, CallbackQuery) and event.message is not None:
            if await _is_in_charge(bot, event.message.chat, event.from_user):
                return await handler(event, data)
            return await event.answer(refusal, show_alert=True)
        return None


async def _is_in_charge(bot: Bot, chat: Chat, person: User | None) -> bool:
    if chat.type == ChatType.PRIVATE:
        return True
    if person is None:
        # Only those in charge of a channel write there; anybody who reads it can press a button.
        return chat.type == ChatType.CHANNEL
    member = await bot.get_chat_member(chat.id, person.id)
    return member.status in _IN_CHARGE
