"""Removing articles without losing those that hang on them, within a caller's transaction."""

from sqlalchemy import ColumnElement, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.tables import ArticleTable


async def remove_articles(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """Remove articles; return how many.

    The reprints of one that goes stay together: the oldest of them is the original from then on.
    which: a condition on ArticleTable.
    """
    going = select(ArticleTable.id).where(which)
    left_behind = (
        select(ArticleTable.original_id, ArticleTable.id)
        .where(ArticleTable.original_id.in_(going), ArticleTable.id.not_in(going))
        .order_by(ArticleTable.listed_at, ArticleTable.id)
    )
    heirs: dict[int, int] = {}
    for row in await connection.execute(left_behind):
        heirs.setdefault(row.original_id, row.id)
    for original_id, heir in heirs.items():
        await connection.execute(
            update(ArticleTable)
            .where(ArticleTable.original_id == original_id)
            .values(original_id=case((ArticleTable.id == heir, None), else_=heir))
        )
    return (await connection.execute(delete(ArticleTable).where(which))).rowcount
