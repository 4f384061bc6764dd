"""Quotes that hold the words of a search: what somebody half remembers."""

from collections.abc import Collection, Sequence

from bot.archive.people_rows import QuoteRow
from bot.archive.search import Found
from bot.search.query import Query
from summarizer.words import words_of

_ENOUGH = 2
"""Of several words asked for, so many in the quote itself show that it is the one."""


def with_words(quotes: Sequence[QuoteRow], query: Query, found: Found) -> list[QuoteRow]:
    """Keep the quotes that hold words of a query, those with the most of them first.

    found: what the query found; its marks are the forms of the words that occur.
    """
    needed = min(_ENOUGH, len(query.wanted.terms)) or 1
    held = [(_held(quote, found.marks), quote) for quote in quotes]
    held.sort(key=lambda one: -one[0])
    return [quote for number, quote in held if number >= needed]


def _held(quote: QuoteRow, marks: Collection[str]) -> int:
    return len({word.text for word in words_of(quote.text)} & set(marks))
