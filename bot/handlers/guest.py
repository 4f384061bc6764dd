"""Mentioned in a chat that it never joined, the bot answers there: once, briefly."""

import re

from aiogram import Router
from aiogram.types import Message

from bot.briefings import Reader
from bot.briefings.offers import Offers, visible
from bot.handlers.inline import result
from bot.handlers.reply import say_to_guest
from bot.handlers.share_buttons import Sharing
from bot.search.query import LONGEST_QUERY

_COMMAND = re.compile(r"^/[a-z_]{1,32}\s*", re.IGNORECASE)


async def answer_guest(message: Message, offers: Offers, reader: Reader, sharing: Sharing) -> None:
    """Answer with the person or story that the words name, else say how to ask."""
    asked = words_for(message.text or message.caption or "", sharing.username)
    card = await offers.best(asked, reader) if asked else None
    if card is not None:
        await message.answer_guest_query(result(card))
        return
    words = reader.wording
    said = (
        words.say("I found nothing about this. Ask with other words, or a name.")
        if asked
        else words.say("I read the news and tell who is who.")
    )
    await say_to_guest(
        message,
        f"{said}\n"
        + words.say(
            "Like this: @{bot} Tokayev, or @{bot} visas for students", bot=sharing.username
        ),
    )


def words_for(text: str, username: str) -> str:
    """Take out of a message what it asks the bot: all but the mention and a command."""
    mention = re.compile(rf"@{re.escape(username)}\b[,:]?", re.IGNORECASE)
    return _COMMAND.sub("", visible(mention.sub(" ", text)))[:LONGEST_QUERY].strip(" ,.:;!?—–-")


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="guest")
    router.guest_message.register(answer_guest)
    return router
