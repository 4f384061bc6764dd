"""A group that became a supergroup keeps all that was kept under its old id."""

from bot.archive import Archive
from bot.archive.rows import DeliveryState, SubscriberRow, SubscriptionRow
from tests.archive.making import (
    GROUP,
    MONDAY,
    NINE_ON_MONDAYS,
    SUPERGROUP,
    WEEK,
    claim,
    delivery_made,
    due_chats,
    hand_over,
    subscribed,
    subscriber,
)


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
    await subscribed(archive, SUPERGROUP, due_at=MONDAY - WEEK)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    moved = await archive.subscribers.find(SUPERGROUP, None)
    assert moved == SubscriberRow(chosen.id, SUPERGROUP, None, "kk", "Asia/Almaty")
    assert await due_chats(archive) == [chosen.id]


async def test_where_only_the_supergroup_is_subscribed_its_subscription_stays(
    archive: Archive,
) -> None:
    group = await subscriber(archive, GROUP)
    await subscribed(archive, SUPERGROUP)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await due_chats(archive) == [group.id]
    assert await archive.subscribers.subscription(group.id) == SubscriptionRow(
        NINE_ON_MONDAYS, MONDAY
    )


async def test_a_subscription_of_the_supergroup_takes_the_place_of_one_that_rests(
    archive: Archive,
) -> None:
    group = await subscribed(archive, GROUP)
    await archive.subscribers.unsubscribe(group.id)
    await subscribed(archive, SUPERGROUP, due_at=MONDAY + WEEK)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await due_chats(archive, MONDAY + WEEK) == [group.id]


async def test_what_the_supergroup_got_already_does_not_come_again(archive: Archive) -> None:
    await delivery_made(archive, SUPERGROUP)
    await claim(archive)
    group = await subscribed(archive, GROUP)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await hand_over(archive) == 0
    (delivery,) = await archive.deliveries.of_subscriber(group.id)
    assert delivery.state is DeliveryState.SENDING


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
