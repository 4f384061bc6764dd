"""Subscribers: chats and topics, what they chose, and whether they can be reached."""

import asyncio
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.rows import SubscriberRow, SubscriptionRow
from tests.archive.making import MONDAY, WEEK, delivery_made, subscribed, subscriber

GROUP, SUPERGROUP = -4_000_000_000, -1_002_000_000_000


async def due_chats(archive: Archive, now: datetime = MONDAY) -> list[int]:
    return [row.subscriber_id for row in await archive.deliveries.due(now, limit=100)]


async def test_a_new_chat_is_remembered_with_its_language_and_zone(archive: Archive) -> None:
    row = await archive.subscribers.remember(
        SUPERGROUP, None, language="kk", time_zone="Asia/Aqtau", now=MONDAY
    )

    assert row == SubscriberRow(row.id, SUPERGROUP, None, "kk", "Asia/Aqtau")
    assert await archive.subscribers.find(SUPERGROUP, None) == row


async def test_a_chat_that_never_wrote_is_not_found(archive: Archive) -> None:
    assert await archive.subscribers.find(1, None) is None


async def test_a_known_chat_keeps_what_it_chose(archive: Archive) -> None:
    row = await subscriber(archive)
    await archive.subscribers.set_language(row.id, "en")

    again = await archive.subscribers.remember(
        row.chat_id, None, language="kk", time_zone="UTC", now=MONDAY
    )

    assert again == SubscriberRow(row.id, row.chat_id, None, "en", "Asia/Almaty")


async def test_each_topic_of_a_forum_is_a_subscriber_of_its_own(archive: Archive) -> None:
    forum = await subscriber(archive, SUPERGROUP)
    politics = await subscriber(archive, SUPERGROUP, 7)
    trade = await subscriber(archive, SUPERGROUP, 8)

    assert len({forum.id, politics.id, trade.id}) == 3
    assert await archive.subscribers.find(SUPERGROUP, None) == forum
    assert await archive.subscribers.find(SUPERGROUP, 7) == politics
    assert politics.thread_id == 7


async def test_a_chat_that_writes_twice_at_once_is_one_subscriber(
    archive: Archive, other: Archive
) -> None:
    rows = await asyncio.gather(*(subscriber(a, 100) for a in (archive, other) * 4))

    assert len({row.id for row in rows}) == 1


async def test_a_subscription_can_be_started_and_moved(archive: Archive) -> None:
    row = await subscribed(archive)
    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(0, 9, MONDAY)

    friday = MONDAY + timedelta(days=4)
    await archive.subscribers.subscribe(
        row.id, weekday=4, hour=18, time_zone="America/New_York", next_due_at=friday, now=MONDAY
    )

    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(4, 18, friday)
    found = await archive.subscribers.find(row.chat_id, None)
    assert found is not None
    assert found.time_zone == "America/New_York"
    assert await due_chats(archive) == []


async def test_a_subscription_started_twice_at_once_is_one(
    archive: Archive, other: Archive
) -> None:
    await subscriber(archive)

    await asyncio.gather(*(subscribed(a) for a in (archive, other) * 4))

    assert len(await due_chats(archive)) == 1


async def test_who_unsubscribes_is_not_due_and_may_come_back(archive: Archive) -> None:
    row = await subscribed(archive)

    assert await archive.subscribers.unsubscribe(row.id)
    assert not await archive.subscribers.unsubscribe(row.id)

    assert await archive.subscribers.subscription(row.id) is None
    assert await due_chats(archive) == []
    assert await archive.deliveries.next_due_at() is None
    await subscribed(archive)
    assert await due_chats(archive) == [row.id]


async def test_who_never_subscribed_has_nothing_to_stop(archive: Archive) -> None:
    row = await subscriber(archive)

    assert await archive.subscribers.subscription(row.id) is None
    assert not await archive.subscribers.unsubscribe(row.id)


async def test_a_chat_that_is_gone_gets_nothing_and_keeps_its_settings(archive: Archive) -> None:
    row = await subscribed(archive)

    await archive.subscribers.mark_gone(row.chat_id, reason="bot was blocked " * 50, now=MONDAY)

    assert await due_chats(archive) == []
    assert await archive.deliveries.next_due_at() is None
    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(0, 9, MONDAY)


