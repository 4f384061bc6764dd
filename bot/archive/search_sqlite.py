"""The index of words in SQLite: FTS5, without a copy of the texts."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, bindparam, column, insert, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.search_match import Document, Match, Part, Phrase

_WORDS = table("search_words", column("rowid"), column("title"), column("body"), column("facts"))
_REMOVE = text(
    "INSERT INTO search_words (search_words, rowid, title, body, facts)"
    " VALUES ('delete', :rowid, :title, :body, :facts)"
)


class SqliteIndex:
    """FTS5 in the archive's own file."""

    table: FromClause = _WORDS
    key: ColumnElement[int] = _WORDS.c.rowid

    def matches(self, match: Match) -> ColumnElement[bool]:
        """Make the condition on the table."""
        return text("search_words MATCH :search_match").bindparams(  # type: ignore[return-value]
            bindparam("search_match", _expression(match))
        )

    async def add(self, connection: AsyncConnection, documents: Sequence[Document]) -> None:
        """Let documents be found."""
        if documents:
            await connection.execute(insert(_WORDS), [_row(one) for one in documents])

    async def remove(self, connection: AsyncConnection, documents: Sequence[Document]) -> None:
        """Let documents be found no longer."""
        if documents:
            await connection.execute(_REMOVE, [_row(one) for one in documents])


def _row(document: Document) -> dict[str, object]:
    return {
        "rowid": document.key,
        "title": document.title,
        "body": document.body,
        "facts": " ".join(document.facts),
    }


def _expression(match: Match) -> str:
    """Write a match in the language of FTS5; within quotation marks a word has no meaning in it."""
    every = " AND ".join(map(_part, match.every))
    if not match.none:
        return every
    return f"({every}) NOT ({' OR '.join(map(_part, match.none))})"


def _part(part: Part) -> str:
    if isinstance(part, Phrase):
        found = '"' + " ".join(part.words) + '"'
    else:
        found = "(" + " OR ".join(f'"{word}"' for word in part.words) + ")"
    return f"(title : {found})" if part.in_title else found
