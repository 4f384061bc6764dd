"""An item as it goes into somebody's own text: what is cited of it, and a letter to paste."""

from dataclasses import dataclass

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from bot.archive.story_rows import StoryArticleRow, StoryRow
from bot.briefings import Briefings, Reader
from bot.briefings.cards import edition_key
from bot.briefings.documents.dossier import DossierReader, DossierWords
from bot.briefings.edition import Edition
from bot.briefings.edition_words import EditionWords
from bot.formatting import clip
from bot.items import Item, Kind

_TITLE_UNITS = 300


@dataclass(frozen=True, slots=True)
class Passed:
    """What of an item can be passed on.

    article: what a citation of it names; of a story the first article, of a quote its own.
    paper: what there is of it as a document; of an article its story, where it has one.
    """

    title: str
    article: ArticleRow | None = None
    paper: Item | None = None


@dataclass(frozen=True)
class Letters:
    """Reads items, and writes them as plain text."""

    archive: Archive
    briefings: Briefings
    dossiers: DossierReader

    async def passed(self, item: Item, reader: Reader, *, chat_id: int) -> Passed | None:
        """Look at an item for a chat; None when it is gone, or not for whoever reads there."""
        match item.kind:
            case Kind.STORY:
                return await self._story(item.number, chat_id)
            case Kind.ARTICLE:
                return await self._article(item.number, chat_id)
            case Kind.PERSON:
                person = await self.archive.people.get(item.number)
                return None if person is None else Passed(person.name, paper=item)
            case Kind.QUOTE:
                return await self._quote(item.number, chat_id)
            case Kind.EDITION:
                said = await self._edition(item, reader)
                return None if said is None else Passed(said.title, paper=item)

    async def letter(self, item: Item, reader: Reader, *, chat_id: int) -> str | None:
        """Write an item as plain text of any length; None as `passed`."""
        match item.kind:
            case Kind.STORY:
                found = await self.briefings.composer.story(item.number, zone=reader.time_zone)
                return None if found is None else await self._told(found, reader)
            case Kind.ARTICLE:
                article = await self.archive.articles.shown_to(chat_id, item.number)
                return self._written("article", reader, article=article) if article else None
            case Kind.PERSON:
                person = await self.archive.people.get(item.number)
                if person is None:
                    return None
                dossier = await self.dossiers.read(person)
                words = DossierWords(dossier, reader, self.dossiers.now())
                return self._written("person", reader, said=words)
            case Kind.QUOTE:
                quote = await self.archive.quotes.get(item.number)
                return self._written("quote", reader, quote=quote) if quote else None
            case Kind.EDITION:
                edition = await self._edition(item, reader)
                return self._written("edition", reader, said=edition) if edition else None

    async def _story(self, number: int, chat_id: int) -> Passed | None:
        row = await self.archive.stories.get(number)
        if row is None:
            return None
        article = await self.archive.articles.shown_to(chat_id, _first(row).id)
        return Passed(row.headline, article, Item.of(Kind.STORY, row.id))

    async def _article(self, number: int, chat_id: int) -> Passed | None:
        article = await self.archive.articles.shown_to(chat_id, number)
        if article is None:
            return None
        story = await self.archive.stories.of_article(number)
        paper = None if story is None else Item.of(Kind.STORY, story.id)
        return Passed(clip(article.title, _TITLE_UNITS), article, paper)

    async def _quote(self, number: int, chat_id: int) -> Passed | None:
        quote = await self.archive.quotes.get(number)
        if quote is None:
            return None
        article = await self.archive.articles.shown_to(chat_id, quote.source.id)
        return Passed(f"«{clip(quote.text, _TITLE_UNITS)}»", article)

    async def _edition(self, item: Item, reader: Reader) -> EditionWords | None:
        key = edition_key(item.key)
        if key is None:
            return None
        return self.briefings.said(await self.briefings.edition(key, reader), reader)

    async def _told(self, found: tuple[StoryRow, Edition], reader: Reader) -> str:
        row, edition = found[0], await self.briefings.translated(found[1], reader)
        said = self.briefings.said(edition, reader, heading=row.headline)
        return self._written("edition", reader, said=said)

    def _written(self, template: str, reader: Reader, **values: object) -> str:
        # What the template marks up is only there for Telegram to read: a letter is plain.
        rendered = self.briefings.renderer.message(
            f"telegram/letter_{template}.html.j2", reader, **values
        )
        return rendered.text


def _first(row: StoryRow) -> StoryArticleRow:
    """Give the article whose headline is the story's; else the first that is no reprint.

    One with an address is preferred to one without.
    """
    own = [article for article in row.articles if article.original_id is None]
    named = [article for article in own if article.title == row.headline]
    own = named or own
    linked = (article for article in own if article.url)
    return next(linked, (own or list(row.articles))[0])
