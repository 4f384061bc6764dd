"""Queries about whose hour has come: due subscriptions become deliveries, many at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Update, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.among import among
from bot.archive.delivery_tables import DeliveryPartTable, DeliveryTable
from bot.archive.engine import Database
from bot.archive.held import give_to_editions
from bot.archive.rows import DeliveryState, Frequency, Priority, Rule, Turn
from bot.archive.tables import SubscriberTable, SubscriptionTable

TakeTurn = Callable[[Rule, datetime], Turn]
"""(rule, its due moment that has come) → the period to cover and the next moment."""


@dataclass(frozen=True, slots=True)
class Handed:
    """How many due subscriptions were moved on, and how many got something to be sent."""

    moved: int
    made: int


@dataclass(frozen=True)
class Dues:
    """The subscriptions as a queue by their next moment."""

    database: Database

    async def hand_over(self, now: datetime, take_turn: TakeTurn, *, limit: int) -> Handed:
        """Turn up to `limit` due subscriptions into pending deliveries, the longest due first.

        Both the delivery and the next moment are stored, or neither: a due moment makes one
        delivery, whatever ends in between and however many processes do this at once. Of a chat
        that is gone only the next moment is set. Where an edition still waits unsent, it covers
        the new period too instead of a second one being made.
        """
        query = (
            select(
                SubscriptionTable.id,
                SubscriptionTable.subscriber_id,
                *_RULE,
                SubscriptionTable.next_due_at,
                SubscriberTable.gone_at.is_(None),
            )
            .join(SubscriberTable, SubscriberTable.id == SubscriptionTable.subscriber_id)
            .where(SubscriptionTable.next_due_at <= now)
            .order_by(SubscriptionTable.next_due_at)
            .limit(limit)
            .with_for_update(of=SubscriptionTable, skip_locked=True)
        )
        async with self.database.writing(patient=True) as connection:
            rows = (await connection.execute(query)).all()
            made = 0
            for turn, batch in _by_turn(rows, take_turn).items():
                made += await _deliver(connection, turn, batch.reachable, now)
                await connection.execute(
                    update(SubscriptionTable)
                    .where(among("subscriptions.id", batch.subscriptions))
                    .values(next_due_at=turn.next_due_at)
                )
        return Handed(len(rows), made)


_RULE = (
    SubscriptionTable.frequency,
    SubscriptionTable.weekday,
    SubscriptionTable.day_of_month,
    SubscriptionTable.hour,
    SubscriptionTable.minute,
    SubscriberTable.time_zone,
)


@dataclass(frozen=True, slots=True)
class _Batch:
    """The due subscriptions that one turn becomes of; and which subscribers can be reached."""

    subscriptions: list[int] = field(default_factory=list)
    reachable: list[int] = field(default_factory=list)


def _by_turn(
    rows: Sequence[Row[*tuple[Any, ...]]], take_turn: TakeTurn
) -> defaultdict[Turn, _Batch]:
    # Per row no more than this: a million may be due within an hour.
    by_rule: defaultdict[tuple[Any, ...], _Batch] = defaultdict(_Batch)
    for subscription, subscriber, *rule_and_due, is_reachable in rows:
        batch = by_rule[tuple(rule_and_due)]
        batch.subscriptions.append(subscription)
        if is_reachable:
            batch.reachable.append(subscriber)
    by_turn: defaultdict[Turn, _Batch] = defaultdict(_Batch)
    for (frequency, weekday, day, hour, minute, zone, due), found in by_rule.items():
        rule = Rule(Frequency(frequency), hour, zone, minute, weekday, day)
        batch = by_turn[take_turn(rule, due)]
        batch.subscriptions.extend(found.subscriptions)
        batch.reachable.extend(found.reachable)
    return by_turn


async def _deliver(
    connection: AsyncConnection, turn: Turn, subscribers: Sequence[int], now: datetime
) -> int:
    """Make the deliveries of one period, or widen those that wait; return how many there are.

    They tell what was held back as well.
    """
    widened = await connection.execute(_widen(turn, subscribers))
    other = aliased(DeliveryTable)
    # A clock that was set back must not make an edition twice.
    has_it = exists().where(
        other.subscriber_id == SubscriptionTable.subscriber_id,
        other.priority == Priority.EDITION,
        other.due_at >= turn.period_end,
    )
    values = {
        "due_at": turn.period_end,
        "period_start": turn.period_start,
        "period_end": turn.period_end,
        "state": DeliveryState.PENDING,
        "priority": Priority.EDITION,
        "attempts": 0,
        "next_try_at": now,
        "created_at": now,
    }
    columns = DeliveryTable.__table__.columns
    chosen = select(
        SubscriptionTable.subscriber_id,
        *(literal(value, columns[name].type) for name, value in values.items()),
    ).where(among("subscriptions.subscriber_id", subscribers), ~has_it)
    made = await connection.execute(
        insert(DeliveryTable).from_select(["subscriber_id", *values], chosen)
    )
    await give_to_editions(connection, subscribers, turn.period_end)
    return made.rowcount + widened.rowcount


def _widen(turn: Turn, subscribers: Sequence[int]) -> Update:
    """Let editions that wait, and of which nothing went out, cover the period of a turn too."""
    other = aliased(DeliveryTable)
    begun = exists().where(
        DeliveryPartTable.delivery_id == DeliveryTable.id,
        DeliveryPartTable.message_id.is_not(None) | (DeliveryPartTable.unknown > 0),
    )
    newer = exists().where(
        other.subscriber_id == DeliveryTable.subscriber_id,
        other.priority == Priority.EDITION,
        other.due_at > DeliveryTable.due_at,
    )
    return (
        update(DeliveryTable)
        .where(
            among("deliveries.subscriber_id", subscribers),
            # Not by next_try_at: its index would lead through all that wait.
            DeliveryTable.state.in_([DeliveryState.PENDING, DeliveryState.FAILED]),
            DeliveryTable.priority == Priority.EDITION,
            DeliveryTable.due_at < turn.period_end,
            ~begun,
            ~newer,
        )
        .values(due_at=turn.period_end, period_end=turn.period_end, edition_id=None)
    )
