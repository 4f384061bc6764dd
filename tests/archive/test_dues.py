"""Whose hour has come: each due moment becomes one delivery, and what was missed comes once."""

import asyncio
from datetime import timedelta

from bot.archive import Archive
from bot.archive.rows import Begun, DeliveryState, Ended, Fate, Frequency, PartRow, Rule, Turn
from tests.archive.making import (
    LEASE,
    MONDAY,
    NINE_ON_MONDAYS,
    SENDER,
    WEEK,
    claim,
    delivery_made,
    hand_over,
    subscribed,
)

MINUTE = timedelta(minutes=1)


async def next_moment(archive: Archive, subscriber_id: int) -> object:
    row = await archive.subscribers.subscription(subscriber_id)
    return row and row.next_due_at


async def test_a_due_moment_becomes_a_delivery_and_the_next_moment_is_set(
    archive: Archive,
) -> None:
    row = await delivery_made(archive)

    (delivery,) = await archive.deliveries.of_subscriber(row.id)
    assert delivery.subscriber == row
    assert delivery.due_at == MONDAY
    assert (delivery.period_start, delivery.period_end) == (MONDAY - WEEK, MONDAY)
    assert (delivery.state, delivery.attempts, delivery.marks) == (DeliveryState.PENDING, 0, ())
    assert await next_moment(archive, row.id) == MONDAY + WEEK
    assert await hand_over(archive) == 0


async def test_nobody_is_due_before_their_time(archive: Archive) -> None:
    row = await subscribed(archive, due_at=MONDAY + MINUTE)

    assert await hand_over(archive) == 0
    assert await next_moment(archive, row.id) == MONDAY + MINUTE


async def test_the_longest_due_go_first_and_no_more_than_asked_for(archive: Archive) -> None:
    later = await subscribed(archive, 1, due_at=MONDAY)
    first = await subscribed(archive, 2, due_at=MONDAY - MINUTE)

    assert await hand_over(archive, limit=1) == 1

    assert await archive.deliveries.of_subscriber(later.id) == []
    assert len(await archive.deliveries.of_subscriber(first.id)) == 1
    assert await hand_over(archive, limit=1) == 1
    assert (await archive.dues.hand_over(MONDAY, no_turn, limit=1)).moved == 0


def no_turn(_rule: Rule, _due: object) -> Turn:
    raise AssertionError("nobody is due")


async def test_each_rule_is_asked_for_its_turn(archive: Archive) -> None:
    for chat in range(1, 6):
        await subscribed(archive, chat)
    friday = await subscribed(archive, 6)
    rule = Rule(Frequency.MONTHLY, 18, "Europe/London", 30, day_of_month=31)
    await archive.subscribers.subscribe(friday.id, rule, next_due_at=MONDAY, now=MONDAY)
    asked: list[Rule] = []

    def turn(rule: Rule, due: object) -> Turn:
        asked.append(rule)
        return Turn(MONDAY - WEEK, MONDAY, MONDAY + WEEK)

    handed = await archive.dues.hand_over(MONDAY, turn, limit=100)

    assert (handed.moved, handed.made) == (6, 6)
    assert set(asked) == {NINE_ON_MONDAYS, rule}


async def test_two_processes_at_once_make_one_delivery_of_each_due_moment(
    archive: Archive, other: Archive
) -> None:
    rows = [await subscribed(archive, chat) for chat in range(1, 21)]

    made = await asyncio.gather(
        *(hand_over(a, limit=3) for a in (archive, other) for _ in range(8))
    )

    assert sum(made) == len(rows)
    for row in rows:
        assert len(await archive.deliveries.of_subscriber(row.id)) == 1


async def test_a_clock_that_was_set_back_does_not_make_an_edition_twice(
    archive: Archive,
) -> None:
    row = await delivery_made(archive)
    (delivery,) = await claim(archive)
    await subscribed(archive, due_at=MONDAY)

    assert await hand_over(archive) == 0

    assert [d.id for d in await archive.deliveries.of_subscriber(row.id)] == [delivery.id]
    assert await next_moment(archive, row.id) == MONDAY + WEEK


async def test_a_chat_that_is_gone_gets_nothing_and_its_moment_moves_on(archive: Archive) -> None:
    row = await subscribed(archive)
    await archive.subscribers.mark_gone(row.chat_id, reason="blocked", now=MONDAY - WEEK)

    assert await hand_over(archive) == 0

    assert await archive.deliveries.of_subscriber(row.id) == []
    assert await next_moment(archive, row.id) == MONDAY + WEEK


async def test_an_edition_that_still_waits_covers_the_new_period_too(archive: Archive) -> None:
    row = await delivery_made(archive)

    assert await hand_over(archive, now=MONDAY + WEEK) == 1

    (delivery,) = await archive.deliveries.of_subscriber(row.id)
    assert (delivery.period_start, delivery.period_end) == (MONDAY - WEEK, MONDAY + WEEK)
    assert delivery.due_at == MONDAY + WEEK
    assert len(await claim(archive, now=MONDAY + WEEK)) == 1


async def test_an_edition_of_which_a_part_is_out_is_left_as_it_is(archive: Archive) -> None:
    row = await delivery_made(archive)
    (delivery,) = await claim(archive)
    parts = [PartRow(0, "Первая", "[]"), PartRow(1, "Вторая", "[]")]
    edition = await archive.editions.keep("week", parts, now=MONDAY)
    begins = [Begun(delivery.id, edition.id, 0, again=False)]
    ends = [
        Ended(delivery.id, 0, Fate.SENT, 5),
        Ended(delivery.id, 1, Fate.NOT_TRIED, None, DeliveryState.FAILED, "", MONDAY),
    ]
    lease = MONDAY + LEASE
    await archive.deliveries.record(begins, [], claimant=SENDER, lease_until=lease, now=MONDAY)
    await archive.deliveries.record([], ends, claimant=SENDER, lease_until=lease, now=MONDAY)

    assert await hand_over(archive, now=MONDAY + WEEK) == 1

    begun, new = await archive.deliveries.of_subscriber(row.id)
    assert (begun.period_end, begun.edition_id) == (MONDAY, edition.id)
    assert (new.period_start, new.period_end) == (MONDAY, MONDAY + WEEK)
