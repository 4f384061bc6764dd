"""What an edition says, before it becomes messages, a page or a document.

Everything here is content: no markup, no wording, no limits of a medium. Each sentence knows the
spans it rests on; `sources` of an edition are what those spans point to.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.archive.rows import EvidenceRow
from bot.briefings.alert_views import AlertView
from summarizer.differences import DifferenceKind


class Reason(StrEnum):
    """Why a story stands where it stands."""

    OUTLETS = "outlets"
    """Several outlets, or weighty ones, told it."""
    RANK = "rank"
    """The people in it hold high posts."""
    BEAT = "beat"
    """It is squarely about the beat."""
    NEW = "new"
    """It began in this period."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One article as a source; `number` counts the sources of an edition from 1."""

    number: int
    article_id: int
    outlet: str | None
    title: str
    url: str | None
    language: str
    published_at: datetime | None
    published_has_time: bool
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and what it rests on."""

    text: str
    evidence: tuple[EvidenceRow, ...]
    sources: tuple[int, ...]
    """Numbers of the edition's sources."""
    original: str | None = None
    """The sentence as it is told in its own language, when `text` is a translation of it."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of a story, with the post that its articles state."""

    id: int
    name: str
    post: str | None


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Verbatim words; `speaker` is None when the article does not tell."""

    id: int
    text: str
    speaker: PersonView | None
    source: int
    story_id: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says where others say something else."""

    value: str
    line: Line


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Two or more statements that do not agree, side by side."""

    kind: DifferenceKind
    story_id: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """One event as told by its articles."""

    id: int
    headline: str
    lines: tuple[Line, ...]
    people: tuple[PersonView, ...]
    places: tuple[str, ...]
    happened_on: str | None
    """ISO: a day, a month, a year or a span "2026-01-14/2026-01-16", where it is stated."""
    sources: tuple[int, ...]
    """Numbers of its sources, in order of publication."""
    outlets: int
    """How many outlets told it; a story of very many does not list them all."""
    importance: float
    """0 to 1; only its order means something."""
    reasons: tuple[Reason, ...]
    topic: str | None
    is_new: bool
    """Whether it began in the period; otherwise only what was added is told."""
    original: str | None = None
    """The headline in its own language, when `headline` is a translation of it."""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting, call or visit."""

    story_id: int
    happened_on: str | None
    place: str | None
    people: tuple[PersonView, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class UpcomingView:
    """Something that a text says will happen."""

    story_id: int
    starts_on: date
    ends_on: date
    line: Line


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number that a text states: "$4,1 млрд" and the sentence around it."""

    story_id: int
    value: str
    line: Line


@dataclass(frozen=True, slots=True)
class Edition:
    """A composed edition of start ≤ t < end (aware, UTC).

    `brief` holds the three lines that open it; it is quiet when there are no stories.
    """

    start: datetime
    end: datetime
    brief: tuple[Line, ...]
    stories: tuple[StoryView, ...]
    left_out: int
    """Stories of the period beside those shown."""
    meetings: tuple[MeetingView, ...]
    quotes: tuple[QuoteView, ...]
    differences: tuple[DifferenceView, ...]
    upcoming: tuple[UpcomingView, ...]
    figures: tuple[FigureView, ...]
    sources: tuple[SourceView, ...]
    articles: int
    """How many articles came in during the period."""
    topic: str | None = None
    person: PersonView | None = None
    models: tuple[str, ...] = ()
    """The models that wrote some of the sentences; the others are the articles' own, condensed."""
    translator: str | None = None
    """The model that translated some of the headlines and sentences."""
    held: tuple[AlertView, ...] = ()
    """What its reader could not be told at once."""

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.stories
