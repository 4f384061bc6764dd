"""Rendering what a search found."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.archive import Archive
from bot.archive.people_rows import PersonRow, QuoteRow
from bot.archive.rows import ArticleRow
from bot.archive.search import Found, Order
from bot.briefings.quoted import with_words
from bot.briefings.render import Reader, Renderer
from bot.formatting import FormattedText, clip
from bot.search.excerpts import Piece, excerpt, marked
from bot.search.query import Query, Term, parse

_SHOWN_QUERY = 200
_MOST_INSTEAD = 5
_MOST_PEOPLE = 4


@dataclass(frozen=True, slots=True)
class Instead:
    """Another query to try."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of results as shown; `articles` are the ids of its results.

    Without results `instead` and `people` are what comes nearest.
    """

    text: FormattedText
    articles: tuple[int, ...]
    total: int
    at: int
    has_quotes: bool = False
    """Whether somebody's words in its articles hold what was looked for."""
    instead: tuple[Instead, ...] = ()
    people: tuple[PersonRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result as a template shows it."""

    number: int
    article: ArticleRow
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class Finder:
    """Makes the screens of a search."""

    archive: Archive
    renderer: Renderer

    async def page(
        self,
        text: str,
        reader: Reader,
        *,
        order: Order,
        at: int,
        size: int,
        waiting: int = 0,
    ) -> Page:
        """Search, and make a page of what is found.

        at: how many results come before the page; beyond the last one, the last page is made.
        waiting: how many articles cannot be found yet.
        Raises QuerySyntaxError when the text is no query.
        """
        query = parse(text, reader.time_zone)
        at = max(0, at) // size * size
        found = await self.archive.search.find(query, order=order, limit=size, offset=at)
        if found.total and not found.articles:
            at = (found.total - 1) // size * size
            found = await self.archive.search.find(query, order=order, limit=size, offset=at)
        if not found.articles:
            return await self._nothing(query, found, reader, waiting)
        message = self.renderer.message(
            "telegram/search.html.j2",
            reader,
            query=clip(query.text, _SHOWN_QUERY),
            results=await self._results(found, at),
            total=found.total,
            is_more=found.is_more,
            at=at,
            best_first=order is Order.BEST,
            waiting=waiting,
        )
        ids = tuple(article.id for article in found.articles)
        quotes = with_words(await self.archive.quotes.of_articles(ids), query, found)
        return Page(message, ids, found.total, at, has_quotes=bool(quotes))

    async def quotes(
        self, text: str, reader: Reader, *, order: Order, at: int, size: int
    ) -> list[QuoteRow]:
        """List the quotes with the words of a search in the articles of one page of it.

        Raises QuerySyntaxError when the text is no query.
        """
        query = parse(text, reader.time_zone)
        found = await self.archive.search.find(query, order=order, limit=size, offset=max(0, at))
        ids = [article.id for article in found.articles]
        return with_words(await self.archive.quotes.of_articles(ids), query, found)

    def similar(
        self, article: ArticleRow, found: Sequence[ArticleRow], reader: Reader
    ) -> FormattedText:
        """Render what resembles an article."""
        return self.renderer.message(
            "telegram/search_similar.html.j2", reader, article=article, found=found
        )

    def help(self, reader: Reader, *, saved: int) -> FormattedText:
        """Render how to search; saved: how many searches are offered as buttons below."""
        return self.renderer.message("telegram/search_help.html.j2", reader, saved=saved)

    async def _results(self, found: Found, at: int) -> list[Result]:
        texts = await self.archive.search.texts([article.id for article in found.articles])

        def cut() -> list[Result]:
            return [
                Result(
                    at + place,
                    article,
                    marked(article.title, found.marks, found.phrases),
                    excerpt(
                        texts.get(article.id, ""),
                        None if article.title_from_body else article.title,
                        found.marks,
                        found.phrases,
                    ),
                )
                for place, article in enumerate(found.articles, start=1)
            ]

        # Reading five long articles takes tens of milliseconds that others need not wait.
        return await asyncio.to_thread(cut)

    async def _nothing(self, query: Query, found: Found, reader: Reader, waiting: int) -> Page:
        instead = await self._instead(query, found.unknown, reader)
        people = await self._people(query)
        message = self.renderer.message(
            "telegram/search_nothing.html.j2",
            reader,
            query=clip(query.text, _SHOWN_QUERY),
            unknown=[clip(term.written.strip("-"), _SHOWN_QUERY) for term in found.unknown],
            instead=[*(query.label for query in instead), *(one.name for one in people)],
            waiting=waiting,
        )
        return Page(message, (), 0, 0, instead=instead, people=people)

    async def _instead(
        self, query: Query, unknown: Sequence[Term], reader: Reader
    ) -> tuple[Instead, ...]:
        """List queries that come near and find something: other spellings, then fewer words."""
        tried: list[str] = []
        for term in unknown:
            if term.exact:
                tried.append(query.without(term) + " " + " ".join(term.words))
                continue
            near = await self.archive.search.nearest_words(term)
            tried += [query.without(term) + " " + word for word in near]
        droppable = unknown or query.wanted.terms
        tried += [query.without(term) for term in droppable]
        if len(unknown) > 1:
            rest = [term.written for term in query.wanted.terms if term not in unknown]
            tried.append(" ".join(rest))
        offered: list[Instead] = []
        for text in dict.fromkeys(" ".join(one.split()) for one in tried):
            if (
                text
                and len(offered) < _MOST_INSTEAD
                and (number := await self._count(text, reader))
            ):
                offered.append(Instead(f"{text} · {number}", text))
        return tuple(offered)

    async def _count(self, text: str, reader: Reader) -> int:
        try:
            return await self.archive.search.count(parse(text, reader.time_zone))
        except ValueError:
            # Without the word nothing is left that can be looked for.
            return 0

    async def _people(self, query: Query) -> tuple[PersonRow, ...]:
        """Find people whom the words may name."""
        names = [*query.wanted.people, *(" ".join(term.words) for term in query.wanted.terms)]
        found: dict[int, PersonRow] = {}
        for name in names[:_MOST_INSTEAD]:
            for person in (await self.archive.people.find(name)).people[:_MOST_PEOPLE]:
                found.setdefault(person.id, person)
        return tuple(found.values())[:_MOST_PEOPLE]
