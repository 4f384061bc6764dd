"""The outbox: to one sender at a time, noted before and after, resumed where it stopped."""

import asyncio
from datetime import timedelta

from bot.archive import Archive
from bot.archive.rows import (
    Begun,
    DeliveryRow,
    DeliveryState,
    Ended,
    Fate,
    MarkRow,
    PartRow,
    Priority,
)
from tests.archive.making import LEASE, MONDAY, SENDER, WEEK, claim, delivery_made

MINUTE = timedelta(minutes=1)
OTHER = "there:2:two"


async def edition(archive: Archive) -> int:
    """Keep an edition of two messages; return its id."""
    parts = [PartRow(0, "Первая", "[]"), PartRow(1, "Вторая 😀", "[]")]
    return (await archive.editions.keep("a week", parts, now=MONDAY)).id


async def record(
    archive: Archive, *notes: Begun | Ended, by: str = SENDER, lease_until: object = None
) -> set[int]:
    """Store notes as a sender does."""
    return await archive.deliveries.record(
        [note for note in notes if isinstance(note, Begun)],
        [note for note in notes if isinstance(note, Ended)],
        claimant=by,
        lease_until=MONDAY + LEASE,
        now=MONDAY,
    )


async def begun(archive: Archive, chat_id: int = 100) -> DeliveryRow:
    """Make a delivery and begin its first message."""
    await delivery_made(archive, chat_id)
    (delivery,) = await claim(archive)
    assert await record(archive, Begun(delivery.id, await edition(archive), 0, again=False))
    return delivery


async def stored(archive: Archive, delivery: DeliveryRow) -> DeliveryRow:
    (found,) = await archive.deliveries.of_subscriber(delivery.subscriber.id)
    return found


async def test_a_claimed_delivery_is_being_sent_and_nobody_else_gets_it(
    archive: Archive, other: Archive
) -> None:
    row = await delivery_made(archive)

    (claimed,) = await claim(archive)

    assert claimed.subscriber == row
    assert (claimed.state, claimed.attempts) == (DeliveryState.SENDING, 1)
    assert (claimed.period_start, claimed.period_end) == (MONDAY - WEEK, MONDAY)
    assert await claim(other, by=OTHER) == []


async def test_claimers_at_once_never_get_the_same_delivery(
    archive: Archive, other: Archive
) -> None:
    for chat in range(1, 13):
        await delivery_made(archive, chat)

    claimed = await asyncio.gather(*(claim(a, limit=3) for a in (archive, other) for _ in range(3)))

    ids = [delivery.id for batch in claimed for delivery in batch]
    assert len(ids) == len(set(ids)) == 12


async def test_nothing_is_claimed_before_its_time(archive: Archive) -> None:
    await delivery_made(archive)

    assert await claim(archive, now=MONDAY - MINUTE) == []


async def test_the_more_urgent_go_first_then_those_that_wait_longest(archive: Archive) -> None:
    for chat in (1, 2, 3):
        await delivery_made(archive, chat)
    first, second, third = await claim(archive)
    again = {"fate": Fate.NOT_TRIED, "state": DeliveryState.FAILED}
    await record(
        archive,
        Ended(first.id, 0, next_try_at=MONDAY + 3 * MINUTE, **again),  # type: ignore[arg-type]
        Ended(second.id, 0, next_try_at=MONDAY + MINUTE, **again),  # type: ignore[arg-type]
        Ended(third.id, 0, next_try_at=MONDAY + 2 * MINUTE, **again),  # type: ignore[arg-type]
    )
    async with archive.database.writing() as connection:
        await connection.exec_driver_sql(
            f"UPDATE deliveries SET priority = {int(Priority.ALERT)} WHERE id = {first.id}"
        )

    claimed = await claim(archive, now=MONDAY + 3 * MINUTE)

    assert [delivery.id for delivery in claimed] == [first.id, second.id, third.id]


async def test_a_message_may_go_once_it_is_noted(archive: Archive) -> None:
    delivery = await begun(archive)

    assert (await stored(archive, delivery)).marks == (MarkRow(0, 0, None),)


async def test_a_message_that_is_out_is_known(archive: Archive) -> None:
    delivery = await begun(archive)

    await record(archive, Ended(delivery.id, 0, Fate.SENT, 2**40))
    assert (await stored(archive, delivery)).state is DeliveryState.SENDING
    await record(archive, Begun(delivery.id, await edition(archive), 1, again=False))
    await record(archive, Ended(delivery.id, 1, Fate.SENT, 7, DeliveryState.SENT))

    found = await stored(archive, delivery)
    assert found.marks == (MarkRow(0, 0, 2**40), MarkRow(1, 0, 7))
    assert found.state is DeliveryState.SENT
    assert await claim(archive, now=MONDAY + WEEK) == []
    assert await archive.deliveries.unknown() == 0


