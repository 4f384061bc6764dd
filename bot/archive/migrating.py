"""A group that became a supergroup: everything that was kept under its old id goes over."""

from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.archive.alert_tables import AlertTable
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.guests import move_guest
from bot.archive.people_tables import FollowTable
from bot.archive.rows import DeliveryState
from bot.archive.search_tables import SavedSearchTable
from bot.archive.tables import SubscriberTable, SubscriptionTable
from bot.archive.wish_tables import WishTable


async def move_subscribers(connection: AsyncConnection, old_chat_id: int, new_chat_id: int) -> None:
    """Rewrite a chat id; where both are known, the subscriber of the old one stays.

    It takes over what the other was sent, so that nothing comes twice; its subscription where it
    has none that runs; its wishes where it stated none. The people followed and the searches saved
    in either are kept: nobody asked to hear no more of them.
    """
    await move_guest(connection, old_chat_id, new_chat_id)
    old, new = aliased(SubscriberTable), aliased(SubscriberTable)
    both = await connection.execute(
        select(old.id, new.id)
        .join(new, new.thread_id == old.thread_id)
        .where(old.chat_id == old_chat_id, new.chat_id == new_chat_id)
    )
    for stays, goes in both.all():
        await _take_over(connection, stays, goes)
        await connection.execute(delete(SubscriberTable).where(SubscriberTable.id == goes))
    await connection.execute(
        update(SubscriberTable)
        .where(SubscriberTable.chat_id == old_chat_id)
        .values(chat_id=new_chat_id, gone_at=None, gone_reason=None)
    )


async def _take_over(connection: AsyncConnection, stays: int, goes: int) -> None:
    await _take_over_deliveries(connection, stays, goes)
    await _take_over_subscription(connection, stays, goes)
    await _join(connection, FollowTable, FollowTable.person_id, stays, goes)
    await _join(connection, SavedSearchTable, SavedSearchTable.digest, stays, goes)
    for told in (AlertTable.story_id, AlertTable.article_id):
        await _join(connection, AlertTable, told, stays, goes)
    theirs = aliased(WishTable)
    states_any = exists().where(theirs.subscriber_id == stays)
    await connection.execute(
        update(WishTable)
        .where(WishTable.subscriber_id == goes, ~states_any)
        .values(subscriber_id=stays)
    )


async def _take_over_deliveries(connection: AsyncConnection, stays: int, goes: int) -> None:
    other = aliased(DeliveryTable)
    same = (other.priority == DeliveryTable.priority, other.due_at == DeliveryTable.due_at)
    arrived = exists().where(other.subscriber_id == goes, other.state == DeliveryState.SENT, *same)
    await connection.execute(
        delete(DeliveryTable).where(
            DeliveryTable.subscriber_id == stays,
            DeliveryTable.state != DeliveryState.SENT,
            arrived,
        )
    )
    has_it = exists().where(other.subscriber_id == stays, *same)
    await connection.execute(
        update(DeliveryTable)
        .where(DeliveryTable.subscriber_id == goes, ~has_it)
        .values(subscriber_id=stays)
    )


async def _join(
    connection: AsyncConnection,
    table: type[FollowTable | SavedSearchTable | AlertTable],
    key: InstrumentedAttribute[Any],
    stays: int,
    goes: int,
) -> None:
    """Give the rows of one subscriber to another who has none with the same key."""
    known = select(key).where(table.subscriber_id == stays, key.is_not(None))
    await connection.execute(
        update(table)
        .where(table.subscriber_id == goes, key.is_not(None), key.not_in(known))
        .values(subscriber_id=stays)
    )


async def _take_over_subscription(connection: AsyncConnection, stays: int, goes: int) -> None:
    runs = select(SubscriptionTable.id).where(
        SubscriptionTable.subscriber_id == stays, SubscriptionTable.next_due_at.is_not(None)
    )
    if (await connection.execute(runs)).first() is not None:
        return
    other = select(SubscriptionTable.id).where(SubscriptionTable.subscriber_id == goes)
    if (await connection.execute(other)).first() is None:
        return
    await connection.execute(
        delete(SubscriptionTable).where(SubscriptionTable.subscriber_id == stays)
    )
    await connection.execute(
        update(SubscriptionTable)
        .where(SubscriptionTable.subscriber_id == goes)
        .values(subscriber_id=stays)
    )
