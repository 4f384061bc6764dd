"""What the queries about a person share: the newest appearances, and where a statement stands."""

from collections.abc import Collection

from sqlalchemy import ScalarSelect, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_rows import SourceRow
from bot.archive.people_tables import AppearanceTable, QuoteTable, RoleTable
from bot.archive.tables import ArticleTable

NEWEST = 2_000
"""Of somebody named in more articles, so many of the newest are looked at for words and outlets."""


def newest_appearances(person_id: int) -> Select[int]:
    """Choose the newest appearances of a person."""
    return (
        select(AppearanceTable.id)
        .where(AppearanceTable.person_id == person_id)
        .order_by(AppearanceTable.seen_at.desc())
        .limit(NEWEST)
    )


def post_of_speaker() -> ScalarSelect[str]:
    """Choose the post of a quote's speaker that its article states first."""
    return (
        select(RoleTable.title)
        .where(RoleTable.appearance_id == QuoteTable.speaker_id)
        .order_by(RoleTable.position)
        .limit(1)
        .scalar_subquery()
    )


async def sources_of(
    connection: AsyncConnection, article_ids: Collection[int]
) -> dict[int, SourceRow]:
    """Read the articles of statements, by id."""
    query = select(
        ArticleTable.id,
        ArticleTable.title,
        ArticleTable.outlet,
        ArticleTable.url,
        ArticleTable.published_at,
        ArticleTable.published_has_time,
        ArticleTable.added_at,
        ArticleTable.is_sample,
    ).where(ArticleTable.id.in_(set(article_ids)))
    rows = (await connection.execute(query)).all()
    return {row.id: SourceRow(*row) for row in rows}
