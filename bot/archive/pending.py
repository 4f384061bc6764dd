"""Articles that wait for something to be made of them: how they are selected and read."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_rows import PendingArticle
from bot.archive.tables import ArticleTable

Pending = Select[int, str, bool, str, datetime | None, str]


def pending_where(*conditions: ColumnElement[bool]) -> Pending:
    """Select the articles that fulfil all conditions, with what is read of them."""
    return select(
        ArticleTable.id,
        ArticleTable.title,
        ArticleTable.title_from_body,
        ArticleTable.text,
        ArticleTable.published_at,
        ArticleTable.fingerprint,
    ).where(*conditions)


async def newest_pending(connection: AsyncConnection, pending: Pending) -> PendingArticle | None:
    """Read the newest article that waits; None when none does."""
    newest = pending.order_by(ArticleTable.listed_at.desc(), ArticleTable.id.desc()).limit(1)
    row = (await connection.execute(newest)).one_or_none()
    if row is None:
        return None
    title = None if row.title_from_body else row.title
    return PendingArticle(row.id, title, row.text, row.published_at, row.fingerprint)
