"""Queries about subscribers and their subscriptions."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.rows import SubscriberRow, SubscriptionRow
from bot.archive.tables import SubscriberTable, SubscriptionTable

NextDue = Callable[[int, int, str], datetime]
"""(weekday, hour, time zone) → the next due moment, aware."""


@dataclass(frozen=True)
class Subscribers:
    """The chats that speak with the bot, and when they want the briefing."""

    database: Database

    async def find(self, chat_id: int, thread_id: int | None) -> SubscriberRow | None:
        """Give the subscriber of a chat (or of one topic of it), if it is known."""
        async with self.database.reading() as connection:
            row = (
                await connection.execute(
                    select(SubscriberTable).where(*_address(chat_id, thread_id))
                )
            ).one_or_none()
        return None if row is None else subscriber_row(row)

    async def remember(
        self,
        chat_id: int,
        thread_id: int | None,
        *,
        language: str,
        time_zone: str,
        now: datetime,
    ) -> SubscriberRow:
        """Give the subscriber of a chat; make it with these preferences where it is new.

        A subscriber who had gone and writes again is back.
        """
        known = (
            update(SubscriberTable)
            .where(*_address(chat_id, thread_id))
            .values(gone_at=None, gone_reason=None)
            .returning(*SubscriberTable.__table__.columns)
        )
        async with self.database.writing() as connection:
            row = (await connection.execute(known)).one_or_none()
            if row is None:
                # Where it fails, another process has just remembered the same chat.
                with suppress(IntegrityError):
                    async with connection.begin_nested():
                        await connection.execute(
                            insert(SubscriberTable).values(
                                chat_id=chat_id,
                                thread_id=thread_id or 0,
                                language=language,
                                time_zone=time_zone,
                                created_at=now,
                            )
                        )
                row = (await connection.execute(known)).one()
            return subscriber_row(row)

    async def set_language(self, subscriber_id: int, language: str) -> None:
        """Change the language a subscriber is spoken to in."""
        await self._change(subscriber_id, language=language)

    async def subscription(self, subscriber_id: int) -> SubscriptionRow | None:
        """Give the running subscription of a subscriber, if there is one."""
        query = select(
            SubscriptionTable.weekday, SubscriptionTable.hour, SubscriptionTable.next_due_at
        ).where(
            SubscriptionTable.subscriber_id == subscriber_id,
            SubscriptionTable.next_due_at.is_not(None),
        )
        async with self.database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None or row.next_due_at is None:
            return None
        return SubscriptionRow(row.weekday, row.hour, row.next_due_at)

    async def subscribe(
        self,
        subscriber_id: int,
        *,
        weekday: int,
        hour: int,
        time_zone: str,
        next_due_at: datetime,
        now: datetime,
    ) -> None:
        """Start a subscription, or move the one there is."""
        async with self.database.writing() as connection:
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.id == subscriber_id)
                .values(time_zone=time_zone, gone_at=None, gone_reason=None)
            )
            changed = await connection.execute(
                update(SubscriptionTable)
                .where(SubscriptionTable.subscriber_id == subscriber_id)
                .values(weekday=weekday, hour=hour, next_due_at=next_due_at)
            )
            if not changed.rowcount:
                await connection.execute(
                    insert(SubscriptionTable).values(
                        subscriber_id=subscriber_id,
                        weekday=weekday,
                        hour=hour,
                        created_at=now,
                        next_due_at=next_due_at,
                    )
                )

    async def unsubscribe(self, subscriber_id: int) -> bool:
        """Let a subscription rest (its day and hour are kept); return whether one was running."""
        async with self.database.writing() as connection:
            result = await connection.execute(
                update(SubscriptionTable)
                .where(
                    SubscriptionTable.subscriber_id == subscriber_id,
                    SubscriptionTable.next_due_at.is_not(None),
                )
                .values(next_due_at=None)
            )
            return result.rowcount > 0

    async def mark_gone(self, chat_id: int, *, reason: str, now: datetime) -> None:
        """Note that a chat cannot be reached; its settings are kept for a return."""
        async with self.database.writing() as connection:
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.chat_id == chat_id, SubscriberTable.gone_at.is_(None))
                .values(gone_at=now, gone_reason=reason[:200])
            )

    async def mark_back(self, chat_id: int, next_due: NextDue) -> None:
        """Note that a chat can be reached again; what it missed meanwhile is not sent late."""
        async with self.database.writing() as connection:
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.chat_id == chat_id)
                .values(gone_at=None, gone_reason=None)
            )
            for row in await connection.execute(
                schedules().where(
                    SubscriberTable.chat_id == chat_id, SubscriptionTable.next_due_at.is_not(None)
                )
            ):
                await _move(
                    connection, row.subscriber_id, next_due(row.weekday, row.hour, row.time_zone)
                )

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Rewrite the id of a group that became a supergroup.

        Where the new id is known already, what was set in the group wins: it is what people chose.
        """
        async with self.database.writing() as connection:
            moving = select(SubscriberTable.thread_id).where(SubscriberTable.chat_id == old_chat_id)
            await connection.execute(
                delete(SubscriberTable).where(
                    SubscriberTable.chat_id == new_chat_id, SubscriberTable.thread_id.in_(moving)
                )
            )
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.chat_id == old_chat_id)
                .values(chat_id=new_chat_id, gone_at=None, gone_reason=None)
            )

    async def _change(self, subscriber_id: int, **values: Any) -> None:
        async with self.database.writing() as connection:
            await connection.execute(
                update(SubscriberTable).where(SubscriberTable.id == subscriber_id).values(**values)
            )


def _address(chat_id: int, thread_id: int | None) -> tuple[Any, Any]:
    return SubscriberTable.chat_id == chat_id, SubscriberTable.thread_id == (thread_id or 0)


def schedules() -> Select[int, int, int, str, datetime | None]:
    """Select the subscriptions with what their next time is computed from."""
    return select(
        SubscriptionTable.subscriber_id,
        SubscriptionTable.weekday,
        SubscriptionTable.hour,
        SubscriberTable.time_zone,
        SubscriptionTable.next_due_at,
    ).join(SubscriberTable, SubscriberTable.id == SubscriptionTable.subscriber_id)


async def _move(connection: AsyncConnection, subscriber_id: int, next_due_at: datetime) -> None:
    await connection.execute(
        update(SubscriptionTable)
        .where(SubscriptionTable.subscriber_id == subscriber_id)
        .values(next_due_at=next_due_at)
    )


def subscriber_row(row: Row[*tuple[Any, ...]]) -> SubscriberRow:
    """Make the public row of a subscriber from a selected one."""
    return SubscriberRow(row.id, row.chat_id, row.thread_id or None, row.language, row.time_zone)
