"""Queries about articles and their summaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.article_writing import add_article, add_summary
from bot.archive.engine import Database
from bot.archive.relevance import is_on_beat
from bot.archive.rows import ArticleRow, EvidenceRow, NewArticle, SentenceRow
from bot.archive.tables import (
    ArticleTable,
    EvidenceTable,
    SummarySentenceTable,
    SummaryTable,
)
from summarizer.summary import Summary

_LISTED = (
    ArticleTable.id,
    ArticleTable.title,
    ArticleTable.title_from_body,
    ArticleTable.outlet,
    ArticleTable.url,
    ArticleTable.language,
    ArticleTable.published_at,
    ArticleTable.published_has_time,
    ArticleTable.added_at,
    ArticleTable.is_sample,
    ArticleTable.author,
    ArticleTable.original_id,
)


@dataclass(frozen=True)
class Articles:
    """The archive's articles, newest first wherever there is an order."""

    database: Database

    async def known(self, *, url: str | None, fingerprint: str) -> bool:
        """Tell whether an article of this address or this text is stored."""
        async with self.database.reading() as connection:
            return await _known(connection, url, fingerprint) is not None

    async def add(self, article: NewArticle, summary: Summary, *, now: datetime) -> int | None:
        """Store an article with its summary; return its id, or None when it is there already.

        Raises ValueError for a sentence without evidence: it cannot be checked, so it is not kept.
        """
        async with self.database.writing() as connection:
            if await _known(connection, article.url, article.fingerprint) is not None:
                return None
            try:
                async with connection.begin_nested():
                    article_id = await add_article(connection, article, now)
            except IntegrityError:
                # Another process stored it after this one had looked.
                return None
            await add_summary(connection, article_id, summary, now)
            return article_id

    async def redate(self, url: str, published_at: datetime) -> bool:
        """Move the publication of a sample article; return whether there is such a one."""
        async with self.database.writing() as connection:
            result = await connection.execute(
                update(ArticleTable)
                .where(ArticleTable.url == url, ArticleTable.is_sample)
                .values(published_at=published_at, listed_at=published_at)
            )
            return result.rowcount > 0

    async def remove_samples(self) -> int:
        """Remove the sample articles; return how many there were."""
        async with self.database.writing() as connection:
            result = await connection.execute(delete(ArticleTable).where(ArticleTable.is_sample))
            return result.rowcount

    async def count(self, *, samples: bool = True) -> int:
        """Count the articles, with or without the samples."""
        query = select(func.count()).select_from(ArticleTable)
        if not samples:
            query = query.where(~ArticleTable.is_sample)
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def latest(self, limit: int, *, before: int | None = None) -> list[ArticleRow]:
        """List the newest articles; those beside the beat are left out.

        before: the id of an article already shown; the list goes on after it.
        """
        query = (
            select(*_LISTED)
            .where(is_on_beat())
            .order_by(ArticleTable.listed_at.desc(), ArticleTable.id.desc())
        )
        if before is not None:
            shown = (
                select(ArticleTable.listed_at).where(ArticleTable.id == before).scalar_subquery()
            )
            query = query.where(
                (ArticleTable.listed_at < shown)
                | ((ArticleTable.listed_at == shown) & (ArticleTable.id < before))
            )
        return await self._rows(query.limit(limit))

    async def between(self, start: datetime, end: datetime, *, limit: int) -> list[ArticleRow]:
        """List the articles of the beat that became news in start ≤ t < end."""
        return await self._rows(
            select(*_LISTED)
            .where(ArticleTable.listed_at >= start, ArticleTable.listed_at < end, is_on_beat())
            .order_by(ArticleTable.listed_at.desc(), ArticleTable.id.desc())
            .limit(limit)
        )

    async def get(self, article_id: int) -> ArticleRow | None:
        """Give one article, or None when it is gone."""
        rows = await self._rows(select(*_LISTED).where(ArticleTable.id == article_id))
        return rows[0] if rows else None

    async def at(self, url: str) -> int | None:
        """Find the article of an address, folded as `intake.addresses.canonical` folds it."""
        query = select(ArticleTable.id).where(ArticleTable.url == url)
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def text(self, article_id: int) -> str | None:
        """Give the whole text of an article, as it was stored."""
        query = select(ArticleTable.text).where(ArticleTable.id == article_id)
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def _rows(self, query: Select[*tuple[object, ...]]) -> list[ArticleRow]:
        async with self.database.reading() as connection:
            found = (await connection.execute(query)).all()
            summaries = await _summaries(connection, [row.id for row in found])
        return [_article_row(row, summaries.get(row.id, ())) for row in found]


def _article_row(row: Row[*tuple[object, ...]], summary: Sequence[SentenceRow]) -> ArticleRow:
    return ArticleRow(**row._asdict(), summary=tuple(summary))


async def _known(connection: AsyncConnection, url: str | None, fingerprint: str) -> int | None:
    same = ArticleTable.fingerprint == fingerprint
    if url is not None:
        same = same | (ArticleTable.url == url)
    return (await connection.execute(select(ArticleTable.id).where(same).limit(1))).scalar()


async def _summaries(
    connection: AsyncConnection, article_ids: Iterable[int]
) -> dict[int, list[SentenceRow]]:
    """Read the newest summary of each article, sentences in order, each with its evidence."""
    newest = (
        select(func.max(SummaryTable.id))
        .where(SummaryTable.article_id.in_(list(article_ids)))
        .group_by(SummaryTable.article_id)
    )
    query = (
        select(
            SummaryTable.article_id,
            SummarySentenceTable.id,
            SummarySentenceTable.text,
            EvidenceTable.article_id.label("source_id"),
            EvidenceTable.start,
            EvidenceTable.end,
        )
        .join(SummarySentenceTable, SummarySentenceTable.summary_id == SummaryTable.id)
        .join(EvidenceTable, EvidenceTable.sentence_id == SummarySentenceTable.id)
        .where(SummaryTable.id.in_(newest))
        .order_by(SummarySentenceTable.position, EvidenceTable.position)
    )
    texts: dict[int, dict[int, str]] = {}
    evidence: dict[int, list[EvidenceRow]] = {}
    for row in await connection.execute(query):
        texts.setdefault(row.article_id, {})[row.id] = row.text
        evidence.setdefault(row.id, []).append(EvidenceRow(row.source_id, row.start, row.end))
    return {
        article_id: [
            SentenceRow(text, tuple(evidence[sentence_id]))
            for sentence_id, text in sentences.items()
        ]
        for article_id, sentences in texts.items()
    }
