"""The articles of one transaction at the archive's door."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.arrival_meeting import (
    Like,
    Stored,
    fingerprint_here,
    is_exact_reprint,
    meet_again,
    stored_like,
)
from bot.archive.article_writing import add_articles, add_summaries, article_values
from bot.archive.reprints import Candidate, candidates, keep_sketches, link, most_like
from bot.archive.sent import drop_sent, note_sender, sent_again, take_over
from bot.archive.source_rows import Arrival, ArrivalKind, Arrived
from bot.archive.tables import ArticleTable
from summarizer.summary import Summary


class Batch:
    """The articles of one transaction; what can wait is written for all of them at its end."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._summaries: list[tuple[int, Summary]] = []
        self._new: list[Candidate] = []
        self._moved: dict[int, int] = {}
        """Originals that turned out to be reprints in this batch, and of what."""

    async def take_all(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        """Store articles, or recognise them; tell of each, in the same order.

        Those that are like nothing met before, as most are, are written together in a few
        statements: as long as a transaction of SQLite lasts, nobody else can write.
        """
        unmet = await self._unmet(arrivals)
        taken = dict(zip(unmet, await self._take_unmet([arrivals[n] for n in unmet]), strict=False))
        for place, arrival in enumerate(arrivals):
            if place not in taken:
                taken[place] = await self._take_one(arrival)
        await self._finish()
        return [taken[place] for place in range(len(arrivals))]

    async def _unmet(self, arrivals: Sequence[Arrival]) -> list[int]:
        """List the places of articles whose address and text occur neither here nor before."""
        addresses = [one.article.url for one in arrivals if one.article.url is not None]
        fingerprints = [one.article.fingerprint for one in arrivals]
        query = select(ArticleTable.url, ArticleTable.fingerprint).where(
            ArticleTable.url.in_(addresses) | ArticleTable.fingerprint.in_(fingerprints)
        )
        met = {name for row in await self._connection.execute(query) for name in row}
        places = []
        for place, arrival in enumerate(arrivals):
            names = {arrival.article.url, arrival.article.fingerprint} - {None}
            if arrival.sent_by is None and met.isdisjoint(names):
                places.append(place)
            met |= names
        return places

    async def _take_unmet(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        values = [
            article_values(one.article, self._now, source_id=one.source_id) for one in arrivals
        ]
        try:
            async with self._connection.begin_nested():
                ids = await add_articles(self._connection, values)
        except IntegrityError:
            # Another process stored one of them after this one had looked: none is in, and each is
            # met for itself.
            return []
        stored = await candidates(self._connection, [one.sketch for one in arrivals])
        self._summaries += zip(ids, (one.summary for one in arrivals), strict=True)
        return [
            await self._relate(article_id, arrival, None, like)
            for article_id, arrival, like in zip(ids, arrivals, stored, strict=True)
        ]

    async def _take_one(self, arrival: Arrival) -> Arrived:
        try:
            return await self._take(arrival)
        except IntegrityError:
            # Another process stored it after this one had looked: now it is there to be met.
            return await self._take(arrival)

    async def _take(self, arrival: Arrival) -> Arrived:
        article = arrival.article
        like = await stored_like(self._connection, article)
        if arrival.sent_by is not None:
            return await self._take_sent(arrival, like, by=arrival.sent_by)
        if like.known is not None or like.sent:
            # What this batch has stored itself must be whole before it can be changed.
            await self._finish()
        if like.known is not None:
            return await meet_again(self._connection, like.known, like, arrival, self._now)
        if like.twin is not None and not is_exact_reprint(article, like.twin):
            return Arrived(ArrivalKind.KNOWN, like.twin.id)
        fingerprint = article.fingerprint if like.twin is None else fingerprint_here(article)
        values = article_values(
            article, self._now, source_id=arrival.source_id, fingerprint=fingerprint
        )
        article_id = await self._store(values, like.sent)
        self._summaries.append((article_id, arrival.summary))
        original = None if like.twin is None else like.twin.original_id or like.twin.id
        [alike] = await candidates(self._connection, [arrival.sketch])
        return await self._relate(article_id, arrival, original, alike)

    async def _take_sent(self, arrival: Arrival, like: Like, *, by: int) -> Arrived:
        """Store a text that a reader sent, unless it is there: it changes nothing for others."""
        there = like.known or like.twin or next(iter(like.sent), None)
        if there is not None:
            await sent_again(self._connection, there.id, self._now, by=by)
            return Arrived(ArrivalKind.KNOWN, there.id)
        values = article_values(arrival.article, self._now, sent_at=self._now)
        article_id = await self._store(values, ())
        await note_sender(self._connection, article_id, by)
        self._summaries.append((article_id, arrival.summary))
        return Arrived(ArrivalKind.ADDED, article_id)

    async def _store(self, values: dict[str, Any], sent: Sequence[Stored]) -> int:
        """Store an article, in the place of what readers sent of it, and return its id.

        Raises IntegrityError, and leaves the transaction whole, when it is there already.
        """
        async with self._connection.begin_nested():
            if not sent:
                [article_id] = await add_articles(self._connection, [values])
                return article_id
            first, *others = (row.id for row in sent)
            await drop_sent(self._connection, others)
            await take_over(self._connection, first, values)
            return int(first)

    async def _finish(self) -> None:
        """Write what waited."""
        await add_summaries(self._connection, self._summaries, self._now)
        await keep_sketches(self._connection, [(new.id, new.sketch) for new in self._new])
        self._summaries, self._new = [], []

    async def _relate(
        self, article_id: int, arrival: Arrival, original: int | None, stored: Sequence[Candidate]
    ) -> Arrived:
        """Link a new article to the one that it reprints, if it is a reprint.

        original: of which it is one to the letter; stored: of which it may be one nearly so.
        """
        article = arrival.article
        new = None
        if arrival.sketch is not None:
            listed_at = article.published_at or self._now
            new = Candidate(
                article_id, article.outlet, article.is_sample, listed_at, arrival.sketch
            )
            original = original or most_like(new, [*stored, *self._new])
            self._new.append(new)
        while original in self._moved:
            original = self._moved[original]
        if original is None:
            return Arrived(ArrivalKind.ADDED, article_id)
        is_reprint = await link(self._connection, article_id, article.published_at, original)
        if not is_reprint:
            self._moved[original] = article_id
        elif new is not None:
            new.original_id = original
        return Arrived(ArrivalKind.REPRINT if is_reprint else ArrivalKind.ADDED, article_id)
