"""A broadcast to very many: how long it takes to enqueue, count and call off; and to forget it."""

import tempfile
import time
from collections.abc import Awaitable, Callable

from sqlalchemy import insert, literal, select, update

from bench.dues import MONDAY
from bot.archive import Archive
from bot.archive.broadcast_rows import BroadcastRow
from bot.archive.delivery_tables import DeliveryPartTable, DeliveryTable
from bot.archive.pruning import KEPT
from bot.archive.rows import DeliveryState, PartRow
from bot.archive.tables import SubscriberTable
from bot.delivery.broadcasts import BATCH
from bot.delivery.housekeeping import DELIVERIES

SUBSCRIBERS = 200_000
_FILLED_AT_ONCE = 20_000

Step = Callable[[], Awaitable[bool]]
"""One transaction of a work; returns whether more is to be done."""


async def broadcast() -> None:
    """Print how long each step takes, and how long the others wait for it at most."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        await _fill(archive)
        print(f"a broadcast to {SUBSCRIBERS:,} chats")
        first = await _started(archive)
        await _measure("enqueued", lambda: archive.copies.fill(first.id, limit=BATCH, now=MONDAY))
        before = time.perf_counter()
        await archive.copies.progress(first)
        print(f"  counted, ms                                     {_ms(before):>10.0f}")
        await _measure("called off", lambda: _call_off(archive, first))
        await _prune(archive)
        await archive.close()


async def _fill(archive: Archive) -> None:
    for first in range(1, SUBSCRIBERS + 1, _FILLED_AT_ONCE):
        rows = [
            {
                "id": number,
                "chat_id": number,
                "thread_id": 0,
                "language": ("ru", "kk", "en")[number % 3],
                "time_zone": "Asia/Almaty",
                "created_at": MONDAY,
            }
            for number in range(first, first + _FILLED_AT_ONCE)
        ]
        async with archive.database.writing() as connection:
            await connection.execute(insert(SubscriberTable), rows)


async def _started(archive: Archive) -> BroadcastRow:
    words = [PartRow(0, "Завтра бот молчит", "[]")]
    draft = await archive.broadcasts.draft(words, made_by=1, now=MONDAY)
    await archive.broadcasts.start(draft.id, chat_id=1, message_id=1, now=MONDAY)
    return draft


async def _call_off(archive: Archive, broadcast: BroadcastRow) -> bool:
    return await archive.copies.call_off(broadcast, limit=BATCH, now=MONDAY) > 0


async def _prune(archive: Archive) -> None:
    """Let all have been sent long ago, and forget it."""
    sent = {"state": DeliveryState.SENT, "created_at": MONDAY, "finished_at": MONDAY}
    parts = select(DeliveryTable.id, literal(0), literal(0))
    async with archive.database.writing() as connection:
        await connection.execute(update(DeliveryTable).values(sent))
        await connection.execute(
            insert(DeliveryPartTable).from_select(["delivery_id", "position", "unknown"], parts)
        )
    now, after, dropped = MONDAY + 2 * KEPT, 0, 0

    async def prune() -> bool:
        nonlocal after, dropped
        pruned = await archive.pruning.deliveries(now, after=after, limit=DELIVERIES)
        dropped += pruned.dropped
        after = pruned.up_to or 0
        return pruned.up_to is not None

    await _measure("pruned", prune)
    assert dropped == SUBSCRIBERS


async def _measure(name: str, step: Step) -> None:
    started, worked, longest, goes_on = time.perf_counter(), time.process_time(), 0.0, True
    while goes_on:
        before = time.perf_counter()
        goes_on = await step()
        longest = max(longest, _ms(before))
    worked = time.process_time() - worked
    print(f"  {name + ', seconds':<48}{_ms(started) / 1000:>10.1f}")
    print(f"  processor time of it, seconds                   {worked:>10.1f}")
    print(f"  longest step, ms                                {longest:>10.0f}")


def _ms(since: float) -> float:
    return (time.perf_counter() - since) * 1000
