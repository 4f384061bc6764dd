"""Queries about single quotes: verbatim words that can be passed on by themselves."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.archive.articles import listed
from bot.archive.engine import Database
from bot.archive.people_rows import QuoteRow
from bot.archive.people_sources import post_of_speaker, sources_of
from bot.archive.people_tables import AppearanceTable, PersonTable, QuoteTable
from bot.archive.tables import ArticleTable


@dataclass(frozen=True)
class Quotes:
    """Verbatim words of articles that all may read; what outlets only report is not among them."""

    database: Database

    async def get(self, quote_id: int) -> QuoteRow | None:
        """Give one quote, or None when it is gone."""
        rows = await self._rows(QuoteTable.id == quote_id)
        return rows[0] if rows else None

    async def are_in(self, article_id: int) -> bool:
        """Tell whether an article has any."""
        query = (
            select(QuoteTable.id)
            .join(ArticleTable, ArticleTable.id == QuoteTable.article_id)
            .where(QuoteTable.article_id == article_id, QuoteTable.direct, listed())
            .limit(1)
        )
        async with self.database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def of_articles(self, articles: Collection[int]) -> tuple[QuoteRow, ...]:
        """List the quotes of articles, in the order of the articles and of their texts.

        articles: ids, no more than a page or two.
        """
        places = {article: place for place, article in enumerate(articles)}
        rows = await self._rows(QuoteTable.article_id.in_(places))
        return tuple(sorted(rows, key=lambda row: (places[row.source.id], row.start, row.id)))

    async def _rows(self, which: ColumnElement[bool]) -> list[QuoteRow]:
        query = (
            select(
                QuoteTable,
                PersonTable.id.label("person_id"),
                PersonTable.name,
                post_of_speaker().label("post"),
            )
            .join(ArticleTable, ArticleTable.id == QuoteTable.article_id)
            .outerjoin(AppearanceTable, AppearanceTable.id == QuoteTable.speaker_id)
            .outerjoin(PersonTable, PersonTable.id == AppearanceTable.person_id)
            .where(which, QuoteTable.direct, listed())
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
            sources = await sources_of(connection, [row.article_id for row in rows])
        return [
            QuoteRow(
                row.id,
                row.text,
                row.start,
                row.end,
                row.verb,
                row.person_id,
                row.name,
                row.post,
                sources[row.article_id],
            )
            for row in rows
        ]
