"""Housekeeping: once a day, in small bites, and never while something is to be sent."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from bot.archive import Archive
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.pruning import KEPT
from bot.archive.rows import DeliveryState, Priority
from bot.delivery import housekeeping
from bot.delivery.housekeeping import Housekeeping
from tests.e2e.town import Clock

LONG_AGO = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
MANY = 2_500


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """An archive with many alerts of long ago, and one that still waits."""
    archive = await Archive.open(f"sqlite+aiosqlite:///{tmp_path}/vestnik.sqlite3")
    row = await archive.subscribers.remember(
        100, None, language="ru", time_zone="UTC", next_due=lambda _: LONG_AGO, now=LONG_AGO
    )
    rows = [
        {
            "subscriber_id": row.id,
            "due_at": LONG_AGO + timedelta(seconds=number),
            "period_start": LONG_AGO,
            "period_end": LONG_AGO,
            "state": DeliveryState.SENT,
            "priority": Priority.ALERT,
            "attempts": 1,
            "created_at": LONG_AGO,
            "finished_at": LONG_AGO,
        }
        for number in range(MANY)
    ]
    async with archive.database.writing() as connection:
        await connection.execute(insert(DeliveryTable), rows)
    yield archive
    await archive.close()


async def left(archive: Archive) -> int:
    async with archive.database.reading() as connection:
        query = select(func.count()).select_from(DeliveryTable)
        return (await connection.execute(query)).scalar_one()


async def test_all_that_is_old_goes_in_bites(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    bites = []
    prune = archive.pruning.deliveries

    async def counted(now: datetime, *, after: int, limit: int) -> object:
        bites.append(limit)
        return await prune(now, after=after, limit=limit)

    monkeypatch.setattr(type(archive.pruning), "deliveries", staticmethod(counted))

    await Housekeeping(archive, Clock(LONG_AGO + KEPT + timedelta(days=1))).tidy()

    assert await left(archive) == 0
    assert len(bites) == 3
    assert max(bites) == housekeeping.DELIVERIES <= 1_000


async def test_while_something_is_to_be_sent_it_waits_for_its_next_hour(archive: Archive) -> None:
    clock = Clock(LONG_AGO + KEPT + timedelta(days=1))
    keeper = Housekeeping(archive, clock)
    waiting = update(DeliveryTable).where(DeliveryTable.id == MANY)
    async with archive.database.writing() as connection:
        await connection.execute(waiting.values(next_try_at=clock(), finished_at=None))
    await keeper.tidy()
    assert await left(archive) == MANY

    async with archive.database.writing() as connection:
        await connection.execute(waiting.values(next_try_at=None, finished_at=clock()))
    clock.passes(hours=1)
    await keeper.tidy()

    # The one that ended just now is not old.
    assert await left(archive) == 1


async def test_it_is_done_once_a_day(archive: Archive) -> None:
    clock = Clock(LONG_AGO + KEPT - timedelta(hours=1))
    keeper = Housekeeping(archive, clock)
    await keeper.tidy()

    clock.passes(hours=2)
    await keeper.tidy()
    assert await left(archive) == MANY

    clock.passes(hours=22)
    await keeper.tidy()
    assert await left(archive) == 0
