"""Queries about relevance: which articles are about the beat, and what operators say of it."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, insert, or_, select, update

from bot.archive.engine import Database
from bot.archive.relevance_tables import RelevanceTable
from bot.archive.source_tables import ArticleRevisionTable
from bot.archive.tables import ArticleTable


@dataclass(frozen=True, slots=True)
class UnjudgedRow:
    """An article that nobody has judged as it stands now."""

    id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Something found in a text, how often, what it is, and which side or sign it tells of.

    What was judged long ago may lack the latter two.
    """

    name: str
    count: int
    kind: str | None = None
    tells: str | None = None


@dataclass(frozen=True, slots=True)
class RelevanceRow:
    """How far an article is about the beat: the score from 0 to 1 and what it rests on.

    `override` is what an operator decided instead, None leaves it to the score.
    """

    article_id: int
    score: float
    judged_on_beat: bool
    reasons: tuple[ReasonRow, ...]
    override: bool | None = None

    @property
    def on_beat(self) -> bool:
        """Whether the article counts as news of the beat."""
        return self.judged_on_beat if self.override is None else self.override


def is_on_beat() -> ColumnElement[bool]:
    """Make the condition on articles that keeps those of the beat, and those not judged yet."""
    # Correlated by name: the query around it may read the judgements too.
    return ~(
        exists()
        .where(
            RelevanceTable.article_id == ArticleTable.id,
            ~func.coalesce(RelevanceTable.override, RelevanceTable.on_beat),
        )
        .correlate(ArticleTable)
    )


@dataclass(frozen=True)
class Relevances:
    """What was judged of the articles."""

    database: Database

    async def unjudged(
        self, *, limit: int, characters: int, only: int | None = None
    ) -> list[UnjudgedRow]:
        """List the articles without a judgement of their present text, the newest first.

        characters: how much of each text is given. only: look at this article alone.
        """
        revised = exists().where(
            ArticleRevisionTable.article_id == ArticleTable.id,
            ArticleRevisionTable.replaced_at > RelevanceTable.judged_at,
        )
        query = (
            select(
                ArticleTable.id,
                ArticleTable.title,
                func.substr(ArticleTable.text, 1, characters),
            )
            .outerjoin(RelevanceTable, RelevanceTable.article_id == ArticleTable.id)
            .where(or_(RelevanceTable.article_id.is_(None), revised))
            .order_by(ArticleTable.id.desc())
            .limit(limit)
        )
        if only is not None:
            query = query.where(ArticleTable.id == only)
        async with self.database.reading() as connection:
            return [UnjudgedRow(*row) for row in await connection.execute(query)]

    async def keep(self, judged: Sequence[RelevanceRow], *, now: datetime) -> None:
        """Store judgements; what operators decided stays. An article that is gone is left out."""
        ids = [row.article_id for row in judged]
        async with self.database.writing() as connection:
            there = set(
                await connection.scalars(select(ArticleTable.id).where(ArticleTable.id.in_(ids)))
            )
            decided = select(RelevanceTable.article_id, RelevanceTable.override).where(
                RelevanceTable.article_id.in_(ids)
            )
            overrides = {row.article_id: row.override for row in await connection.execute(decided)}
            await connection.execute(
                delete(RelevanceTable).where(RelevanceTable.article_id.in_(ids))
            )
            values = [
                {
                    "article_id": row.article_id,
                    "score": row.score,
                    "on_beat": row.judged_on_beat,
                    "reasons": json.dumps(
                        [astuple(one) for one in row.reasons], ensure_ascii=False
                    ),
                    "judged_at": now,
                    "override": overrides.get(row.article_id),
                }
                for row in judged
                if row.article_id in there
            ]
            if values:
                await connection.execute(insert(RelevanceTable), values)

    async def get(self, article_id: int) -> RelevanceRow | None:
        """Give what was judged of an article, or None."""
        query = select(RelevanceTable).where(RelevanceTable.article_id == article_id)
        async with self.database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        reasons = tuple(ReasonRow(*stored) for stored in json.loads(row.reasons))
        return RelevanceRow(row.article_id, row.score, row.on_beat, reasons, row.override)

    async def decide(self, article_id: int, *, on_beat: bool) -> bool:
        """Note what an operator decided; return whether the article was judged at all."""
        async with self.database.writing() as connection:
            result = await connection.execute(
                update(RelevanceTable)
                .where(RelevanceTable.article_id == article_id)
                .values(override=on_beat)
            )
            return result.rowcount > 0
