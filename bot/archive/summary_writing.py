"""Writing what the analysis and the models make of an article, within a transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.article_writing import add_summary
from bot.archive.summary_reading import BRIEF, CONDENSED, LEAD, MODEL
from bot.archive.tables import SummaryTable
from summarizer.findings import Findings
from summarizer.summary import Summary

_LONGEST_HEADLINE = 300


async def keep_default(
    connection: AsyncConnection, article_id: int, findings: Findings, now: datetime
) -> None:
    """Put the summaries of an analysis in place of those of an earlier one and of the lead.

    An analysis without a summary leaves what is there; what a model has written stays too.
    """
    summary = _checkable(findings.summary)
    if summary is None:
        return
    await _drop(connection, article_id, (LEAD, CONDENSED, BRIEF))
    await add_summary(connection, article_id, summary, now)
    if findings.headline:
        await connection.execute(
            update(SummaryTable)
            .where(SummaryTable.article_id == article_id, SummaryTable.maker == summary.maker)
            .values(headline=findings.headline[:_LONGEST_HEADLINE])
        )
    brief = _checkable(findings.brief)
    if brief is not None and brief.sentences != summary.sentences:
        await add_summary(connection, article_id, replace(brief, maker=BRIEF), now)


async def keep_written(
    connection: AsyncConnection,
    article_id: int,
    summary: Summary,
    now: datetime,
    *,
    model: str,
    settings: str,
) -> None:
    """Put what a model has written beside the default, in place of what one wrote before.

    model: its name, as shown. settings: what decided the outcome, as a key.
    Raises ValueError for a sentence without evidence.
    """
    await _drop(connection, article_id, (MODEL,))
    await add_summary(connection, article_id, replace(summary, maker=MODEL), now)
    await connection.execute(
        update(SummaryTable)
        .where(SummaryTable.article_id == article_id, SummaryTable.maker == MODEL)
        .values(model=model[:200], settings=settings)
    )


def _checkable(summary: Summary | None) -> Summary | None:
    """Leave out sentences without evidence; give None when nothing remains."""
    if summary is None:
        return None
    sentences = tuple(sentence for sentence in summary.sentences if sentence.evidence)
    return replace(summary, sentences=sentences) if sentences else None


async def _drop(connection: AsyncConnection, article_id: int, makers: Sequence[str]) -> None:
    await connection.execute(
        delete(SummaryTable).where(
            SummaryTable.article_id == article_id, SummaryTable.maker.in_(makers)
        )
    )
