"""The databases that the archive is tested on: SQLite, and PostgreSQL where there is one."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.archive import Archive
from bot.archive.engine import Database, make_engine
from bot.archive.tables import Table
from bot.settings import Settings
from tests.archive.making import Opens, sqlite_url

ALL_TABLES = ", ".join(table.name for table in Table.metadata.sorted_tables)


@pytest.fixture(scope="session", autouse=True)
def stated_postgres_url() -> str | None:
    """The address of the PostgreSQL database that tests may empty, if there is one."""
    stated = os.environ.get("TEST_POSTGRES_URL")
    if not stated:
        return None
    url = Settings(_env_file=None, database_url=SecretStr(stated)).archive_url
    if "test" not in (make_url(url).database or ""):
        pytest.fail("TEST_POSTGRES_URL must name a database with 'test' in its name: it is emptied")
    # Tests that run beside each other must not empty each other's database.
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        url = asyncio.run(_of_worker(url, worker))
    # An earlier run may have left tables of other migrations behind.
    asyncio.run(_drop_all(url))
    return url


@pytest.fixture
def postgres_url(stated_postgres_url: str | None) -> str:
    """The address of that database, for a test that cannot do without."""
    if stated_postgres_url is None:
        pytest.skip("TEST_POSTGRES_URL is not set: the archive is not tested on PostgreSQL")
    return stated_postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database; a test that uses it runs on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with its tables, made once and copied for every test."""
    path = tmp_path_factory.mktemp("archive") / "empty.sqlite3"

    async def make() -> None:
        await (await Archive.open(sqlite_url(path))).close()

    asyncio.run(make())
    return path


@pytest.fixture
def sqlite_file(sqlite_with_tables: Path, tmp_path: Path) -> Path:
    """The file of an empty SQLite archive."""
    path = tmp_path / "vestnik.sqlite3"
    shutil.copy(sqlite_with_tables, path)
    return path


@pytest.fixture
async def blank_url(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[str]:
    """The address of a database that has no tables at all."""
    if backend == "sqlite":
        yield sqlite_url(tmp_path / "blank.sqlite3")
        return
    url = request.getfixturevalue("postgres_url")
    await _drop_all(url)
    yield url
    await _drop_all(url)


@pytest.fixture
async def url(backend: str, sqlite_file: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database with empty tables."""
    if backend == "sqlite":
        return sqlite_url(sqlite_file)
    address = str(request.getfixturevalue("postgres_url"))
    await _empty(address)
    return address


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Open archives that are closed when the test ends, however it ends."""
    opened: list[Archive] = []

    async def open_(url: str) -> Archive:
        opened.append(await Archive.open(url))
        return opened[-1]

    yield open_
    for archive in opened:
        await archive.close()


@pytest.fixture
async def archive(url: str) -> AsyncIterator[Archive]:
    """An empty archive."""
    archive = await Archive.open(url)
    yield archive
    await archive.close()


@pytest.fixture
async def other(url: str, archive: Archive) -> AsyncIterator[Archive]:
    """The same archive, as another process opens it."""
    other = await Archive.open(url)
    yield other
    await other.close()


@pytest.fixture
async def sqlite_archive(sqlite_file: Path) -> AsyncIterator[Archive]:
    """An empty archive on SQLite, for what only SQLite can do."""
    archive = await Archive.open(sqlite_url(sqlite_file))
    yield archive
    await archive.close()


async def _of_worker(url: str, worker: str) -> str:
    """Make the database of one of several test processes; give its address."""
    name = f"{make_url(url).database}_{worker}"
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        await connection.execute(text(f'CREATE DATABASE "{name}"'))
    await engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def _drop_all(url: str) -> None:
    database = Database(make_engine(url))
    async with database.writing() as connection:
        await connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await database.engine.dispose()


async def _empty(url: str) -> None:
    archive = await Archive.open(url)
    async with archive.database.writing() as connection:
        await connection.execute(text(f"TRUNCATE {ALL_TABLES} RESTART IDENTITY CASCADE"))
    await archive.close()
