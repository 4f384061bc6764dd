"""A group that became a supergroup: everything that was kept under its old id goes over."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.delivery_tables import DeliveryTable
from bot.archive.tables import SubscriberTable, SubscriptionTable


async def move_subscribers(connection: AsyncConnection, old_chat_id: int, new_chat_id: int) -> None:
    """Rewrite a chat id; where both are known, the subscriber of the old one stays.

    It takes over what the other was sent, so that nothing comes twice, and its subscription where
    it has none that runs.
    """
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
    known = select(DeliveryTable.due_at).where(DeliveryTable.subscriber_id == stays)
    await connection.execute(
        update(DeliveryTable)
        .where(DeliveryTable.subscriber_id == goes, DeliveryTable.due_at.not_in(known))
        .values(subscriber_id=stays)
    )
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
