"""Queries about broadcasts: what an operator tells many chats, from its draft to its end."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Update, delete, func, insert, select, update

from bot.archive.broadcast_rows import (
    EVERYBODY,
    UNDER_WAY,
    BroadcastRow,
    BroadcastState,
    Progress,
)
from bot.archive.broadcast_tables import BroadcastTable
from bot.archive.editions import store_edition
from bot.archive.engine import Database
from bot.archive.rows import PartRow

_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Broadcasts:
    """What operators tell many chats at once; `Copies` are what each of these gets."""

    database: Database

    async def draft(self, parts: Sequence[PartRow], *, made_by: int, now: datetime) -> BroadcastRow:
        """Keep the words of a broadcast that nobody gets yet; everybody is its audience.

        made_by: the Telegram user id of the operator.
        """
        async with self.database.writing() as connection:
            key = f"broadcast {secrets.token_hex(16)}"
            added = insert(BroadcastTable).values(
                edition_id=await store_edition(connection, key, parts, now),
                made_by=made_by,
                audience=EVERYBODY,
                state=BroadcastState.DRAFT,
                created_at=now,
            )
            number = (await connection.execute(added.returning(BroadcastTable.id))).scalar_one()
            query = select(BroadcastTable).where(BroadcastTable.id == number)
            return broadcast_row((await connection.execute(query)).one())

    async def get(self, broadcast_id: int) -> BroadcastRow | None:
        """Give a broadcast."""
        query = select(BroadcastTable).where(BroadcastTable.id == broadcast_id)
        async with self.database.reading() as connection:
            found = (await connection.execute(query)).one_or_none()
        return None if found is None else broadcast_row(found)

    async def address(self, broadcast_id: int, audience: str) -> None:
        """Choose who gets a broadcast that has not begun: EVERYBODY, PRIVATE or a language."""
        async with self.database.writing() as connection:
            await connection.execute(_draft(broadcast_id).values(audience=audience))

    async def start(
        self, broadcast_id: int, *, chat_id: int, message_id: int, now: datetime
    ) -> bool:
        """Let a broadcast begin; False where it has begun before, or was dropped.

        chat_id, message_id: the message that is to show how it goes.
        """
        last = select(func.max(BroadcastTable.started_at))
        async with self.database.writing() as connection:
            before = (await connection.execute(last)).scalar()
            # Each has a moment of its own, also where a clock stands still or was set back.
            at = now if before is None else max(now, before + timedelta(microseconds=1))
            begun = await connection.execute(
                _draft(broadcast_id).values(
                    state=BroadcastState.FILLING,
                    started_at=at,
                    chat_id=chat_id,
                    message_id=message_id,
                )
            )
            return begun.rowcount > 0

    async def cancel(self, broadcast_id: int, now: datetime) -> None:
        """Drop a broadcast that has not begun; stop one that has. One that is over stays so."""
        async with self.database.writing() as connection:
            await connection.execute(
                _draft(broadcast_id).values(state=BroadcastState.CANCELLED, finished_at=now)
            )
            await connection.execute(
                update(BroadcastTable)
                .where(BroadcastTable.id == broadcast_id, BroadcastTable.state.in_(UNDER_WAY))
                .values(state=BroadcastState.STOPPING)
            )

    async def under_way(self) -> list[BroadcastRow]:
        """List the broadcasts that have begun and are not over, the oldest first."""
        query = (
            select(BroadcastTable)
            .where(BroadcastTable.state.in_(UNDER_WAY))
            .order_by(BroadcastTable.id)
        )
        async with self.database.reading() as connection:
            return [broadcast_row(row) for row in await connection.execute(query)]

    async def finish(self, broadcast: BroadcastRow, progress: Progress, now: datetime) -> bool:
        """Note that a broadcast is over; False where another did, or it was stopped meanwhile."""
        stopped = broadcast.state is BroadcastState.STOPPING
        async with self.database.writing() as connection:
            ended = await connection.execute(
                update(BroadcastTable)
                .where(BroadcastTable.id == broadcast.id, BroadcastTable.state == broadcast.state)
                .values(
                    state=BroadcastState.CANCELLED if stopped else BroadcastState.FINISHED,
                    finished_at=now,
                    sent=progress.sent,
                    blocked=progress.blocked,
                    failed=progress.failed,
                )
            )
            return ended.rowcount > 0

    async def forget_old(self, now: datetime) -> int:
        """Drop the broadcasts of more than a year ago that are not under way; return how many."""
        old = delete(BroadcastTable).where(
            BroadcastTable.created_at < now - _KEPT, BroadcastTable.state.not_in(UNDER_WAY)
        )
        async with self.database.writing(patient=True) as connection:
            return (await connection.execute(old)).rowcount


def broadcast_row(row: Row[*tuple[Any, ...]]) -> BroadcastRow:
    """Make the public row of a broadcast from a selected one."""
    return BroadcastRow(
        id=row.id,
        edition_id=row.edition_id,
        audience=row.audience,
        state=BroadcastState(row.state),
        chat_id=row.chat_id,
        message_id=row.message_id,
        created_at=row.created_at,
        started_at=row.started_at,
        receivers=row.receivers,
        sent=row.sent,
        blocked=row.blocked,
        failed=row.failed,
    )


def _draft(broadcast_id: int) -> Update:
    return update(BroadcastTable).where(
        BroadcastTable.id == broadcast_id, BroadcastTable.state == BroadcastState.DRAFT
    )
