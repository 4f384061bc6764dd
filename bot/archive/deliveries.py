"""Queries about the outbox: who sends what, what was begun, what became of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.delivery_tables import DeliveryPartTable, DeliveryTable
from bot.archive.engine import Database
from bot.archive.held import held_for
from bot.archive.rows import Begun, DeliveryRow, DeliveryState, Ended, Fate, MarkRow
from bot.archive.subscribers import subscriber_row
from bot.archive.tables import SubscriberTable
from bot.archive.wishes import wishes_of


@dataclass(frozen=True)
class Deliveries:
    """The outbox: pending → sending → sent; failed with a next try; dead with a reason."""

    database: Database

    async def claim(
        self, now: datetime, *, claimant: str, lease_until: datetime, limit: int
    ) -> list[DeliveryRow]:
        """Take the next deliveries whose time has come, in the order in which they are to go.

        Nobody else gets them before `lease_until` (aware), or before `release` finds that the
        claimant is no more. Their state becomes "sending", their attempts go up by one.
        """
        waiting = (
            select(DeliveryTable.id)
            .where(DeliveryTable.next_try_at <= now)
            .order_by(DeliveryTable.priority, DeliveryTable.next_try_at, DeliveryTable.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self.database.writing() as connection:
            ids = (await connection.execute(waiting)).scalars().all()
            if not ids:
                return []
            await connection.execute(
                update(DeliveryTable)
                .where(DeliveryTable.id.in_(ids))
                .values(
                    state=DeliveryState.SENDING,
                    attempts=DeliveryTable.attempts + 1,
                    next_try_at=None,
                    claimed_by=claimant,
                    lease_until=lease_until,
                )
            )
            found = {row.id: row for row in await _deliveries(connection, ids)}
        return [found[delivery_id] for delivery_id in ids]

    async def record(
        self,
        begun: Sequence[Begun],
        ended: Sequence[Ended],
        *,
        claimant: str,
        lease_until: datetime,
        now: datetime,
    ) -> set[int]:
        """Note, in one transaction, which messages are about to go out and what became of others.

        lease_until: how long the claimant keeps the deliveries of which it begins a message.
        Returns the ids of the deliveries of `begun` that are still the claimant's: only their
        messages may be sent, once this has returned.
        """
        async with self.database.writing() as connection:
            await _end_parts(connection, ended, now)
            await _end_deliveries(connection, ended, claimant, now)
            return await _begin(connection, begun, claimant, lease_until, now)

    async def release(self, now: datetime, *, is_gone: Callable[[str], bool]) -> int:
        """Give back what somebody was sending who will not go on with it; return how many.

        is_gone: tells of a claimant whether it has ended. A lease that ran out ends a claim too.
        What had been begun may have arrived: it is counted as unknown.
        """
        claimed = select(DeliveryTable.claimed_by).where(DeliveryTable.claimed_by.is_not(None))
        async with self.database.writing() as connection:
            claimants = (await connection.execute(claimed.distinct())).scalars().all()
            gone = [name for name in claimants if name is not None and is_gone(name)]
            over = DeliveryTable.claimed_by.is_not(None) & (
                DeliveryTable.claimed_by.in_(gone) | (DeliveryTable.lease_until <= now)
            )
            ids = (await connection.execute(select(DeliveryTable.id).where(over))).scalars().all()
            if not ids:
                return 0
            await connection.execute(
                update(DeliveryPartTable)
                .where(
                    DeliveryPartTable.delivery_id.in_(select(DeliveryTable.id).where(over)),
                    DeliveryPartTable.sending_at.is_not(None),
                    DeliveryPartTable.message_id.is_(None),
                )
                .values(sending_at=None, unknown=DeliveryPartTable.unknown + 1)
            )
            await connection.execute(
                update(DeliveryTable)
                .where(over)
                .values(
                    state=DeliveryState.FAILED,
                    next_try_at=now,
                    error="interrupted",
                    claimed_by=None,
                    lease_until=None,
                )
            )
            return len(ids)

    async def counts(self) -> dict[DeliveryState, int]:
        """Count the deliveries by state."""
        query = select(DeliveryTable.state, func.count()).group_by(DeliveryTable.state)
        async with self.database.reading() as connection:
            return {DeliveryState(state): count for state, count in await connection.execute(query)}

    async def unknown(self) -> int:
        """Count how often nobody came to know whether a message arrived: so many may be double."""
        query = select(func.coalesce(func.sum(DeliveryPartTable.unknown), 0))
        async with self.database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def of_subscriber(self, subscriber_id: int) -> list[DeliveryRow]:
        """List the deliveries of one subscriber, oldest first."""
        query = (
            select(DeliveryTable.id)
            .where(DeliveryTable.subscriber_id == subscriber_id)
            .order_by(DeliveryTable.id)
        )
        async with self.database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
            return await _deliveries(connection, ids)


async def _begin(
    connection: AsyncConnection,
    begun: Sequence[Begun],
    claimant: str,
    lease_until: datetime,
    now: datetime,
) -> set[int]:
    by_edition: defaultdict[int, list[int]] = defaultdict(list)
    for begin in begun:
        by_edition[begin.edition_id].append(begin.delivery_id)
    ours: set[int] = set()
    for edition_id, ids in by_edition.items():
        kept = await connection.execute(
            update(DeliveryTable)
            .where(DeliveryTable.id.in_(ids), DeliveryTable.claimed_by == claimant)
            .values(lease_until=lease_until, edition_id=edition_id)
            .returning(DeliveryTable.id)
        )
        ours.update(kept.scalars())
    first = [begin for begin in begun if begin.delivery_id in ours and not begin.again]
    again = [begin for begin in begun if begin.delivery_id in ours and begin.again]
    if first:
        rows = [
            {
                "delivery_id": begin.delivery_id,
                "position": begin.position,
                "sending_at": now,
                "unknown": 0,
            }
            for begin in first
        ]
        await connection.execute(insert(DeliveryPartTable), rows)
    await _change_parts(connection, again, sending_at=now)
    return ours


async def _end_parts(connection: AsyncConnection, ended: Iterable[Ended], now: datetime) -> None:
    by_fate: defaultdict[Fate, list[Ended]] = defaultdict(list)
    for end in ended:
        by_fate[end.fate].append(end)
    if sent := by_fate[Fate.SENT]:
        await connection.execute(
            _part().values(message_id=bindparam("new_message_id"), sent_at=bindparam("new_sent")),
            [_address(end) | {"new_message_id": end.message_id, "new_sent": now} for end in sent],
        )
    await _change_parts(connection, by_fate[Fate.NOT_SENT], sending_at=None)
    if unknown := by_fate[Fate.UNKNOWN]:
        await connection.execute(
            _part().values(sending_at=None, unknown=DeliveryPartTable.unknown + 1),
            [_address(end) for end in unknown],
        )


async def _change_parts(
    connection: AsyncConnection, which: Sequence[Begun | Ended], *, sending_at: datetime | None
) -> None:
    if which:
        await connection.execute(
            _part().values(sending_at=bindparam("new_sending_at")),
            [_address(one) | {"new_sending_at": sending_at} for one in which],
        )


def _part() -> Update:
    return update(DeliveryPartTable).where(
        DeliveryPartTable.delivery_id == bindparam("of_delivery"),
        DeliveryPartTable.position == bindparam("at_position"),
    )


def _address(one: Begun | Ended) -> dict[str, Any]:
    return {"of_delivery": one.delivery_id, "at_position": one.position}


async def _end_deliveries(
    connection: AsyncConnection, ended: Iterable[Ended], claimant: str, now: datetime
) -> None:
    rows = [
        {
            "of_delivery": end.delivery_id,
            "new_state": end.state,
            "new_error": end.error and end.error[:500],
            "new_try_at": end.next_try_at,
            "new_finished_at": None if end.next_try_at is not None else now,
        }
        for end in ended
        if end.state is not None
    ]
    if rows:
        await connection.execute(
            update(DeliveryTable)
            .where(
                DeliveryTable.id == bindparam("of_delivery"), DeliveryTable.claimed_by == claimant
            )
            .values(
                state=bindparam("new_state"),
                error=bindparam("new_error"),
                next_try_at=bindparam("new_try_at"),
                finished_at=bindparam("new_finished_at"),
                claimed_by=None,
                lease_until=None,
            ),
            rows,
        )


async def _deliveries(connection: AsyncConnection, ids: Sequence[int]) -> list[DeliveryRow]:
    marks: defaultdict[int, list[MarkRow]] = defaultdict(list)
    parts = (
        select(
            DeliveryPartTable.delivery_id,
            DeliveryPartTable.position,
            DeliveryPartTable.unknown,
            DeliveryPartTable.message_id,
        )
        .where(DeliveryPartTable.delivery_id.in_(ids))
        .order_by(DeliveryPartTable.delivery_id, DeliveryPartTable.position)
    )
    for part in await connection.execute(parts):
        marks[part.delivery_id].append(MarkRow(part.position, part.unknown, part.message_id))
    query = (
        select(
            DeliveryTable.id.label("delivery_id"),
            DeliveryTable.due_at,
            DeliveryTable.period_start,
            DeliveryTable.period_end,
            DeliveryTable.state,
            DeliveryTable.attempts,
            DeliveryTable.edition_id,
            DeliveryTable.error,
            SubscriberTable,
        )
        .join(SubscriberTable, SubscriberTable.id == DeliveryTable.subscriber_id)
        .where(DeliveryTable.id.in_(ids))
        .order_by(DeliveryTable.id)
    )
    rows = (await connection.execute(query)).all()
    wishes = await wishes_of(connection, [row.id for row in rows])
    held = await held_for(connection, ids)
    return [
        DeliveryRow(
            id=row.delivery_id,
            subscriber=subscriber_row(row),
            is_gone=row.gone_at is not None,
            due_at=row.due_at,
            period_start=row.period_start,
            period_end=row.period_end,
            state=DeliveryState(row.state),
            attempts=row.attempts,
            edition_id=row.edition_id,
            error=row.error,
            marks=tuple(marks[row.delivery_id]),
            wishes=wishes[row.id],
            held=held[row.delivery_id],
        )
        for row in rows
    ]
