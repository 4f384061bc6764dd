"""The door of the archive: one article once, changed texts as revisions, reprints linked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.article_writing import add_article, add_summaries, replace_summaries
from bot.archive.engine import Database
from bot.archive.entry_marks import mark_entries
from bot.archive.reprints import Candidate, candidates, keep_sketches, link, most_like
from bot.archive.rows import NewArticle
from bot.archive.source_rows import Arrival, ArrivalKind, Arrived
from bot.archive.source_tables import (
    ArticleRevisionTable,
    ArticleSketchTable,
    SketchBandTable,
)
from bot.archive.tables import ArticleTable
from summarizer.summary import Summary

_MATCHED = (
    ArticleTable.id,
    ArticleTable.url,
    ArticleTable.outlet,
    ArticleTable.title,
    ArticleTable.text,
    ArticleTable.fingerprint,
    ArticleTable.is_sample,
    ArticleTable.original_id,
)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """What an article said until `replaced_at` (UTC)."""

    title: str
    text: str
    replaced_at: datetime


@dataclass(frozen=True)
class Arrivals:
    """Takes articles in."""

    database: Database

    async def take(self, arrivals: Sequence[Arrival], *, now: datetime) -> list[Arrived]:
        """Store articles, or recognise them, in one transaction with the marks of their entries.

        The same address is the same article: a changed text becomes its new one, and the earlier
        one is kept as a revision. The same text in another outlet, or nearly the same, is a reprint
        and linked to the one published first.
        Raises ValueError for a sentence without evidence; then nothing of the batch is stored.
        """
        async with self.database.writing(patient=True) as connection:
            batch = _Batch(connection, now)
            taken = [await batch.take(arrival) for arrival in arrivals]
            await batch.finish()
            marks = [arrival.entry for arrival in arrivals if arrival.entry is not None]
            await mark_entries(connection, marks, now)
            return taken

    async def revisions(self, article_id: int) -> list[RevisionRow]:
        """List what an article said before, oldest first."""
        query = (
            select(
                ArticleRevisionTable.title,
                ArticleRevisionTable.text,
                ArticleRevisionTable.replaced_at,
            )
            .where(ArticleRevisionTable.article_id == article_id)
            .order_by(ArticleRevisionTable.id)
        )
        async with self.database.reading() as connection:
            return [RevisionRow(*row) for row in await connection.execute(query)]


class _Batch:
    """The articles of one transaction; what can wait is written for all of them at its end."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._summaries: list[tuple[int, Summary]] = []
        self._new: list[Candidate] = []

    async def take(self, arrival: Arrival) -> Arrived:
        """Store an article, or recognise it."""
        article = arrival.article
        known, twin = await _stored_like(self._connection, article)
        if known is not None:
            # What this batch has stored itself must be whole before it can be revised.
            await self.finish()
            return await _meet_again(self._connection, known, arrival, self._now)
        if twin is not None and not _is_exact_reprint(article, twin):
            return Arrived(ArrivalKind.KNOWN, twin.id)
        fingerprint = article.fingerprint if twin is None else _fingerprint_here(article)
        try:
            async with self._connection.begin_nested():
                article_id = await add_article(
                    self._connection,
                    article,
                    self._now,
                    source_id=arrival.source_id,
                    fingerprint=fingerprint,
                )
        except IntegrityError:
            # Another process stored it after this one had looked.
            known, twin = await _stored_like(self._connection, article)
            there = known or twin
            if there is None:
                raise
            return Arrived(ArrivalKind.KNOWN, there.id)
        self._summaries.append((article_id, arrival.summary))
        original = None if twin is None else twin.original_id or twin.id
        return await self._relate(article_id, arrival, original)

    async def finish(self) -> None:
        """Write what waited."""
        await add_summaries(self._connection, self._summaries, self._now)
        await keep_sketches(self._connection, [(new.id, new.sketch) for new in self._new])
        self._summaries, self._new = [], []

    async def _relate(self, article_id: int, arrival: Arrival, original: int | None) -> Arrived:
        """Link a new article to the one that it reprints, if it is a reprint."""
        article = arrival.article
        new = None
        if arrival.sketch is not None:
            listed_at = article.published_at or self._now
            new = Candidate(
                article_id, article.outlet, article.is_sample, listed_at, arrival.sketch
            )
            if original is None:
                stored = await candidates(self._connection, arrival.sketch)
                original = most_like(new, [*stored, *self._new])
            self._new.append(new)
        if original is None:
            return Arrived(ArrivalKind.ADDED, article_id)
        is_reprint = await link(self._connection, article_id, article.published_at, original)
        self._follow(new, article_id, original, is_reprint=is_reprint)
        return Arrived(ArrivalKind.REPRINT if is_reprint else ArrivalKind.ADDED, article_id)

    def _follow(
        self, new: Candidate | None, article_id: int, original: int, *, is_reprint: bool
    ) -> None:
        """Keep what waits in step with what `link` wrote."""
        if is_reprint and new is not None:
            new.original_id = original
        for other in self._new:
            if not is_reprint and other.root == original and other.id != article_id:
                other.original_id = article_id


async def _meet_again(
    connection: AsyncConnection, known: Row[*tuple[Any, ...]], arrival: Arrival, now: datetime
) -> Arrived:
    article = arrival.article
    same = known.fingerprint in (article.fingerprint, _fingerprint_here(article))
    # A teaser of what is here, or a wall in its place, is no new version of it.
    is_teaser = len(article.text) < len(known.text) and article.text.strip() in known.text
    if same or is_teaser or known.is_sample:
        return Arrived(ArrivalKind.KNOWN, known.id)
    _, twin = await _stored_like(connection, article)
    if twin is not None:
        return Arrived(ArrivalKind.KNOWN, known.id)
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


async def _stored_like(
    connection: AsyncConnection, article: NewArticle
) -> tuple[Row[*tuple[Any, ...]] | None, Row[*tuple[Any, ...]] | None]:
    """Find what is stored at the address of an article, and what has its text."""
    same = ArticleTable.fingerprint == article.fingerprint
    if article.url is not None:
        same = same | (ArticleTable.url == article.url)
    rows = (await connection.execute(select(*_MATCHED).where(same))).all()
    here = (row for row in rows if article.url is not None and row.url == article.url)
    twins = (row for row in rows if row.fingerprint == article.fingerprint)
    return next(here, None), next(twins, None)


def _is_exact_reprint(article: NewArticle, twin: Row[*tuple[Any, ...]]) -> bool:
    """Tell the same text in another outlet from the same article in another file."""
    named = article.url is not None and article.outlet is not None
    return named and twin.url is not None and twin.outlet not in (None, article.outlet)


def _fingerprint_here(article: NewArticle) -> str:
    """Name a text at its address, for a reprint to the letter: fingerprints are unique."""
    return hashlib.sha256(f"{article.fingerprint} {article.url}".encode()).hexdigest()
