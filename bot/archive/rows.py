"""What the archive gives out: frozen rows, free of SQL."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.archive.alert_rows import HeldRow


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
    maker: str = "lead"
    """What made the summary: the first sentences, the condenser, or a model."""
    model: str | None = None
    """The name of the model that made it, where one did."""
    is_listed: bool = True
    """Whether all may read it; a text that somebody sent by hand is theirs alone."""


@dataclass(frozen=True, slots=True)
class SubscriberRow:
    """A chat (or one topic of it) and how it is spoken to."""

    id: int
    chat_id: int
    thread_id: int | None
    language: str
    time_zone: str
    set_up_by: int | None = None
    """The person who subscribed it, told when it cannot be reached."""


class Frequency(StrEnum):
    """How often a subscriber wants the briefing."""

    DAILY = "daily"
    WORKDAYS = "workdays"
    """Monday to Friday; public holidays are working days."""
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a subscriber wants the briefing, by the clocks of an IANA zone."""

    frequency: Frequency
    hour: int
    zone: str
    minute: int = 0
    weekday: int = 0
    """Of a weekly rule: Monday is 0."""
    day_of_month: int = 1
    """Of a monthly rule: 1 to 31; in a shorter month its last day."""


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A running subscription; `paused_until` is what its next moment waits for, if anything."""

    rule: Rule
    next_due_at: datetime
    paused_until: datetime | None = None


class Length(StrEnum):
    """How much of an edition a subscriber is sent."""

    SHORT = "short"
    """One message."""
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day without a sound: from `start` to before `end`, 0 to 23, past midnight too.

    By the clock of the subscriber. Where both are the same, no hour is quiet.
    """

    start: int
    end: int

    def covers(self, hour: int) -> bool:
        """Tell whether an hour of the day is one of them."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


USUAL_ALERTS_A_DAY = 3
"""Whoever follows somebody or saves a search hears of it at once, but not all day long."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a subscriber wants of their editions; as made, what everybody gets.

    topics, people, include: what to hear of; nothing set means everything. The people followed
    widen what the others narrow, and narrow by themselves only where `only_followed` is set.
    least_importance: from 0 to 1.
    alerts_a_day: messages at most that come at once; 0 is none. They tell of stories of at least
    `alert_importance` with the people followed and, with `alert_topics`, of the topics too.
    alerts_since: when this was chosen (aware); what came in before is told by no alert.
    """

    length: Length = Length.FULL
    topics: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    only_followed: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    least_importance: float = 0.0
    quiet: Quiet | None = None
    is_rich: bool = False
    is_silent: bool = False
    has_pdf: bool = False
    alerts_a_day: int = USUAL_ALERTS_A_DAY
    alert_importance: float = 0.0
    alert_topics: bool = False
    alerts_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of a due moment: the period that its delivery covers, and the next moment."""

    period_start: datetime
    period_end: datetime
    next_due_at: datetime


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DEAD = "dead"


class Priority(IntEnum):
    """Which deliveries go first."""

    ALERT = 0
    EDITION = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class PartRow:
    """One message of an edition; entities as JSON in the Bot API's form.

    rich: the HTML of a rich message; the text then takes its place where that is refused.
    file_name, file: a document, of which the text is the caption.
    keyboard: its buttons, as JSON in the Bot API's form; the same for all who get it.
    """

    position: int
    text: str
    entities: str
    rich: str | None = None
    file_name: str | None = None
    file: bytes | None = None
    keyboard: str | None = None


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition as composed."""

    id: int
    parts: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What is known of one message of a delivery.

    unknown: how often it was sent without anybody learning whether it arrived.
    message_id: what Telegram called it, once it is known to be out.
    """

    position: int
    unknown: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One briefing to one subscriber; `marks` are of the messages that were tried.

    held: what its edition tells besides, since it could not be told at once.
    """

    id: int
    subscriber: SubscriberRow
    is_gone: bool
    due_at: datetime
    period_start: datetime
    period_end: datetime
    state: DeliveryState
    attempts: int
    edition_id: int | None
    error: str | None
    marks: tuple[MarkRow, ...]
    wishes: Wishes = Wishes()
    held: tuple[HeldRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """A message that is about to go out; `again` when it was tried before."""

    delivery_id: int
    edition_id: int
    position: int
    again: bool


class Fate(StrEnum):
    """What became of a message."""

    SENT = "sent"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a message, and of its delivery: None while that goes on with the next one.

    next_try_at: when the delivery is tried again, aware; None when it has ended.
    """

    delivery_id: int
    position: int
    fate: Fate
    message_id: int | None = None
    state: DeliveryState | None = None
    error: str | None = None
    next_try_at: datetime | None = None
