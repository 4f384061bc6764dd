"""What comes out of the archive about stories: frozen rows, free of SQL."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.archive.rows import SentenceRow
from summarizer.differences import DifferenceKind


@dataclass(frozen=True, slots=True)
class StoryArticleRow:
    """An article as a source of its story, and why it is there; moments aware and UTC."""

    id: int
    title: str
    title_from_body: bool
    outlet: str | None
    url: str | None
    language: str
    published_at: datetime | None
    published_has_time: bool
    listed_at: datetime
    """When it counts as news: its publication, or its arrival where none is stated."""
    added_at: datetime
    is_sample: bool
    original_id: int | None
    """The article of which this one is a reprint."""
    relevance: float | None
    """How surely it is about the beat, 0 to 1; None while that is not judged."""
    reason: str
    """Why it belongs here: a `bot.archive.story_tables.Placed`."""
    score: float
    """How surely it tells of the same event as the others, 0 to 1."""


@dataclass(frozen=True, slots=True)
class StoryPersonRow:
    """A person of a story: the post that its articles state, and how many of them name them."""

    id: int
    name: str
    post: str | None
    is_beat: bool
    articles: int


@dataclass(frozen=True, slots=True)
class StoryQuoteRow:
    """Verbatim words from an article of a story; `start` and `end` are code points of its text."""

    id: int
    text: str
    start: int
    end: int
    verb: str
    speaker_id: int | None
    speaker: str | None
    post: str | None
    """The speaker's post, as this article states it."""
    article_id: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What one source says where others say something else.

    `value` is its number, name, date or kind of event; `sentence` says it, with evidence.
    """

    value: str
    sentence: SentenceRow

    @property
    def article_id(self) -> int:
        """The source that says so."""
        return self.sentence.evidence[0].article_id


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Two or more statements about one thing that do not agree, by time of publication."""

    kind: DifferenceKind
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True)
class UpcomingRow:
    """Something that a source says will happen, from one day to another (or the same)."""

    starts_on: date
    ends_on: date
    sentence: SentenceRow


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A number with its unit as written, and the sentence around it."""

    value: str
    sentence: SentenceRow


@dataclass(frozen=True, slots=True)
class EncounterRow:
    """A meeting or a visit: names as the article has them, one or more for a visit.

    `place` and `day` (ISO) are what the sentence states, or None.
    """

    people: tuple[str, ...]
    place: str | None
    day: str | None
    sentence: SentenceRow


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One event as told by its articles."""

    id: int
    headline: str
    """Neutral, at most 12 words."""
    first_at: datetime
    last_at: datetime
    """When its first and its last article became news."""
    lines: tuple[SentenceRow, ...]
    """Two or three sentences without repetition, each with evidence."""
    happened_on: str | None
    """ISO: a day, a month, a year or a span "2026-01-14/2026-01-16", where sources state it."""
    places: tuple[str, ...]
    differences: tuple[DifferenceRow, ...]
    upcoming: tuple[UpcomingRow, ...]
    figures: tuple[FigureRow, ...]
    encounters: tuple[EncounterRow, ...]
    articles: tuple[StoryArticleRow, ...]
    """Its articles in order of publication, reprints among them."""
    is_sample: bool

    @property
    def outlets(self) -> tuple[str, ...]:
        """Its outlets, each once, in order of publication."""
        return tuple(dict.fromkeys(row.outlet for row in self.articles if row.outlet))


@dataclass(frozen=True, slots=True)
class StoryDetailsRow:
    """The people and quotes of one story, and who met whom; lists do without them."""

    people: tuple[StoryPersonRow, ...]
    """Who is in most of its articles comes first."""
    quotes: tuple[StoryQuoteRow, ...]
    """Direct quotes, each once, those that tell most first."""
    met: tuple[tuple[int, int], ...]
    """The ids of two people of whom a sentence says that they met, each pair once."""


@dataclass(frozen=True, slots=True)
class StoryNewsRow:
    """What was added to a story since a moment: articles that came after it, and what they add."""

    articles: tuple[StoryArticleRow, ...]
    lines: tuple[SentenceRow, ...]
    """Sentences that no article before the moment says."""
