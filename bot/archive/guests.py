"""Queries about who is let into a private bot beside those whom the settings name."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.access_tables import GuestTable
from bot.archive.engine import Database


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A person, or a group or channel with the person who brought the bot there."""

    chat_id: int
    invitation_id: int | None
    let_in_by: int | None
    came_at: datetime


@dataclass(frozen=True)
class Guests:
    """The people, groups and channels that are let in."""

    database: Database

    async def among(self, chat_ids: Collection[int]) -> set[int]:
        """Say which of some chats (some hundreds at most) are let in."""
        query = select(GuestTable.chat_id).where(GuestTable.chat_id.in_(set(chat_ids)))
        async with self.database.reading() as connection:
            return set((await connection.execute(query)).scalars())

    async def let_in(self, chat_id: int, *, by: int | None, now: datetime) -> None:
        """Let a group or channel in; one that is in stays as it is.

        by: who brought the bot there; None where nobody did.
        """
        async with self.database.writing() as connection:
            with suppress(IntegrityError):
                async with connection.begin_nested():
                    await connection.execute(
                        insert(GuestTable).values(chat_id=chat_id, let_in_by=by, came_at=now)
                    )

    async def remove(self, chat_id: int) -> bool:
        """Let a chat in no longer, nor the groups that this person brought the bot into.

        Returns whether it was in.
        """
        async with self.database.writing() as connection:
            await connection.execute(delete(GuestTable).where(GuestTable.let_in_by == chat_id))
            removed = await connection.execute(
                delete(GuestTable).where(GuestTable.chat_id == chat_id)
            )
            return removed.rowcount > 0

    async def listed(self, *, limit: int, after: int = 0) -> list[GuestRow]:
        """List who is let in, the newest first; after: how many are passed over."""
        query = (
            select(
                GuestTable.chat_id,
                GuestTable.invitation_id,
                GuestTable.let_in_by,
                GuestTable.came_at,
            )
            .order_by(GuestTable.came_at.desc(), GuestTable.chat_id)
            .offset(after)
            .limit(limit)
        )
        async with self.database.reading() as connection:
            return [GuestRow(*row) for row in await connection.execute(query)]

    async def count(self) -> int:
        """Count who is let in."""
        async with self.database.reading() as connection:
            query = select(func.count()).select_from(GuestTable)
            return (await connection.execute(query)).scalar_one()


async def move_guest(connection: AsyncConnection, old_chat_id: int, new_chat_id: int) -> None:
    """Rewrite the id of a group that became a supergroup, within a caller's transaction."""
    known = select(GuestTable.chat_id).where(GuestTable.chat_id == new_chat_id)
    if (await connection.execute(known)).first() is not None:
        await connection.execute(delete(GuestTable).where(GuestTable.chat_id == old_chat_id))
        return
    await connection.execute(
        update(GuestTable).where(GuestTable.chat_id == old_chat_id).values(chat_id=new_chat_id)
    )
