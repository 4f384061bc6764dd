"""Rows of the table of sources → SourceRow, and what a poll came to → columns."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.archive.source_rows import Polled, SourceRow
from bot.intake.source import SourceSpec

OUTCOME = (
    "next_poll_at",
    "every_seconds",
    "last_polled_at",
    "error",
    "etag",
    "last_modified",
    "last_success_at",
    "failures",
    "failing_since",
    "last_new_at",
    "usual_gap_seconds",
)
"""The columns that a poll changes."""

_NEW_GAP_WEIGHT = 0.2


def outcome_of(source: SourceRow, result: Polled, now: datetime) -> Mapping[str, Any]:
    """Give the columns OUTCOME after a poll; what it says nothing about stays as it was."""
    new, well = result.new_articles > 0, not result.failed
    gap = usual_gap(source, now) if new else source.usual_gap
    return {
        "next_poll_at": result.next_poll_at,
        "every_seconds": seconds(result.every),
        "last_polled_at": now,
        "error": result.error and result.error[:500],
        "etag": result.etag if well else source.etag,
        "last_modified": result.last_modified if well else source.last_modified,
        "last_success_at": now if well else source.last_success_at,
        "failures": 0 if well else source.failures + 1,
        "failing_since": None if well else source.failing_since or now,
        "last_new_at": now if new else source.last_new_at,
        "usual_gap_seconds": None if gap is None else seconds(gap),
    }


def usual_gap(source: SourceRow, now: datetime) -> timedelta | None:
    """Average the times between polls that brought something, of which this is one."""
    if source.last_new_at is None:
        return None
    gap = now - source.last_new_at
    if source.usual_gap is None:
        return gap
    return source.usual_gap + (gap - source.usual_gap) * _NEW_GAP_WEIGHT


def spec_of(row: Row[*tuple[Any, ...]]) -> SourceSpec:
    """Read what a source is."""
    return SourceSpec(
        row.id, row.outlet, row.language, row.kind, row.url, row.selector, row.time_zone,
        row.weight, row.tried,
    )  # fmt: skip


def source_of(row: Row[*tuple[Any, ...]]) -> SourceRow:
    """Read a source and how it is doing."""
    gap = row.usual_gap_seconds
    return SourceRow(
        spec=spec_of(row),
        from_beat=row.from_beat,
        added_at=row.added_at,
        paused=row.paused,
        etag=row.etag,
        last_modified=row.last_modified,
        next_poll_at=row.next_poll_at,
        every=timedelta(seconds=row.every_seconds),
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_new_at=row.last_new_at,
        usual_gap=None if gap is None else timedelta(seconds=gap),
        failures=row.failures,
        failing_since=row.failing_since,
        error=row.error,
        reported_as=row.reported_as,
        reported_at=row.reported_at,
        held_since=row.held_since,
    )


def seconds(span: timedelta) -> int:
    """Count whole seconds, as the tables hold spans."""
    return int(span.total_seconds())
