"""Queries about editions: composed once, kept for all to whom the same words go."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.delivery_tables import EditionPartTable, EditionTable
from bot.archive.engine import Database
from bot.archive.rows import EditionRow, PartRow


@dataclass(frozen=True)
class Editions:
    """The editions as composed; deliveries refer to them."""

    database: Database

    async def get(self, edition_id: int) -> EditionRow | None:
        """Give an edition, if it is kept."""
        async with self.database.reading() as connection:
            return await _edition(connection, EditionTable.id == edition_id)

    async def find(self, key: str) -> EditionRow | None:
        """Give the edition that was composed for this key, if one was."""
        async with self.database.reading() as connection:
            return await _edition(connection, EditionTable.key == key)

    async def keep(self, key: str, parts: Sequence[PartRow], *, now: datetime) -> EditionRow:
        """Keep an edition before any of it is sent.

        Where another process kept one for the same key meanwhile, that one counts.
        """
        async with self.database.writing() as connection:
            with suppress(IntegrityError):
                async with connection.begin_nested():
                    await store_edition(connection, key, parts, now)
            kept = await _edition(connection, EditionTable.key == key)
        assert kept is not None
        return kept


async def store_edition(
    connection: AsyncConnection, key: str, parts: Sequence[PartRow], now: datetime
) -> int:
    """Keep an edition within a caller's transaction; return its id.

    Raises IntegrityError where one is kept for this key.
    """
    edition_id = (
        await connection.execute(
            insert(EditionTable).values(key=key, created_at=now).returning(EditionTable.id)
        )
    ).scalar_one()
    rows = [
        {
            "edition_id": edition_id,
            "position": part.position,
            "text": part.text,
            "entities": part.entities,
            "rich": part.rich,
            "file_name": part.file_name,
            "file": part.file,
            "keyboard": part.keyboard,
        }
        for part in parts
    ]
    # An empty list would insert one row of nothing.
    if rows:
        await connection.execute(insert(EditionPartTable), rows)
    return edition_id


async def _edition(connection: AsyncConnection, wanted: ColumnElement[bool]) -> EditionRow | None:
    edition_id = (await connection.execute(select(EditionTable.id).where(wanted))).scalar()
    if edition_id is None:
        return None
    parts = await connection.execute(
        select(
            EditionPartTable.position,
            EditionPartTable.text,
            EditionPartTable.entities,
            EditionPartTable.rich,
            EditionPartTable.file_name,
            EditionPartTable.file,
            EditionPartTable.keyboard,
        )
        .where(EditionPartTable.edition_id == edition_id)
        .order_by(EditionPartTable.position)
    )
    return EditionRow(edition_id, tuple(PartRow(*part) for part in parts))
