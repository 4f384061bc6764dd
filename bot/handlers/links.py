"""/start links that open one item: a story, an article, a person, a quote, an edition, a search."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import InlineKeyboardMarkup, Message

from bot.analysis.indexer import Indexer
from bot.archive import Archive
from bot.beat import Beat
from bot.briefings import Briefings, Reader
from bot.briefings.cards import Cards, edition_key
from bot.briefings.dossier import DossierMaker
from bot.briefings.findings import Finder
from bot.briefings.offers import visible
from bot.clock import Now
from bot.handlers.buttons import first_buttons
from bot.handlers.digest import show_edition
from bot.handlers.latest import show_article
from bot.handlers.person import Keys, show_person
from bot.handlers.place import Place, known
from bot.handlers.quotes import gone as quote_gone
from bot.handlers.quotes import show_quote
from bot.handlers.reply import send
from bot.handlers.search import show_search
from bot.handlers.share_buttons import Sharing
from bot.handlers.start import start
from bot.handlers.stories import show_story
from bot.items import Item, Kind
from bot.middlewares.throttling import WAIT

FIND = "find"
"""What a link carries that asks how to search."""

# What the buttons of answers to too many, or to not yet invited, carry.
_PLAIN = frozenset({WAIT, "private"})
_SEARCH = re.compile(r"f_([A-Za-z0-9_-]{1,62})")
_LONGEST_CARRIED = 46
"""Bytes of a search that fit a link: 64 characters, of which two say what it is."""


@dataclass(frozen=True)
class Doors:
    """What opens items, for one who followed a link."""

    archive: Archive
    briefings: Briefings
    cards: Cards
    dossiers: DossierMaker
    reader: Reader
    sharing: Sharing
    place: Place
    operators: frozenset[int]

    async def open(self, message: Message, item: Item) -> str | None:
        """Send an item; return a sentence with what to do instead where it is gone."""
        match item.kind:
            case Kind.STORY:
                return await self._story(message, item.number)
            case Kind.ARTICLE:
                return await self._article(message, item.number)
            case Kind.PERSON:
                return await self._person(message, item.number)
            case Kind.QUOTE:
                return await self._quote(message, item.number)
            case Kind.EDITION:
                return await self._edition(message, item)

    async def _story(self, message: Message, number: int) -> str | None:
        user = message.from_user
        may_correct = (
            message.chat.type == ChatType.PRIVATE and user is not None and user.id in self.operators
        )
        shown = await show_story(
            message,
            number,
            self.archive,
            self.briefings,
            self.reader,
            self.sharing,
            is_operator=may_correct,
        )
        if shown:
            return None
        return self.reader.wording.say(
            "This story is no longer here. What happened lately: /digest"
        )

    async def _article(self, message: Message, number: int) -> str | None:
        article = await self.archive.articles.shown_to(_who(message), number)
        if article is not None and not article.is_listed and message.chat.type != ChatType.PRIVATE:
            # In a group the others would read it too.
            article = None
        if article is None:
            return self.reader.wording.say(
                "This article is no longer here. The newest ones: /latest"
            )
        await show_article(
            message, article, self.archive, self.briefings, self.reader, self.sharing
        )
        return None

    async def _person(self, message: Message, number: int) -> str | None:
        person = await self.archive.people.get(number)
        if person is None:
            return self.reader.wording.say(
                "This person is no longer in the archive. Look for others by name: /person"
            )
        keys = Keys(self.archive, self.reader, self.place, self.operators, self.sharing)
        await show_person(message, person, self.dossiers, keys)
        return None

    async def _quote(self, message: Message, number: int) -> str | None:
        quote = await self.archive.quotes.get(number)
        if quote is None:
            return quote_gone(self.reader)
        await show_quote(message, quote, self.archive, self.cards, self.reader, self.sharing)
        return None

    async def _edition(self, message: Message, item: Item) -> str | None:
        key = edition_key(item.key)
        if key is None:
            return self.reader.wording.say(
                "There is no such edition. What happened lately: /digest"
            )
        await show_edition(message, self.briefings, self.reader, key, self.sharing)
        return None


async def follow_link(
    message: Message,
    command: CommandObject,
    archive: Archive,
    briefings: Briefings,
    cards: Cards,
    dossiers: DossierMaker,
    indexer: Indexer,
    finder: Finder,
    beat: Beat,
    reader: Reader,
    sharing: Sharing,
    place: Place,
    operators: frozenset[int],
    now: Now,
) -> None:
    """Answer /start NAME, which is what a link to an item sends."""
    name = visible(command.args or "")
    if not name or name in _PLAIN:
        await start(message, archive, briefings, reader, place, beat, now)
        return
    subscriber = await known(place, archive, reader, now)
    there = Place(place.chat_id, place.thread_id, subscriber)
    asked = searched_for(name)
    if asked is not None:
        await show_search(message, asked, archive, indexer, finder, reader, there, now)
        return
    item = Item.read(name)
    doors = Doors(archive, briefings, cards, dossiers, reader, sharing, there, operators)
    problem = (
        reader.wording.say(
            "This link leads nowhere: it is cut short or mistyped. What I can do: /help"
        )
        if item is None
        else await doors.open(message, item)
    )
    if problem is not None:
        keyboard = InlineKeyboardMarkup(inline_keyboard=first_buttons(reader.wording))
        await send(message, problem, keyboard=keyboard)


def search_link(text: str) -> str:
    """Write a search as what a /start link carries; one that is too long only opens /search."""
    written = text.encode()
    if not 0 < len(written) <= _LONGEST_CARRIED:
        return FIND
    return f"f_{urlsafe_b64encode(written).decode().rstrip('=')}"


def searched_for(carried: str) -> str | None:
    """Read a search out of what a link carries; "" asks how to search, None is no search."""
    if carried == FIND:
        return ""
    match = _SEARCH.fullmatch(carried)
    if match is None:
        return None
    try:
        return urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4)).decode()
    except (Error, ValueError):
        return None


def _who(message: Message) -> int:
    """Tell who follows the link; whoever speaks as a chat may read what that chat may."""
    return message.from_user.id if message.from_user is not None else message.chat.id


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="links")
    router.message.register(follow_link, CommandStart(deep_link=True))
    return router
