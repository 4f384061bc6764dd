"""What ended long ago is dropped; what may still be sent, or guards against twice, stays."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.archive import Archive
from bot.archive.delivery_tables import (
    DeliveryPartTable,
    DeliveryTable,
    EditionPartTable,
    EditionTable,
)
from bot.archive.pruning import KEPT, Pruned
from bot.archive.rows import Begun, DeliveryState, Ended, Fate, PartRow
from tests.archive.making import (
    LEASE,
    MONDAY,
    SENDER,
    WEEK,
    claim,
    hand_over,
    subscribed,
)

LATER = MONDAY + KEPT + timedelta(days=1)


async def edition_sent(archive: Archive, at: datetime, *, key: str | None = None) -> int:
    """Send everybody the edition that is due at a moment; give the id of its words."""
    await hand_over(archive, now=at)
    parts = [PartRow(0, "Неделя", "[]")]
    edition = await archive.editions.keep(key or at.isoformat(), parts, now=at)
    for delivery in await claim(archive, now=at):
        for begun, ended in (
            ([Begun(delivery.id, edition.id, 0, again=False)], []),
            ([], [Ended(delivery.id, 0, Fate.SENT, 7, DeliveryState.SENT)]),
        ):
            await archive.deliveries.record(
                begun, ended, claimant=SENDER, lease_until=at + LEASE, now=at
            )
    return edition.id


async def prune(archive: Archive, now: datetime, *, limit: int = 2) -> tuple[int, int]:
    """Prune all that is old; return how many deliveries and editions went."""
    counts = []
    for step in (archive.pruning.deliveries, archive.pruning.editions):
        after: int | None = 0
        dropped = 0
        while after is not None:
            pruned = await step(now, after=after, limit=limit)
            dropped, after = dropped + pruned.dropped, pruned.up_to
        counts.append(dropped)
    return counts[0], counts[1]


async def rows(archive: Archive) -> list[int]:
    """Count deliveries, their parts, editions, and their parts."""
    tables = (DeliveryTable, DeliveryPartTable, EditionTable, EditionPartTable)
    async with archive.database.reading() as connection:
        return [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in tables
        ]


async def test_old_deliveries_go_with_their_words_but_for_each_subscribers_newest(
    archive: Archive,
) -> None:
    for chat in (1, 2, 3):
        await subscribed(archive, chat)
    for week in range(3):
        await edition_sent(archive, MONDAY + week * WEEK)
    assert await rows(archive) == [9, 9, 3, 3]

    assert await prune(archive, MONDAY + 2 * WEEK + KEPT) == (6, 2)

    assert await rows(archive) == [3, 3, 1, 1]


async def test_what_is_not_old_stays(archive: Archive) -> None:
    await subscribed(archive)
    for week in range(2):
        await edition_sent(archive, MONDAY + week * WEEK)

    assert await prune(archive, MONDAY + KEPT - timedelta(days=1)) == (0, 0)
    assert await prune(archive, MONDAY + KEPT + timedelta(days=1)) == (1, 1)


async def test_an_edition_is_not_made_again_after_pruning(archive: Archive) -> None:
    row = await subscribed(archive)
    await edition_sent(archive, MONDAY)
    await prune(archive, LATER)
    # A clock that was set back: the same moment comes again.
    await archive.subscribers.subscribe(
        row.id,
        (await archive.subscribers.subscription(row.id)).rule,  # type: ignore[union-attr]
        next_due_at=MONDAY,
        now=MONDAY,
    )

    assert await hand_over(archive) == 0


async def test_what_may_still_be_sent_stays_however_old(archive: Archive) -> None:
    await subscribed(archive)
    await hand_over(archive)
    [delivery] = await claim(archive)
    edition = await archive.editions.keep("old", [PartRow(0, "Неделя", "[]")], now=MONDAY)
    await archive.deliveries.record(
        [Begun(delivery.id, edition.id, 0, again=False)],
        [],
        claimant=SENDER,
        lease_until=MONDAY + LEASE,
        now=MONDAY,
    )

    assert await prune(archive, LATER) == (0, 0)

    assert await rows(archive) == [1, 1, 1, 1]


async def test_words_of_a_broadcast_stay_until_it_is_over(archive: Archive) -> None:
    words = [PartRow(0, "Всем", "[]")]
    row = await archive.broadcasts.draft(words, made_by=900, now=MONDAY)
    await archive.broadcasts.start(row.id, chat_id=900, message_id=1, now=MONDAY)
    assert await prune(archive, LATER) == (0, 0)

    await archive.copies.fill(row.id, limit=10, now=LATER)
    sending = await archive.broadcasts.get(row.id)
    assert sending is not None
    await archive.broadcasts.finish(sending, await archive.copies.progress(sending), LATER)

    assert await prune(archive, LATER) == (0, 1)
    over = await archive.broadcasts.get(row.id)
    assert over is not None
    assert over.edition_id is None


async def test_a_call_looks_at_no_more_than_it_is_told_and_stops_where_rows_are_young(
    archive: Archive,
) -> None:
    for chat in range(1, 6):
        await subscribed(archive, chat)
    for week in (0, 1, 20):
        await edition_sent(archive, MONDAY + week * WEEK)
    now = MONDAY + 20 * WEEK

    first = await archive.pruning.deliveries(now, after=0, limit=4)
    second = await archive.pruning.deliveries(now, after=first.up_to or 0, limit=4)
    third = await archive.pruning.deliveries(now, after=second.up_to or 0, limit=4)

    assert (first.dropped, second.dropped) == (4, 4)
    assert third == Pruned(2, None)
