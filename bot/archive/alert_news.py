"""Queries about what has just become news: stories, whom they name, what answers saved searches.

News is what was published, and came in, since a moment; of articles without a date, what a source
brought. So neither an old article that is imported nor an invented one is news.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from bot.archive.alert_rows import MatchRow, NamedRow, NewsRow
from bot.archive.articles import listed
from bot.archive.engine import Database
from bot.archive.people_tables import AppearanceTable
from bot.archive.search_tables import SearchDocumentTable
from bot.archive.searches import Searches
from bot.archive.story_placing import is_told
from bot.archive.story_reading import parts
from bot.archive.story_tables import StoryArticleTable, StoryTable
from bot.archive.tables import ArticleTable

_AHEAD = timedelta(days=1)
"""Outlets' clocks run ahead; what is dated beyond that is dated wrongly."""
_PATIENCE = timedelta(minutes=10)
"""So long what answers a search waits for its analysis, which tells what story it belongs to."""


@dataclass(frozen=True)
class AlertNews:
    """What somebody may have to be told of at once; every moment is aware."""

    database: Database

    async def stories(self, since: datetime, now: datetime) -> list[NewsRow]:
        """List the stories with an article that has become news since a moment."""
        newest = func.max(ArticleTable.added_at)
        query = (
            select(
                StoryArticleTable.story_id,
                func.count(),
                func.max(ArticleTable.id),
                newest.label("newest"),
            )
            .join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id)
            .where(*_is_news(since, now), is_told())
            .group_by(StoryArticleTable.story_id)
        )
        async with self.database.reading() as connection:
            return [
                NewsRow(story_id, f"{count}·{last}", newest_at)
                for story_id, count, last, newest_at in await connection.execute(query)
            ]

    async def named(
        self, story_ids: Collection[int], since: datetime, now: datetime
    ) -> list[NamedRow]:
        """List whom the news of stories names."""
        found: list[NamedRow] = []
        async with self.database.reading() as connection:
            for part in parts(list(story_ids)):
                query = (
                    select(
                        StoryArticleTable.story_id,
                        AppearanceTable.person_id,
                        func.max(ArticleTable.added_at),
                    )
                    .join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id)
                    .join(
                        AppearanceTable, AppearanceTable.article_id == StoryArticleTable.article_id
                    )
                    .where(StoryArticleTable.story_id.in_(part), *_is_news(since, now), is_told())
                    .group_by(StoryArticleTable.story_id, AppearanceTable.person_id)
                )
                found += [NamedRow(*row) for row in await connection.execute(query)]
        return found

    async def searchable(self, now: datetime) -> datetime | None:
        """Say up to when the articles that were indexed may be looked at; None: there are none.

        An article whose analysis is under way is left for later: its story may be told already.
        """
        indexed = select(func.max(SearchDocumentTable.first_indexed_at))
        waiting = (
            select(func.min(SearchDocumentTable.first_indexed_at))
            .join(ArticleTable, ArticleTable.id == SearchDocumentTable.article_id)
            .where(
                SearchDocumentTable.first_indexed_at > now - _PATIENCE,
                is_told(),
                ~exists().where(StoryArticleTable.article_id == ArticleTable.id),
            )
        )
        async with self.database.reading() as connection:
            latest = (await connection.execute(indexed)).scalar()
            first_waiting = (await connection.execute(waiting)).scalar()
        if latest is None or first_waiting is None:
            return latest
        return first_waiting - timedelta(microseconds=1)

    async def matches(self, since: datetime, until: datetime) -> list[MatchRow]:
        """List what has become news for saved searches, up to a moment of `searchable`."""
        found = await Searches(self.database).new_matches(since=since, until=until)
        return [
            MatchRow(one.subscriber_id, one.text, article_id)
            for one in found
            for article_id in one.article_ids
        ]

    async def subjects(
        self, article_ids: Collection[int], since: datetime, now: datetime
    ) -> dict[int, int]:
        """Say what news articles belong to: the id of a story, or their own, negative.

        What is no news is left out.
        """
        found: dict[int, int] = {}
        async with self.database.reading() as connection:
            for part in parts(list(article_ids)):
                query = (
                    select(ArticleTable.id, StoryArticleTable.story_id)
                    .outerjoin(StoryArticleTable, StoryArticleTable.article_id == ArticleTable.id)
                    .where(ArticleTable.id.in_(part), *_is_news(since, now), listed())
                )
                for article_id, story_id in await connection.execute(query):
                    found[article_id] = -article_id if story_id is None else story_id
        return found

    async def aliases(self, subjects: Sequence[int]) -> dict[int, int]:
        """Give all that subjects were ever told as: stories that became theirs, and articles.

        Returns the subject of each, itself included.
        """
        found = {one: one for one in subjects}
        async with self.database.reading() as connection:
            for part in parts([one for one in subjects if one > 0]):
                merged = select(StoryTable.id, StoryTable.merged_into).where(
                    StoryTable.merged_into.in_(part)
                )
                members = select(-StoryArticleTable.article_id, StoryArticleTable.story_id).where(
                    StoryArticleTable.story_id.in_(part)
                )
                queries: tuple[Select[*tuple[Any, ...]], ...] = (merged, members)
                for query in queries:
                    for row in await connection.execute(query):
                        former, story_id = row
                        found[former] = story_id
        return found


def _is_news(since: datetime, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ArticleTable.listed_at >= since,
        ArticleTable.listed_at < now + _AHEAD,
        ArticleTable.added_at >= since,
        ArticleTable.is_sample.is_(False),
        or_(ArticleTable.published_at.is_not(None), ArticleTable.source_id.is_not(None)),
    )
