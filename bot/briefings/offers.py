"""What is offered for what somebody types after the bot's name in any chat."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from bot.archive import Archive
from bot.archive.people_rows import PersonRow
from bot.archive.rows import ArticleRow
from bot.archive.search import Order
from bot.archive.story_rows import StoryRow
from bot.briefings.cards import Card, Cards
from bot.briefings.quoted import with_words
from bot.briefings.render import Reader
from bot.items import Item
from bot.search.operators import QuerySyntaxError
from bot.search.query import parse

PAGE = 20
"""How many are offered at a time; Telegram takes 50, and asks for more as one turns on."""

MOST_PEOPLE = 4
MOST_QUOTES = 3

_NAME_LIMIT = 100
_OFFSET = re.compile(r"[1-9][0-9]{0,8}")
_FARTHEST = 1_000
"""Nobody turns on for longer; what claims so is forged."""


class Nothing(Enum):
    """Why nothing is offered."""

    GONE = "gone"
    NOT_FOUND = "not found"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Offered:
    """Cards to choose from; `further` is where the next ones begin, "" when these are all."""

    cards: tuple[Card, ...]
    further: str = ""
    nothing: Nothing | None = None


@dataclass(frozen=True)
class Offers:
    """Finds cards; everything that it gives may be read by everybody."""

    archive: Archive
    cards: Cards

    async def find(self, written: str, offset: str, reader: Reader) -> Offered:
        """Offer what the words may mean; nothing written means the latest.

        offset: `further` of the offer before, or "".
        """
        asked = visible(written)
        if offset and not _OFFSET.fullmatch(offset):
            return Offered(())
        if not asked:
            return await self._latest(int(offset) if offset else None, reader)
        if item := Item.read(asked.casefold()):
            card = await self.cards.make(item, reader)
            return Offered((card,)) if card else Offered((), nothing=Nothing.GONE)
        at = int(offset or 0)
        return await self._named_or_found(asked, at, reader) if at <= _FARTHEST else Offered(())

    async def best(self, written: str, reader: Reader) -> Card | None:
        """Choose the one card that answers best: a person by name, else a story by its words."""
        asked = visible(written)
        if item := Item.read(asked.casefold()):
            return await self.cards.make(item, reader)
        people = await self.archive.people.find(asked[:_NAME_LIMIT])
        if people.people and not people.is_guess:
            return await self.cards.person(people.people[0], reader)
        try:
            found = await self.archive.search.find(
                parse(asked, reader.time_zone), order=Order.BEST, limit=1
            )
        except QuerySyntaxError:
            found = None
        if found is not None and found.articles:
            article = found.articles[0]
            story = await self.archive.stories.of_article(article.id)
            return self.cards.story(story, reader) if story else self.cards.article(article, reader)
        return await self.cards.person(people.people[0], reader) if people.people else None

    async def _latest(self, before: int | None, reader: Reader) -> Offered:
        """List the newest stories, each where its newest article stands.

        An article that waits for its analysis is told by itself, and one of several of a story
        is passed over, so that no story comes twice, on whatever page.
        """
        articles = await self.archive.articles.latest(PAGE, before=before)
        stories = await self.archive.stories.of_articles([article.id for article in articles])
        cards = [
            self._newest_of(article, stories.get(article.id), reader)
            for article in articles
            if article.id not in stories or stories[article.id].articles[-1].id == article.id
        ]
        further = str(articles[-1].id) if len(articles) == PAGE else ""
        return Offered(tuple(cards), further, None if articles else Nothing.NOT_FOUND)

    def _newest_of(self, article: ArticleRow, story: StoryRow | None, reader: Reader) -> Card:
        return (
            self.cards.article(article, reader)
            if story is None
            else self.cards.story(story, reader)
        )

    async def _named_or_found(self, asked: str, at: int, reader: Reader) -> Offered:
        people = await self.archive.people.find(asked[:_NAME_LIMIT])
        if len(people.people) == 1 and not people.is_guess:
            return await self._of_person(people.people[0], at, reader)
        named = () if people.is_guess else people.people
        found = await self._found(asked, at, reader)
        if at:
            return found
        if not named and not found.cards:
            # A slip of letters; with something found it is rather the word that was meant.
            named = people.people
        cards = [await self.cards.person(one, reader) for one in named[:MOST_PEOPLE]]
        nothing = None if cards else found.nothing
        return Offered((*cards, *found.cards), found.further, nothing)

    async def _of_person(self, person: PersonRow, at: int, reader: Reader) -> Offered:
        """Offer a person, then the stories with them."""
        stories = await self.archive.stories.of_person(person.id, limit=PAGE + 1, after=at)
        cards = [self.cards.story(story, reader) for story in stories[:PAGE]]
        if not at:
            cards.insert(0, await self.cards.person(person, reader))
        return Offered(tuple(cards), str(at + PAGE) if len(stories) > PAGE else "")

    async def _found(self, asked: str, at: int, reader: Reader) -> Offered:
        """Offer what a search finds: before the articles the quotes with these words."""
        try:
            query = parse(asked, reader.time_zone)
        except QuerySyntaxError:
            return Offered((), nothing=Nothing.UNREADABLE)
        found = await self.archive.search.find(query, order=Order.BEST, limit=PAGE, offset=at)
        cards = []
        if found.articles and not at:
            quotes = await self.archive.quotes.of_articles([one.id for one in found.articles])
            cards = [
                self.cards.quote(quote, reader)
                for quote in with_words(quotes, query, found)[:MOST_QUOTES]
            ]
        cards += [self.cards.article(article, reader) for article in found.articles]
        further = str(at + PAGE) if at + PAGE < found.total else ""
        return Offered(tuple(cards), further, None if cards else Nothing.NOT_FOUND)


def visible(written: str) -> str:
    """Leave out what cannot be seen: control and zero-width characters; one blank between words."""
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in written
        if unicodedata.category(char) not in ("Cf", "Cs")
    )
    return " ".join("".join(kept).split())
