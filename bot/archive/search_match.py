"""What the index of words is asked, and how each database is asked it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.ext.asyncio import AsyncConnection

EVERY_ARTICLE = ".a"
"""A word of every document. Words with a dot before them are facts, never words of a text."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several words, anywhere in an article or in its title alone."""

    words: tuple[str, ...]
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order with nothing between them."""

    words: tuple[str, ...]
    in_title: bool = False


Part = AnyOf | Phrase


@dataclass(frozen=True, slots=True)
class Match:
    """Every one of some parts, and none of others. Words hold letters, digits and "+" alone."""

    every: tuple[Part, ...]
    none: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index holds it: words apart by blanks, facts without their dots."""

    key: int
    title: str
    body: str
    facts: tuple[str, ...]


class WordIndex(Protocol):
    """The index of words in one kind of database."""

    @property
    def table(self) -> FromClause:
        """The table that is asked."""

    @property
    def key(self) -> ColumnElement[int]:
        """Its column with the key of the document."""

    def matches(self, match: Match) -> ColumnElement[bool]:
        """Make the condition on the table."""

    async def add(self, connection: AsyncConnection, documents: Sequence[Document]) -> None:
        """Let documents be found; their rows in `search_documents` are there already."""

    async def remove(self, connection: AsyncConnection, documents: Sequence[Document]) -> None:
        """Let documents be found no longer, as they were added."""


def fact(kind: str, value: object) -> str:
    """Write a fact as a word of the index: the language "ru" as ".lru"."""
    return f".{kind}{value}"
