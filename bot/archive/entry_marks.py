"""What became of the entries that sources listed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.source_rows import EntryMark, EntryRow
from bot.archive.source_tables import SourceEntryTable

_AT_ONCE = 500
"""Keys in one question: databases limit the parameters of a statement."""


async def mark_entries(
    connection: AsyncConnection, marks: Sequence[EntryMark], now: datetime
) -> None:
    """Note that entries were read; each time counts as an attempt."""
    by_source: dict[str, list[EntryMark]] = {}
    for mark in marks:
        by_source.setdefault(mark.source_id, []).append(mark)
    for source_id, own in by_source.items():
        latest = {mark.key: mark for mark in own}
        before = await entry_rows(connection, source_id, list(latest))
        await _forget(connection, source_id, list(before))
        await connection.execute(
            insert(SourceEntryTable),
            [
                {
                    "source_id": source_id,
                    "key": mark.key,
                    "stamp": mark.stamp,
                    "attempts": _attempts(before.get(mark.key), mark),
                    "is_settled": mark.is_settled,
                    "seen_at": now,
                    "error": mark.error and mark.error[:500],
                }
                for mark in latest.values()
            ],
        )


async def entry_rows(
    connection: AsyncConnection, source_id: str, keys: Sequence[str]
) -> dict[str, EntryRow]:
    """Give what is known of these entries of a source, by key."""
    found: dict[str, EntryRow] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(
            SourceEntryTable.key,
            SourceEntryTable.stamp,
            SourceEntryTable.attempts,
            SourceEntryTable.is_settled,
        ).where(
            SourceEntryTable.source_id == source_id,
            SourceEntryTable.key.in_(keys[start : start + _AT_ONCE]),
        )
        for row in await connection.execute(query):
            found[row.key] = EntryRow(row.stamp, row.attempts, row.is_settled)
    return found


async def _forget(connection: AsyncConnection, source_id: str, keys: Sequence[str]) -> None:
    if keys:
        await connection.execute(
            delete(SourceEntryTable).where(
                SourceEntryTable.source_id == source_id, SourceEntryTable.key.in_(keys)
            )
        )


def _attempts(before: EntryRow | None, mark: EntryMark) -> int:
    # A changed entry starts anew.
    return before.attempts + 1 if before is not None and before.stamp == mark.stamp else 1
