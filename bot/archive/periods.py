"""Queries about what a period holds beside its stories, and whether anything has changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from bot.archive.engine import Database
from bot.archive.relevance_tables import RelevanceTable
from bot.archive.story_placing import is_told
from bot.archive.story_tables import StoryArticleTable, StoryCorrectionTable, StoryTable
from bot.archive.tables import ArticleTable, SummaryTable


@dataclass(frozen=True)
class Periods:
    """What an edition of a period rests on."""

    database: Database

    async def state(self) -> str:
        """Name the state of what editions are made of: the same name, the same editions.

        Counted, not remembered: another process may have changed it.
        """
        query = select(
            select(func.max(ArticleTable.id)).scalar_subquery(),
            select(func.count()).select_from(StoryArticleTable).scalar_subquery(),
            select(func.max(StoryTable.id)).scalar_subquery(),
            select(func.max(StoryTable.last_at)).scalar_subquery(),
            select(func.count()).select_from(StoryCorrectionTable).scalar_subquery(),
            select(func.count()).select_from(RelevanceTable).scalar_subquery(),
            select(func.max(SummaryTable.id)).scalar_subquery(),
        )
        async with self.database.reading() as connection:
            return "·".join(map(str, (await connection.execute(query)).one()))

    async def weeks(self, end: datetime, *, number: int) -> list[tuple[datetime, int, int]]:
        """Count the stories and articles of each of the seven-day stretches before a moment.

        Returns their beginnings with the counts, the oldest first; a story counts in every week
        that has an article of it.
        """
        counted = []
        async with self.database.reading() as connection:
            for back in range(number, 0, -1):
                start = end - timedelta(days=7 * back)
                query = (
                    select(
                        func.count(StoryArticleTable.story_id.distinct()),
                        func.count(StoryArticleTable.article_id),
                    )
                    .join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id)
                    .where(
                        ArticleTable.listed_at >= start,
                        ArticleTable.listed_at < start + timedelta(days=7),
                    )
                )
                stories, articles = (await connection.execute(query)).one()
                counted.append((start, stories, articles))
        return counted

    async def waiting(self, start: datetime, end: datetime, *, limit: int) -> list[int]:
        """List the articles of start ≤ t < end that are in no story yet, newest first."""
        query = (
            select(ArticleTable.id)
            .where(
                ArticleTable.listed_at >= start,
                ArticleTable.listed_at < end,
                is_told(),
                ~exists().where(StoryArticleTable.article_id == ArticleTable.id),
            )
            .order_by(ArticleTable.listed_at.desc(), ArticleTable.id.desc())
            .limit(limit)
        )
        async with self.database.reading() as connection:
            return list((await connection.execute(query)).scalars())
