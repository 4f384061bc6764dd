"""Opening the database, and the transactions that all queries run in."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import ArchiveError

BUSY_TIMEOUT_MS = 5_000
"""How long SQLite waits for another writer before it gives up."""

_UNREACHABLE = "The database server cannot be reached: check DATABASE_URL and that it runs."
_SENTENCES = (
    ("readonly", "The database is read-only: give the bot's user the right to write it."),
    ("read-only", "The database is read-only: give the bot's user the right to write it."),
    ("database is locked", "The database is locked by another program: stop that program."),
    ("disk is full", "The disk of the database is full: free some space; nothing stored was lost."),
    ("not a database", "DATABASE_URL names a file that is not a database: name another one."),
    ("malformed", "The database is damaged: restore it from a backup."),
    ("unable to open", "The database cannot be opened: check that its folder exists and is ours."),
    ("disk i/o", "The disk of the database does not answer: check the disk."),
    ("password authentication", "PostgreSQL refuses the name or password in DATABASE_URL."),
    ("does not exist", "PostgreSQL has no such database or table: check DATABASE_URL."),
    ("connect", _UNREACHABLE),
)


def explain(error: BaseException) -> ArchiveError:
    """Turn what a database driver says into a sentence with a next step, without the address."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, sentence in _SENTENCES:
        if sign in said:
            return ArchiveError(sentence)
    if isinstance(error, OSError):
        # A host without an address, a time-out: the system's own words name no next step.
        return ArchiveError(_UNREACHABLE)
    return ArchiveError(f"The database failed ({type(error).__name__}): see the log.")


def make_engine(url: str) -> AsyncEngine:
    """Make an engine for SQLite or PostgreSQL.

    url: with its async driver, as `Settings.archive_url` gives it.
    Raises ArchiveError when the address cannot be read, or a SQLite file or its folder cannot be
    opened or made.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The error itself may quote the password.
        raise ArchiveError(
            "DATABASE_URL cannot be read: write sqlite:///path/to/file or "
            "postgresql://user:password@host:port/name."
        ) from None
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite and parsed.database and not parsed.database.startswith("file:"):
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"The folder of the database cannot be made: {error.strerror}. Check DATABASE_URL."
            ) from None
    engine = create_async_engine(parsed, pool_pre_ping=not is_sqlite)
    if is_sqlite:
        _try_to_open(*engine.dialect.create_connect_args(parsed))
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _try_to_open(arguments: Sequence[str], options: Mapping[str, Any]) -> None:
    # Where the driver cannot open a file, its thread outlives the event loop and ends in a
    # traceback, beside the sentence.
    try:
        sqlite3.connect(arguments[0], uri=options.get("uri", False)).close()
    except sqlite3.Error as error:
        raise explain(error) from None


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:
    # The driver's own transactions begin too late to protect a read that leads to a write.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    _switch_to_wal(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError:
        # On a new file two processes may switch at once, and SQLite refuses one without waiting;
        # to begin a transaction it does wait.
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Any) -> None:
    # A writer takes its lock at once: two readers that both want to write would deadlock.
    writes = connection.get_execution_options().get("vestnik_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Transactions over one engine; every failure comes out as an ArchiveError."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        # SQLite lets one write and the others try again, in no order: some would never get there.
        # Within the process they queue instead.
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._patient_turn = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a transaction that only reads."""
        async with self._transaction(writes=False) as connection:
            yield connection

    @asynccontextmanager
    async def writing(self, *, patient: bool = False) -> AsyncIterator[AsyncConnection]:
        """Give a transaction that writes: all of it is stored, or nothing.

        patient: it is work in the background; somebody who waits for an answer has at most one such
        transaction before them, however many are to come.
        """
        async with (
            self._patient_turn if patient else nullcontext(),
            self._turn,
            self._transaction(writes=True) as connection,
        ):
            yield connection

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncIterator[AsyncConnection]:
        try:
            async with self.engine.connect() as connection:
                await connection.execution_options(vestnik_writes=writes)
                async with connection.begin():
                    yield connection
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise explain(error) from error
