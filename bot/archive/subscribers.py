"""Queries about subscribers and their subscriptions."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.migrating import move_subscribers
from bot.archive.rows import Frequency, Rule, SubscriberRow, SubscriptionRow
from bot.archive.tables import SubscriberTable, SubscriptionTable

NextDue = Callable[[Rule], datetime]
"""A rule → its next due moment, aware."""


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

    async def get(self, subscriber_id: int) -> SubscriberRow | None:
        """Give a subscriber by its id, if it is known."""
        query = select(SubscriberTable).where(SubscriberTable.id == subscriber_id)
        async with self.database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else subscriber_row(row)

    async def languages(self) -> frozenset[str]:
        """List the languages of those whom an edition will go to."""
        query = (
            select(SubscriberTable.language)
            .join(SubscriptionTable, SubscriptionTable.subscriber_id == SubscriberTable.id)
            .where(SubscriptionTable.next_due_at.is_not(None))
            .distinct()
        )
        async with self.database.reading() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def remember(
        self,
        chat_id: int,
        thread_id: int | None,
        *,
        language: str,
        time_zone: str,
        next_due: NextDue,
        now: datetime,
    ) -> SubscriberRow:
        """Give the subscriber of a chat; make it with these preferences where it is new.

        A subscriber who had gone and writes again is back; what it missed is not sent late.
        """
        address = and_(*_address(chat_id, thread_id))
        known = select(SubscriberTable).where(address)
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
            if row.gone_at is not None:
                await _come_back(connection, address, next_due)
            return subscriber_row(row)

    async def set_language(self, subscriber_id: int, language: str) -> None:
        """Change the language a subscriber is spoken to in."""
        await self._change(subscriber_id, language=language)

    async def set_time_zone(self, subscriber_id: int, zone: str) -> None:
        """Change the IANA zone of a subscriber without a subscription that runs."""
        await self._change(subscriber_id, time_zone=zone)

    async def subscription(self, subscriber_id: int) -> SubscriptionRow | None:
        """Give the running subscription of a subscriber, if there is one."""
        query = schedules().where(
            SubscriptionTable.subscriber_id == subscriber_id,
            SubscriptionTable.next_due_at.is_not(None),
        )
        async with self.database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None or row.next_due_at is None:
            return None
        return SubscriptionRow(rule_of(row), row.next_due_at, row.paused_until)

    async def subscribe(
        self,
        subscriber_id: int,
        rule: Rule,
        *,
        next_due_at: datetime,
        now: datetime,
        set_up_by: int | None = None,
    ) -> None:
        """Start a subscription, or change the one there is; a pause ends.

        set_up_by: the id of the person who did it, to be told when the chat cannot be reached.
        """
        wanted = {
            "frequency": rule.frequency,
            "weekday": rule.weekday,
            "day_of_month": rule.day_of_month,
            "hour": rule.hour,
            "minute": rule.minute,
            "next_due_at": next_due_at,
            "paused_until": None,
        }
        async with self.database.writing() as connection:
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.id == subscriber_id)
                .values(
                    time_zone=rule.zone,
                    gone_at=None,
                    gone_reason=None,
                    set_up_by=func.coalesce(set_up_by, SubscriberTable.set_up_by),
                )
            )
            changed = await connection.execute(
                update(SubscriptionTable)
                .where(SubscriptionTable.subscriber_id == subscriber_id)
                .values(wanted)
            )
            if not changed.rowcount:
                await connection.execute(
                    insert(SubscriptionTable).values(
                        subscriber_id=subscriber_id, created_at=now, **wanted
                    )
                )

    async def pause(
        self, subscriber_id: int, until: datetime | None, *, next_due: NextDue
    ) -> datetime | None:
        """Let nothing come before a moment (aware), or go on at once (None).

        next_due: gives the first moment after the pause. Returns it, or None where nothing runs.
        What falls into the pause is not sent late.
        """
        query = schedules().where(
            SubscriptionTable.subscriber_id == subscriber_id,
            SubscriptionTable.next_due_at.is_not(None),
        )
        async with self.database.writing() as connection:
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                return None
            due = next_due(rule_of(row))
            await connection.execute(
                update(SubscriptionTable)
                .where(SubscriptionTable.subscriber_id == subscriber_id)
                .values(next_due_at=due, paused_until=until)
            )
            return due

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

    async def mark_broken(self, subscriber_id: int, *, reason: str, now: datetime) -> int | None:
        """Note that this one chat or topic cannot be written to; its settings are kept.

        Returns the id of the person who set it up, the first time: they are told once.
        """
        async with self.database.writing() as connection:
            marked = await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.id == subscriber_id, SubscriberTable.gone_at.is_(None))
                .values(gone_at=now, gone_reason=reason[:200])
                .returning(SubscriberTable.set_up_by)
            )
            return marked.scalar()

    async def mark_back(self, chat_id: int, next_due: NextDue) -> None:
        """Note that a chat can be reached again; what it missed meanwhile is not sent late."""
        async with self.database.writing() as connection:
            await _come_back(connection, SubscriberTable.chat_id == chat_id, next_due)

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Rewrite the id of a group that became a supergroup.

        Where the new id is known already, what was set in the group wins: it is what people chose.
        """
        async with self.database.writing() as connection:
            await move_subscribers(connection, old_chat_id, new_chat_id)

    async def _change(self, subscriber_id: int, **values: Any) -> None:
        async with self.database.writing() as connection:
            await connection.execute(
                update(SubscriberTable).where(SubscriberTable.id == subscriber_id).values(**values)
            )


def _address(chat_id: int, thread_id: int | None) -> tuple[Any, Any]:
    return SubscriberTable.chat_id == chat_id, SubscriberTable.thread_id == (thread_id or 0)


def schedules() -> Select[*tuple[Any, ...]]:
    """Select the subscriptions with what their next time is computed from."""
    return select(
        SubscriptionTable.id,
        SubscriptionTable.subscriber_id,
        SubscriptionTable.frequency,
        SubscriptionTable.weekday,
        SubscriptionTable.day_of_month,
        SubscriptionTable.hour,
        SubscriptionTable.minute,
        SubscriberTable.time_zone,
        SubscriptionTable.next_due_at,
        SubscriptionTable.paused_until,
    ).join(SubscriberTable, SubscriberTable.id == SubscriptionTable.subscriber_id)


def rule_of(row: Row[*tuple[Any, ...]]) -> Rule:
    """Make the rule of a subscription from a row of `schedules`."""
    return Rule(
        frequency=Frequency(row.frequency),
        hour=row.hour,
        zone=row.time_zone,
        minute=row.minute,
        weekday=row.weekday,
        day_of_month=row.day_of_month,
    )


async def _come_back(
    connection: AsyncConnection, address: ColumnElement[bool], next_due: NextDue
) -> None:
    """Let subscribers be reached again, from their next moment on (or the end of their pause)."""
    await connection.execute(
        update(SubscriberTable).where(address).values(gone_at=None, gone_reason=None)
    )
    query = schedules().where(address, SubscriptionTable.next_due_at.is_not(None))
    for row in (await connection.execute(query)).all():
        due = next_due(rule_of(row))
        if row.paused_until is not None:
            due = max(due, row.next_due_at)
        await connection.execute(
            update(SubscriptionTable).where(SubscriptionTable.id == row.id).values(next_due_at=due)
        )


def subscriber_row(row: Row[*tuple[Any, ...]]) -> SubscriberRow:
    """Make the public row of a subscriber from a selected one."""
    return SubscriberRow(
        row.id, row.chat_id, row.thread_id or None, row.language, row.time_zone, row.set_up_by
    )
