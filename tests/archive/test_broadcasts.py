"""A broadcast: one copy to a chat, whatever ends in between; called off where it has not gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.archive import Archive
from bot.archive.broadcast_rows import (
    EVERYBODY,
    PRIVATE,
    BroadcastRow,
    BroadcastState,
    Progress,
)
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.rows import (
    Begun,
    DeliveryState,
    Ended,
    Fate,
    PartRow,
    Priority,
)
from tests.archive.making import (
    LEASE,
    MONDAY,
    SENDER,
    WEEK,
    claim,
    delivery_made,
    subscribed,
    subscriber,
)

OPERATOR = 900
WORDS = [PartRow(0, "Завтра бот недолго молчит 😀", "[]")]


async def draft(archive: Archive) -> BroadcastRow:
    return await archive.broadcasts.draft(WORDS, made_by=OPERATOR, now=MONDAY)


async def started(archive: Archive, audience: str = EVERYBODY) -> BroadcastRow:
    """Begin a broadcast; nothing is in the outbox yet."""
    row = await draft(archive)
    await archive.broadcasts.address(row.id, audience)
    assert await archive.broadcasts.start(row.id, chat_id=OPERATOR, message_id=5, now=MONDAY)
    return row


async def fill(archive: Archive, row: BroadcastRow, *, limit: int = 2) -> None:
    while await archive.copies.fill(row.id, limit=limit, now=MONDAY):
        pass


async def current(archive: Archive, row: BroadcastRow) -> BroadcastRow:
    found = await archive.broadcasts.get(row.id)
    assert found is not None
    return found


async def told(archive: Archive) -> list[int]:
    """The chats that have a copy in the outbox, a chat as often as it has."""
    return sorted(delivery.subscriber.chat_id for delivery in await claim(archive, limit=1_000))


async def record(archive: Archive, *notes: Begun | Ended) -> None:
    await archive.deliveries.record(
        [note for note in notes if isinstance(note, Begun)],
        [note for note in notes if isinstance(note, Ended)],
        claimant=SENDER,
        lease_until=MONDAY + LEASE,
        now=MONDAY,
    )


async def test_a_draft_is_sent_to_nobody(archive: Archive) -> None:
    await subscriber(archive)
    row = await draft(archive)

    assert not await archive.copies.fill(row.id, limit=10, now=MONDAY)

    assert (row.state, row.audience, row.receivers) == (BroadcastState.DRAFT, EVERYBODY, 0)
    assert await archive.broadcasts.under_way() == []
    assert await told(archive) == []


async def test_everybody_who_can_be_reached_gets_one_copy_in_batches_of_any_size(
    archive: Archive,
) -> None:
    for chat in range(100, 107):
        await subscriber(archive, chat)
    await archive.subscribers.mark_gone(103, reason="blocked", now=MONDAY)
    row = await started(archive)

    await fill(archive, row, limit=3)

    assert await told(archive) == [100, 101, 102, 104, 105, 106]
    assert (await current(archive, row)).receivers == 6
    assert (await current(archive, row)).state is BroadcastState.SENDING


async def test_the_copies_carry_the_words_and_go_last(archive: Archive) -> None:
    await delivery_made(archive, 100)
    await subscriber(archive, 101)
    row = await started(archive)
    await fill(archive, row)

    edition, *copies = await claim(archive)

    assert edition.edition_id is None
    assert {copy.edition_id for copy in copies} == {row.edition_id}
    kept = await archive.editions.get(row.edition_id or 0)
    assert kept is not None
    assert list(kept.parts) == WORDS


async def test_a_forum_is_told_once_whatever_topics_speak_with_the_bot(archive: Archive) -> None:
    first = await subscriber(archive, -500, 7)
    for thread in (None, 8):
        await subscriber(archive, -500, thread)
    await fill(archive, await started(archive))

    (copy,) = await claim(archive)

    assert copy.subscriber == first


@pytest.mark.parametrize(
    ("audience", "chats"),
    [(EVERYBODY, [-500, 100, 101]), (PRIVATE, [100, 101]), ("kk", [-500, 101]), ("en", [])],
)
async def test_the_audience_is_counted_as_it_is_told(
    archive: Archive, audience: str, chats: list[int]
) -> None:
    await subscriber(archive, 100)
    kazakh = [await subscriber(archive, 101), await subscriber(archive, -500, 8)]
    await subscriber(archive, -500, 9)
    for one in kazakh:
        await archive.subscribers.set_language(one.id, "kk")
    counted = await archive.copies.audiences()

    await fill(archive, await started(archive, audience))

    assert counted.get(audience, 0) == len(chats)
    assert await told(archive) == chats


async def test_who_came_after_the_start_is_not_told(archive: Archive) -> None:
    row = await started(archive)
    await archive.subscribers.remember(
        100,
        None,
        language="ru",
        time_zone="UTC",
        next_due=lambda _: MONDAY,
        now=MONDAY + timedelta(seconds=1),
    )

    await fill(archive, row)

    assert await told(archive) == []


async def test_pressed_twice_or_by_two_it_begins_once(archive: Archive, other: Archive) -> None:
    await subscriber(archive)
    row = await started(archive)

    again = await other.broadcasts.start(row.id, chat_id=901, message_id=6, now=MONDAY)

    assert not again
    await fill(archive, row)
    await fill(other, row)
    assert await told(archive) == [100]
    assert (await current(archive, row)).chat_id == OPERATOR


async def test_two_broadcasts_of_one_moment_both_arrive(archive: Archive) -> None:
    await subscriber(archive)
    for row in (await started(archive), await started(archive)):
        await fill(archive, row)

    assert await told(archive) == [100, 100]


async def test_a_new_audience_is_for_drafts_only(archive: Archive) -> None:
    row = await started(archive, PRIVATE)

    await archive.broadcasts.address(row.id, EVERYBODY)

    assert (await current(archive, row)).audience == PRIVATE


async def test_what_is_called_off_before_it_begins_never_does(archive: Archive) -> None:
    row = await draft(archive)

    await archive.broadcasts.cancel(row.id, MONDAY)

    assert (await current(archive, row)).state is BroadcastState.CANCELLED
    assert not await archive.broadcasts.start(row.id, chat_id=1, message_id=1, now=MONDAY)


async def test_a_broadcast_that_is_stopped_leaves_what_is_on_its_way(archive: Archive) -> None:
    for chat in range(100, 105):
        await subscriber(archive, chat)
    row = await started(archive)
    await fill(archive, row)
    on_its_way = await claim(archive, limit=2)

    await archive.broadcasts.cancel(row.id, MONDAY)
    stopping = await current(archive, row)
    assert await archive.copies.call_off(stopping, limit=2, now=MONDAY) == 2
    assert await archive.copies.call_off(stopping, limit=2, now=MONDAY) == 1

    assert await claim(archive, now=MONDAY + WEEK) == []
    assert await archive.copies.progress(stopping) == Progress(0, 0, 0, called_off=3, waiting=2)
    # One of the two could not be sent, and would be tried again: it is called off as well.
    later = Ended(on_its_way[0].id, 0, Fate.NOT_TRIED, None, DeliveryState.FAILED, "", MONDAY)
    await record(archive, later)
    assert await archive.copies.call_off(stopping, limit=2, now=MONDAY) == 1


async def test_while_the_outbox_fills_it_can_be_stopped(archive: Archive) -> None:
    for chat in range(100, 105):
        await subscriber(archive, chat)
    row = await started(archive)
    assert await archive.copies.fill(row.id, limit=2, now=MONDAY)

    await archive.broadcasts.cancel(row.id, MONDAY)

    assert not await archive.copies.fill(row.id, limit=2, now=MONDAY)
    assert (await current(archive, row)).receivers == 2


async def test_calling_one_off_leaves_other_deliveries_alone(archive: Archive) -> None:
    await delivery_made(archive, 100)
    rows = [await started(archive), await started(archive)]
    for row in rows:
        await fill(archive, row)

    assert await archive.copies.call_off(rows[0], limit=10, now=MONDAY) == 1

    assert len(await claim(archive)) == 2


async def test_progress_tells_what_became_of_the_copies(archive: Archive) -> None:
    for chat in range(100, 104):
        await subscriber(archive, chat)
    row = await started(archive)
    await fill(archive, row)
    sent, blocked, failed, _ = await claim(archive)
    await record(archive, *(Begun(one.id, row.edition_id or 0, 0, False) for one in (sent,)))
    await archive.subscribers.mark_gone(blocked.subscriber.chat_id, reason="blocked", now=MONDAY)
    await record(
        archive,
        Ended(sent.id, 0, Fate.SENT, 7, DeliveryState.SENT),
        Ended(blocked.id, 0, Fate.NOT_SENT, None, DeliveryState.DEAD, "blocked"),
        Ended(failed.id, 0, Fate.NOT_SENT, None, DeliveryState.DEAD, "too long"),
    )

    progress = await archive.copies.progress(await current(archive, row))

    assert progress == Progress(sent=1, blocked=1, failed=1, called_off=0, waiting=1)


async def test_its_end_is_noted_once_with_the_counts(archive: Archive, other: Archive) -> None:
    row = await started(archive)
    await fill(archive, row)
    sending = await current(archive, row)
    ended = Progress(sent=8, blocked=1, failed=2, called_off=0, waiting=0)

    assert await archive.broadcasts.finish(sending, ended, MONDAY)
    assert not await other.broadcasts.finish(sending, ended, MONDAY)

    over = await current(archive, row)
    assert (over.state, over.sent, over.blocked, over.failed) == (
        BroadcastState.FINISHED,
        8,
        1,
        2,
    )
    assert await archive.broadcasts.under_way() == []
    await archive.broadcasts.cancel(row.id, MONDAY)
    assert (await current(archive, row)).state is BroadcastState.FINISHED


async def test_when_its_words_are_gone_it_tells_what_was_noted_not_what_became_of_others(
    archive: Archive,
) -> None:
    row = await started(archive)
    await subscriber(archive)
    await fill(archive, row)
    ended = Progress(sent=5, blocked=1, failed=2, called_off=0, waiting=0)
    assert await archive.broadcasts.finish(await current(archive, row), ended, MONDAY)
    await delivery_made(archive, 200)
    wordless = replace(await current(archive, row), edition_id=None, receivers=9)

    progress = await archive.copies.progress(wordless)

    assert progress == Progress(sent=5, blocked=1, failed=2, called_off=1, waiting=0)


async def test_who_left_takes_their_copy_along(archive: Archive) -> None:
    await subscribed(archive)
    row = await started(archive)
    await fill(archive, row)

    await archive.personal.erase(100)

    assert (await archive.copies.progress(row)).waiting == 0


async def test_an_operator_who_is_forgotten_leaves_their_broadcasts_without_a_name(
    archive: Archive,
) -> None:
    row = await started(archive)
    [exported] = (await archive.personal.export(OPERATOR))["broadcasts"]
    assert exported["text"] == WORDS[0].text

    await archive.personal.erase(OPERATOR)

    assert (await archive.personal.export(OPERATOR))["broadcasts"] == []
    assert (await current(archive, row)).chat_id is None


async def test_after_a_year_a_broadcast_is_forgotten_unless_it_goes_on(archive: Archive) -> None:
    old = await draft(archive)
    running = await started(archive)

    assert await archive.broadcasts.forget_old(MONDAY + timedelta(days=364)) == 0
    assert await archive.broadcasts.forget_old(MONDAY + timedelta(days=366)) == 1

    assert await archive.broadcasts.get(old.id) is None
    assert await archive.broadcasts.get(running.id) is not None


async def test_a_copy_has_the_priority_of_broadcasts(archive: Archive) -> None:
    await subscriber(archive)
    await fill(archive, await started(archive))
    async with archive.database.reading() as connection:
        found = await connection.execute(
            select(DeliveryTable.priority, func.count()).group_by("priority")
        )
        assert [tuple(row) for row in found] == [(Priority.BROADCAST, 1)]
