"""What is kept about one person: given out whole, or erased."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.access_tables import GuestTable, InvitationTable
from bot.archive.alert_tables import AlertTable
from bot.archive.broadcast_tables import BroadcastTable
from bot.archive.delivery_tables import DeliveryTable, EditionPartTable
from bot.archive.engine import Database
from bot.archive.people_tables import CorrectionTable, FollowTable, PersonTable
from bot.archive.rows import SubscriberRow, SubscriptionRow
from bot.archive.search_tables import SavedSearchTable, SearchTable
from bot.archive.sent import erase_sent
from bot.archive.story_tables import StoryCorrectionTable
from bot.archive.subscribers import rule_of, schedules, subscriber_row
from bot.archive.tables import ArticleTable, SenderTable, SubscriberTable, SubscriptionTable
from bot.archive.wish_tables import WishTable

MOST_MANAGED = 30
"""Chats of one person that are listed."""

_NOBODY = 0


@dataclass(frozen=True, slots=True)
class ManagedRow:
    """A chat that a person set up; `subscription` where one runs."""

    subscriber: SubscriberRow
    subscription: SubscriptionRow | None


@dataclass(frozen=True)
class Personal:
    """What is kept about people as users of the bot, by their Telegram user id.

    A private chat has the id of its person.
    """

    database: Database

    async def managed(self, person_id: int) -> list[ManagedRow]:
        """List the groups and channels that a person subscribed, the oldest first.

        Of a forum also the other topics that speak with the bot; whoever subscribed those.
        """
        theirs = select(SubscriberTable.chat_id).where(SubscriberTable.set_up_by == person_id)
        chats = (
            select(SubscriberTable)
            .where(
                SubscriberTable.chat_id.in_(theirs),
                SubscriberTable.chat_id != person_id,
                SubscriberTable.gone_at.is_(None),
            )
            .order_by(SubscriberTable.id)
            .limit(MOST_MANAGED)
        )
        async with self.database.reading() as connection:
            found = (await connection.execute(chats)).all()
            running = schedules().where(
                SubscriptionTable.subscriber_id.in_([row.id for row in found]),
                SubscriptionTable.next_due_at.is_not(None),
            )
            subscriptions = {
                row.subscriber_id: SubscriptionRow(rule_of(row), row.next_due_at, row.paused_until)
                for row in await connection.execute(running)
            }
        return [ManagedRow(subscriber_row(row), subscriptions.get(row.id)) for row in found]

    async def export(self, person_id: int) -> dict[str, Any]:
        """Give everything that is kept about a person; moments are in UTC, as ISO 8601."""
        own = select(SubscriberTable.id).where(SubscriberTable.chat_id == person_id)
        async with self.database.reading() as connection:
            kept = {
                name: [_plain(row) for row in await connection.execute(query)]
                for name, query in _queries(person_id, own).items()
            }
        for wishes in kept["wishes"]:
            for name in ("topics", "include", "exclude"):
                wishes[name] = json.loads(wishes[name])
        for alert in kept["alerts"]:
            alert["reasons"] = json.loads(alert["reasons"])
        return {"telegram_user_id": person_id, **kept}

    async def erase(self, person_id: int) -> None:
        """Forget a person: their chat with all that belongs to it, and their name elsewhere.

        The groups and channels that they set up keep their subscriptions, without the person.
        """
        async with self.database.writing() as connection:
            # Subscription, wishes, follows, saved searches, alerts and deliveries go with the
            # subscriber.
            await connection.execute(
                delete(SubscriberTable).where(SubscriberTable.chat_id == person_id)
            )
            await connection.execute(delete(SearchTable).where(SearchTable.chat_id == person_id))
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.set_up_by == person_id)
                .values(set_up_by=None)
            )
            await erase_sent(connection, person_id)
            await _forget_guest(connection, person_id)
            await _forget_operator(connection, person_id)


async def _forget_guest(connection: AsyncConnection, person_id: int) -> None:
    """Forget that somebody was let in; the groups that they brought the bot into stay let in."""
    await connection.execute(delete(GuestTable).where(GuestTable.chat_id == person_id))
    await connection.execute(
        update(GuestTable).where(GuestTable.let_in_by == person_id).values(let_in_by=None)
    )


async def _forget_operator(connection: AsyncConnection, person_id: int) -> None:
    """Keep what an operator corrected and told everybody, without saying who did."""
    for table in (CorrectionTable, StoryCorrectionTable, InvitationTable, BroadcastTable):
        await connection.execute(
            update(table).where(table.made_by == person_id).values(made_by=_NOBODY)
        )
    await connection.execute(
        update(BroadcastTable)
        .where(BroadcastTable.chat_id == person_id)
        .values(chat_id=None, message_id=None)
    )


def _queries(person_id: int, own: Select[Any]) -> dict[str, Select[*tuple[Any, ...]]]:
    delivery = DeliveryTable
    return {
        "chats": select(
            SubscriberTable.thread_id,
            SubscriberTable.language,
            SubscriberTable.time_zone,
            SubscriberTable.created_at,
            SubscriberTable.gone_at,
        ).where(SubscriberTable.chat_id == person_id),
        "subscriptions": select(
            SubscriptionTable.frequency,
            SubscriptionTable.weekday,
            SubscriptionTable.day_of_month,
            SubscriptionTable.hour,
            SubscriptionTable.minute,
            SubscriptionTable.created_at,
            SubscriptionTable.next_due_at,
            SubscriptionTable.paused_until,
        ).where(SubscriptionTable.subscriber_id.in_(own)),
        "wishes": select(
            *(column for column in WishTable.__table__.columns if column.name != "subscriber_id")
        ).where(WishTable.subscriber_id.in_(own)),
        "follows": select(PersonTable.name, FollowTable.created_at)
        .join(FollowTable, FollowTable.person_id == PersonTable.id)
        .where(FollowTable.subscriber_id.in_(own)),
        "saved_searches": select(SavedSearchTable.text, SavedSearchTable.created_at).where(
            SavedSearchTable.subscriber_id.in_(own)
        ),
        "searches": select(SearchTable.kind, SearchTable.text, SearchTable.used_at).where(
            SearchTable.chat_id == person_id
        ),
        "deliveries": select(
            delivery.period_start,
            delivery.period_end,
            delivery.due_at,
            delivery.state,
            delivery.finished_at,
        )
        .where(delivery.subscriber_id.in_(own))
        .order_by(delivery.id),
        "alerts": select(
            AlertTable.story_id, AlertTable.article_id, AlertTable.reasons, AlertTable.noticed_at
        )
        .where(AlertTable.subscriber_id.in_(own))
        .order_by(AlertTable.id),
        "managed_chats": select(
            SubscriberTable.chat_id, SubscriberTable.thread_id, SubscriberTable.created_at
        ).where(SubscriberTable.set_up_by == person_id, SubscriberTable.chat_id != person_id),
        "people_corrections": select(
            CorrectionTable.kind, CorrectionTable.name, CorrectionTable.made_at
        ).where(CorrectionTable.made_by == person_id),
        "story_corrections": select(StoryCorrectionTable.kind, StoryCorrectionTable.made_at).where(
            StoryCorrectionTable.made_by == person_id
        ),
        "broadcasts": select(
            BroadcastTable.created_at,
            BroadcastTable.audience,
            BroadcastTable.state,
            EditionPartTable.text,
        )
        .outerjoin(EditionPartTable, EditionPartTable.edition_id == BroadcastTable.edition_id)
        .where(BroadcastTable.made_by == person_id),
        "sent_texts": select(ArticleTable.title, ArticleTable.url, ArticleTable.sent_at)
        .join(SenderTable, SenderTable.article_id == ArticleTable.id)
        .where(SenderTable.person_id == person_id),
        "invitations_made": select(
            InvitationTable.created_at,
            InvitationTable.expires_at,
            InvitationTable.places,
            InvitationTable.used,
        ).where(InvitationTable.made_by == person_id),
        "let_in": select(GuestTable.chat_id, GuestTable.came_at).where(
            (GuestTable.chat_id == person_id) | (GuestTable.let_in_by == person_id)
        ),
    }


def _plain(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row._mapping.items()
    }
