"""Queries about sources: which there are, which are due, how each is doing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, func, insert, select, update

from bot.archive.engine import Database
from bot.archive.entry_marks import entry_rows, mark_entries
from bot.archive.source_columns import OUTCOME, outcome_of, seconds, source_of, spec_of
from bot.archive.source_health import report_of
from bot.archive.source_rows import (
    EntryMark,
    EntryRow,
    Polled,
    SourceReport,
    SourceRow,
    SourceTrouble,
)
from bot.archive.source_tables import SourceEntryTable, SourceTable
from bot.intake.source import SourceSpec

FIRST_RHYTHM = timedelta(minutes=15)

MOST_HELD = 20
"""Channels that wait to be taken in; whoever adds the bot to a hundred fills no list."""

_POLLED_KINDS = ("feed", "listing", "sitemap", "folder")
_FORGOTTEN_AFTER = timedelta(days=30)
_ACTIVE: ColumnElement[bool] = SourceTable.removed_at.is_(None)
_IS_HELD = SourceTable.held_since.is_not(None)
_DECIDED: Mapping[str, Any] = {
    "held_since": None,
    "reported_as": case((_IS_HELD, None), else_=SourceTable.reported_as),
}
"""What changes when an operator says what is to become of a channel that waits."""


@dataclass(frozen=True)
class Sources:
    """The sources of the beat, and those that operators added beside them."""

    database: Database

    async def seed(self, specs: Iterable[SourceSpec], *, now: datetime) -> None:
        """Make the beat's sources those of its file; how each is doing stays known.

        A source that the file no longer names goes; one that an operator removed stays away.
        """
        wanted = {spec.id: spec for spec in specs}
        async with self.database.writing() as connection:
            stored = {row.id: row for row in await connection.execute(select(SourceTable))}
            gone = [id for id, row in stored.items() if row.from_beat and id not in wanted]
            if gone:
                await connection.execute(delete(SourceTable).where(SourceTable.id.in_(gone)))
            for spec in wanted.values():
                row = stored.get(spec.id)
                if row is None:
                    await connection.execute(_insert(spec, now, from_beat=True))
                elif spec_of(row) != spec or not row.from_beat:
                    changed: dict[str, Any] = {**asdict(spec), "from_beat": True}
                    if row.url != spec.url:
                        changed |= {"etag": None, "last_modified": None, "next_poll_at": now}
                    await connection.execute(_update(spec.id, **changed))

    async def add(self, spec: SourceSpec, *, now: datetime) -> bool:
        """Add a source; return False when its id or its address is taken."""
        async with self.database.writing() as connection:
            same = (SourceTable.id == spec.id) | (SourceTable.url == spec.url)
            for row in (await connection.execute(select(SourceTable).where(same))).all():
                if row.removed_at is None:
                    return False
                await connection.execute(delete(SourceTable).where(SourceTable.id == row.id))
            await connection.execute(_insert(spec, now, from_beat=False))
            return True

    async def meet(self, channel: SourceSpec, *, now: datetime, held: bool) -> bool:
        """Add a channel that posts without having been added; return whether it is there now.

        One that an operator removed stays away.
        held: it waits until an operator takes it in; when many wait already, it is passed over.
        """
        async with self.database.writing() as connection:
            same = (SourceTable.id == channel.id) | (SourceTable.url == channel.url)
            if (await connection.execute(select(SourceTable.id).where(same))).first() is not None:
                return False
            if held:
                waiting = select(func.count()).where(_IS_HELD)
                if (await connection.execute(waiting)).scalar_one() >= MOST_HELD:
                    return False
            since = now if held else None
            query = _insert(channel, now, from_beat=False)
            await connection.execute(query.values(paused=held, held_since=since))
            return True

    async def drop_held(self, source_id: str) -> None:
        """Forget a channel that waits to be taken in: the bot is no longer in it."""
        async with self.database.writing() as connection:
            await connection.execute(
                delete(SourceTable).where(SourceTable.id == source_id, _IS_HELD)
            )

    async def remove(self, source_id: str, *, now: datetime) -> bool:
        """Remove a source; its articles stay. Returns whether there was such a one."""
        async with self.database.writing() as connection:
            result = await connection.execute(
                update(SourceTable)
                .where(SourceTable.id == source_id, _ACTIVE)
                .values(removed_at=now)
            )
            # Those that would come back by themselves are kept, marked.
            comes_back = SourceTable.from_beat | (SourceTable.kind == "channel")
            await connection.execute(
                delete(SourceTable).where(SourceTable.id == source_id, ~comes_back)
            )
            return result.rowcount > 0

    async def pause(self, source_id: str) -> bool:
        """Stop polling a source; return whether there is such a one."""
        return await self._change(source_id, paused=True, **_DECIDED)

    async def resume(self, source_id: str, *, now: datetime) -> bool:
        """Poll a source again, at once; return whether there is such a one."""
        return await self._change(
            source_id, paused=False, next_poll_at=now, every_seconds=seconds(FIRST_RHYTHM),
            failures=0, failing_since=None, **_DECIDED,
        )  # fmt: skip

    async def listed(self) -> list[SourceRow]:
        """List the sources by their ids."""
        return await self._rows(select(SourceTable).where(_ACTIVE).order_by(SourceTable.id))

    async def get(self, source_id: str) -> SourceRow | None:
        """Give one source, or None when there is none."""
        rows = await self._rows(select(SourceTable).where(_ACTIVE, SourceTable.id == source_id))
        return rows[0] if rows else None

    async def claim_due(self, now: datetime, *, limit: int, lease: timedelta) -> list[SourceRow]:
        """Take the sources whose time has come; nobody else gets them until the lease ends.

        A process that is killed meanwhile leaves them to the next after the lease.
        """
        async with self.database.writing(patient=True) as connection:
            due = (
                select(SourceTable)
                .where(
                    _ACTIVE,
                    ~SourceTable.paused,
                    SourceTable.kind.in_(_POLLED_KINDS),
                    SourceTable.next_poll_at <= now,
                )
                .order_by(SourceTable.next_poll_at, SourceTable.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            rows = [source_of(row) for row in await connection.execute(due)]
            await connection.execute(
                update(SourceTable)
                .where(SourceTable.id.in_([row.spec.id for row in rows]))
                .values(next_poll_at=now + lease)
            )
            return rows

    async def polled(self, source: SourceRow, result: Polled, *, now: datetime) -> None:
        """Note what a poll came to, and when the next one is."""
        await self.polled_all([(source, result)], now=now)

    async def polled_all(
        self, results: Sequence[tuple[SourceRow, Polled]], *, now: datetime
    ) -> None:
        """Note what several polls came to, as `polled` does."""
        query = (
            update(SourceTable)
            .where(SourceTable.id == bindparam("source_id"), _ACTIVE)
            .values({name: bindparam(f"new_{name}") for name in OUTCOME})
        )
        async with self.database.writing(patient=True) as connection:
            await connection.execute(
                query,
                [
                    {"source_id": source.spec.id}
                    | {
                        f"new_{name}": value
                        for name, value in outcome_of(source, result, now).items()
                    }
                    for source, result in results
                ],
            )

    async def entries(self, source_id: str, keys: Sequence[str]) -> dict[str, EntryRow]:
        """Give what is known of these entries of a source, by key."""
        async with self.database.reading() as connection:
            return await entry_rows(connection, source_id, keys)

    async def mark(self, marks: Sequence[EntryMark], *, now: datetime) -> None:
        """Note entries that gave no article."""
        async with self.database.writing(patient=True) as connection:
            await mark_entries(connection, marks, now)

    async def forget_entries(self, now: datetime) -> int:
        """Forget entries that were read a month ago; return how many.

        One that is still listed is read again then, and recognised by its address.
        """
        async with self.database.writing(patient=True) as connection:
            result = await connection.execute(
                delete(SourceEntryTable).where(SourceEntryTable.seen_at < now - _FORGOTTEN_AFTER)
            )
            return result.rowcount

    async def to_report(self, now: datetime) -> list[SourceReport]:
        """List what operators are to be told: each trouble once, and once that it is over."""
        return [
            SourceReport(source, trouble)
            for source in await self.listed()
            if (trouble := report_of(source, now)) is not None
        ]

    async def reported(self, report: SourceReport, *, now: datetime) -> None:
        """Note that operators were told."""
        is_over = report.trouble is SourceTrouble.RECOVERED
        await self._change(
            report.source.spec.id,
            reported_as=None if is_over else report.trouble,
            reported_at=None if is_over else now,
        )

    async def _change(self, source_id: str, **values: Any) -> bool:
        async with self.database.writing(patient=True) as connection:
            result = await connection.execute(_update(source_id, **values).where(_ACTIVE))
            return result.rowcount > 0

    async def _rows(self, query: Select[Any]) -> list[SourceRow]:
        async with self.database.reading() as connection:
            return [source_of(row) for row in await connection.execute(query)]


def _insert(spec: SourceSpec, now: datetime, *, from_beat: bool) -> Any:
    return insert(SourceTable).values(
        **asdict(spec),
        from_beat=from_beat,
        added_at=now,
        next_poll_at=now,
        every_seconds=seconds(FIRST_RHYTHM),
    )


def _update(source_id: str, **values: Any) -> Any:
    return update(SourceTable).where(SourceTable.id == source_id).values(**values)
