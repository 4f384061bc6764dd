"""Finds the story of an article, within a transaction: by its reprints, then by its likes.

Candidates are found by index (people, rare words, time); the decision rests on the articles of
their stories. Nothing that is placed is sorted anew; but an article that fits two stories shows
that they are one, so that the order of arrival decides nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.articles import listed
from bot.archive.relevance import is_on_beat
from bot.archive.story_tables import (
    Placed,
    StoryArticleTable,
    StoryCorrectionTable,
    StoryKeyTable,
    StoryPrintTable,
    StoryTable,
)
from bot.archive.story_writing import add_story, move_all, put, refresh_stories, take_out
from bot.archive.tables import ArticleTable
from summarizer.stories import WINDOW, Fit, Timed, are_one, fit, stays
from summarizer.stories_print import unpacked

SPLIT, MERGE = "split", "merge"

_MOST_CANDIDATES = 40
_MOST_STORIES = 6
_MOST_MEMBERS = 60


@dataclass(frozen=True, slots=True)
class _Article:
    """An article to place."""

    id: int
    listed_at: datetime
    is_sample: bool
    is_told: bool
    timed: Timed | None
    story_id: int | None
    family_id: int | None
    """The story of its original or another reprint, where there is one."""
    is_fixed: bool


def is_told() -> ColumnElement[bool]:
    """Make the condition on articles that keeps those that stories are made of."""
    return and_(listed(), is_on_beat())


async def place(connection: AsyncConnection, article_id: int) -> int | None:
    """Find or make the story of an article, and tell anew what that changes.

    Returns the story's id; None for an article that is in none: not analysed, beside the beat, or
    sent by a reader for themselves.
    """
    article = await _article(connection, article_id)
    if article is None:
        return None
    touched = {article.story_id} if article.story_id else set()
    if not article.is_told or article.timed is None:
        await take_out(connection, article.id)
        await refresh_stories(connection, touched)
        return None
    if article.is_fixed:
        await refresh_stories(connection, touched)
        return article.story_id
    story_id = await _story_of(connection, article, article.timed, touched)
    await refresh_stories(connection, touched | {story_id})
    return story_id


async def _story_of(
    connection: AsyncConnection, article: _Article, timed: Timed, touched: set[int]
) -> int:
    if article.family_id is not None:
        if article.family_id != article.story_id:
            await _move(connection, article, article.family_id, Placed.REPRINT, 1.0)
        return article.family_id
    alone = True
    if article.story_id is not None:
        others = await _members(connection, (article.story_id,), article)
        alone = not others
        if others and stays(fit(timed, others[article.story_id])):
            return article.story_id
    found = await _fitting(connection, article, timed)
    if not found:
        if article.story_id is not None and alone:
            return article.story_id
        story_id = await add_story(connection, article.listed_at, is_sample=article.is_sample)
        await _move(connection, article, story_id, Placed.FIRST, 1.0)
        return story_id
    story_id, best = found[0]
    await _move(connection, article, story_id, Placed.SAME_EVENT, best.best)
    for other, _ in found[1:]:
        touched.add(await _joined(connection, article, story_id, other))
    return story_id


async def _move(
    connection: AsyncConnection, article: _Article, story_id: int, reason: Placed, score: float
) -> None:
    """Put an article into a story; the story of which it was the only article leads there."""
    if article.story_id is not None:
        await take_out(connection, article.id)
    await put(connection, article.id, story_id, reason, score)
    if article.story_id is None or article.story_id == story_id:
        return
    left = select(func.count()).where(StoryArticleTable.story_id == article.story_id)
    if not (await connection.execute(left)).scalar_one():
        await move_all(connection, article.story_id, story_id)


async def _article(connection: AsyncConnection, article_id: int) -> _Article | None:
    row = (await connection.execute(_ARTICLE, {"id": article_id})).one_or_none()
    if row is None:
        return None
    return _Article(
        id=row.id,
        listed_at=row.listed_at,
        is_sample=row.is_sample,
        is_told=bool(row.is_told),
        timed=None if row.print is None else Timed(unpacked(row.print), row.published_at),
        story_id=row.story_id,
        family_id=row.family_id,
        is_fixed=bool(row.is_fixed),
    )


async def _fitting(
    connection: AsyncConnection, article: _Article, timed: Timed
) -> list[tuple[int, Fit]]:
    """List the stories that an article belongs to, the best first."""
    candidates = await _candidates(connection, article)
    members = await _members(connection, candidates, article)
    found = [
        (story_id, fits)
        for story_id, timeds in members.items()
        if (fits := fit(timed, timeds)).belongs
    ]
    return sorted(found, key=lambda one: (-(one[1].best + one[1].mean), one[0]))


async def _candidates(connection: AsyncConnection, article: _Article) -> list[int]:
    """List the stories whose articles share most of what tells with an article."""
    asked = {
        "id": article.id,
        "is_sample": article.is_sample,
        "since": article.listed_at - WINDOW,
        "until": article.listed_at + WINDOW,
    }
    return list((await connection.execute(_CANDIDATES, asked)).scalars())


async def _members(
    connection: AsyncConnection, story_ids: Collection[int], article: _Article
) -> dict[int, list[Timed]]:
    """Read the articles of stories that are not reprints, without the one to place."""
    if not story_ids:
        return {}
    asked = {
        "id": article.id,
        "stories": list(story_ids),
        "since": article.listed_at - WINDOW,
        "until": article.listed_at + WINDOW,
    }
    found: dict[int, list[Timed]] = {}
    for row in await connection.execute(_MEMBERS, asked):
        timed = Timed(unpacked(row.print), row.published_at)
        found.setdefault(row.story_id, []).append(timed)
    return found


async def _joined(connection: AsyncConnection, article: _Article, story_id: int, other: int) -> int:
    """Make one of two stories that an article fits, if they tell of one event.

    Stories that an operator split stay two. Returns the story that was looked at.
    """
    either = or_(
        and_(StoryCorrectionTable.story_id == story_id, StoryCorrectionTable.other_id == other),
        and_(StoryCorrectionTable.story_id == other, StoryCorrectionTable.other_id == story_id),
    )
    split = select(StoryCorrectionTable.id).where(either, StoryCorrectionTable.kind == SPLIT)
    if (await connection.execute(split.limit(1))).scalar() is not None:
        return other
    members = await _members(connection, (story_id, other), article)
    ones, others = members.get(story_id), members.get(other)
    if ones and others and are_one(ones, others):
        await move_all(connection, other, story_id)
    return other


def _story_of_family() -> ScalarSelect[int]:
    """Find the story of an article's original and its reprints; the original's, if several."""
    kin, placed = aliased(ArticleTable), aliased(StoryArticleTable)
    root = func.coalesce(ArticleTable.original_id, ArticleTable.id)
    return (
        select(placed.story_id)
        .join(kin, kin.id == placed.article_id)
        .where(or_(kin.id == root, kin.original_id == root), kin.id != ArticleTable.id)
        .order_by(kin.original_id.is_not(None), kin.id)
        .limit(1)
        .correlate(ArticleTable)
        .scalar_subquery()
    )


def _candidates_query() -> Select[int]:
    mine = select(StoryKeyTable.key).where(StoryKeyTable.article_id == bindparam("id"))
    weight = func.sum(StoryKeyTable.weight)
    near = (
        select(StoryKeyTable.article_id, weight.label("weight"))
        .where(
            StoryKeyTable.key.in_(mine),
            StoryKeyTable.seen_at.between(bindparam("since"), bindparam("until")),
            StoryKeyTable.article_id != bindparam("id"),
        )
        .group_by(StoryKeyTable.article_id)
        .order_by(weight.desc(), StoryKeyTable.article_id)
        .limit(_MOST_CANDIDATES)
        .subquery()
    )
    return (
        select(StoryArticleTable.story_id)
        .join(near, near.c.article_id == StoryArticleTable.article_id)
        .join(StoryTable, StoryTable.id == StoryArticleTable.story_id)
        .where(StoryTable.is_sample == bindparam("is_sample"))
        .group_by(StoryArticleTable.story_id)
        .order_by(func.max(near.c.weight).desc(), StoryArticleTable.story_id)
        .limit(_MOST_STORIES)
    )


# Made once: an article is placed with few short questions, and making them took longer than asking.
_ARTICLE = (
    select(
        ArticleTable.id,
        ArticleTable.listed_at,
        ArticleTable.published_at,
        ArticleTable.is_sample,
        StoryPrintTable.print,
        StoryArticleTable.story_id,
        StoryArticleTable.is_fixed,
        is_told().label("is_told"),
        _story_of_family().label("family_id"),
    )
    .outerjoin(StoryPrintTable, StoryPrintTable.article_id == ArticleTable.id)
    .outerjoin(StoryArticleTable, StoryArticleTable.article_id == ArticleTable.id)
    .where(ArticleTable.id == bindparam("id"))
)
_CANDIDATES = _candidates_query()
_MEMBERS = (
    select(StoryArticleTable.story_id, StoryPrintTable.print, ArticleTable.published_at)
    .join(StoryPrintTable, StoryArticleTable.article_id == StoryPrintTable.article_id)
    .join(ArticleTable, ArticleTable.id == StoryPrintTable.article_id)
    .where(
        StoryArticleTable.story_id.in_(bindparam("stories", expanding=True)),
        StoryArticleTable.reason != Placed.REPRINT,
        ArticleTable.id != bindparam("id"),
        # What was published too long before or after is no measure of the event's time.
        ArticleTable.listed_at.between(bindparam("since"), bindparam("until")),
    )
    .order_by(ArticleTable.listed_at.desc(), ArticleTable.id)
    .limit(_MOST_MEMBERS)
)
