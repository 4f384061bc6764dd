"""Deliveries: one for each due moment, to one sender at a time, resumed where they stopped."""

import asyncio
from datetime import timedelta

from bot.archive import Archive
from bot.archive.rows import DeliveryState, DueRow, PartRow
from tests.archive.making import MONDAY, WEEK, delivery_made, hand_over, subscribed

MINUTE = timedelta(minutes=1)


async def test_who_is_due_is_listed_the_longest_waiting_first(archive: Archive) -> None:
    second = await subscribed(archive, 2, due_at=MONDAY)
    first = await subscribed(archive, 1, due_at=MONDAY - MINUTE)
    await subscribed(archive, 3, due_at=MONDAY + MINUTE)

    due = await archive.deliveries.due(MONDAY, limit=10)

    assert due == [
        DueRow(first.id, 0, 9, "Asia/Almaty", MONDAY - MINUTE),
        DueRow(second.id, 0, 9, "Asia/Almaty", MONDAY),
    ]
    assert await archive.deliveries.due(MONDAY, limit=1) == due[:1]
    assert await archive.deliveries.next_due_at() == MONDAY - MINUTE


async def test_a_due_moment_becomes_a_delivery_and_the_next_moment_is_set(
    archive: Archive,
) -> None:
    row = await delivery_made(archive)

    (delivery,) = await archive.deliveries.of_subscriber(row.id)
    assert delivery.subscriber == row
    assert (delivery.period_start, delivery.period_end) == (MONDAY - WEEK, MONDAY)
    assert (delivery.state, delivery.attempts, delivery.parts) == (DeliveryState.PENDING, 0, ())
    assert await archive.deliveries.due(MONDAY, limit=10) == []
    assert await archive.deliveries.next_due_at() == MONDAY + WEEK


async def test_two_processes_at_once_make_one_delivery_of_each_due_moment(
    archive: Archive, other: Archive
) -> None:
    rows = [await subscribed(archive, chat) for chat in range(1, 6)]
    due = await archive.deliveries.due(MONDAY, limit=10)

    made = await asyncio.gather(*(hand_over(a, row) for row in due for a in (archive, other)))

    assert sum(made) == len(rows)
    for row in rows:
        assert len(await archive.deliveries.of_subscriber(row.id)) == 1


async def test_a_clock_that_was_set_back_does_not_make_an_edition_twice(
    archive: Archive,
) -> None:
    row = await delivery_made(archive)
    await subscribed(archive, due_at=MONDAY)
    (due,) = await archive.deliveries.due(MONDAY, limit=10)

    assert not await hand_over(archive, due)

    assert len(await archive.deliveries.of_subscriber(row.id)) == 1
    assert await archive.deliveries.due(MONDAY, limit=10) == []


async def test_a_claimed_delivery_is_being_sent_and_nobody_else_gets_it(
    archive: Archive, other: Archive
) -> None:
    row = await delivery_made(archive)

    claimed = await archive.deliveries.claim(MONDAY)

    assert claimed is not None
    assert claimed.subscriber == row
    assert (claimed.state, claimed.attempts) == (DeliveryState.SENDING, 1)
    assert await other.deliveries.claim(MONDAY) is None


async def test_claimers_at_once_never_get_the_same_delivery(
    archive: Archive, other: Archive
) -> None:
    for chat in range(1, 7):
        await delivery_made(archive, chat)

    claimed = await asyncio.gather(
        *(a.deliveries.claim(MONDAY) for a in (archive, other) for _ in range(5))
    )

    ids = [delivery.id for delivery in claimed if delivery is not None]
    assert len(ids) == len(set(ids)) == 6


async def test_nothing_is_claimed_before_its_time(archive: Archive) -> None:
    await delivery_made(archive)

    assert await archive.deliveries.claim(MONDAY - MINUTE) is None


async def test_parts_are_kept_as_composed_and_a_sent_one_is_known(archive: Archive) -> None:
    await delivery_made(archive)
    claimed = await archive.deliveries.claim(MONDAY)
    assert claimed is not None
    bold = '[{"type": "bold", "offset": 0, "length": 5}]'
    parts = [PartRow(1, "Вторая 😀", "[]"), PartRow(0, "Первая", bold)]

    await archive.deliveries.keep_parts(claimed.id, parts)
    await archive.deliveries.part_sent(claimed.id, 0, message_id=2**40, now=MONDAY)
    await archive.deliveries.finish(
        claimed.id, DeliveryState.FAILED, now=MONDAY, error="cut", next_try_at=MONDAY
    )

    resumed = await archive.deliveries.claim(MONDAY)
    assert resumed is not None
    assert resumed.attempts == 2
    assert resumed.parts == (
        PartRow(0, "Первая", bold, message_id=2**40),
        PartRow(1, "Вторая 😀", "[]", message_id=None),
    )


async def test_an_edition_without_messages_keeps_none(archive: Archive) -> None:
    await delivery_made(archive)
    claimed = await archive.deliveries.claim(MONDAY)
    assert claimed is not None

    await archive.deliveries.keep_parts(claimed.id, [])

    (delivery,) = await archive.deliveries.of_subscriber(claimed.subscriber.id)
    assert delivery.parts == ()


async def test_a_failed_delivery_is_tried_again_when_it_is_told_to(archive: Archive) -> None:
    await delivery_made(archive)
    claimed = await archive.deliveries.claim(MONDAY)
    assert claimed is not None

    await archive.deliveries.finish(
        claimed.id,
        DeliveryState.FAILED,
        now=MONDAY,
        error="Too Many Requests " * 100,
        next_try_at=MONDAY + MINUTE,
    )

    assert await archive.deliveries.claim(MONDAY) is None
    again = await archive.deliveries.claim(MONDAY + MINUTE)
    assert again is not None
    assert (again.id, again.attempts) == (claimed.id, 2)


async def test_what_is_sent_or_dead_is_never_claimed_again(archive: Archive) -> None:
    for chat, ending in ((1, DeliveryState.SENT), (2, DeliveryState.DEAD)):
        await delivery_made(archive, chat)
        claimed = await archive.deliveries.claim(MONDAY)
        assert claimed is not None
        await archive.deliveries.finish(claimed.id, ending, now=MONDAY)

    assert await archive.deliveries.claim(MONDAY + WEEK) is None
    assert await archive.deliveries.release_interrupted(MONDAY) == 0
    assert await archive.deliveries.counts() == {DeliveryState.SENT: 1, DeliveryState.DEAD: 1}


async def test_what_an_ended_process_was_sending_is_given_back(
    archive: Archive, other: Archive
) -> None:
    await delivery_made(archive, 1)
    await delivery_made(archive, 2)
    interrupted = await archive.deliveries.claim(MONDAY)
    assert interrupted is not None
    assert await archive.deliveries.counts() == {DeliveryState.SENDING: 1, DeliveryState.PENDING: 1}

    assert await other.deliveries.release_interrupted(MONDAY + MINUTE) == 1

    claimed = [await other.deliveries.claim(MONDAY + MINUTE) for _ in range(3)]
    assert [delivery and (delivery.id, delivery.attempts) for delivery in claimed] == [
        (interrupted.id + 1, 1),
        (interrupted.id, 2),
        None,
    ]
