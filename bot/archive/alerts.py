"""Queries about alerts: who may be told, who was told of what, and what is held back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.alert_audience import AudienceRow, Concerned, UnsentRow, read_audience
from bot.archive.alert_rows import AlertCounts, NewAlert, Reason, ToldRow
from bot.archive.alert_tables import AlertTable
from bot.archive.among import among
from bot.archive.delivery_tables import DeliveryPartTable, DeliveryTable
from bot.archive.engine import Database
from bot.archive.held import drop_reason, written
from bot.archive.rows import DeliveryState, Priority, Quiet
from bot.archive.tables import SubscriberTable, SubscriptionTable
from bot.archive.wish_tables import WishTable

_LATELY = timedelta(hours=36)
"""More than a day lasts in any zone, on any date."""
_KEPT = timedelta(days=90)
_DROPPED_AT_ONCE = 1_000
_WAITS = DeliveryTable.state.in_([DeliveryState.PENDING, DeliveryState.FAILED])


@dataclass(frozen=True)
class Alerts:
    """What subscribers are told of at once; each of a thing once."""

    database: Database

    async def audience(
        self, concerned: Concerned, *, after: int, limit: int, now: datetime
    ) -> list[AudienceRow]:
        """Give the next subscribers whom something concerns, or for whom something waits, by id."""
        async with self.database.reading() as connection:
            return await read_audience(
                connection, concerned, after=after, limit=limit, lately=now - _LATELY
            )

    async def tell(self, told: Sequence[ToldRow], *, moment: datetime, now: datetime) -> int:
        """Put messages into the outbox, and note who is told of what, now or later; or nothing.

        Of a subscriber to whom somebody else released the same meanwhile, what is new is held
        back: the message that was made for them would tell the rest twice.
        moment: names the messages (aware); no two calls may have the same one for a subscriber.
        Returns how many messages there are.
        Raises ArchiveError where another process has noted the same meanwhile.
        """
        async with self.database.writing(patient=True) as connection:
            waiting = await _claim_held(connection, [id_ for one in told for id_ in one.released])
            told = [
                one
                if waiting.issuperset(one.released)
                else replace(one, edition_id=None, sent=(), held=one.sent + one.held, released=())
                for one in told
            ]
            deliveries = await _add_deliveries(connection, told, moment, now)
            rows = [
                row
                for one in told
                for delivery_id, alerts in (
                    (deliveries.get(one.subscriber_id), one.sent),
                    (None, one.held),
                )
                for row in _rows(one.subscriber_id, delivery_id, alerts, now)
            ]
            if rows:
                await connection.execute(insert(AlertTable), rows)
            for one in told:
                if one.released:
                    await connection.execute(
                        update(AlertTable)
                        .where(AlertTable.id.in_(one.released))
                        .values(delivery_id=deliveries[one.subscriber_id])
                    )
        return len(deliveries)

    async def unsent(self, now: datetime) -> list[UnsentRow]:
        """List the alerts that wait in the outbox for those who may not be told at all hours."""
        query = (
            select(
                DeliveryTable.id,
                SubscriberTable.time_zone,
                WishTable.quiet_from,
                WishTable.quiet_until,
                SubscriptionTable.paused_until,
            )
            .join(SubscriberTable, SubscriberTable.id == DeliveryTable.subscriber_id)
            .outerjoin(WishTable, WishTable.subscriber_id == SubscriberTable.id)
            .outerjoin(SubscriptionTable, SubscriptionTable.subscriber_id == SubscriberTable.id)
            .where(
                DeliveryTable.priority == Priority.ALERT,
                DeliveryTable.next_try_at.is_not(None),
                or_(WishTable.quiet_from.is_not(None), SubscriptionTable.paused_until > now),
            )
        )
        async with self.database.reading() as connection:
            return [
                UnsentRow(
                    row.id,
                    row.time_zone,
                    None if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_until),
                    row.paused_until,
                )
                for row in await connection.execute(query)
            ]

    async def hold_back(self, delivery_ids: Collection[int]) -> None:
        """Take alerts out of the outbox again; what was begun stays there."""
        begun = exists().where(DeliveryPartTable.delivery_id == DeliveryTable.id)
        waiting = (
            select(DeliveryTable.id)
            .where(among("deliveries.id", delivery_ids), _WAITS, ~begun)
            .with_for_update(skip_locked=True)
        )
        async with self.database.writing() as connection:
            ids = (await connection.execute(waiting)).scalars().all()
            await connection.execute(
                update(AlertTable).where(among("alerts.delivery_id", ids)).values(delivery_id=None)
            )
            await connection.execute(delete(DeliveryTable).where(among("deliveries.id", ids)))

    async def drop(self, subscriber_id: int, reason: Reason) -> None:
        """Forget what a subscriber was still to be told of for a reason that is no more."""
        async with self.database.writing() as connection:
            await drop_reason(connection, subscriber_id, reason)

    async def counts(self, now: datetime) -> AlertCounts:
        """Count what was told at once in the last day, and what is held back."""
        day_ago = now - timedelta(days=1)
        told = select(func.count()).where(
            and_(DeliveryTable.priority == Priority.ALERT, DeliveryTable.due_at > day_ago)
        )
        held = select(func.count()).where(AlertTable.delivery_id.is_(None))
        async with self.database.reading() as connection:
            return AlertCounts(
                (await connection.execute(told)).scalar_one(),
                (await connection.execute(held)).scalar_one(),
            )

    async def forget_old(self, now: datetime) -> int:
        """Drop what was noticed long ago, whose stories are over; return how much.

        A few at a time: others may write in between.
        """
        old = (
            select(AlertTable.id).where(AlertTable.noticed_at < now - _KEPT).limit(_DROPPED_AT_ONCE)
        )
        dropped = 0
        while True:
            async with self.database.writing(patient=True) as connection:
                some = delete(AlertTable).where(AlertTable.id.in_(old))
                gone = (await connection.execute(some)).rowcount
            dropped += gone
            if gone < _DROPPED_AT_ONCE:
                return dropped


async def _claim_held(connection: AsyncConnection, ids: Sequence[int]) -> set[int]:
    """Keep others from releasing alerts; return those that are held back still."""
    if not ids:
        return set()
    held = select(AlertTable.id).where(among("alerts.id", ids), AlertTable.delivery_id.is_(None))
    # In the same order everywhere: nobody waits for each other.
    claimed = held.order_by(AlertTable.id).with_for_update()
    return set((await connection.execute(claimed)).scalars())


async def _add_deliveries(
    connection: AsyncConnection, told: Sequence[ToldRow], moment: datetime, now: datetime
) -> dict[int, int]:
    rows: list[dict[str, Any]] = [
        {
            "subscriber_id": one.subscriber_id,
            "edition_id": one.edition_id,
            "due_at": moment,
            "period_start": moment,
            "period_end": moment,
            "state": DeliveryState.PENDING,
            "priority": Priority.ALERT,
            "attempts": 0,
            "next_try_at": now,
            "created_at": now,
        }
        for one in told
        if one.edition_id is not None
    ]
    if not rows:
        return {}
    await connection.execute(insert(DeliveryTable), rows)
    query = select(DeliveryTable.subscriber_id, DeliveryTable.id).where(
        among("deliveries.subscriber_id", [row["subscriber_id"] for row in rows]),
        DeliveryTable.priority == Priority.ALERT,
        DeliveryTable.due_at == moment,
    )
    return {row.subscriber_id: row.id for row in await connection.execute(query)}


def _rows(
    subscriber_id: int, delivery_id: int | None, alerts: Sequence[NewAlert], now: datetime
) -> list[dict[str, Any]]:
    return [
        {
            "subscriber_id": subscriber_id,
            "story_id": one.subject if one.subject > 0 else None,
            "article_id": None if one.subject > 0 else -one.subject,
            "reasons": written(one.reasons),
            "noticed_at": now,
            "delivery_id": delivery_id,
        }
        for one in alerts
    ]
