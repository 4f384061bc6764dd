"""Writing articles and their summaries, within a transaction of the caller."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.rows import NewArticle
from bot.archive.tables import ArticleTable, EvidenceTable, SummarySentenceTable, SummaryTable
from summarizer.summary import Summary


def article_values(article: NewArticle, now: datetime, **more: Any) -> dict[str, Any]:
    """Give the columns of a new article.

    more: further columns by name, or others in the place of the article's own.
    """
    return {
        "url": article.url,
        "title": article.title,
        "title_from_body": article.title_from_body,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "text": article.text,
        "fingerprint": article.fingerprint,
        "published_at": article.published_at,
        "published_has_time": article.published_has_time,
        "added_at": now,
        "listed_at": article.published_at or now,
        "is_sample": article.is_sample,
        **more,
    }


async def add_articles(
    connection: AsyncConnection, values: Sequence[dict[str, Any]]
) -> Sequence[int]:
    """Insert articles; return their ids in the same order.

    values: the columns of each, as `article_values` gives them; all have the same ones.
    """
    return await _insert_all(connection, ArticleTable, values)


async def add_summary(
    connection: AsyncConnection, article_id: int, summary: Summary, now: datetime
) -> None:
    """Insert a summary of an article, each sentence with its evidence.

    Raises ValueError for a sentence without evidence: it cannot be checked, so it is not kept.
    """
    await add_summaries(connection, [(article_id, summary)], now)


async def add_summaries(
    connection: AsyncConnection, summaries: Sequence[tuple[int, Summary]], now: datetime
) -> None:
    """Insert summaries of several articles, by article id, in few statements.

    Raises ValueError as `add_summary` does; then none is inserted.
    """
    sentences = [sentence for _, summary in summaries for sentence in summary.sentences]
    if not all(sentence.evidence for sentence in sentences):
        raise ValueError("a summary sentence without evidence cannot be stored")
    summary_ids = await _insert_all(
        connection,
        SummaryTable,
        [
            {"article_id": article_id, "maker": summary.maker, "created_at": now}
            for article_id, summary in summaries
        ],
    )
    sentence_ids = await _insert_all(
        connection,
        SummarySentenceTable,
        [
            {"summary_id": summary_id, "position": position, "text": sentence.text}
            for summary_id, (_, summary) in zip(summary_ids, summaries, strict=True)
            for position, sentence in enumerate(summary.sentences)
        ],
    )
    article_ids = [article_id for article_id, summary in summaries for _ in summary.sentences]
    evidence = [
        {
            "sentence_id": sentence_id,
            "position": number,
            "article_id": article_id,
            "start": span.start,
            "end": span.end,
        }
        for sentence_id, article_id, sentence in zip(
            sentence_ids, article_ids, sentences, strict=True
        )
        for number, span in enumerate(sentence.evidence)
    ]
    if evidence:
        await connection.execute(insert(EvidenceTable), evidence)


async def replace_summaries(
    connection: AsyncConnection, article_id: int, summary: Summary, now: datetime
) -> None:
    """Drop every summary of an article, whose text they no longer match, and insert a new one."""
    await connection.execute(delete(SummaryTable).where(SummaryTable.article_id == article_id))
    await add_summary(connection, article_id, summary, now)


async def _insert_all(
    connection: AsyncConnection,
    table: type[ArticleTable | SummaryTable | SummarySentenceTable],
    rows: Sequence[dict[str, Any]],
) -> Sequence[int]:
    """Insert rows and return their ids in the same order."""
    if not rows:
        return []
    query = insert(table).returning(table.id, sort_by_parameter_order=True)
    return (await connection.execute(query, rows)).scalars().all()
