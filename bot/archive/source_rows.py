"""What the archive gives out about sources and about articles on their way in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.archive.rows import NewArticle
from bot.intake.source import SourceSpec
from summarizer.summary import Summary

Sketch = tuple[int, ...]
"""A MinHash of a text: 32-bit values, `reprints.SKETCH_SIZE` of them."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and how it is doing; times are UTC."""

    spec: SourceSpec
    from_beat: bool
    added_at: datetime
    paused: bool
    etag: str | None
    last_modified: str | None
    next_poll_at: datetime
    every: timedelta
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    usual_gap: timedelta | None
    failures: int
    failing_since: datetime | None
    error: str | None
    reported_as: str | None
    reported_at: datetime | None
    held_since: datetime | None
    """Since when a channel waits for an operator to take it in."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll of a source came to.

    `error` is a sentence about what went wrong; with `failed`, the source as a whole did. `etag`
    and `last_modified` are given back at the next poll; None asks for everything again.
    """

    next_poll_at: datetime
    every: timedelta
    new_articles: int = 0
    error: str | None = None
    failed: bool = False
    etag: str | None = None
    last_modified: str | None = None


class SourceTrouble(StrEnum):
    """What operators are told of a source."""

    FAILING = "failing"
    SILENT = "silent"
    RECOVERED = "recovered"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """News about a source, to be told once."""

    source: SourceRow
    trouble: SourceTrouble


@dataclass(frozen=True, slots=True)
class EntryMark:
    """That an entry of a source was read: its key, its state, and whether it is done with."""

    source_id: str
    key: str
    stamp: str
    is_settled: bool = True
    error: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What is known of an entry that a source listed before."""

    stamp: str
    attempts: int
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article at the door: to be stored, or recognised.

    sent_by: the reader who sent it by hand; it is for them, and no news for the others.
    """

    article: NewArticle
    summary: Summary
    sketch: Sketch | None = None
    source_id: str | None = None
    entry: EntryMark | None = None
    sent_by: int | None = None


class ArrivalKind(StrEnum):
    """What became of an article at the door."""

    ADDED = "added"
    KNOWN = "known"
    REVISED = "revised"
    REPRINT = "reprint"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of an article at the door, and under which id it can be found."""

    kind: ArrivalKind
    article_id: int
