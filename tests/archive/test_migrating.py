"""A group that became a supergroup keeps all that was kept under its old id."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert

from bot.archive import Archive
from bot.archive.people_tables import PersonTable
from bot.archive.rows import (
    Begun,
    DeliveryState,
    Ended,
    Fate,
    Length,
    PartRow,
    SubscriberRow,
    SubscriptionRow,
    Wishes,
)
from tests.archive.making import (
    GROUP,
    LEASE,
    MONDAY,
    NINE_ON_MONDAYS,
    SENDER,
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


async def both_known(archive: Archive) -> tuple[SubscriberRow, SubscriberRow]:
    """A group, and the supergroup that it became before anybody told."""
    return await subscriber(archive, GROUP), await subscriber(archive, SUPERGROUP)


def short(old: Wishes) -> Wishes:
    return replace(old, length=Length.SHORT)


def silent(old: Wishes) -> Wishes:
    return replace(old, is_silent=True)


async def test_the_wishes_of_the_group_win(archive: Archive) -> None:
    group, newer = await both_known(archive)
    await archive.wishes.change(group.id, short)
    await archive.wishes.change(newer.id, silent)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await archive.wishes.of(group.id) == Wishes(length=Length.SHORT)


async def test_where_the_group_stated_no_wishes_those_of_the_supergroup_stay(
    archive: Archive,
) -> None:
    group, newer = await both_known(archive)
    await archive.wishes.change(newer.id, silent)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert await archive.wishes.of(group.id) == Wishes(is_silent=True)


async def test_people_followed_and_searches_saved_in_either_are_kept(archive: Archive) -> None:
    group, newer = await both_known(archive)
    async with archive.database.writing() as connection:
        people = [{"id": number, "name": f"Человек {number}"} for number in (1, 2, 3)]
        await connection.execute(insert(PersonTable), people)
    for row, followed, saved in ((group, (1, 2), "нефть"), (newer, (2, 3), "уран")):
        for person in followed:
            await archive.people.follow(row.id, person, now=MONDAY)
        for text in (saved, "транзит"):
            await archive.searches.save(row.id, text, now=MONDAY)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    assert [one.id for one in await archive.wishes.followed(group.id)] == [1, 2, 3]
    assert {one.text for one in await archive.searches.saved(group.id)} == {
        "нефть",
        "уран",
        "транзит",
    }
    assert await archive.searches.saved(newer.id) == []


async def test_what_arrived_in_the_supergroup_is_not_sent_again_for_the_group(
    archive: Archive,
) -> None:
    group = await delivery_made(archive, GROUP)
    await delivery_made(archive, SUPERGROUP)
    edition = await archive.editions.keep("week", [PartRow(0, "Неделя", "[]")], now=MONDAY)
    arrived = max(await claim(archive), key=lambda delivery: delivery.id)
    begun = Begun(arrived.id, edition.id, 0, again=False)
    ended = Ended(arrived.id, 0, Fate.SENT, 7, DeliveryState.SENT)
    lease = MONDAY + LEASE
    await archive.deliveries.record([begun], [], claimant=SENDER, lease_until=lease, now=MONDAY)
    await archive.deliveries.record([], [ended], claimant=SENDER, lease_until=lease, now=MONDAY)

    await archive.subscribers.migrate(GROUP, SUPERGROUP)

    (delivery,) = await archive.deliveries.of_subscriber(group.id)
    assert delivery.id == arrived.id
    assert delivery.state is DeliveryState.SENT
    later = MONDAY + LEASE + timedelta(minutes=1)
    await archive.deliveries.release(later, is_gone=lambda _: True)
    assert await claim(archive, now=later) == []
