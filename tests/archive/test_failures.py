"""When SQLite cannot: a sentence that says what to do, and nothing that was stored is lost."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.archive import Archive, engine
from bot.errors import ArchiveError
from tests.archive.making import add, new_article, sqlite_url

PAGE = 4096


@pytest.mark.parametrize(
    "content",
    [
        "Это записки, а не база данных. ".encode() * 100,
        b"short",
        bytes(10 * PAGE),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    ],
    ids=["text", "short", "zeros", "picture"],
)
async def test_a_file_that_is_not_a_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.sqlite3"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match="not a database: name another one"):
        await Archive.open(sqlite_url(path))

    assert path.read_bytes() == content


async def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite3"
    path.touch()

    archive = await Archive.open(sqlite_url(path))

    assert await archive.articles.count() == 0
    await archive.close()


async def test_a_database_with_its_end_cut_off_is_called_damaged(sqlite_file: Path) -> None:
    os.truncate(sqlite_file, 2 * PAGE)

    with pytest.raises(ArchiveError, match="damaged: restore it from a backup"):
        await Archive.open(sqlite_url(sqlite_file))


async def test_a_read_only_database_is_refused_at_the_start(sqlite_file: Path) -> None:
    archive = await Archive.open(sqlite_url(sqlite_file))
    article_id = await add(archive, new_article())
    await archive.close()

    with pytest.raises(ArchiveError, match="read-only: give the bot's user the right"):
        await Archive.open(f"sqlite+aiosqlite:///file:{sqlite_file}?mode=ro&uri=true")

    archive = await Archive.open(sqlite_url(sqlite_file))
    assert await archive.articles.get(article_id) is not None
    await archive.close()


async def test_a_database_that_another_program_holds_is_called_locked(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    archive = await Archive.open(sqlite_url(sqlite_file))
    article_id = await add(archive, new_article("До."))
    holder = sqlite3.connect(sqlite_file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(ArchiveError, match="locked by another program: stop that program"):
        await add(archive, new_article("Во время."))
    with pytest.raises(ArchiveError, match="locked by another program"):
        await Archive.open(sqlite_url(sqlite_file))

    holder.execute("ROLLBACK")
    holder.close()
    after = await add(archive, new_article("После."))
    assert {row.id for row in await archive.articles.latest(10)} == {article_id, after}
    await archive.close()


async def test_a_full_disk_refuses_the_new_and_keeps_the_old(sqlite_file: Path) -> None:
    archive = await Archive.open(sqlite_url(sqlite_file))
    article_id = await add(archive, new_article("Поместилось."))
    most_pages = 1

    # SQLite takes one page for "as many as there are", and then is as full as a disk can be.
    @event.listens_for(archive.database.engine.sync_engine, "checkout")
    def fill(connection: sqlite3.Connection, *_: object) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count = {most_pages}")

    with pytest.raises(ArchiveError, match="full: free some space; nothing stored was lost"):
        await add(archive, new_article("Не поместится. " * 10_000))

    assert [row.id for row in await archive.articles.latest(10)] == [article_id]
    most_pages = 1_000_000
    await add(archive, new_article("Не поместится. " * 10_000))
    assert await archive.articles.count() == 2
    await archive.close()


@pytest.mark.parametrize("under", ["file/archive/vestnik.sqlite3", "file/vestnik.sqlite3"])
async def test_a_folder_that_cannot_be_made_is_named_as_the_reason(
    tmp_path: Path, under: str
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(ArchiveError, match="folder of the database cannot be made"):
        await Archive.open(sqlite_url(tmp_path / under))

    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


async def test_missing_folders_are_made(tmp_path: Path) -> None:
    archive = await Archive.open(sqlite_url(tmp_path / "a" / "b" / "vestnik.sqlite3"))

    assert await archive.articles.count() == 0
    await archive.close()


@pytest.mark.parametrize("where", ["{0}", "file:{0}/missing.sqlite3?mode=ro&uri=true"])
async def test_what_cannot_be_opened_is_refused_in_one_sentence(tmp_path: Path, where: str) -> None:
    threads = set(threading.enumerate())

    with pytest.raises(ArchiveError, match="cannot be opened: check that its folder"):
        await Archive.open("sqlite+aiosqlite:///" + where.format(tmp_path))

    # A thread of the driver would end in a traceback after the loop.
    assert set(threading.enumerate()) <= threads


async def test_an_unforeseen_failure_is_a_sentence_too(sqlite_archive: Archive) -> None:
    with pytest.raises(ArchiveError, match=r"The database failed \(OperationalError\)"):
        async with sqlite_archive.database.writing() as connection:
            await connection.exec_driver_sql("SELECT * FROM nowhere")
