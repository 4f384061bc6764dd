"""How long it takes to find a million subscribers due within one hour, and to enqueue them."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psutil
from sqlalchemy import insert

from bot.archive import Archive
from bot.archive.rows import Frequency
from bot.archive.tables import SubscriberTable, SubscriptionTable
from bot.clock import known_zones
from bot.delivery.schedule import shared_turns
from bot.delivery.ticks import BATCH

SUBSCRIBERS = 1_000_000
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
_FILLED_AT_ONCE = 20_000


async def dues() -> None:
    """Fill an archive, let an hour pass in one step, and print how long all of it took."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        rules = await _fill(archive)
        now = MONDAY + timedelta(hours=1)
        process = psutil.Process()
        turn_of = shared_turns(now)
        started, longest, made, peak = time.perf_counter(), 0.0, 0, 0
        worked = time.process_time()
        while True:
            before = time.perf_counter()
            handed = await archive.dues.hand_over(now, turn_of, limit=BATCH)
            if not handed.moved:
                break
            longest = max(longest, time.perf_counter() - before)
            made += handed.made
            peak = max(peak, process.memory_info().rss)
        took, worked = time.perf_counter() - started, time.process_time() - worked
        await archive.close()
    print(f"subscribers due within one hour, with {rules:,} different rules {made:>10,}")
    print(f"found and enqueued, seconds (goal 60)                    {took:>8.1f}")
    print(f"processor time of it, seconds                            {worked:>8.1f}")
    print(f"longest transaction, ms                                  {longest * 1000:>8.0f}")
    print(f"largest memory of the process, MB (goal 300)             {peak / 1e6:>8.0f}")


async def _fill(archive: Archive) -> int:
    """Subscribe people of all zones and frequencies; return how many different rules there are."""
    zones = sorted(known_zones())
    rules = set()
    for first in range(1, SUBSCRIBERS + 1, _FILLED_AT_ONCE):
        subscribers, subscriptions = [], []
        for number in range(first, first + _FILLED_AT_ONCE):
            # Most live in a few zones and want a round time; some do not.
            zone = zones[number * 7919 % len(zones)] if number % 4 == 0 else "Asia/Almaty"
            minute = 0 if number % 2 else number % 60
            row = _subscription(number, zone, MONDAY + timedelta(minutes=minute))
            rules.add((zone, *(row[name] for name in ("frequency", "hour", "minute"))))
            subscribers.append(
                {
                    "id": number,
                    "chat_id": number,
                    "thread_id": 0,
                    "language": ("ru", "kk", "en")[number % 3],
                    "time_zone": zone,
                    "created_at": MONDAY,
                }
            )
            subscriptions.append(row)
        async with archive.database.writing() as connection:
            await connection.execute(insert(SubscriberTable), subscribers)
            await connection.execute(insert(SubscriptionTable), subscriptions)
    return len(rules)


def _subscription(number: int, zone: str, due: datetime) -> dict[str, Any]:
    local = due.astimezone(ZoneInfo(zone))
    return {
        "subscriber_id": number,
        "frequency": list(Frequency)[number % len(Frequency)],
        "weekday": local.weekday(),
        "day_of_month": local.day,
        "hour": local.hour,
        "minute": local.minute,
        "created_at": MONDAY,
        "next_due_at": due,
    }
