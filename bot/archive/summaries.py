"""Queries about what models write: which articles wait for it, and keeping what came of it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.pending import Pending, newest_pending, pending_where
from bot.archive.people_rows import PendingArticle
from bot.archive.people_tables import AnalysisTable
from bot.archive.relevance import is_on_beat
from bot.archive.rows import SentenceRow
from bot.archive.story_tables import StoryArticleTable
from bot.archive.story_writing import refresh_stories
from bot.archive.summary_reading import BRIEF, MODEL, shown_summaries
from bot.archive.summary_tables import WrittenTable
from bot.archive.summary_writing import keep_written
from bot.archive.tables import ArticleTable, SummaryTable
from summarizer.spans import Span
from summarizer.summary import Summary, SummarySentence

MOST_ATTEMPTS = 2
"""A text that failed so often is given up, until the settings change."""

_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Summaries:
    """The summaries of the archive's articles beyond the one that is shown at once."""

    database: Database

    async def waiting(self, settings: str, *, since: datetime) -> PendingArticle | None:
        """Give the newest article that lacks a summary by the model with these settings.

        Only articles of the beat that were analysed, are no reprints, and became news since a
        moment: older ones are rarely asked for and keep the default.
        """
        async with self.database.reading() as connection:
            return await newest_pending(connection, _waiting(settings, since))

    async def pending(self, settings: str, *, since: datetime) -> int:
        """Count the articles that `waiting` would give."""
        query = select(func.count()).select_from(_waiting(settings, since).subquery())
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def written(self, text_key: str, settings: str) -> Summary | None:
        """Give what the model has made of this very text before, with these settings."""
        query = select(WrittenTable.sentences).where(_is(text_key, settings))
        async with self.database.reading() as connection:
            stored = (await connection.execute(query)).scalar()
        return None if stored is None else _from_json(stored)

    async def keep(
        self, article: PendingArticle, summary: Summary, *, model: str, settings: str, now: datetime
    ) -> bool:
        """Store what the model wrote, and show it from now on.

        model: its name, as shown.
        Returns False when the article has gone meanwhile, or its text is another one; what was
        written of the text is kept all the same. Raises ValueError for a sentence without evidence.
        """
        async with self.database.writing(patient=True) as connection:
            await _note(
                connection, article.fingerprint, settings, now, attempts=0, sentences=_json(summary)
            )
            here = select(ArticleTable.id).where(
                ArticleTable.id == article.id, ArticleTable.fingerprint == article.fingerprint
            )
            if (await connection.execute(here)).scalar() is None:
                return False
            await keep_written(connection, article.id, summary, now, model=model, settings=settings)
            await _tell_anew(connection, [article.id])
        return True

    async def failed(
        self, text_key: str, settings: str, reason: str, *, now: datetime, is_final: bool = False
    ) -> bool:
        """Note that the model made nothing of a text; return whether the text is given up.

        is_final: trying again would give the same.
        """
        async with self.database.writing(patient=True) as connection:
            query = select(WrittenTable.attempts).where(_is(text_key, settings))
            attempts = ((await connection.execute(query)).scalar() or 0) + 1
            given_up = is_final or attempts >= MOST_ATTEMPTS
            await _note(
                connection,
                text_key,
                settings,
                now,
                attempts=attempts,
                failed_reason=reason[:500] if given_up else None,
            )
        return given_up

    async def failures(self, settings: str) -> list[tuple[str, str]]:
        """List the texts that were given up, with the reason."""
        query = select(WrittenTable.text_key, WrittenTable.failed_reason).where(
            WrittenTable.settings == settings, WrittenTable.failed_reason.is_not(None)
        )
        async with self.database.reading() as connection:
            return [(row.text_key, row.failed_reason) for row in await connection.execute(query)]

    async def tidy(self, settings: str | None, *, now: datetime) -> None:
        """Show no longer what other models have written, and forget what is old.

        settings: those of the model in use, or None when there is none. What other models wrote is
        kept for 90 days, so that going back to one costs nothing.
        """
        async with self.database.writing() as connection:
            others = SummaryTable.maker == MODEL
            if settings is not None:
                others = and_(others, SummaryTable.settings != settings)
            query = delete(SummaryTable).where(others).returning(SummaryTable.article_id)
            await _tell_anew(connection, (await connection.execute(query)).scalars().all())
            await connection.execute(
                delete(WrittenTable).where(WrittenTable.written_at < now - _KEPT)
            )

    async def brief(self, article_id: int) -> tuple[SentenceRow, ...]:
        """Give the longer summary of an article; nothing where there is none."""
        async with self.database.reading() as connection:
            found = await shown_summaries(connection, [article_id], makers=(BRIEF,))
        return found[article_id].sentences if article_id in found else ()

    async def models(self, article_ids: Collection[int]) -> tuple[str, ...]:
        """Name the models that wrote what is shown of some articles."""
        query = (
            select(SummaryTable.model)
            .where(SummaryTable.article_id.in_(article_ids), SummaryTable.maker == MODEL)
            .distinct()
        )
        async with self.database.reading() as connection:
            names = (await connection.execute(query)).scalars()
            return tuple(sorted(name for name in names if name))

    async def headline(self, article_id: int) -> str | None:
        """Give the neutral line that says what an article says, where there is one."""
        query = (
            select(SummaryTable.headline)
            .where(SummaryTable.article_id == article_id, SummaryTable.headline.is_not(None))
            .limit(1)
        )
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar()


def _waiting(settings: str, since: datetime) -> Pending:
    has_it = select(SummaryTable.article_id).where(
        SummaryTable.maker == MODEL, SummaryTable.settings == settings
    )
    given_up = select(WrittenTable.text_key).where(
        WrittenTable.settings == settings, WrittenTable.failed_reason.is_not(None)
    )
    analysed = select(AnalysisTable.article_id).where(AnalysisTable.finished_at.is_not(None))
    return pending_where(
        ArticleTable.listed_at >= since,
        ArticleTable.original_id.is_(None),
        is_on_beat(),
        ArticleTable.id.in_(analysed),
        ArticleTable.id.not_in(has_it),
        ArticleTable.fingerprint.not_in(given_up),
    )


async def _tell_anew(connection: AsyncConnection, article_ids: Sequence[int]) -> None:
    """Tell the stories of articles from what is shown of the articles now."""
    query = select(StoryArticleTable.story_id).where(StoryArticleTable.article_id.in_(article_ids))
    await refresh_stories(connection, set((await connection.execute(query)).scalars()))


def _is(text_key: str, settings: str) -> ColumnElement[bool]:
    return and_(WrittenTable.text_key == text_key, WrittenTable.settings == settings)


async def _note(
    connection: AsyncConnection, text_key: str, settings: str, now: datetime, **what: Any
) -> None:
    await connection.execute(delete(WrittenTable).where(_is(text_key, settings)))
    await connection.execute(
        insert(WrittenTable).values(text_key=text_key, settings=settings, written_at=now, **what)
    )


def _json(summary: Summary) -> str:
    sentences = [
        {"text": said.text, "evidence": [[span.start, span.end] for span in said.evidence]}
        for said in summary.sentences
    ]
    return json.dumps(sentences, ensure_ascii=False)


def _from_json(stored: str) -> Summary:
    sentences = (
        SummarySentence(said["text"], tuple(Span(start, end) for start, end in said["evidence"]))
        for said in json.loads(stored)
    )
    return Summary(tuple(sentences), MODEL)
