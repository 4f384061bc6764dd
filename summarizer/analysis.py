"""What is understood of an article: people, roles, quotes, dates, each with its place in the text.

All offsets are code points into the original text. The rooms that find these things fill them in;
this module only says what they are.
"""

from dataclasses import dataclass
from typing import Literal

from summarizer.spans import Span
from summarizer.summary import Summary

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Role:
    """A post that a person holds, as the article states it, in the nominative."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """One human of an article.

    `name` is in the nominative, first name before surname; with `initials_only` the first name is
    an initial ("У. Зея"), since the article gives no more. `surfaces` are the forms as written, in
    order of appearance and each once; `mentions` are their spans, titles outside.
    """

    name: str
    initials_only: bool
    gender: Gender | None
    surfaces: tuple[str, ...]
    mentions: tuple[Span, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said.

    A direct quote is verbatim: `text` is the original's slice at `span`, without its quotation
    marks. A reported one (`direct` is False) is the clause that reports, never shown as a quote.
    `speaker` is the `name` of a Person of the same analysis, or None when the article does not
    tell. `verb` is the speech verb as written, or "" for "по словам" and the like.
    """

    text: str
    span: Span
    speaker: str | None
    verb: str
    direct: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation or a place: its name in the nominative where that is certain."""

    name: str
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text.

    `iso` holds what is known: "2022", "2024-03", "2024-03-26", "--02-01" (a day without a year),
    or a span "2026-01-14/2026-01-16".
    """

    text: str
    span: Span
    iso: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is understood of one article."""

    title: str | None
    language: str
    people: tuple[Person, ...]
    quotes: tuple[Quote, ...]
    organisations: tuple[Entity, ...]
    places: tuple[Entity, ...]
    dates: tuple[DateMention, ...]
    summary: Summary
    headline: str = ""
    """One neutral line of at most 12 words; empty only for an article without text."""
    brief: Summary | None = None
    """A longer summary, of at most 150 words."""
