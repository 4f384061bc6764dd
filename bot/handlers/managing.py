"""Settings of a group, topic or channel in a private chat: whose they are, and who may change them.

Every message about them begins with the name of that chat. The name is a link, and the link says
which chat it is: what is pressed on such a message, or typed as a reply to it, is for that chat.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

from aiogram import Bot
from aiogram.enums import ChatMemberStatus, ChatType, MessageEntityType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatFullInfo, Message

from bot.archive import Archive
from bot.archive.rows import SubscriberRow
from bot.formatting import MESSAGE_LIMIT, FormattedText, clip, split, utf16_length
from bot.locales.wording import Wording

IN_CHARGE = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)

_START = "?start="
_PAYLOAD = "chat-"
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Managed:
    """A chat or topic whose settings a person changes from their private chat.

    name: as that person is told it. link: opens its settings.
    """

    subscriber: SubscriberRow
    name: str
    link: str

    def head(self, text: FormattedText) -> FormattedText:
        """Put the name above a text."""
        shift = utf16_length(self.name) + 2
        name = {"type": "text_link", "offset": 0, "length": shift - 2, "url": self.link}
        entities = [{**entity, "offset": entity["offset"] + shift} for entity in text.entities]
        whole = FormattedText(f"{self.name}\n\n{text.text}", (name, *entities))
        return split(whole, MESSAGE_LIMIT)[0]


_managed: ContextVar[Managed | None] = ContextVar("managed", default=None)


def managed_now() -> Managed | None:
    """Give the chat that the update in work is for, where that is not the chat it came from."""
    return _managed.get()


@contextmanager
def managing(managed: Managed) -> Iterator[None]:
    """Let everything that is said meanwhile be about a chat: `reply` puts its name above it."""
    token = _managed.set(managed)
    try:
        yield
    finally:
        _managed.reset(token)


async def subscriber_in(message: Message | None, bot: Bot) -> int | None:
    """Read which subscriber a message of the bot in a private chat is about; None: about itself.

    Only a link to the bot itself counts: others, of articles, are whatever somebody made them.
    """
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    if message.from_user is None or message.from_user.id != bot.id:
        return None
    for entity in message.entities or []:
        if entity.offset == 0 and entity.type == MessageEntityType.TEXT_LINK:
            opened, _, payload = (entity.url or "").partition(_START)
            return subscriber_of(payload) if opened == await _address(bot) else None
    return None


async def _address(bot: Bot) -> str:
    return _address_of((await bot.me()).username or "")


def _address_of(username: str) -> str:
    return f"https://t.me/{username}"


def settings_link(username: str, subscriber_id: int) -> str:
    """Give the link that opens a chat's settings in a chat with the bot of this user name."""
    return f"{_address_of(username)}{_START}{_PAYLOAD}{subscriber_id}"


def subscriber_of(payload: str) -> int | None:
    """Read what /start carries when a name is pressed; None where it is something else."""
    number = payload.removeprefix(_PAYLOAD)
    if payload == number or not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    return int(number)


async def take_charge(
    bot: Bot, archive: Archive, person_id: int, subscriber_id: int, words: Wording
) -> Managed | str:
    """Give a chat to its administrator to change; to others, the sentence that refuses.

    Telegram is asked each time: a button or a link proves nothing, and rights are taken away.
    """
    subscriber = await archive.subscribers.get(subscriber_id)
    if subscriber is None or subscriber.chat_id > 0:
        return words.say("This button is too old. Again: /groups")
    if not await manages(bot, subscriber.chat_id, person_id):
        return words.say("Only an administrator of that chat can do this.")
    chat = await chat_of(bot, subscriber.chat_id)
    link = settings_link((await bot.me()).username or "", subscriber_id)
    return Managed(subscriber, name_of(chat, subscriber.thread_id, words), link)


async def manages(bot: Bot, chat_id: int, person_id: int) -> bool:
    """Ask Telegram whether a person manages a chat; what it does not tell counts as no."""
    with suppress(TelegramAPIError):
        return (await bot.get_chat_member(chat_id, person_id)).status in IN_CHARGE
    return False


async def chat_of(bot: Bot, chat_id: int) -> ChatFullInfo | None:
    """Ask Telegram about a chat; None where it does not tell."""
    with suppress(TelegramAPIError):
        return await bot.get_chat(chat_id)
    return None


def name_of(chat: ChatFullInfo | None, thread_id: int | None, words: Wording) -> str:
    """Name a chat or topic at the beginning of a line."""
    if chat is None or not chat.title:
        name = words.say("one of your groups or channels")
        return name[:1].upper() + name[1:]
    title = clip(" ".join(chat.title.split()), _LONGEST_TITLE)
    if chat.type == ChatType.CHANNEL:
        return words.say("Channel “{title}”", title=title)
    if thread_id is not None:
        return words.say("Group “{title}”, topic {number}", title=title, number=thread_id)
    return words.say("Group “{title}”", title=title)
