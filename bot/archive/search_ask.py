"""What the archive has on a question: how its words may stand, and the articles that hold them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.articles import Articles
from bot.archive.engine import Database
from bot.archive.rows import ArticleRow
from bot.archive.search import Search
from bot.archive.search_terms import Resolved, indexed, resolve
from bot.search.query import Term
from bot.search.ranking import weight_of
from summarizer.ask_model import Known, Source
from summarizer.ask_question import Asked, Question, alike

_READ = 24
"""Articles that are read for one question: a few milliseconds each."""

_RARE = 3_000
"""A word that no more articles hold is looked up by itself, another together with a rarer one."""


@dataclass(frozen=True, slots=True)
class Material:
    """What to look for an answer in; `articles` in the order of the sources."""

    known: Known
    sources: tuple[Source, ...]
    articles: tuple[ArticleRow, ...]


@dataclass(frozen=True)
class Questions:
    """Gathers what may answer questions."""

    database: Database

    async def material(self, question: Question) -> Material:
        """Gather articles that may answer, those that hold most of the question's words first."""
        async with self.database.reading() as connection:
            words = await _resolved(connection, question)
            articles = await indexed(connection)
        known = Known(
            tuple(frozenset(one.words) for one in words),
            tuple(weight_of(one.holding, articles) for one in words),
        )
        search = Search(self.database)
        ids = await self._likeliest(search, question.asked, words, known)
        rows = await Articles(self.database).several(ids)
        texts = await search.texts(ids)
        sources = tuple(
            Source(row.id, texts.get(row.id, ""), None if row.title_from_body else row.title)
            for row in rows
        )
        return Material(known, sources, rows)

    async def _likeliest(
        self, search: Search, asked: Sequence[Asked], words: Sequence[Resolved], known: Known
    ) -> list[int]:
        """List the articles whose words of the question tell most together; of equals the newest.

        Not all words have to be there: people say things in words of their own.
        """
        telling = {
            at: weight * one.weight
            for at, (weight, one) in enumerate(zip(known.weights, asked, strict=True))
            if words[at].words
        }
        order = sorted(telling, key=lambda at: -telling[at])
        rare = [at for at in order if words[at].holding <= _RARE]
        if not rare:
            return await search.holding([words[at] for at in order], limit=_READ)
        points: defaultdict[int, float] = defaultdict(float)
        for at in order:
            wanted = [words[at]] if at in rare else [words[rare[0]], words[at]]
            for article in await search.newest_holding(wanted, limit=_RARE):
                points[article] += telling[at]
        return sorted(points, key=lambda article: (-points[article], -article))[:_READ]


async def _resolved(connection: AsyncConnection, question: Question) -> list[Resolved]:
    """Find the forms of each word, and of the words that say the same."""
    terms = [Term((one.word,), False, one.word, 0, 0) for one in question.asked]
    words = await resolve(connection, terms)
    others = {
        at: sorted(alike({*one.words, asked.word}))
        for at, (asked, one) in enumerate(zip(question.asked, words, strict=True))
        if not asked.is_name
    }
    same = [Term((word,), False, word, 0, 0) for group in others.values() for word in group]
    forms = {one.term.words[0]: one for one in await resolve(connection, same)}
    for at, group in others.items():
        more = [forms[word] for word in group]
        known = dict.fromkeys([*words[at].words, *(word for one in more for word in one.words)])
        holding = max([words[at].holding, *(one.holding for one in more)])
        words[at] = replace(words[at], words=tuple(known), holding=holding)
    return words
