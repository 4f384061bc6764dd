"""Subscribers: chats and topics, what they chose, and whether they can be reached."""

import asyncio
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.rows import Frequency, Rule, SubscriberRow, SubscriptionRow
from tests.archive.making import (
    GROUP,
    MONDAY,
    NINE_ON_MONDAYS,
    SUPERGROUP,
    WEEK,
    due_chats,
    subscribed,
    subscriber,
    week_later,
)


async def test_a_new_chat_is_remembered_with_its_language_and_zone(archive: Archive) -> None:
    row = await archive.subscribers.remember(
        SUPERGROUP,
        None,
        language="kk",
        time_zone="Asia/Aqtau",
        next_due=week_later,
        now=MONDAY,
    )

    assert row == SubscriberRow(row.id, SUPERGROUP, None, "kk", "Asia/Aqtau")
    assert await archive.subscribers.find(SUPERGROUP, None) == row


async def test_a_chat_that_never_wrote_is_not_found(archive: Archive) -> None:
    assert await archive.subscribers.find(1, None) is None


async def test_a_known_chat_keeps_what_it_chose(archive: Archive) -> None:
    row = await subscriber(archive)
    await archive.subscribers.set_language(row.id, "en")

    again = await archive.subscribers.remember(
        row.chat_id, None, language="kk", time_zone="UTC", next_due=week_later, now=MONDAY
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
    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(
        NINE_ON_MONDAYS, MONDAY
    )

    friday = MONDAY + timedelta(days=4)
    rule = Rule(Frequency.MONTHLY, 18, "America/New_York", 45, weekday=4, day_of_month=31)
    await archive.subscribers.subscribe(row.id, rule, next_due_at=friday, now=MONDAY)

    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(rule, friday)
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
    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(
        NINE_ON_MONDAYS, MONDAY
    )


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
    asked: list[Rule] = []

    def next_due(rule: Rule) -> datetime:
        asked.append(rule)
        return MONDAY + 3 * WEEK

    await archive.subscribers.mark_back(SUPERGROUP, next_due)

    assert asked == [NINE_ON_MONDAYS] * 2
    assert await due_chats(archive, MONDAY + 2 * WEEK) == []
    assert sorted(await due_chats(archive, MONDAY + 3 * WEEK)) == [row.id for row in rows]
    assert await archive.subscribers.subscription(rests.id) is None


async def test_who_writes_again_is_back_and_gets_nothing_late(archive: Archive) -> None:
    row = await subscribed(archive)
    await archive.subscribers.mark_gone(row.chat_id, reason="blocked", now=MONDAY - WEEK)

    await subscriber(archive)

    assert await due_chats(archive, MONDAY + WEEK - timedelta(seconds=1)) == []
    assert await due_chats(archive, MONDAY + WEEK) == [row.id]


async def test_who_was_never_gone_keeps_the_moment_when_they_write(archive: Archive) -> None:
    row = await subscribed(archive)

    await subscriber(archive)

    assert await due_chats(archive) == [row.id]


async def test_who_subscribes_again_is_back(archive: Archive) -> None:
    row = await subscribed(archive)
    await archive.subscribers.mark_gone(row.chat_id, reason="blocked", now=MONDAY)

    await subscribed(archive)

    assert await due_chats(archive) == [row.id]


async def test_a_pause_moves_the_next_moment_behind_its_end(archive: Archive) -> None:
    row = await subscribed(archive)
    until = MONDAY + 2 * WEEK

    due = await archive.subscribers.pause(row.id, until, next_due=lambda _: until + WEEK)

    assert due == until + WEEK
    assert await archive.subscribers.subscription(row.id) == SubscriptionRow(
        NINE_ON_MONDAYS, until + WEEK, until
    )
    assert await due_chats(archive, until) == []
    assert await archive.subscribers.pause(row.id, None, next_due=lambda _: MONDAY) == MONDAY
    assert await due_chats(archive) == [row.id]


async def test_who_comes_back_during_a_pause_stays_paused(archive: Archive) -> None:
    row = await subscribed(archive)
    until = MONDAY + 3 * WEEK
    await archive.subscribers.pause(row.id, until, next_due=lambda _: until)
    await archive.subscribers.mark_gone(row.chat_id, reason="blocked", now=MONDAY)

    await archive.subscribers.mark_back(row.chat_id, week_later)

    assert await due_chats(archive, MONDAY + 2 * WEEK) == []
    assert await due_chats(archive, until) == [row.id]


async def test_a_new_rule_ends_a_pause(archive: Archive) -> None:
    row = await subscribed(archive)
    await archive.subscribers.pause(row.id, MONDAY + WEEK, next_due=week_later)

    await subscribed(archive)

    running = await archive.subscribers.subscription(row.id)
    assert running == SubscriptionRow(NINE_ON_MONDAYS, MONDAY)


async def test_what_does_not_run_cannot_be_paused(archive: Archive) -> None:
    row = await subscriber(archive)

    assert await archive.subscribers.pause(row.id, MONDAY, next_due=week_later) is None


async def test_the_owner_of_a_broken_chat_is_named_once(archive: Archive) -> None:
    row = await subscribed(archive, SUPERGROUP, 7)
    beside = await subscribed(archive, SUPERGROUP, 8)
    await archive.subscribers.subscribe(
        row.id, NINE_ON_MONDAYS, next_due_at=MONDAY, now=MONDAY, set_up_by=42
    )

    for owner in (42, None):
        told = await archive.subscribers.mark_broken(row.id, reason="TOPIC_CLOSED", now=MONDAY)
        assert told == owner

    assert await due_chats(archive) == [beside.id]
