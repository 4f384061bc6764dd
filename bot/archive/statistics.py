"""Counts for operators: who gets briefings, and how the outbox does."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.archive.delivery_tables import DeliveryTable
from bot.archive.engine import Database
from bot.archive.rows import DeliveryState
from bot.archive.tables import SubscriberTable, SubscriptionTable


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """How things stand.

    subscribers: chats that can be reached; gone: those that cannot. subscriptions: that run.
    due: of them, those whose moment has come. queue: deliveries that wait to be tried (again).
    deliveries: all there are, by state.
    """

    subscribers: int
    gone: int
    subscriptions: int
    due: int
    queue: int
    deliveries: dict[DeliveryState, int]


@dataclass(frozen=True)
class Statistics:
    """Counts over the tables of subscribers and deliveries."""

    database: Database

    async def now(self, now: datetime) -> StatisticsRow:
        """Count everything at a moment (aware)."""
        chats = select(
            func.count().filter(SubscriberTable.gone_at.is_(None)),
            func.count(SubscriberTable.gone_at),
        )
        subscriptions = (
            select(
                func.count(SubscriptionTable.next_due_at),
                func.count().filter(SubscriptionTable.next_due_at <= now),
            )
            .join(SubscriberTable, SubscriberTable.id == SubscriptionTable.subscriber_id)
            .where(SubscriberTable.gone_at.is_(None))
        )
        queue = select(func.count()).where(DeliveryTable.next_try_at.is_not(None))
        states = select(DeliveryTable.state, func.count()).group_by(DeliveryTable.state)
        async with self.database.reading() as connection:
            reached, gone = (await connection.execute(chats)).one()
            running, due = (await connection.execute(subscriptions)).one()
            waiting = (await connection.execute(queue)).scalar_one()
            counted = {
                DeliveryState(state): count for state, count in await connection.execute(states)
            }
        deliveries = {state: counted.get(state, 0) for state in DeliveryState}
        return StatisticsRow(reached, gone, running, due, waiting, deliveries)
