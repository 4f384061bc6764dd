"""Reading summaries: of each article the best one there is, sentences with their evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.rows import EvidenceRow, SentenceRow
from bot.archive.tables import EvidenceTable, SummarySentenceTable, SummaryTable

LEAD, CONDENSED, MODEL = "lead", "condensed", "model"
BRIEF = "brief"
"""The longer summary of the analysis; it is never the one shown at a glance."""

_BEST_FIRST = (MODEL, CONDENSED, LEAD)


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """A summary as it is shown, and who made it."""

    maker: str
    model: str | None
    headline: str | None
    sentences: tuple[SentenceRow, ...]


NO_SUMMARY = ShownSummary(LEAD, None, None, ())


async def shown_summaries(
    connection: AsyncConnection,
    article_ids: Iterable[int],
    *,
    makers: tuple[str, ...] = _BEST_FIRST,
) -> dict[int, ShownSummary]:
    """Read the best summary of each article, by article id.

    makers: which summaries count, the best first.
    """
    worth = case({maker: place for place, maker in enumerate(makers)}, value=SummaryTable.maker)
    ranked = (
        select(
            SummaryTable.id,
            func.row_number()
            .over(
                partition_by=SummaryTable.article_id,
                order_by=(worth, SummaryTable.id.desc()),
            )
            .label("place"),
        )
        .where(SummaryTable.article_id.in_(list(article_ids)), SummaryTable.maker.in_(makers))
        .subquery()
    )
    query = (
        select(
            SummaryTable.article_id,
            SummaryTable.maker,
            SummaryTable.model,
            SummaryTable.headline,
            SummarySentenceTable.id,
            SummarySentenceTable.text,
            EvidenceTable.article_id.label("source_id"),
            EvidenceTable.start,
            EvidenceTable.end,
        )
        .join(ranked, (ranked.c.id == SummaryTable.id) & (ranked.c.place == 1))
        .join(SummarySentenceTable, SummarySentenceTable.summary_id == SummaryTable.id)
        .join(EvidenceTable, EvidenceTable.sentence_id == SummarySentenceTable.id)
        .order_by(SummarySentenceTable.position, EvidenceTable.position)
    )
    made: dict[int, tuple[str, str | None, str | None]] = {}
    texts: dict[int, dict[int, str]] = {}
    evidence: dict[int, list[EvidenceRow]] = {}
    for row in await connection.execute(query):
        made[row.article_id] = (row.maker, row.model, row.headline)
        texts.setdefault(row.article_id, {})[row.id] = row.text
        evidence.setdefault(row.id, []).append(EvidenceRow(row.source_id, row.start, row.end))
    return {
        article_id: ShownSummary(
            *made[article_id],
            tuple(SentenceRow(text, tuple(evidence[number])) for number, text in sentences.items()),
        )
        for article_id, sentences in texts.items()
    }
