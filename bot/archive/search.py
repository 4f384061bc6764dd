"""Searching the articles that all may read: the same results on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.articles import Articles, listed
from bot.archive.engine import Database
from bot.archive.people_tables import AppearanceTable
from bot.archive.rows import ArticleRow
from bot.archive.search_index import key_after, word_index
from bot.archive.search_match import EVERY_ARTICLE, AnyOf
from bot.archive.search_plan import Plan, make_plan
from bot.archive.search_similar import contents_of, likest, telling_words
from bot.archive.search_tables import SearchDocumentTable
from bot.archive.search_terms import (
    Resolved,
    indexed,
    nearest,
)
from bot.archive.tables import ArticleTable
from bot.search.query import Query, Term
from bot.search.ranking import Group, score, weight_of

MOST_FOUND = 1_000
"""More results than anybody turns over; what comes after them is not looked for."""

_RANKED = 120
"""So many of the newest results, and of those with everything in the title, are ranked."""

_SIMILAR_READ = 200
_NEAR = 3


class Order(StrEnum):
    """Which results come first."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results.

    `total` counts them all, up to MOST_FOUND; `is_more` says that there are others beyond.
    `marks` are the words to mark, and `phrases` what is to stand in this order. `unknown` are the
    terms that no article has in any form.
    """

    articles: tuple[ArticleRow, ...]
    total: int
    is_more: bool = False
    marks: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Search:
    """Finds articles."""

    database: Database

    async def find(
        self, query: Query, *, order: Order = Order.NEWEST, limit: int = 5, offset: int = 0
    ) -> Found:
        """Find articles that answer a query.

        A reprint is left out where its original may answer, unless an outlet is asked for.
        """
        async with self.database.reading() as connection:
            plan = await make_plan(connection, query)
            if plan.is_empty:
                return Found((), 0, marks=plan.marks, unknown=plan.unknown)
            originals = not query.wanted.outlets
            ids = await self._ids(connection, query, plan, originals=originals)
            if not ids and originals:
                ids = await self._ids(connection, query, plan, originals=False)
            is_more = len(ids) > MOST_FOUND
            ids = ids[:MOST_FOUND]
            if order is Order.BEST and plan.every and offset < 2 * _RANKED:
                ids = await self._best_first(connection, query, plan, ids, originals=originals)
        rows = await Articles(self.database).several(ids[offset : offset + limit])
        phrases = tuple(one.term.words for one in plan.every if one.term.exact)
        return Found(rows, len(ids), is_more, plan.marks, phrases, plan.unknown)

    async def count(self, query: Query) -> int:
        """Count the results of a query, up to MOST_FOUND."""
        return (await self.find(query, limit=0)).total

    async def holding(self, words: Sequence[Resolved], *, limit: int) -> list[int]:
        """List the articles that hold every one of some words, the best first."""
        if not words or not all(one.words for one in words):
            return []
        plan = Plan(tuple(words))
        query = Query("")
        async with self.database.reading() as connection:
            ids = await self._ids(connection, query, plan, originals=True)
            best = await self._best_first(connection, query, plan, ids, originals=True)
        return best[:limit]

    async def newest_holding(self, words: Sequence[Resolved], *, limit: int) -> list[int]:
        """List the newest articles that hold every one of some words."""
        async with self.database.reading() as connection:
            plan = Plan(tuple(words))
            return await self._ids(connection, Query(""), plan, originals=True, limit=limit)

    async def texts(self, articles: Collection[int]) -> dict[int, str]:
        """Give the texts of a page of results."""
        query = select(ArticleTable.id, ArticleTable.text).where(ArticleTable.id.in_(articles))
        async with self.database.reading() as connection:
            return {row.id: row.text for row in await connection.execute(query)}

    async def nearest_words(self, term: Term, *, limit: int = _NEAR) -> list[str]:
        """List words of the archive that a term may have been meant to be."""
        async with self.database.reading() as connection:
            return await nearest(connection, term.words[0], limit=limit)

    async def similar(self, article_id: int, *, limit: int) -> tuple[ArticleRow, ...]:
        """List articles that mean or say much the same as an article, the likest first."""
        async with self.database.reading() as connection:
            weights = await telling_words(connection, article_id)
            plan = Plan(facts=(AnyOf(tuple(weights) or (EVERY_ARTICLE,)),))
            query = Query("")
            ids = await self._ids(connection, query, plan, originals=True, limit=_SIMILAR_READ)
            # What is told in other words, or in another language, is found among the newest.
            ids += await self._ids(connection, query, Plan(), originals=True, limit=_SIMILAR_READ)
            ids = [one for one in dict.fromkeys(ids) if one != article_id]
            best = await likest(connection, article_id, ids, weights)
        return await Articles(self.database).several(best[:limit])

    async def _ids(
        self,
        connection: AsyncConnection,
        query: Query,
        plan: Plan,
        *,
        originals: bool,
        in_title: bool = False,
        limit: int = MOST_FOUND + 1,
    ) -> list[int]:
        """List the articles that answer, the newest first."""
        index = word_index(self.database)
        matches = index.matches(plan.match(in_title=in_title))
        document = SearchDocumentTable
        chosen: Select[int] = select(document.article_id).select_from(document)
        if plan.people:
            # Few articles name a person, and many hold a word: the people come first.
            keys = select(index.key).select_from(index.table).where(matches)
            chosen = chosen.where(document.key.in_(keys))
        else:
            chosen = chosen.join(index.table, index.key == document.key).where(matches)
        key = document.key if plan.people else index.key
        if query.after is not None:
            chosen = chosen.where(key >= key_after(query.after))
        if query.before is not None:
            chosen = chosen.where(key < key_after(query.before))
        for ids in plan.people:
            chosen = chosen.where(document.article_id.in_(_naming(ids)))
        if plan.not_people:
            chosen = chosen.where(document.article_id.not_in(_naming(plan.not_people)))
        chosen = chosen.where(*_readable(originals=originals)).order_by(key.desc()).limit(limit)
        return list(await connection.scalars(chosen))

    async def _best_first(
        self,
        connection: AsyncConnection,
        query: Query,
        plan: Plan,
        ids: Sequence[int],
        *,
        originals: bool,
    ) -> list[int]:
        """Put the best of the results before the others, which stay in order."""
        titled: list[int] = []
        if len(ids) > _RANKED:
            titled = await self._ids(
                connection, query, plan, originals=originals, in_title=True, limit=_RANKED
            )
        candidates = list(dict.fromkeys([*ids[:_RANKED], *titled]))
        contents = await contents_of(connection, candidates)
        articles = await indexed(connection)
        groups = [
            Group(frozenset(one.words), weight_of(one.holding, articles)) for one in plan.every
        ]
        scores = await asyncio.to_thread(
            lambda: {one: score(*contents[one], groups) for one in candidates if one in contents}
        )
        # Candidates come newest first, and the sort keeps the order of equals.
        best = sorted(candidates, key=lambda one: -round(scores.get(one, 0.0), 6))
        ranked = set(best)
        return [*best, *(one for one in ids if one not in ranked)][: len(ids)]


def _readable(*, originals: bool) -> list[ColumnElement[bool]]:
    """Keep what all may read. Asked so, narrow indexes answer: the texts are not looked at."""
    document = SearchDocumentTable.article_id
    conditions: list[ColumnElement[bool]] = [
        document.not_in(select(ArticleTable.id).where(~listed()))
    ]
    if originals:
        conditions.append(
            exists().where(ArticleTable.id == document, ArticleTable.original_id.is_(None))
        )
    return conditions


def _naming(people: Collection[int]) -> Select[int]:
    return select(AppearanceTable.article_id).where(AppearanceTable.person_id.in_(people))
