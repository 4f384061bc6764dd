"""What holds on every connection, and what transactions do when something breaks inside."""

import asyncio
import sqlite3
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.archive import Archive
from bot.archive.engine import BUSY_TIMEOUT_MS, Database, make_engine
from bot.errors import ArchiveError
from tests.archive.making import MONDAY, NINE_ON_MONDAYS, add, new_article, sqlite_url, subscriber

PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS}


async def test_sqlite_is_set_up_on_every_pooled_connection(sqlite_archive: Archive) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(8):
            connection = await stack.enter_async_context(sqlite_archive.database.reading())
            found = {
                name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                for name in PRAGMAS
            }
            assert found == PRAGMAS


async def test_processes_that_open_a_new_file_at_once_all_get_in(tmp_path: Path) -> None:
    async def mode(path: Path) -> str:
        engine = make_engine(sqlite_url(path))
        async with Database(engine).reading() as connection:
            found = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
        await engine.dispose()
        return str(found)

    for number in range(10):
        path = tmp_path / f"{number}.sqlite3"
        assert await asyncio.gather(*(mode(path) for _ in range(4))) == ["wal"] * 4


async def test_a_row_that_refers_to_nothing_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError) as refused:
        await archive.subscribers.subscribe(999, NINE_ON_MONDAYS, next_due_at=MONDAY, now=MONDAY)

    assert isinstance(refused.value.__cause__, IntegrityError)


async def test_a_transaction_that_breaks_off_leaves_nothing_behind(archive: Archive) -> None:
    row = await subscriber(archive)

    async def begins_and_fails() -> None:
        async with archive.database.writing() as connection:
            await connection.execute(text("DELETE FROM subscribers"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await begins_and_fails()

    assert await archive.subscribers.find(row.chat_id, None) == row


async def test_many_writers_at_once_all_get_through(archive: Archive, other: Archive) -> None:
    await asyncio.gather(
        *(
            add(archive if number % 2 else other, new_article(f"Новость {number}."))
            for number in range(20)
        )
    )

    assert await archive.articles.count() == 20


async def test_reading_goes_on_while_another_program_writes(
    sqlite_archive: Archive, sqlite_file: Path
) -> None:
    article_id = await add(sqlite_archive, new_article())
    writer = sqlite3.connect(sqlite_file, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM articles")

    assert [row.id for row in await sqlite_archive.articles.latest(10)] == [article_id]

    writer.execute("ROLLBACK")
    writer.close()
