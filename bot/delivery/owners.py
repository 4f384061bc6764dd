"""Telling the person who subscribed a group or channel that it cannot be written to any more."""

from contextlib import suppress
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.archive import Archive
from bot.archive.rows import SubscriberRow
from bot.briefings import Reader
from bot.locales.wording import Wording

log = structlog.get_logger()


@dataclass(frozen=True)
class Owners:
    """Speaks with the owners of subscriptions, in their private chats."""

    bot: Bot
    archive: Archive

    async def tell(self, owner: int, subscriber: SubscriberRow, said: str) -> None:
        """Say why a chat cannot be written to, and what to do; who cannot be told is not.

        owner: the person's id, which is that of their private chat. said: the words of Telegram.
        """
        known = await self.archive.subscribers.find(owner, None)
        language = known.language if known else subscriber.language
        words = Reader(language, subscriber.time_zone).wording
        text = words.say(
            "The briefing can no longer be sent to {chat}: {reason} Put that right, "
            "then send /subscribe there. Until then nothing is sent there.",
            chat=await self._name(subscriber, words),
            reason=_reason(said, words),
        )
        try:
            await self.bot.send_message(owner, text)
        except TelegramAPIError as error:
            log.warning("owner_not_told", subscriber=subscriber.id, reason=str(error))

    async def _name(self, subscriber: SubscriberRow, words: Wording) -> str:
        with suppress(TelegramAPIError):
            chat = await self.bot.get_chat(subscriber.chat_id)
            if chat.title:
                return words.say("“{title}”", title=chat.title)
        return words.say("one of your groups or channels")


def _reason(said: str, words: Wording) -> str:
    lower = said.lower()
    if "topic" in lower or "thread" in lower:
        return words.say("its topic is closed or was deleted.")
    if "not found" in lower or "invalid" in lower:
        return words.say("it is no longer there, or I am no longer in it.")
    return words.say("I may not write there.")
