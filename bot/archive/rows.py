"""What the archive gives out: frozen rows, free of SQL."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """The span of an article a sentence rests on; code points into the article's text."""

    article_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence of a stored summary."""

    text: str
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article on its way into the archive."""

    title: str
    title_from_body: bool
    text: str
    language: str
    fingerprint: str
    url: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None
    published_has_time: bool = False
    is_sample: bool = False
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as listed: everything but its text."""

    id: int
    title: str
    title_from_body: bool
    outlet: str | None
    url: str | None
    language: str
    published_at: datetime | None
    published_has_time: bool
    added_at: datetime
    is_sample: bool
    summary: tuple[SentenceRow, ...]
    author: str | None = None
    original_id: int | None = None
    """The article of which this one is a reprint; never itself a reprint."""


@dataclass(frozen=True, slots=True)
class SubscriberRow:
    """A chat (or one topic of it) and how it is spoken to."""

    id: int
    chat_id: int
    thread_id: int | None
    language: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """When a subscriber wants the briefing: local weekday (Monday is 0) and hour."""

    weekday: int
    hour: int
    next_due_at: datetime


@dataclass(frozen=True, slots=True)
class DueRow:
    """A subscription whose hour has come."""

    subscriber_id: int
    weekday: int
    hour: int
    time_zone: str
    due_at: datetime


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class PartRow:
    """One message of a delivery; entities as JSON in the Bot API's form."""

    position: int
    text: str
    entities: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One briefing to one subscriber."""

    id: int
    subscriber: SubscriberRow
    period_start: datetime
    period_end: datetime
    state: DeliveryState
    attempts: int
    parts: tuple[PartRow, ...]
