"""Queries about searches: what was asked in a chat, and what is to be told of when it appears."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.archive.alert_matching import matching
from bot.archive.engine import Database
from bot.archive.search_index import key_after
from bot.archive.search_tables import SavedSearchTable, SearchDocumentTable, SearchTable
from bot.archive.tables import SubscriberTable

MOST_SAVED = 30
"""Saved searches of one subscriber."""

_KEPT = timedelta(days=60)
_MOST_MATCHES = 20


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A search that a subscriber saved."""

    id: int
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewMatches:
    """Articles that answer a saved search and came in since it was looked at, the newest first."""

    saved_id: int
    subscriber_id: int
    text: str
    article_ids: tuple[int, ...]


@dataclass(frozen=True)
class Searches:
    """What was asked."""

    database: Database

    async def remember(self, chat_id: int, kind: str, text: str, *, now: datetime) -> int:
        """Keep what was asked in a chat for its buttons; return its id.

        kind: what answers it, "search" or "ask".
        """
        digest = _digest(text)
        same = (
            SearchTable.chat_id == chat_id,
            SearchTable.kind == kind,
            SearchTable.digest == digest,
        )
        async with self.database.writing() as connection:
            known = await connection.scalar(select(SearchTable.id).where(*same))
            if known is not None:
                used = update(SearchTable).where(SearchTable.id == known)
                await connection.execute(used.values(used_at=now))
                return known
            added = insert(SearchTable).values(
                chat_id=chat_id, kind=kind, text=text, digest=digest, used_at=now
            )
            return (await connection.execute(added.returning(SearchTable.id))).scalar_one()

    async def get(self, search_id: int, chat_id: int, kind: str) -> str | None:
        """Give what was asked, or None when that is long ago, or was asked in another chat."""
        query = select(SearchTable.text).where(
            SearchTable.id == search_id, SearchTable.chat_id == chat_id, SearchTable.kind == kind
        )
        async with self.database.reading() as connection:
            return await connection.scalar(query)

    async def forget_old(self, now: datetime) -> int:
        """Drop what was asked long ago; return how many. Saved searches stay."""
        async with self.database.writing() as connection:
            old = delete(SearchTable).where(SearchTable.used_at < now - _KEPT)
            return (await connection.execute(old)).rowcount

    async def save(self, subscriber_id: int, text: str, *, now: datetime) -> bool:
        """Let a subscriber hear of what will answer a search; False when they have too many."""
        async with self.database.writing() as connection:
            query = select(SavedSearchTable.digest).where(
                SavedSearchTable.subscriber_id == subscriber_id
            )
            saved = set(await connection.scalars(query))
            if _digest(text) in saved:
                return True
            if len(saved) >= MOST_SAVED:
                return False
            await connection.execute(
                insert(SavedSearchTable).values(
                    subscriber_id=subscriber_id,
                    text=text,
                    digest=_digest(text),
                    created_at=now,
                    checked_at=now,
                )
            )
        return True

    async def drop(self, subscriber_id: int, text: str) -> None:
        """Tell a subscriber of a search no longer."""
        async with self.database.writing() as connection:
            await connection.execute(
                delete(SavedSearchTable).where(
                    SavedSearchTable.subscriber_id == subscriber_id,
                    SavedSearchTable.digest == _digest(text),
                )
            )

    async def saved(self, subscriber_id: int) -> list[SavedRow]:
        """List the searches that a subscriber saved, oldest first."""
        query = (
            select(SavedSearchTable.id, SavedSearchTable.text, SavedSearchTable.created_at)
            .where(SavedSearchTable.subscriber_id == subscriber_id)
            .order_by(SavedSearchTable.id)
        )
        async with self.database.reading() as connection:
            return [SavedRow(*row) for row in await connection.execute(query)]

    async def is_saved(self, subscriber_id: int, text: str) -> bool:
        """Say whether a subscriber saved a search."""
        return any(_digest(row.text) == _digest(text) for row in await self.saved(subscriber_id))

    async def new_matches(self, *, since: datetime, until: datetime) -> list[NewMatches]:
        """List what came in for saved searches since each was looked at.

        Each query is looked up once, however many saved it. `checked` notes that they were told.
        since: what was published, or indexed, before is left out (aware).
        until: articles indexed later are left for the next time.
        """
        saved = SavedSearchTable
        query = (
            select(
                saved.id,
                saved.subscriber_id,
                saved.text,
                saved.checked_at,
                SubscriberTable.time_zone,
            )
            .join(SubscriberTable, SubscriberTable.id == saved.subscriber_id)
            .where(saved.checked_at < until, SubscriberTable.gone_at.is_(None))
            .order_by(saved.id)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
            first = max(since, min((row.checked_at for row in rows), default=until))
            arrived = select(
                SearchDocumentTable.article_id, SearchDocumentTable.first_indexed_at
            ).where(
                SearchDocumentTable.first_indexed_at > first,
                SearchDocumentTable.first_indexed_at <= until,
                SearchDocumentTable.key >= key_after(since),
            )
            arrivals = {row[0]: row[1] for row in await connection.execute(arrived)}
        if not arrivals:
            return []
        asked = {(row.text, row.time_zone) for row in rows}
        found = await matching(self.database, asked, list(arrivals))
        matches = []
        for row in rows:
            answers = found.get((row.text, row.time_zone), ())
            new = tuple(one for one in answers if arrivals[one] > row.checked_at)
            if new:
                kept = new[:_MOST_MATCHES]
                matches.append(NewMatches(row.id, row.subscriber_id, row.text, kept))
        return matches

    async def checked(self, saved_ids: Sequence[int] | None, *, until: datetime) -> None:
        """Note up to when saved searches were looked at; None: all of them."""
        change = update(SavedSearchTable).where(SavedSearchTable.checked_at < until)
        if saved_ids is not None:
            change = change.where(SavedSearchTable.id.in_(saved_ids))
        async with self.database.writing() as connection:
            await connection.execute(change.values(checked_at=until))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
