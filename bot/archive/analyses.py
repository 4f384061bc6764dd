"""Queries about analyses: which articles wait for one, and keeping what one found."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, insert, or_, select, update

from bot.archive.analysis_writing import keep_findings, quote_ids
from bot.archive.articles import listed
from bot.archive.engine import Database
from bot.archive.pending import Pending, newest_pending, pending_where
from bot.archive.people_links import hold_names
from bot.archive.people_rows import PendingArticle
from bot.archive.people_tables import AnalysisTable, AppearanceTable, DateTable, QuoteTable
from bot.archive.people_upkeep import people_of, refresh
from bot.archive.source_tables import ArticleRevisionTable
from bot.archive.story_writing import keep_print
from bot.archive.summary_writing import keep_default
from bot.archive.tables import ArticleTable
from summarizer.findings import Findings

MOST_ATTEMPTS = 2
"""An analysis that was broken off so often is given up."""


@dataclass(frozen=True)
class Analyses:
    """The analyses of the archive's articles."""

    database: Database

    async def pending(self, version: int) -> int:
        """Count the articles that lack an analysis of this version."""
        query = select(func.count()).select_from(_waiting(version).subquery())
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def next(self, version: int) -> PendingArticle | None:
        """Give the newest article that lacks an analysis of this version."""
        async with self.database.reading() as connection:
            return await newest_pending(connection, _waiting(version))

    async def broken_off(self, article_id: int, version: int, reason: str) -> bool:
        """Note that an analysis did not end by itself; return whether the article is given up."""
        async with self.database.writing() as connection:
            of_article = AnalysisTable.article_id == article_id
            query = select(AnalysisTable.attempts).where(
                of_article, AnalysisTable.version == version
            )
            attempts = ((await connection.execute(query)).scalar() or 0) + 1
            given_up = attempts >= MOST_ATTEMPTS
            await connection.execute(delete(AnalysisTable).where(of_article))
            await connection.execute(
                insert(AnalysisTable).values(
                    article_id=article_id,
                    version=version,
                    attempts=attempts,
                    failed_reason=reason[:500] if given_up else None,
                )
            )
        return given_up

    async def failed(self) -> list[tuple[int, str]]:
        """List the articles that were given up, with the reason."""
        query = select(AnalysisTable.article_id, AnalysisTable.failed_reason).where(
            AnalysisTable.failed_reason.is_not(None)
        )
        async with self.database.reading() as connection:
            return [(row.article_id, row.failed_reason) for row in await connection.execute(query)]

    async def keep(
        self, article: PendingArticle, findings: Findings, *, version: int, now: datetime
    ) -> bool:
        """Store what the analysis of an article found, in place of what an earlier one found.

        Returns False when the article has gone meanwhile, or its text is another one.
        """
        article_id = article.id
        async with self.database.writing() as connection:
            query = select(ArticleTable.listed_at).where(
                ArticleTable.id == article_id, ArticleTable.fingerprint == article.fingerprint
            )
            seen_at = (await connection.execute(query)).scalar()
            if seen_at is None:
                return False
            await hold_names(connection)
            touched = set(await people_of(connection, article_id))
            former = await quote_ids(connection, article_id)
            for table in (AppearanceTable, QuoteTable, DateTable, AnalysisTable):
                await connection.execute(delete(table).where(table.article_id == article_id))
            touched |= await keep_findings(connection, article_id, findings, seen_at, former)
            await refresh(connection, touched)
            await keep_default(connection, article_id, findings, now)
            if findings.fingerprint is not None and findings.material is not None:
                await keep_print(connection, article_id, findings.fingerprint, findings.material)
            await connection.execute(
                insert(AnalysisTable).values(
                    article_id=article_id, version=version, attempts=0, finished_at=now
                )
            )
        return True

    async def follow_dates(self) -> None:
        """Date the appearances of samples as their articles, which move with the calendar."""
        listed = (
            select(ArticleTable.listed_at)
            .where(ArticleTable.id == AppearanceTable.article_id)
            .scalar_subquery()
        )
        samples = select(ArticleTable.id).where(ArticleTable.is_sample)
        moved = AppearanceTable.article_id.in_(samples) & (AppearanceTable.seen_at != listed)
        async with self.database.writing() as connection:
            people = select(AppearanceTable.person_id).where(moved).distinct()
            ids = (await connection.execute(people)).scalars().all()
            if ids:
                await connection.execute(
                    update(AppearanceTable).where(moved).values(seen_at=listed)
                )
                await refresh(connection, ids)


def _waiting(version: int) -> Pending:
    current = and_(
        AnalysisTable.version == version,
        or_(AnalysisTable.finished_at.is_not(None), AnalysisTable.failed_reason.is_not(None)),
    )
    done = select(AnalysisTable.article_id).where(current)
    revised = (
        select(ArticleRevisionTable.article_id)
        .join(AnalysisTable, AnalysisTable.article_id == ArticleRevisionTable.article_id)
        .where(ArticleRevisionTable.replaced_at >= AnalysisTable.finished_at)
    )
    return pending_where(listed(), or_(ArticleTable.id.not_in(done), ArticleTable.id.in_(revised)))
