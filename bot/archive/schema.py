"""Bringing the tables up to date, with Alembic, without importing it when they already are."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.archive.engine import Database, explain
from bot.errors import ArchiveError

MIGRATIONS = Path(__file__).parent / "migrations"


def newest_revision() -> str:
    """Name the newest migration: files are numbered, `0001_first_tables.py` and on."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).split("_")[0]


async def upgrade(database: Database) -> bool:
    """Bring the tables to the newest revision; return whether anything changed.

    Raises ArchiveError when the database cannot be written, or was made by a newer Vestnik.
    """
    newest = newest_revision()
    async with database.writing() as connection:
        current = await connection.run_sync(_current_revision)
    if current == newest:
        return False
    if current is not None and current > newest:
        raise ArchiveError(
            f"The database was made by a newer Vestnik (its tables are {current}, "
            f"these know {newest}): update Vestnik, or name another DATABASE_URL."
        )
    try:
        # Alembic begins its own transaction.
        async with database.engine.connect() as connection:
            await connection.run_sync(_run_alembic)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise explain(error) from error
    return True


def _current_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    # SQLite lets a transaction that is to write begin on a read-only file; only a write tells.
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def _run_alembic(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 — 0.3 s that an up-to-date archive need not spend
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    with _foreign_keys_off(connection):
        command.upgrade(config, "head")


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table, its only way to change one, without deleting what refers to it.

    The setting has no effect within a transaction, hence the driver's own cursor.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.rollback()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()
