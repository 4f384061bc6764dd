"""What of an article its story may tell: sentences, figures, days, posts, each with its place."""

from dataclasses import dataclass

from summarizer.encounters import EncounterKind
from summarizer.spans import Span


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as shown, and where it stands (code points into the article's text)."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A figure: as written with its unit, its amount, and the words it stands by, as stems.

    `unit` is the dictionary form of what is counted, or "%", "$"; "" where that is not certain.
    `is_about` says "около", `is_least` "более" or "до": such a figure is a bound.
    """

    value: str
    amount: float
    unit: str
    about: tuple[str, ...]
    is_about: bool
    is_least: bool
    said: Said


@dataclass(frozen=True, slots=True)
class StatedDay:
    """The day on which the article says that its event took place; `verb` says what happened."""

    iso: str
    text: str
    verb: str
    about: tuple[str, ...]
    said: Said


@dataclass(frozen=True, slots=True)
class StatedKind:
    """What the article calls its event, as written, and the surnames (sounds) in that sentence."""

    kind: str
    text: str
    people: tuple[str, ...]
    said: Said


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the article says holds a post that only one person holds at a time."""

    post: str
    key: str
    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that the article says will happen: first and last day as ISO dates."""

    starts_on: str
    ends_on: str
    said: Said


@dataclass(frozen=True, slots=True)
class Encounter:
    """A meeting or a visit that the article tells of: names as analysed, one for a visit.

    `place` and `day` (ISO) are what the sentence states.
    """

    kind: EncounterKind
    people: tuple[str, ...]
    place: str | None
    day: str | None
    said: Said


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure worth telling, as written with its unit, and with "более" or "около" before it."""

    value: str
    said: Said


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that an article may add to its story.

    `sentences` are those of its summary, in order. `places` and `day` are those of its beginning.
    """

    language: str
    headline: str
    sentences: tuple[Said, ...] = ()
    places: tuple[str, ...] = ()
    happened_on: str | None = None
    day: StatedDay | None = None
    kind: StatedKind | None = None
    numbers: tuple[StatedNumber, ...] = ()
    holders: tuple[Holder, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    figures: tuple[Figure, ...] = ()
    encounters: tuple[Encounter, ...] = ()
