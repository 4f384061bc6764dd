"""What is worth keeping of an analysis: each thing with its sentence and its people."""

from dataclasses import dataclass

from summarizer.analysis import DateMention, Gender, Quote, Role
from summarizer.spans import Span
from summarizer.stories_material import Material
from summarizer.stories_print import Fingerprint
from summarizer.summary.model import Summary


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence as shown, and its place in the article (code points)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person of an article; `first` is the first sentence that names them outside quotes."""

    name: str
    gender: Gender | None
    mentions: tuple[tuple[str, Span], ...]
    """Surface and place of each."""
    roles: tuple[Role, ...]
    first: FoundSentence | None


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """What somebody said; `speaker` and `about` are places in `Findings.people`."""

    quote: Quote
    speaker: int | None
    about: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, its sentence, and who is named there (places in `Findings.people`)."""

    date: DateMention
    sentence: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A sentence about a meeting, and who is named there (places in `Findings.people`)."""

    sentence: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What is kept of the analysis of one article."""

    people: tuple[FoundPerson, ...] = ()
    quotes: tuple[FoundQuote, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    meetings: tuple[FoundMeeting, ...] = ()
    summary: Summary | None = None
    headline: str | None = None
    """One neutral line that says what the article says."""
    brief: Summary | None = None
    """A longer summary."""
    fingerprint: Fingerprint | None = None
    """What tells which other articles report the same event."""
    material: Material | None = None
    """What the story of the article may tell of it."""
