"""The index of words in PostgreSQL: tsvector, with words and places of our own making."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, cast, column, delete, literal, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.search_match import Document, Match, Part, Phrase

_WORDS = table("search_words", column("key"), column("words"))
_ADD = text("INSERT INTO search_words (key, words) VALUES (:key, CAST(:words AS tsvector))")
_GAP = 10
"""Places between title and body, so that no phrase leads from one into the other."""

_MOST_PLACES = 255
"""PostgreSQL keeps no more of one word in one document."""


class PostgresIndex:
    """A tsvector for each document, and a GIN index on them."""

    table: FromClause = _WORDS
    key: ColumnElement[int] = _WORDS.c.key

    def matches(self, match: Match) -> ColumnElement[bool]:
        """Make the condition on the table."""
        asked = cast(literal(_expression(match)), TSQUERY)
        return _WORDS.c.words.bool_op("@@")(asked)

    async def add(self, connection: AsyncConnection, documents: Sequence[Document]) -> None:
        """Let documents be found."""
        if documents:
            rows = [{"key": one.key, "words": _vector(one)} for one in documents]
            await connection.execute(_ADD, rows)

    async def remove(self, connection: AsyncConnection, documents: Sequence[Document]) -> None:
        """Let documents be found no longer."""
        keys = [one.key for one in documents]
        await connection.execute(delete(_WORDS).where(_WORDS.c.key.in_(keys)))


def _vector(document: Document) -> str:
    places: dict[str, list[str]] = {}
    title = document.title.split()
    for place, word in enumerate(title, start=1):
        places.setdefault(word, []).append(f"{place}A")
    for place, word in enumerate(document.body.split(), start=len(title) + _GAP):
        places.setdefault(word, []).append(str(place))
    written = [f"'{word}':{','.join(at[:_MOST_PLACES])}" for word, at in places.items()]
    return " ".join([*written, *(f"'{word}'" for word in document.facts)])


def _expression(match: Match) -> str:
    every = " & ".join(map(_part, match.every))
    none = "".join(f" & !{_part(part)}" for part in match.none)
    return every + none


def _part(part: Part) -> str:
    weight = ":A" if part.in_title else ""
    joint = " <-> " if isinstance(part, Phrase) else " | "
    return "(" + joint.join(f"'{word}'{weight}" for word in part.words) + ")"
