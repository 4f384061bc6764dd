"""What the archive has on a question: how its words may stand, and the articles that hold them."""

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
from summarizer.ask import Known, Question, Source
from summarizer.ask_question import alike

_READ = 24
"""Articles that are read for one question: a few milliseconds each."""


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
        """Gather articles that hold every word that the question turns on, the best first.

        Where none does, one word that is no name may be lacking.
        """
        async with self.database.reading() as connection:
            words = await _resolved(connection, question)
            articles = await indexed(connection)
        known = Known(
            tuple(frozenset(one.words) for one in words),
            tuple(weight_of(one.holding, articles) for one in words),
        )
        search = Search(self.database)
        ids = await search.holding(words, limit=_READ)
        if not ids and (fewer := _without_one(question, words, known)):
            ids = await search.holding(fewer, limit=_READ)
        rows = await Articles(self.database).several(ids)
        texts = await search.texts(ids)
        sources = tuple(
            Source(row.id, texts.get(row.id, ""), None if row.title_from_body else row.title)
            for row in rows
        )
        return Material(known, sources, rows)


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


def _without_one(
    question: Question, words: Sequence[Resolved], known: Known
) -> list[Resolved] | None:
    """Leave out the least telling word that is no name; None when there is none to spare."""
    spare = [
        (not one.words, -weight * asked.weight, at)
        for at, (asked, one, weight) in enumerate(
            zip(question.asked, words, known.weights, strict=True)
        )
        if not asked.is_name
    ]
    if not spare or len(words) < 3:
        return None
    _, _, lacking = max(spare)
    return [one for at, one in enumerate(words) if at != lacking]
