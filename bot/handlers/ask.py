"""/ask: a question in plain words, answered with sentences of the archive or not at all."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardMarkup, Message

from bot.analysis.indexer import Indexer
from bot.archive import Archive
from bot.briefings import Reader
from bot.briefings.answers import Answerer
from bot.clock import Now
from bot.handlers.catching_up import WAIT_SECONDS
from bot.handlers.person_buttons import button
from bot.handlers.place import Place
from bot.handlers.reply import send
from bot.handlers.search import KIND
from bot.handlers.search_buttons import OpenButton, SearchButton


async def ask(
    message: Message,
    command: CommandObject,
    archive: Archive,
    indexer: Indexer,
    answerer: Answerer,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Answer /ask QUESTION."""
    asked = " ".join((command.args or "").split())
    if not asked:
        await send(message, answerer.help(reader))
        return
    await indexer.wait(WAIT_SECONDS)
    reply = await answerer.reply(asked, reader)
    rows = [[button(str(at), OpenButton(id=one)) for at, one in enumerate(reply.articles, start=1)]]
    if reply.words:
        search_id = await archive.searches.remember(place.chat_id, KIND, reply.words, now=now())
        label = reader.wording.say("Search for these words")
        rows.append([button(label, SearchButton(id=search_id))])
    rows = [row for row in rows if row]
    keyboard = InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
    await send(message, reply.text, keyboard=keyboard)


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="ask")
    router.message.register(ask, Command("ask"))
    return router
