"""Texts that readers sent by hand: kept for a while for whoever sent them, and news for nobody."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.relevance_tables import RelevanceTable
from bot.archive.removal import remove_articles
from bot.archive.tables import ArticleTable, SenderTable, SummaryTable

KEPT_FOR = timedelta(days=30)
"""How long the card of a text that was sent goes on working."""

MOST_KEPT = 5_000
"""More than the readers of one desk send in a month; a flood of them must not fill the disk."""


async def sent_again(
    connection: AsyncConnection, article_id: int, now: datetime, *, by: int
) -> None:
    """Keep a text longer, and for one who sent it too; other articles are as they were."""
    kept = await connection.execute(
        update(ArticleTable)
        .where(ArticleTable.id == article_id, ArticleTable.sent_at.is_not(None))
        .values(sent_at=now)
    )
    if kept.rowcount:
        await note_sender(connection, article_id, by)


async def note_sender(connection: AsyncConnection, article_id: int, person_id: int) -> None:
    """Note that a person sent a text; it is shown to them."""
    is_it = (SenderTable.article_id == article_id) & (SenderTable.person_id == person_id)
    if (await connection.execute(select(SenderTable.article_id).where(is_it))).first() is None:
        await connection.execute(
            insert(SenderTable).values(article_id=article_id, person_id=person_id)
        )


async def erase_sent(connection: AsyncConnection, person_id: int) -> None:
    """Drop the texts that a person alone sent; of those that others sent too, forget who did."""
    other = aliased(SenderTable)
    theirs = select(SenderTable.article_id).where(
        SenderTable.person_id == person_id,
        ~exists().where(other.article_id == SenderTable.article_id, other.person_id != person_id),
    )
    await remove_articles(
        connection, ArticleTable.id.in_(theirs) & ArticleTable.sent_at.is_not(None)
    )
    await connection.execute(delete(SenderTable).where(SenderTable.person_id == person_id))


async def take_over(connection: AsyncConnection, article_id: int, values: dict[str, Any]) -> None:
    """Make an ordinary article of a text that was sent, since the desk has it now.

    The id stays, and with it the card of whoever sent it; nothing else does: what a reader sent is
    no earlier version of what an outlet publishes.
    values: the columns of the article.
    """
    for table in (SummaryTable, RelevanceTable, SenderTable):
        await connection.execute(delete(table).where(table.article_id == article_id))
    await connection.execute(
        update(ArticleTable)
        .where(ArticleTable.id == article_id)
        .values(**{**values, "sent_at": None, "original_id": None})
    )


async def drop_sent(connection: AsyncConnection, article_ids: Iterable[int]) -> None:
    """Drop texts that were sent, whose place an article of the desk takes."""
    is_one = ArticleTable.id.in_(list(article_ids))
    await remove_articles(connection, is_one & ArticleTable.sent_at.is_not(None))


async def forget_sent(connection: AsyncConnection, now: datetime) -> int:
    """Drop the texts that were sent long ago, and the oldest when there are too many.

    Returns how many.
    """
    was_sent = ArticleTable.sent_at.is_not(None)
    newest = (
        select(ArticleTable.id)
        .where(was_sent)
        .order_by(ArticleTable.sent_at.desc(), ArticleTable.id.desc())
        .limit(MOST_KEPT)
    )
    is_old = ArticleTable.sent_at < now - KEPT_FOR
    return await remove_articles(connection, was_sent & or_(is_old, ArticleTable.id.not_in(newest)))