async def test_a_forum_is_gone_with_all_its_topics(archive: Archive) -> None:
    for thread in (None, 7, 8):
        await subscribed(archive, SUPERGROUP, thread)
    stays = await subscribed(archive, GROUP)

    await archive.subscribers.mark_gone(SUPERGROUP, reason="kicked", now=MONDAY)

    assert await due_chats(archive) == [stays.id]


async def test_what_a_chat_missed_while_it_was_gone_is_not_sent_late(archive: Archive) -> None:
    rows = [await subscribed(archive, SUPERGROUP, thread) for thread in (None, 7)]
    rests = await subscribed(archive, SUPERGROUP, 8)
    await archive.subscribers.unsubscribe(rests.id)
    await archive.subscribers.mark_gone(SUPERGROUP, reason="kicked", now=MONDAY - WEEK)
    asked: list[tuple[int, int, str]] = []

    def next_due(weekday: int, hour: int, time_zone: str) -> datetime:
        asked.append((weekday, hour, time_zone))
        return MONDAY + 3 * WEEK

    await archive.subscribers.mark_back(SUPERGROUP, next_due)

    assert asked == [(0, 9, "Asia/Almaty")] * 2
    assert await due_chats(archive, MONDAY + 2 * WEEK) == []
    assert sorted(await due_chats(archive, MONDAY + 3 * WEEK)) == [row.id for row in rows]
    assert await archive.subscribers.subscription(rests.id) is None


async def test_who_writes_again_or_subscribes_again_is_back(archive: Archive) -> None:
    row = await subscribed(archive)

    for comes_back in (subscriber, subscribed):
        await archive.subscribers.mark_gone(row.chat_id, reason="blocked", now=MONDAY)
        assert await due_chats(archive) == []
        await comes_back(archive)
        assert await due_chats(archive) == [row.id]


async def test_a_group_that_became_a_supergroup_keeps_everything(archive: Archive) -> None:
    row = await delivery_made(archive, GROUP)
    await archive.subscribers.mark_gone(GROUP, reason="upgraded", now=MONDAY)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await archive.subscribers.find(GROUP, None) is None
    moved = await archive.subscribers.find(SUPERGROUP, None)
    assert moved == SubscriberRow(row.id, SUPERGROUP, None, "ru", "Asia/Almaty")
    assert await due_chats(archive, MONDAY + WEEK) == [row.id]
    (delivery,) = await archive.deliveries.of_subscriber(row.id)
    assert delivery.subscriber == moved


async def test_where_the_supergroup_is_known_what_was_set_in_the_group_wins(
    archive: Archive,
) -> None:
    chosen = await subscribed(archive, GROUP)
    await archive.subscribers.set_language(chosen.id, "kk")
    await delivery_made(archive, SUPERGROUP)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    moved = await archive.subscribers.find(SUPERGROUP, None)
    assert moved == SubscriberRow(chosen.id, SUPERGROUP, None, "kk", "Asia/Almaty")
    assert await due_chats(archive) == [chosen.id]


async def test_topics_made_in_the_supergroup_stay_when_the_group_moves_in(
    archive: Archive,
) -> None:
    group = await subscribed(archive, GROUP)
    topic = await subscribed(archive, SUPERGROUP, 7)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert sorted(await due_chats(archive)) == [group.id, topic.id]
    assert await archive.subscribers.find(SUPERGROUP, 7) == topic


async def test_a_forum_that_changes_its_id_moves_with_all_its_topics(archive: Archive) -> None:
    old = [await subscribed(archive, GROUP, thread) for thread in (None, 7, 8)]
    await subscribed(archive, SUPERGROUP, 7)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert sorted(await due_chats(archive)) == [row.id for row in old]
    topic = await archive.subscribers.find(SUPERGROUP, 7)
    assert topic is not None
    assert topic.id == old[1].id


async def test_a_group_that_was_never_known_changes_nothing_when_it_moves(
    archive: Archive,
) -> None:
    row = await subscribed(archive, SUPERGROUP)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)
    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await archive.subscribers.find(SUPERGROUP, None) == row
    assert await due_chats(archive) == [row.id]
