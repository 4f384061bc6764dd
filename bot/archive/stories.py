"""Queries about stories: the articles about one event, and what operators correct of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select, update

from bot.archive import story_corrections as corrections
from bot.archive.engine import Database
from bot.archive.people_tables import AppearanceTable
from bot.archive.story_details import read_details
from bot.archive.story_placing import is_told, place
from bot.archive.story_reading import line_row, read_stories
from bot.archive.story_rows import StoryDetailsRow, StoryNewsRow, StoryRow
from bot.archive.story_tables import (
    StoryArticleTable,
    StoryKeyTable,
    StoryPrintTable,
    StoryTable,
)
from bot.archive.story_writing import materials, refresh_stories
from bot.archive.tables import ArticleTable
from summarizer.story_summary import news

SETTLED_AT_ONCE = 200
"""Articles that `settle` looks at in one go."""

_READ_OF_EACH = 4


@dataclass(frozen=True)
class Stories:
    """The stories of the archive, newest first wherever there is an order."""

    database: Database

    async def between(
        self, start: datetime, end: datetime, *, limit: int = 1_000
    ) -> list[StoryRow]:
        """List the stories with an article that became news in start ≤ t < end."""
        in_period = (
            select(StoryArticleTable.story_id)
            .join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id)
            .where(ArticleTable.listed_at >= start, ArticleTable.listed_at < end, is_told())
        )
        return await self._newest(in_period, limit)

    async def get(self, story_id: int) -> StoryRow | None:
        """Give a story, or the one that it became a part of; None when there is none."""
        async with self.database.reading() as connection:
            now = await corrections.resolved(connection, story_id)
            rows = await read_stories(connection, [] if now is None else [now])
        return rows[0] if rows else None

    async def several(self, story_ids: Collection[int]) -> list[StoryRow]:
        """Give stories in the order of their ids as listed here; those gone are left out."""
        async with self.database.reading() as connection:
            return await read_stories(connection, list(story_ids))

    async def of_article(self, article_id: int) -> StoryRow | None:
        """Give the story that an article belongs to."""
        query = select(StoryArticleTable.story_id).where(StoryArticleTable.article_id == article_id)
        async with self.database.reading() as connection:
            story_id = (await connection.execute(query)).scalar()
            rows = await read_stories(connection, [] if story_id is None else [story_id])
        return rows[0] if rows else None

    async def of_articles(self, article_ids: Collection[int]) -> dict[int, StoryRow]:
        """Give the stories of articles, by article id; an article that is in none is left out."""
        query = select(StoryArticleTable.article_id, StoryArticleTable.story_id).where(
            StoryArticleTable.article_id.in_(article_ids)
        )
        async with self.database.reading() as connection:
            found = {row.article_id: row.story_id for row in await connection.execute(query)}
            rows = await read_stories(connection, list(dict.fromkeys(found.values())))
        stories = {row.id: row for row in rows}
        return {one: stories[story] for one, story in found.items() if story in stories}

    async def of_person(self, person_id: int, *, limit: int = 50, after: int = 0) -> list[StoryRow]:
        """List the stories that name a person, by the newest article of each that does.

        after: how many are passed over.
        """
        query = (
            select(StoryArticleTable.story_id)
            .join(AppearanceTable, AppearanceTable.article_id == StoryArticleTable.article_id)
            .where(AppearanceTable.person_id == person_id)
            .order_by(AppearanceTable.seen_at.desc(), AppearanceTable.article_id.desc())
        )
        wanted = after + limit
        async with self.database.reading() as connection:
            # Several articles tell one story: the newest are read until there are enough of them.
            read = _READ_OF_EACH * wanted
            while True:
                found = (await connection.execute(query.limit(read))).scalars().all()
                ids = list(dict.fromkeys(found))
                if len(ids) >= wanted or len(found) < read:
                    break
                read *= _READ_OF_EACH
            return await read_stories(connection, ids[after:wanted])

    async def details(self, story_ids: Collection[int]) -> dict[int, StoryDetailsRow]:
        """Give the people and quotes of stories, and who met whom, by story id."""
        async with self.database.reading() as connection:
            return await read_details(connection, story_ids)

    async def news(self, story_id: int, since: datetime) -> StoryNewsRow | None:
        """Say what articles that came in after a moment add to a story; None when it is gone.

        An article counts from its arrival: what was published before, and came late, is new too.
        """
        async with self.database.reading() as connection:
            now = await corrections.resolved(connection, story_id)
            rows = await read_stories(connection, [] if now is None else [now])
            if now is None or not rows:
                return None
            read = await materials(connection, now)
        later = tuple(article for article in rows[0].articles if article.added_at > since)
        fresh = {article.id for article in later}
        after = [(number, one) for number, one in read if number in fresh]
        before = [one for number, one in read if number not in fresh]
        ids = [number for number, _ in after]
        lines = news(before, [one for _, one in after]) if after else ()
        return StoryNewsRow(later, tuple(line_row(line, ids) for line in lines))

    async def place(self, article_id: int) -> int | None:
        """Find or make the story of an analysed article; return its id, or None (see `place`)."""
        async with self.database.writing(patient=True) as connection:
            return await place(connection, article_id)

    async def settle(self) -> int:
        """Place what waits, and take out what is no longer told; return how many articles.

        An article is judged, corrected or removed at its own time; this brings stories after it.
        """
        without = StoryPrintTable.article_id.not_in(select(StoryArticleTable.article_id))
        waiting = (
            select(StoryPrintTable.article_id)
            .join(ArticleTable, ArticleTable.id == StoryPrintTable.article_id)
            .where(without, is_told())
            .order_by(ArticleTable.listed_at, ArticleTable.id)
            .limit(SETTLED_AT_ONCE)
        )
        leaving = (
            select(StoryArticleTable.article_id)
            .join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id)
            .where(~is_told())
            .limit(SETTLED_AT_ONCE)
        )
        async with self.database.reading() as connection:
            ids = [
                *(await connection.execute(waiting)).scalars(),
                *(await connection.execute(leaving)).scalars(),
            ]
        for article_id in ids:
            await self.place(article_id)
        await self._recount()
        return len(ids)

    async def follow_dates(self) -> None:
        """Date what is kept of samples as their articles, which move with the calendar."""
        at = select(ArticleTable.listed_at).where(ArticleTable.id == StoryKeyTable.article_id)
        samples = select(ArticleTable.id).where(ArticleTable.is_sample)
        moved = StoryKeyTable.article_id.in_(samples) & (
            StoryKeyTable.seen_at != at.scalar_subquery()
        )
        async with self.database.writing() as connection:
            articles = select(StoryKeyTable.article_id).where(moved).distinct()
            ids = (await connection.execute(articles)).scalars().all()
            if not ids:
                return
            await connection.execute(
                update(StoryKeyTable).where(moved).values(seen_at=at.scalar_subquery())
            )
            of_samples = select(StoryTable.id).where(
                StoryTable.is_sample, StoryTable.merged_into.is_(None)
            )
            await refresh_stories(
                connection, (await connection.execute(of_samples)).scalars().all()
            )

    async def split(self, article_id: int, *, by: int, now: datetime) -> int | None:
        """Make an article a story of its own, for good.

        by: the operator. Returns the new story's id; None where there is nothing to split.
        """
        async with self.database.writing() as connection:
            return await corrections.split(connection, article_id, by=by, now=now)

    async def merge(self, story_id: int, into: int, *, by: int, now: datetime) -> bool:
        """Make one of two stories, for good; links to the first lead to the second.

        by: the operator. Returns False where one is gone, or they are one already.
        """
        async with self.database.writing() as connection:
            return await corrections.merge(connection, story_id, into, by=by, now=now)

    async def _newest(self, among: Select[int], limit: int) -> list[StoryRow]:
        query = (
            select(StoryTable.id)
            .where(StoryTable.id.in_(among))
            .order_by(StoryTable.last_at.desc(), StoryTable.id.desc())
            .limit(limit)
        )
        async with self.database.reading() as connection:
            return await read_stories(connection, (await connection.execute(query)).scalars().all())

    async def _recount(self) -> None:
        """Tell anew the stories of which articles are gone."""
        members = (
            select(func.count())
            .where(StoryArticleTable.story_id == StoryTable.id)
            .scalar_subquery()
        )
        query = select(StoryTable.id).where(
            StoryTable.merged_into.is_(None),
            or_(StoryTable.articles != members, ~exists().where(
                StoryArticleTable.story_id == StoryTable.id
            )),
        )  # fmt: skip
        async with self.database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
        if ids:
            async with self.database.writing(patient=True) as connection:
                await refresh_stories(connection, ids)
