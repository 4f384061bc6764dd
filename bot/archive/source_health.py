"""When a source is in trouble, and when it is over it."""

from datetime import datetime, timedelta

from bot.archive.source_rows import SourceRow, SourceTrouble

FAILING_AFTER = timedelta(days=1)
SILENT_GAPS = 4
"""Silent means: nothing new for this many times the source's usual gap."""

SHORTEST_SILENCE = timedelta(days=2)
"""No outlet owes news over a weekend."""

LONGEST_SILENCE = timedelta(days=14)
FIRST_SILENCE = timedelta(days=7)
"""A source that has never given anything, or only once, is silent after this."""


def trouble_of(source: SourceRow, now: datetime) -> SourceTrouble | None:
    """Tell whether a source fails for a day, or is silent for longer than it usually is."""
    if source.paused:
        return None
    if source.failing_since is not None and now - source.failing_since >= FAILING_AFTER:
        return SourceTrouble.FAILING
    silence = now - (source.last_new_at or source.added_at)
    return SourceTrouble.SILENT if silence >= _patience(source) else None


def report_of(source: SourceRow, now: datetime) -> SourceTrouble | None:
    """Tell what operators are to be told of a source now, if anything."""
    if source.held_since is not None:
        return SourceTrouble.WAITING if source.reported_as is None else None
    trouble = trouble_of(source, now)
    if trouble is None:
        well = source.failing_since is None and not source.paused
        return SourceTrouble.RECOVERED if source.reported_as and well else None
    # One trouble is told once, whatever it turns into while it lasts.
    return trouble if source.reported_as is None else None


def _patience(source: SourceRow) -> timedelta:
    # What is never polled by itself owes nothing: a folder, a channel.
    if source.spec.kind in ("folder", "channel"):
        return timedelta.max
    if source.usual_gap is None:
        return FIRST_SILENCE
    return min(max(source.usual_gap * SILENT_GAPS, SHORTEST_SILENCE), LONGEST_SILENCE)