async def test_a_refused_message_is_not_counted_as_unknown(archive: Archive) -> None:
    delivery = await begun(archive)
    again = MONDAY + MINUTE

    await record(
        archive,
        Ended(delivery.id, 0, Fate.NOT_SENT, None, DeliveryState.FAILED, "too fast " * 100, again),
    )

    assert await claim(archive) == []
    (resumed,) = await claim(archive, now=again)
    assert (resumed.id, resumed.attempts) == (delivery.id, 2)
    assert resumed.marks == (MarkRow(0, 0, None),)
    # The process ends before it begins the message: still nothing unknown.
    assert await archive.deliveries.release(again, is_gone=lambda _: True) == 1
    assert await archive.deliveries.unknown() == 0


async def test_a_message_of_which_nobody_knows_is_counted(archive: Archive) -> None:
    delivery = await begun(archive)
    unknown = Ended(delivery.id, 0, Fate.UNKNOWN, None, DeliveryState.FAILED, "cut", MONDAY)
    await record(archive, unknown)

    (resumed,) = await claim(archive)
    assert resumed.marks == (MarkRow(0, 1, None),)
    assert await record(archive, Begun(delivery.id, await edition(archive), 0, again=True))
    await record(archive, Ended(delivery.id, 0, Fate.SENT, 5, DeliveryState.SENT))

    assert (await stored(archive, delivery)).marks == (MarkRow(0, 1, 5),)
    assert await archive.deliveries.unknown() == 1


async def test_what_an_ended_process_had_begun_is_unknown_and_comes_back(
    archive: Archive, other: Archive
) -> None:
    delivery = await begun(archive)

    assert await other.deliveries.release(MONDAY, is_gone=lambda name: name == OTHER) == 0
    assert await other.deliveries.release(MONDAY, is_gone=lambda name: name == SENDER) == 1

    (resumed,) = await claim(other, by=OTHER)
    assert (resumed.id, resumed.marks) == (delivery.id, (MarkRow(0, 1, None),))
    assert resumed.edition_id == await edition(other)


async def test_a_lease_that_ran_out_ends_a_claim(archive: Archive, other: Archive) -> None:
    await delivery_made(archive)
    await claim(archive)

    assert await other.deliveries.release(MONDAY + LEASE - MINUTE, is_gone=lambda _: False) == 0
    assert await other.deliveries.release(MONDAY + LEASE, is_gone=lambda _: False) == 1


async def test_whoever_lost_a_delivery_may_not_send_or_end_it(
    archive: Archive, other: Archive
) -> None:
    await delivery_made(archive)
    (delivery,) = await claim(archive)
    await other.deliveries.release(MONDAY + LEASE, is_gone=lambda _: False)
    (taken,) = await claim(other, now=MONDAY + LEASE, by=OTHER)
    assert taken.id == delivery.id

    assert (
        await record(archive, Begun(delivery.id, await edition(archive), 0, again=False)) == set()
    )
    await record(archive, Ended(delivery.id, 0, Fate.NOT_TRIED, None, DeliveryState.DEAD, "late"))

    found = await stored(other, delivery)
    assert (found.state, found.marks, found.error) == (DeliveryState.SENDING, (), "interrupted")
    assert await record(other, Begun(delivery.id, await edition(other), 0, again=False), by=OTHER)


async def test_many_notes_are_stored_together(archive: Archive) -> None:
    for chat in range(1, 6):
        await delivery_made(archive, chat)
    deliveries = await claim(archive)
    words = await edition(archive)

    ours = await record(archive, *(Begun(d.id, words, 0, again=False) for d in deliveries))
    fates = [Fate.SENT, Fate.NOT_SENT, Fate.UNKNOWN, Fate.SENT, Fate.SENT]
    states = [DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.DEAD, None, DeliveryState.SENT]
    await record(
        archive,
        *(
            Ended(d.id, 0, fate, d.id if fate is Fate.SENT else None, state)
            for d, fate, state in zip(deliveries, fates, states, strict=True)
        ),
    )

    assert ours == {delivery.id for delivery in deliveries}
    assert await archive.deliveries.counts() == {
        DeliveryState.SENT: 2,
        DeliveryState.DEAD: 2,
        DeliveryState.SENDING: 1,
    }
    assert await archive.deliveries.unknown() == 1


async def test_an_edition_is_kept_once_for_a_key(archive: Archive, other: Archive) -> None:
    bold = '[{"type": "bold", "offset": 0, "length": 5}]'
    parts = [PartRow(1, "Вторая 😀", "[]"), PartRow(0, "Первая", bold)]

    kept = await asyncio.gather(
        *(a.editions.keep("key", parts, now=MONDAY) for a in (archive, other) * 3)
    )

    assert {edition.id for edition in kept} == {kept[0].id}
    assert kept[0].parts == (PartRow(0, "Первая", bold), PartRow(1, "Вторая 😀", "[]"))
    assert await archive.editions.find("key") == await archive.editions.get(kept[0].id) == kept[0]
    assert await archive.editions.find("another") is None


async def test_an_edition_without_messages_can_be_kept(archive: Archive) -> None:
    assert (await archive.editions.keep("quiet", [], now=MONDAY)).parts == ()
