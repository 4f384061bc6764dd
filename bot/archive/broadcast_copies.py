"""Queries about the copies of a broadcast: into the outbox many at a time, called off, counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    case,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.broadcast_rows import (
    EVERYBODY,
    PRIVATE,
    BroadcastRow,
    BroadcastState,
    Progress,
)
from bot.archive.broadcast_tables import BroadcastTable
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.engine import Database
from bot.archive.rows import DeliveryState, Priority
from bot.archive.tables import SubscriberTable

CANCELLED = "cancelled"
"""What a delivery says that was called off before it went out."""


@dataclass(frozen=True)
class Copies:
    """The deliveries of broadcasts: one to a chat, whatever topics of it speak with the bot."""

    database: Database

    async def audiences(self) -> dict[str, int]:
        """Count the chats that each audience reaches: EVERYBODY, PRIVATE and each language."""
        chats = func.count(SubscriberTable.chat_id.distinct())
        private = case((SubscriberTable.chat_id > 0, SubscriberTable.chat_id))
        reached = SubscriberTable.gone_at.is_(None)
        overall = select(chats, func.count(private.distinct())).where(reached)
        by_language = (
            select(SubscriberTable.language, chats)
            .where(reached)
            .group_by(SubscriberTable.language)
        )
        async with self.database.reading() as connection:
            everybody, in_private = (await connection.execute(overall)).one()
            spoken = {row[0]: row[1] for row in await connection.execute(by_language)}
        return {**spoken, EVERYBODY: everybody, PRIVATE: in_private}

    async def fill(self, broadcast_id: int, *, limit: int, now: datetime) -> bool:
        """Put the copies for the next subscribers into the outbox; return whether more may follow.

        How far it got is stored with them: whatever ends in between, nobody gets two. limit: how
        many subscribers are looked at.
        """
        filling = (
            select(BroadcastTable)
            .where(
                BroadcastTable.id == broadcast_id, BroadcastTable.state == BroadcastState.FILLING
            )
            .with_for_update()
        )
        it = update(BroadcastTable).where(BroadcastTable.id == broadcast_id)
        async with self.database.writing(patient=True) as connection:
            found = (await connection.execute(filling)).one_or_none()
            if found is None:
                return False
            last = await _last_of_next(connection, found.filled_up_to, limit)
            if last is None:
                await connection.execute(it.values(state=BroadcastState.SENDING))
                return False
            made = await connection.execute(_deliveries(found, last, now))
            receivers = BroadcastTable.receivers + made.rowcount
            await connection.execute(it.values(filled_up_to=last, receivers=receivers))
            return True

    async def call_off(self, broadcast: BroadcastRow, *, limit: int, now: datetime) -> int:
        """Call off copies that wait to go out; return how many, at most `limit`."""
        waiting = (
            select(DeliveryTable.id)
            .where(
                DeliveryTable.priority == Priority.BROADCAST,
                DeliveryTable.next_try_at.is_not(None),
                DeliveryTable.edition_id == broadcast.edition_id,
            )
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self.database.writing(patient=True) as connection:
            ids = (await connection.execute(waiting)).scalars().all()
            if ids:
                await connection.execute(
                    update(DeliveryTable)
                    .where(DeliveryTable.id.in_(ids))
                    .values(
                        state=DeliveryState.DEAD,
                        error=CANCELLED,
                        next_try_at=None,
                        finished_at=now,
                    )
                )
            return len(ids)

    async def progress(self, broadcast: BroadcastRow) -> Progress:
        """Count what has become of the copies of a broadcast so far.

        Where its words are no longer kept, nothing tells its copies from others any more: then what
        was noted at its end.
        """
        if broadcast.edition_id is None:
            return _noted(broadcast)
        ours = DeliveryTable.edition_id == broadcast.edition_id
        states = select(DeliveryTable.state, func.count()).where(ours).group_by(DeliveryTable.state)
        called_off = DeliveryTable.error == CANCELLED
        dead = (
            select(
                func.count().filter(called_off),
                func.count().filter(~called_off, SubscriberTable.gone_at.is_not(None)),
                func.count().filter(~called_off, SubscriberTable.gone_at.is_(None)),
            )
            .join(SubscriberTable, SubscriberTable.id == DeliveryTable.subscriber_id)
            .where(ours, DeliveryTable.state == DeliveryState.DEAD)
        )
        async with self.database.reading() as connection:
            counted = {
                DeliveryState(state): count for state, count in await connection.execute(states)
            }
            unsent, blocked, failed = (await connection.execute(dead)).one()
        unfinished = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.FAILED)
        return Progress(
            sent=counted.get(DeliveryState.SENT, 0),
            blocked=blocked,
            failed=failed,
            called_off=unsent,
            waiting=sum(counted.get(state, 0) for state in unfinished),
        )


def _noted(over: BroadcastRow) -> Progress:
    reached = over.sent + over.blocked + over.failed
    called_off = max(0, over.receivers - reached)
    return Progress(over.sent, over.blocked, over.failed, called_off, waiting=0)


async def _last_of_next(connection: AsyncConnection, after: int, limit: int) -> int | None:
    """Give the id of the last of the next `limit` subscribers; None where there are no more."""
    following = (
        select(SubscriberTable.id)
        .where(SubscriberTable.id > after)
        .order_by(SubscriberTable.id)
        .limit(limit)
        .subquery()
    )
    last: int | None = (await connection.execute(select(func.max(following.c.id)))).scalar()
    return last


def _deliveries(broadcast: Row[*tuple[Any, ...]], last: int, now: datetime) -> Insert:
    """Make the deliveries for the subscribers after those done before, up to the id `last`."""
    subscriber, earlier = SubscriberTable, aliased(SubscriberTable)
    values = {
        "edition_id": broadcast.edition_id,
        "due_at": broadcast.started_at,
        "period_start": broadcast.started_at,
        "period_end": broadcast.started_at,
        "state": DeliveryState.PENDING,
        "priority": Priority.BROADCAST,
        "attempts": 0,
        "next_try_at": now,
        "created_at": now,
    }
    columns = DeliveryTable.__table__.columns
    # Of several topics of a forum the one that is known longest: a chat need not be told twice.
    is_told = exists().where(
        earlier.chat_id == subscriber.chat_id,
        earlier.id < subscriber.id,
        *_is_meant(earlier, broadcast),
    )
    chosen = select(
        subscriber.id, *(literal(value, columns[name].type) for name, value in values.items())
    ).where(
        subscriber.id > broadcast.filled_up_to,
        subscriber.id <= last,
        *_is_meant(subscriber, broadcast),
        ~is_told,
    )
    return insert(DeliveryTable).from_select(["subscriber_id", *values], chosen)


def _is_meant(
    subscriber: type[SubscriberTable], broadcast: Row[*tuple[Any, ...]]
) -> list[ColumnElement[bool]]:
    """Say of a subscriber that it can be reached, was there at the start, and is in the audience.

    subscriber: the table, or an alias of it.
    """
    meant = [subscriber.gone_at.is_(None), subscriber.created_at <= broadcast.started_at]
    if broadcast.audience == PRIVATE:
        meant.append(subscriber.chat_id > 0)
    elif broadcast.audience != EVERYBODY:
        meant.append(subscriber.language == broadcast.audience)
    return meant
