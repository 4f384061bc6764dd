"""What is asked of articles, and what they answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """An article that may hold the answer; `title` when it was given apart from the text."""

    id: int
    text: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """How each of a question's words may stand in a text, and how telling each is."""

    forms: tuple[frozenset[str], ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence that answers: its article, its text as shown, its place (code points there)."""

    source_id: int
    text: str
    start: int
    end: int
    score: float
