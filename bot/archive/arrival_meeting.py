"""Meeting again what is stored: the article at an address, the text elsewhere, a changed text."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.article_writing import replace_summaries
from bot.archive.reprints import keep_sketches
from bot.archive.rows import NewArticle
from bot.archive.sent import drop_sent
from bot.archive.source_rows import Arrival, ArrivalKind, Arrived
from bot.archive.source_tables import (
    ArticleRevisionTable,
    ArticleSketchTable,
    SketchBandTable,
)
from bot.archive.tables import ArticleTable

_MATCHED = (
    ArticleTable.id,
    ArticleTable.url,
    ArticleTable.outlet,
    ArticleTable.title,
    ArticleTable.text,
    ArticleTable.fingerprint,
    ArticleTable.is_sample,
    ArticleTable.original_id,
    ArticleTable.sent_at,
)

Stored = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Like:
    """What is stored already of an article at the door.

    known: the article at its address; twin: an article with its text; sent: texts with its address
    or its text that readers sent by hand, that of its address first.
    """

    known: Stored | None
    twin: Stored | None
    sent: tuple[Stored, ...]


async def meet_again(
    connection: AsyncConnection, known: Stored, like: Like, arrival: Arrival, now: datetime
) -> Arrived:
    """Recognise an article at its address; a changed text becomes its new one."""
    article = arrival.article
    same = known.fingerprint in (article.fingerprint, fingerprint_here(article))
    # A teaser of what is here, or a wall in its place, is no new version of it.
    is_teaser = len(article.text) < len(known.text) and article.text.strip() in known.text
    if same or is_teaser or known.is_sample or like.twin is not None:
        return Arrived(ArrivalKind.KNOWN, known.id)
    await drop_sent(connection, (row.id for row in like.sent))
    await connection.execute(
        insert(ArticleRevisionTable).values(
            article_id=known.id,
            title=known.title,
            text=known.text,
            fingerprint=known.fingerprint,
            replaced_at=now,
        )
    )
    await connection.execute(
        update(ArticleTable)
        .where(ArticleTable.id == known.id)
        .values(
            title=article.title,
            title_from_body=article.title_from_body,
            text=article.text,
            language=article.language,
            fingerprint=article.fingerprint,
        )
    )
    await replace_summaries(connection, known.id, arrival.summary, now)
    await _replace_sketch(connection, known.id, arrival)
    return Arrived(ArrivalKind.REVISED, known.id)


async def _replace_sketch(connection: AsyncConnection, article_id: int, arrival: Arrival) -> None:
    for table in (ArticleSketchTable, SketchBandTable):
        await connection.execute(delete(table).where(table.article_id == article_id))
    if arrival.sketch is not None:
        await keep_sketches(connection, [(article_id, arrival.sketch)])


async def stored_like(connection: AsyncConnection, article: NewArticle) -> Like:
    """Find what is stored at the address of an article, and what has its text."""
    same = ArticleTable.fingerprint == article.fingerprint
    if article.url is not None:
        same = same | (ArticleTable.url == article.url)
    rows = (await connection.execute(select(*_MATCHED).where(same))).all()

    def is_here(row: Stored) -> bool:
        return article.url is not None and row.url == article.url

    listed = [row for row in rows if row.sent_at is None]
    twins = (row for row in listed if row.fingerprint == article.fingerprint)
    return Like(
        known=next(filter(is_here, listed), None),
        twin=next(twins, None),
        sent=tuple(sorted((row for row in rows if row.sent_at), key=is_here, reverse=True)),
    )


def is_exact_reprint(article: NewArticle, twin: Stored) -> bool:
    """Tell the same text in another outlet from the same article in another file."""
    named = article.url is not None and article.outlet is not None
    return named and twin.url is not None and twin.outlet not in (None, article.outlet)


def fingerprint_here(article: NewArticle) -> str:
    """Name a text at its address, for a reprint to the letter: fingerprints are unique."""
    return hashlib.sha256(f"{article.fingerprint} {article.url}".encode()).hexdigest()
