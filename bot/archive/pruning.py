"""Dropping deliveries and editions of long ago, a few at a time: others may write in between."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import aliased

from bot.archive.broadcast_rows import UNDER_WAY
from bot.archive.broadcast_tables import BroadcastTable
from bot.archive.delivery_tables import DeliveryTable, EditionTable
from bot.archive.engine import Database
from bot.archive.rows import Priority

KEPT = timedelta(days=90)
"""How long it is known what became of a delivery, and what an edition said."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows were dropped, and up to which id was looked; None: at all that are old."""

    dropped: int
    up_to: int | None


@dataclass(frozen=True)
class Pruning:
    """Walks through what is old by its ids, which grow with time.

    Each call looks at `limit` rows beyond the id `after` (0 to begin with) and holds the lock only
    while it deletes.
    """

    database: Database

    async def is_quiet(self, now: datetime) -> bool:
        """Tell whether nothing is being sent, or waits to be sent, at a moment (aware)."""
        waits = select(DeliveryTable.id).where(DeliveryTable.next_try_at <= now).limit(1)
        is_sent = select(DeliveryTable.id).where(DeliveryTable.claimed_by.is_not(None)).limit(1)
        async with self.database.reading() as connection:
            return not [
                row for query in (waits, is_sent) for row in await connection.execute(query)
            ]

    async def deliveries(self, now: datetime, *, after: int, limit: int) -> Pruned:
        """Drop deliveries that ended more than KEPT ago, with what is known of their messages.

        The newest edition of each subscriber stays: by it an edition is known to have been made
        (`Dues`).
        """
        delivery, newer = DeliveryTable, aliased(DeliveryTable)
        ids, up_to = await self._old(DeliveryTable, now, after, limit)
        has_newer = exists().where(
            newer.subscriber_id == delivery.subscriber_id,
            newer.priority == Priority.EDITION,
            newer.due_at > delivery.due_at,
        )
        dropped = 0
        if ids:
            async with self.database.writing(patient=True) as connection:
                ended = await connection.execute(
                    delete(delivery).where(
                        delivery.id.in_(ids),
                        delivery.finished_at < now - KEPT,
                        (delivery.priority != Priority.EDITION) | has_newer,
                    )
                )
                dropped = ended.rowcount
        return Pruned(dropped, up_to)

    async def editions(self, now: datetime, *, after: int, limit: int) -> Pruned:
        """Drop editions composed more than KEPT ago that no delivery or broadcast goes by."""
        ids, up_to = await self._old(EditionTable, now, after, limit)
        delivered = exists().where(DeliveryTable.edition_id == EditionTable.id)
        is_told = exists().where(
            BroadcastTable.edition_id == EditionTable.id, BroadcastTable.state.in_(UNDER_WAY)
        )
        dropped = 0
        if ids:
            async with self.database.writing(patient=True) as connection:
                ended = await connection.execute(
                    delete(EditionTable).where(EditionTable.id.in_(ids), ~delivered, ~is_told)
                )
                dropped = ended.rowcount
        return Pruned(dropped, up_to)

    async def _old(
        self,
        table: type[DeliveryTable | EditionTable],
        now: datetime,
        after: int,
        limit: int,
    ) -> tuple[list[int], int | None]:
        """Name the next rows that were made more than KEPT ago, and how far that goes."""
        query = (
            select(table.id, table.created_at)
            .where(table.id > after)
            .order_by(table.id)
            .limit(limit)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
        ids = [row.id for row in rows if row.created_at < now - KEPT]
        more = len(rows) == limit and len(ids) == limit
        return ids, ids[-1] if more else None
