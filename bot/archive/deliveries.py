"""Queries about deliveries: who is due, what is to be sent, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.rows import DeliveryRow, DeliveryState, DueRow, PartRow
from bot.archive.subscribers import schedules, subscriber_row
from bot.archive.tables import (
    DeliveryPartTable,
    DeliveryTable,
    SubscriberTable,
    SubscriptionTable,
)


@dataclass(frozen=True)
class Deliveries:
    """The outbox: pending → sending → sent; failed with a next try; dead with a reason."""

    database: Database

    async def due(self, now: datetime, *, limit: int) -> list[DueRow]:
        """List the subscriptions whose hour has come, of chats that can be reached."""
        query = (
            schedules()
            .where(SubscriptionTable.next_due_at <= now, SubscriberTable.gone_at.is_(None))
            .order_by(SubscriptionTable.next_due_at)
            .limit(limit)
        )
        async with self.database.reading() as connection:
            return [
                DueRow(row.subscriber_id, row.weekday, row.hour, row.time_zone, row.next_due_at)
                for row in await connection.execute(query)
                if row.next_due_at is not None
            ]

    async def next_due_at(self) -> datetime | None:
        """Tell when the next briefing is due, if any subscription runs."""
        query = (
            select(func.min(SubscriptionTable.next_due_at))
            .join(SubscriberTable)
            .where(SubscriberTable.gone_at.is_(None))
        )
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar()

    async def hand_over(
        self, due: DueRow, *, period_start: datetime, next_due_at: datetime, now: datetime
    ) -> bool:
        """Turn a due subscription into a pending delivery and set its next time, together.

        Returns False when somebody else did it meanwhile: a due moment makes one delivery.
        """
        async with self.database.writing() as connection:
            moved = await connection.execute(
                update(SubscriptionTable)
                .where(
                    SubscriptionTable.subscriber_id == due.subscriber_id,
                    SubscriptionTable.next_due_at == due.due_at,
                )
                .values(next_due_at=next_due_at)
            )
            if not moved.rowcount:
                return False
            again = await connection.execute(
                select(DeliveryTable.id).where(
                    DeliveryTable.subscriber_id == due.subscriber_id,
                    DeliveryTable.due_at == due.due_at,
                )
            )
            # A clock that was set back must not make an edition twice.
            if again.first() is not None:
                return False
            await connection.execute(
                insert(DeliveryTable).values(
                    subscriber_id=due.subscriber_id,
                    due_at=due.due_at,
                    period_start=period_start,
                    period_end=due.due_at,
                    state=DeliveryState.PENDING,
                    next_try_at=now,
                    created_at=now,
                )
            )
            return True

    async def claim(self, now: datetime) -> DeliveryRow | None:
        """Take the next delivery whose time has come; nobody else gets it.

        Its state becomes "sending" and its attempts go up by one, before anything is sent.
        """
        async with self.database.writing() as connection:
            found = (
                await connection.execute(
                    select(DeliveryTable.id)
                    .where(
                        DeliveryTable.state.in_([DeliveryState.PENDING, DeliveryState.FAILED]),
                        DeliveryTable.next_try_at <= now,
                    )
                    .order_by(DeliveryTable.next_try_at, DeliveryTable.id)
                    .limit(1)
                    .with_for_update(skip_locked=True)
                )
            ).scalar()
            if found is None:
                return None
            await connection.execute(
                update(DeliveryTable)
                .where(DeliveryTable.id == found)
                .values(state=DeliveryState.SENDING, attempts=DeliveryTable.attempts + 1)
            )
            return await _delivery(connection, found)

    async def keep_parts(self, delivery_id: int, parts: Sequence[PartRow]) -> None:
        """Keep the messages of a delivery as composed, before the first is sent."""
        rows = [
            {
                "delivery_id": delivery_id,
                "position": part.position,
                "text": part.text,
                "entities": part.entities,
            }
            for part in parts
        ]
        # An empty list would insert one row of nothing.
        if rows:
            async with self.database.writing() as connection:
                await connection.execute(insert(DeliveryPartTable), rows)

    async def part_sent(
        self, delivery_id: int, position: int, *, message_id: int, now: datetime
    ) -> None:
        """Note that one message of a delivery is out; it is never sent again."""
        async with self.database.writing() as connection:
            await connection.execute(
                update(DeliveryPartTable)
                .where(
                    DeliveryPartTable.delivery_id == delivery_id,
                    DeliveryPartTable.position == position,
                )
                .values(message_id=message_id, sent_at=now)
            )

    async def finish(
        self,
        delivery_id: int,
        state: DeliveryState,
        *,
        now: datetime,
        error: str | None = None,
        next_try_at: datetime | None = None,
    ) -> None:
        """Note how a delivery ended, or when it is tried again."""
        values: dict[str, Any] = {"state": state, "error": error and error[:500]}
        if next_try_at is not None:
            values["next_try_at"] = next_try_at
        if state in (DeliveryState.SENT, DeliveryState.DEAD):
            values["finished_at"] = now
        await self._update(delivery_id, **values)

    async def release_interrupted(self, now: datetime) -> int:
        """Give back what an earlier process was sending when it ended; return how many."""
        async with self.database.writing() as connection:
            result = await connection.execute(
                update(DeliveryTable)
                .where(DeliveryTable.state == DeliveryState.SENDING)
                .values(state=DeliveryState.FAILED, next_try_at=now, error="interrupted")
            )
            return result.rowcount

    async def counts(self) -> dict[DeliveryState, int]:
        """Count the deliveries by state."""
        query = select(DeliveryTable.state, func.count()).group_by(DeliveryTable.state)
        async with self.database.reading() as connection:
            return {DeliveryState(state): count for state, count in await connection.execute(query)}

    async def of_subscriber(self, subscriber_id: int) -> list[DeliveryRow]:
        """List the deliveries of one subscriber, oldest first."""
        query = (
            select(DeliveryTable.id)
            .where(DeliveryTable.subscriber_id == subscriber_id)
            .order_by(DeliveryTable.id)
        )
        async with self.database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
            return [await _delivery(connection, delivery_id) for delivery_id in ids]

    async def _update(self, delivery_id: int, **values: Any) -> None:
        async with self.database.writing() as connection:
            await connection.execute(
                update(DeliveryTable).where(DeliveryTable.id == delivery_id).values(**values)
            )


async def _delivery(connection: AsyncConnection, delivery_id: int) -> DeliveryRow:
    row = (
        await connection.execute(select(DeliveryTable).where(DeliveryTable.id == delivery_id))
    ).one()
    subscriber = (
        await connection.execute(
            select(SubscriberTable).where(SubscriberTable.id == row.subscriber_id)
        )
    ).one()
    parts = await connection.execute(
        select(
            DeliveryPartTable.position,
            DeliveryPartTable.text,
            DeliveryPartTable.entities,
            DeliveryPartTable.message_id,
        )
        .where(DeliveryPartTable.delivery_id == delivery_id)
        .order_by(DeliveryPartTable.position)
    )
    return DeliveryRow(
        id=row.id,
        subscriber=subscriber_row(subscriber),
        period_start=row.period_start,
        period_end=row.period_end,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        parts=tuple(PartRow(*part) for part in parts),
    )
