"""What is kept of articles for stories, and of stories themselves, within a transaction."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.story_tables import (
    Placed,
    StoryArticleTable,
    StoryCorrectionTable,
    StoryKeyTable,
    StoryPrintTable,
    StoryTable,
)
from bot.archive.tables import ArticleTable
from summarizer.stories_material import Material
from summarizer.stories_print import Fingerprint, keys, packed
from summarizer.story_summary import Told, tell

MATERIAL = TypeAdapter(Material)


@dataclass(frozen=True, slots=True)
class StoredTold:
    """A story as told, with the articles that its sources count among."""

    articles: tuple[int, ...]
    told: Told


TOLD = TypeAdapter(StoredTold)

TOLD_FROM = 16
"""A story is told from so many of its articles, the first ones and the last."""


def hashed(key: str) -> int:
    """Fold a key into the number by which articles find each other: signed, 64 bits."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


async def keep_print(
    connection: AsyncConnection, article_id: int, fingerprint: Fingerprint, material: Material
) -> None:
    """Keep what an article is compared by and told from, in place of what was kept before."""
    for table in (StoryPrintTable, StoryKeyTable):
        await connection.execute(delete(table).where(table.article_id == article_id))
    listed = select(ArticleTable.listed_at).where(ArticleTable.id == article_id)
    seen_at = (await connection.execute(listed)).scalar_one()
    await connection.execute(
        insert(StoryPrintTable).values(
            article_id=article_id,
            print=packed(fingerprint),
            material=MATERIAL.dump_json(material).decode(),
        )
    )
    rows = [
        {"key": hashed(key), "article_id": article_id, "seen_at": seen_at, "weight": weight}
        for key, weight in keys(fingerprint)
    ]
    if rows:
        await connection.execute(insert(StoryKeyTable), rows)


async def add_story(connection: AsyncConnection, at: datetime, *, is_sample: bool) -> int:
    """Make a story that has no articles yet; return its id."""
    query = insert(StoryTable).values(
        headline="", told="", articles=0, is_sample=is_sample, first_at=at, last_at=at
    )
    return (await connection.execute(query.returning(StoryTable.id))).scalar_one()


async def put(
    connection: AsyncConnection,
    article_id: int,
    story_id: int,
    reason: Placed,
    score: float,
    *,
    is_fixed: bool = False,
) -> None:
    """Make an article that is in no story a part of one."""
    await connection.execute(
        insert(StoryArticleTable).values(
            article_id=article_id,
            story_id=story_id,
            reason=reason,
            score=score,
            is_fixed=is_fixed,
        )
    )


async def take_out(connection: AsyncConnection, article_id: int) -> None:
    """Take an article out of its story."""
    await connection.execute(
        delete(StoryArticleTable).where(StoryArticleTable.article_id == article_id)
    )


async def move_all(
    connection: AsyncConnection, story_id: int, into: int, *, fixed: bool = False
) -> None:
    """Make one story a part of another; links to it, and what was corrected of it, follow."""
    change = update(StoryArticleTable).where(StoryArticleTable.story_id == story_id)
    values: dict[str, object] = {"story_id": into}
    if fixed:
        values |= {"is_fixed": True, "reason": Placed.CORRECTION}
    await connection.execute(change.values(**values))
    links = (StoryTable.id == story_id) | (StoryTable.merged_into == story_id)
    await connection.execute(
        update(StoryTable).where(links).values(merged_into=into, headline="", told="", articles=0)
    )
    for column in (StoryCorrectionTable.story_id, StoryCorrectionTable.other_id):
        await connection.execute(
            update(StoryCorrectionTable).where(column == story_id).values({column: into})
        )


async def refresh_stories(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Count and tell stories anew; one without articles that nothing leads to is forgotten."""
    for story_id in sorted(ids):
        members = await _members(connection, story_id)
        if not members:
            await connection.execute(
                delete(StoryTable).where(
                    StoryTable.id == story_id, StoryTable.merged_into.is_(None)
                )
            )
            continue
        told = _told(members)
        await connection.execute(
            update(StoryTable)
            .where(StoryTable.id == story_id)
            .values(
                articles=len(members),
                first_at=members[0].listed_at,
                last_at=members[-1].listed_at,
                headline=told.told.headline if told else "",
                told="" if told is None else TOLD.dump_json(told).decode(),
            )
        )


async def materials(connection: AsyncConnection, story_id: int) -> list[tuple[int, Material]]:
    """Read what a story is told from, by article and in order of publication.

    Reprints say nothing of their own. Of a long story the first and the last articles are read.
    """
    return _materials(await _members(connection, story_id))


@dataclass(frozen=True, slots=True)
class _Member:
    """An article of a story; `material` is None while it is not analysed."""

    id: int
    original_id: int | None
    listed_at: datetime
    material: str | None


_MEMBERS = (
    select(
        ArticleTable.id,
        ArticleTable.original_id,
        ArticleTable.listed_at,
        StoryPrintTable.material,
    )
    .join(StoryArticleTable, StoryArticleTable.article_id == ArticleTable.id)
    .outerjoin(StoryPrintTable, StoryPrintTable.article_id == ArticleTable.id)
    .where(StoryArticleTable.story_id == bindparam("story"))
    .order_by(ArticleTable.listed_at, ArticleTable.id)
)


async def _members(connection: AsyncConnection, story_id: int) -> list[_Member]:
    return [_Member(*row) for row in await connection.execute(_MEMBERS, {"story": story_id})]


def _materials(members: Sequence[_Member]) -> list[tuple[int, Material]]:
    inside = {member.id for member in members}
    own = [
        member
        for member in members
        if member.material is not None and member.original_id not in inside
    ]
    half = TOLD_FROM // 2
    kept = own if len(own) <= TOLD_FROM else [*own[:half], *own[-half:]]
    return [(member.id, MATERIAL.validate_json(member.material or "")) for member in kept]


def _told(members: Sequence[_Member]) -> StoredTold | None:
    read = _materials(members)
    if not read:
        return None
    ids = tuple(article_id for article_id, _ in read)
    return StoredTold(ids, tell([material for _, material in read]))
