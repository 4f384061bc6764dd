"""Queries about articles and their summaries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.article_writing import add_articles, add_summary, article_values
from bot.archive.engine import Database
from bot.archive.relevance import is_on_beat
from bot.archive.removal import remove_articles
from bot.archive.rows import ArticleRow, NewArticle
from bot.archive.sent import forget_sent, sent_again
from bot.archive.summary_reading import NO_SUMMARY, ShownSummary, shown_summaries
from bot.archive.tables import ArticleTable, SenderTable
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
    ArticleTable.sent_at.is_(None).label("is_listed"),
)


def listed() -> ColumnElement[bool]:
    """Make the condition on articles that keeps those that all may read.

    Left out are texts that readers sent by hand: they are for whoever sent them.
    """
    return ArticleTable.sent_at.is_(None)


def readable_by(person_id: int) -> ColumnElement[bool]:
    """Make the condition on articles that adds to those of all what a person sent by hand."""
    sent = exists().where(
        SenderTable.article_id == ArticleTable.id, SenderTable.person_id == person_id
    )
    return listed() | sent


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
                    [article_id] = await add_articles(connection, [article_values(article, now)])
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
            return await remove_articles(connection, ArticleTable.is_sample.is_(True))

    async def sent_again(self, article_id: int, *, by: int, now: datetime) -> None:
        """Keep a text that a reader sent by hand once more; other articles are as they were."""
        async with self.database.writing() as connection:
            await sent_again(connection, article_id, now, by=by)

    async def forget_sent(self, now: datetime) -> int:
        """Drop what readers sent by hand a month ago or longer; return how many texts."""
        async with self.database.writing(patient=True) as connection:
            return await forget_sent(connection, now)

    async def count(self, *, samples: bool = True) -> int:
        """Count the articles that all may read, with or without the samples."""
        query = select(func.count()).select_from(ArticleTable).where(listed())
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
            .where(listed(), is_on_beat())
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
            .where(
                ArticleTable.listed_at >= start,
                ArticleTable.listed_at < end,
                listed(),
                is_on_beat(),
            )
            .order_by(ArticleTable.listed_at.desc(), ArticleTable.id.desc())
            .limit(limit)
        )

    async def get(self, article_id: int) -> ArticleRow | None:
        """Give one article, whoever may read it, or None when it is gone."""
        rows = await self._rows(select(*_LISTED).where(ArticleTable.id == article_id))
        return rows[0] if rows else None

    async def shown_to(self, reader_id: int, article_id: int) -> ArticleRow | None:
        """Give one article to a person or a chat; None when it is gone, or somebody else's.

        Buttons and links are no proof: whatever number they carry may have been guessed.
        reader_id: of a person, which their private chat has too; in a group all would read it, and
        its id opens only what all may read.
        """
        rows = await self._rows(
            select(*_LISTED).where(ArticleTable.id == article_id, readable_by(reader_id))
        )
        return rows[0] if rows else None

    async def visible_to(self, article_id: int, person_id: int) -> bool:
        """Tell whether a person may read an article: all may, or they sent it by hand."""
        query = select(ArticleTable.id).where(ArticleTable.id == article_id, readable_by(person_id))
        async with self.database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def several(self, article_ids: Collection[int]) -> tuple[ArticleRow, ...]:
        """Give articles in the order of their ids as listed here; those that are gone are left out.

        article_ids: no more than a page or two of them.
        """
        rows = await self._rows(select(*_LISTED).where(ArticleTable.id.in_(article_ids)))
        by_id = {row.id: row for row in rows}
        return tuple(by_id[one] for one in article_ids if one in by_id)

    async def at(self, url: str, *, sent: bool) -> int | None:
        """Find the article of an address, folded as `intake.addresses.canonical` folds it.

        sent: texts that readers sent by hand count too.
        """
        query = select(ArticleTable.id).where(ArticleTable.url == url)
        if not sent:
            query = query.where(listed())
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
            summaries = await shown_summaries(connection, [row.id for row in found])
        return [_article_row(row, summaries.get(row.id, NO_SUMMARY)) for row in found]


def _article_row(row: Row[*tuple[object, ...]], summary: ShownSummary) -> ArticleRow:
    return ArticleRow(
        **row._asdict(), summary=summary.sentences, maker=summary.maker, model=summary.model
    )


async def _known(connection: AsyncConnection, url: str | None, fingerprint: str) -> int | None:
    same = ArticleTable.fingerprint == fingerprint
    if url is not None:
        same = same | (ArticleTable.url == url)
    return (await connection.execute(select(ArticleTable.id).where(same).limit(1))).scalar()
