"""Around every update of a private bot: nobody comes through who is not let in."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    ChosenInlineResult,
    InlineQuery,
    InlineQueryResultsButton,
    Message,
    TelegramObject,
)

from bot.access import Access
from bot.briefings import Reader
from bot.clock import Now
from bot.formatting import clip
from bot.handlers.invite_buttons import is_knocking
from bot.handlers.reply import say_to_guest
from bot.intake.channels import Channels

ALERT_LIMIT = 200
"""How much the answer to a pressed button holds."""

REFUSED_SECONDS = 30
"""How long Telegram keeps the refusal of an inline query: it must not outlast an invitation."""

_GONE = {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
_START = "private"
"""What /start carries when somebody follows the button of a refused inline query."""


class OnlyLetIn(BaseMiddleware):
    """Lets through who is let in, and says to the others whom to ask; in groups it is silent.

    A person is let in by the settings or an invitation; whatever they do anywhere counts as them.
    A group or channel is let in by the settings, or when somebody who is let in brings the bot
    there, or when an operator gives a command there; then everybody in it may use the bot.
    An update of a kind that is not known here does not come through.
    """

    def __init__(
        self,
        access: Access,
        channels: Channels,
        *,
        operators: frozenset[int],
        contact: str | None,
        now: Now,
    ) -> None:
        """Join the parts; contact: whom to ask for an invitation, where the settings say it."""
        self._access = access
        self._channels = channels
        self._operators = operators
        self._contact = contact
        self._now = now

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the event through, or refuse it."""
        if not self._access.is_private or await self._may(event):
            return await handler(event, data)
        return await self._refuse(event, data.get("reader"))

    async def _may(self, event: TelegramObject) -> bool:
        match event:
            case Message():
                return await self._may_speak(event)
            case CallbackQuery(message=None):
                return await self._access.allows(event.from_user.id)
            case CallbackQuery() if event.message is not None:
                # In a private chat both ids are the same.
                by_operator = event.from_user.id in self._operators
                return by_operator or await self._access.allows(event.message.chat.id)
            case InlineQuery() | ChosenInlineResult():
                return await self._access.allows(event.from_user.id)
            case ChatMemberUpdated():
                return await self._may_bring(event)
        return False

    async def _may_speak(self, message: Message) -> bool:
        if message.guest_query_id is not None:
            # Mentioned in a chat of others: the one who did it counts.
            caller = message.guest_bot_caller_user or message.from_user
            return caller is not None and await self._access.allows(caller.id)
        if message.chat.type == ChatType.PRIVATE:
            return is_knocking(message) or await self._access.allows(message.chat.id)
        if message.chat.type == ChatType.CHANNEL and await self._is_source(message.chat):
            return True
        speaker = message.from_user
        if speaker is not None and speaker.id in self._operators:
            if (message.text or "").startswith("/"):
                await self._access.let_in(message.chat.id, by=speaker.id, now=self._now())
            return True
        return await self._access.allows(message.chat.id)

    async def _may_bring(self, event: ChatMemberUpdated) -> bool:
        """Tell whether a change of the bot's membership counts; that it is out always does."""
        if event.new_chat_member.status in _GONE:
            return True
        if event.chat.type != ChatType.PRIVATE and await self._access.allows(event.from_user.id):
            await self._access.let_in(event.chat.id, by=event.from_user.id, now=self._now())
            return True
        return await self._access.allows(event.chat.id)

    async def _is_source(self, chat: Chat) -> bool:
        """Tell whether a channel is read: its posts are news, and nobody is answered."""
        return await self._channels.is_source(chat.id, chat.username)

    async def _refuse(self, event: TelegramObject, reader: Reader | None) -> None:
        if reader is None:
            return
        words = reader.wording
        if isinstance(event, InlineQuery):
            button = InlineQueryResultsButton(
                text=words.say("This bot is private: how to come in"), start_parameter=_START
            )
            await event.answer([], cache_time=REFUSED_SECONDS, is_personal=True, button=button)
            return
        if self._contact is None:
            said = words.say(
                "This bot is private. Ask whoever told you of it for an invitation link: it lets "
                "you in at once."
            )
        else:
            said = words.say(
                "This bot is private. Ask for an invitation link, it lets you in at once: "
                "{contact}",
                contact=self._contact,
            )
        if isinstance(event, Message) and event.guest_query_id is not None:
            # The chat is one of others: there is no other way to speak in it.
            await say_to_guest(event, said)
        elif isinstance(event, CallbackQuery):
            await event.answer(clip(said, ALERT_LIMIT), show_alert=True)
        elif isinstance(event, Message) and event.chat.type == ChatType.PRIVATE:
            await event.answer(said)
