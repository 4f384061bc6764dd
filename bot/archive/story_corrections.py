"""What operators correct of stories, within a transaction; it outlives every new analysis."""

from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.story_placing import MERGE, SPLIT
from bot.archive.story_tables import (
    Placed,
    StoryArticleTable,
    StoryCorrectionTable,
    StoryTable,
)
from bot.archive.story_writing import add_story, move_all, put, refresh_stories, take_out


async def resolved(connection: AsyncConnection, story_id: int) -> int | None:
    """Give the story that an id leads to now; None when there is none."""
    query = select(func.coalesce(StoryTable.merged_into, StoryTable.id))
    return (await connection.execute(query.where(StoryTable.id == story_id))).scalar()


async def split(
    connection: AsyncConnection, article_id: int, *, by: int, now: datetime
) -> int | None:
    """Make a story of its own of an article that tells of another event than the others.

    Returns the new story's id; None where the article is in no story, or alone in it.
    """
    of_article = StoryArticleTable.article_id == article_id
    old = (await connection.execute(select(StoryArticleTable.story_id).where(of_article))).scalar()
    if old is None:
        return None
    others = select(func.count()).where(StoryArticleTable.story_id == old, ~of_article)
    if not (await connection.execute(others)).scalar_one():
        return None
    told = select(StoryTable.first_at, StoryTable.is_sample).where(StoryTable.id == old)
    row = (await connection.execute(told)).one()
    new = await add_story(connection, row.first_at, is_sample=row.is_sample)
    await take_out(connection, article_id)
    await put(connection, article_id, new, Placed.CORRECTION, 1.0, is_fixed=True)
    await _note(connection, SPLIT, old, new, article_id, by, now)
    await refresh_stories(connection, (old, new))
    return new


async def merge(
    connection: AsyncConnection, story_id: int, into: int, *, by: int, now: datetime
) -> bool:
    """Make one of two stories that tell of one event; False where one is gone or they are one."""
    one, other = await resolved(connection, story_id), await resolved(connection, into)
    if one is None or other is None or one == other:
        return False
    # A merge takes a split of the two back.
    for kind_of in (StoryCorrectionTable.story_id, StoryCorrectionTable.other_id):
        beside = (
            StoryCorrectionTable.other_id
            if kind_of is StoryCorrectionTable.story_id
            else StoryCorrectionTable.story_id
        )
        await connection.execute(
            update(StoryCorrectionTable)
            .where(kind_of == one, beside == other, StoryCorrectionTable.kind == SPLIT)
            .values(kind=MERGE)
        )
    await move_all(connection, one, other, fixed=True)
    await _note(connection, MERGE, other, other, None, by, now)
    await refresh_stories(connection, (other,))
    return True


async def _note(
    connection: AsyncConnection,
    kind: str,
    story_id: int,
    other_id: int,
    article_id: int | None,
    by: int,
    now: datetime,
) -> None:
    await connection.execute(
        insert(StoryCorrectionTable).values(
            kind=kind,
            story_id=story_id,
            other_id=other_id,
            article_id=article_id,
            made_by=by,
            made_at=now,
        )
    )
