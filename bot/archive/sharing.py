"""Counts of what is passed on in inline mode: how many of a kind on a day, and nothing of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.archive.engine import Database
from bot.archive.sharing_tables import ShareTable


@dataclass(frozen=True)
class Shares:
    """What was passed on."""

    database: Database

    async def count(self, kind: str, *, now: datetime) -> None:
        """Count one more item of a kind (the first letter of an item's name); now: aware."""
        is_sqlite = self.database.engine.dialect.name == "sqlite"
        insert = (sqlite.insert if is_sqlite else postgresql.insert)(ShareTable)
        adding = insert.values(
            day=now.astimezone(UTC).date(), kind=kind, number=1
        ).on_conflict_do_update(
            index_elements=["day", "kind"], set_={"number": ShareTable.number + 1}
        )
        async with self.database.writing() as connection:
            await connection.execute(adding)

    async def counted(self, *, days: int, now: datetime) -> Mapping[str, int]:
        """Count what was passed on today and in the days before it, by kind.

        days: how many days all in all (UTC); now: aware.
        """
        first = now.astimezone(UTC).date() - timedelta(days=days - 1)
        query = (
            select(ShareTable.kind, func.sum(ShareTable.number))
            .where(ShareTable.day >= first)
            .group_by(ShareTable.kind)
        )
        async with self.database.reading() as connection:
            return {row[0]: int(row[1]) for row in await connection.execute(query)}
