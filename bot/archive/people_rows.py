"""What comes out of the archive about people: frozen rows, free of SQL."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person whom the beat names: canonical name, and every other form of it.

    by_surname: whether the surname alone is enough to know them.
    """

    name: str
    latin: str | None
    aliases: tuple[str, ...]
    by_surname: bool = False


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article that waits for its analysis."""

    id: int
    title: str | None
    text: str
    published_at: datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One human at a glance; moments aware and UTC."""

    id: int
    name: str
    latin: str | None
    note: str | None
    is_beat: bool
    articles: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The article that a statement comes from."""

    id: int
    title: str
    outlet: str | None
    url: str | None
    published_at: datetime | None
    published_has_time: bool
    added_at: datetime
    is_sample: bool


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A post as stated, from the first to the last article that states it."""

    title: str
    first_seen_at: datetime
    last_seen_at: datetime
    articles: int
    first: SourceRow
    last: SourceRow


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence of an article that names the person."""

    text: str
    start: int
    end: int
    source: SourceRow


@dataclass(frozen=True, slots=True)
class SpokenQuote:
    """Somebody's words; verbatim if `direct`, the article's own clause otherwise."""

    id: int
    text: str
    start: int
    end: int
    verb: str
    direct: bool
    speaker_id: int | None
    speaker: str | None
    source: SourceRow


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """Verbatim words by themselves: who said them, in which post as that article states it."""

    id: int
    text: str
    start: int
    end: int
    """Code points into the text of the article."""
    verb: str
    speaker_id: int | None
    speaker: str | None
    post: str | None
    source: SourceRow


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody named in the same articles."""

    id: int
    name: str
    shared: int
    met: str | None
    """The newest sentence about a meeting that names both."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sentence about a meeting that names the person and others."""

    others: tuple[str, ...]
    sentence: str
    source: SourceRow


@dataclass(frozen=True, slots=True)
class Event:
    """A date that an article gives in a sentence about the person."""

    iso: str
    text: str
    sentence: str
    source: SourceRow


@dataclass(frozen=True, slots=True)
class OutletCount:
    """How many articles of an outlet name the person."""

    outlet: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class JoinedName:
    """A name in articles that was taken for the person, and why (a `Reason`)."""

    name: str
    reason: str
    articles: int


@dataclass(frozen=True, slots=True)
class Glance:
    """What the newest articles say of a person, in short; `source` states the post."""

    post: str | None
    source: SourceRow | None
    posts: int
    quotes: int
    reports: int
