"""From what a person wrote to words of the index: every form of a word, outlets by their names."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.search_index import AFFIX
from bot.archive.search_match import AnyOf, Part, Phrase, fact
from bot.archive.search_tables import (
    SearchDocumentTable,
    SearchFormTable,
    SearchOutletTable,
    SearchVocabularyTable,
)
from bot.search.query import Term
from summarizer.lemmas import lemmas
from summarizer.words import words_of

MOST_FORMS = 200
_NEAR_COMPARED = 400
_SLIPS = ((8, 2), (4, 1))
"""From so many letters on, so many slips are forgiven."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A term, the words of the index that it may stand as, and how many articles hold them.

    No words: no article has the term in any form.
    """

    term: Term
    words: tuple[str, ...]
    holding: int

    def part(self, *, in_title: bool = False) -> Part:
        """Give what the index is asked for."""
        if self.term.exact:
            return Phrase(self.term.words, in_title=in_title)
        return AnyOf(self.words, in_title=in_title)


async def resolve(connection: AsyncConnection, terms: Sequence[Term]) -> list[Resolved]:
    """Find under which words of the index terms stand."""
    asked = {word for term in terms if not term.exact for word in term.words}
    forms = await _forms(connection, asked)
    phrased = {word for term in terms if term.exact for word in term.words}
    counts = await counted(connection, {*phrased, *(w for ws in forms.values() for w in ws)})
    resolved = []
    for term in terms:
        if term.exact:
            known = all(counts.get(word) for word in term.words)
            holding = min((counts.get(word, 0) for word in term.words), default=0)
            resolved.append(Resolved(term, term.words if known else (), holding))
            continue
        words = [word for word in forms.get(term.words[0], ()) if counts.get(word)]
        words.sort(key=lambda word: (-counts[word], word))
        kept = tuple(words[:MOST_FORMS])
        resolved.append(Resolved(term, kept, sum(counts[word] for word in kept)))
    return resolved


async def counted(connection: AsyncConnection, words: Collection[str]) -> dict[str, int]:
    """Count the articles that hold each of some words."""
    query = select(SearchVocabularyTable.word, SearchVocabularyTable.articles).where(
        SearchVocabularyTable.word.in_(words)
    )
    return {row.word: row.articles for row in await connection.execute(query)}


async def indexed(connection: AsyncConnection) -> int:
    """Count the indexed articles."""
    query = select(func.count()).select_from(SearchDocumentTable)
    return (await connection.execute(query)).scalar_one()


async def nearest(connection: AsyncConnection, word: str, *, limit: int) -> list[str]:
    """List words of the index that differ from a word by a slip or two, the likeliest first."""
    forgiven = next((slips for length, slips in _SLIPS if len(word) >= length), 0)
    if not forgiven:
        return []
    table = SearchVocabularyTable
    near: dict[str, tuple[int, int]] = {}
    for column, affix in ((table.head, word[:AFFIX]), (table.tail, word[-AFFIX:])):
        query = (
            select(table.word, table.articles)
            .where(
                column == affix,
                func.length(table.word).between(len(word) - forgiven, len(word) + forgiven),
            )
            .order_by(table.articles.desc(), table.word)
            .limit(_NEAR_COMPARED)
        )
        for row in await connection.execute(query):
            slips = OSA.distance(word, row.word, score_cutoff=forgiven)
            if 0 < slips <= forgiven:
                near[row.word] = (slips, -row.articles)
    return sorted(near, key=lambda found: (near[found], found))[:limit]


async def outlet_facts(connection: AsyncConnection, names: Iterable[str]) -> tuple[str, ...]:
    """Find the outlets whose names hold the words of one of the names asked for."""
    wanted = [[word.text for word in words_of(name)] for name in names]
    query = select(SearchOutletTable.id, SearchOutletTable.name)
    found = []
    for row in await connection.execute(query):
        own = [word.text for word in words_of(row.name)]
        if any(is_outlet_named(own, words) for words in wanted if words):
            found.append(fact("o", row.id))
    return tuple(found)


def is_outlet_named(own: Sequence[str], asked: Sequence[str]) -> bool:
    """Say whether an outlet answers: "каз" and "Казинформа" both name "МИА «Казинформ»"."""
    return all(any(_same_beginning(word, other) for other in own) for word in asked)


def _same_beginning(asked: str, own: str) -> bool:
    if own.startswith(asked):
        return True
    # A case ending of one or two letters.
    return (
        len(own) >= AFFIX
        and asked.startswith(own[: max(AFFIX, len(own) - 1)])
        and (len(asked) - len(own) <= 2)
    )


async def _forms(connection: AsyncConnection, words: Collection[str]) -> dict[str, set[str]]:
    """Give every word of the index that is a form of each of some words."""
    bases = await lemmas_of(connection, words)
    asked = {lemma for found in bases.values() for lemma in found}
    query = select(SearchFormTable.lemma, SearchFormTable.word).where(
        SearchFormTable.lemma.in_(asked)
    )
    by_lemma: dict[str, set[str]] = {}
    for row in await connection.execute(query):
        by_lemma.setdefault(row.lemma, set()).add(row.word)
    return {
        word: {word}.union(*(by_lemma.get(lemma, set()) for lemma in found))
        for word, found in bases.items()
    }


async def lemmas_of(
    connection: AsyncConnection, words: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """Give the dictionary forms of words: as the index has them, or else of the dictionary."""
    query = select(SearchFormTable.word, SearchFormTable.lemma).where(
        SearchFormTable.word.in_(words)
    )
    stored: dict[str, set[str]] = {}
    for row in await connection.execute(query):
        stored.setdefault(row.word, set()).add(row.lemma)
    unknown = [word for word in words if word not in stored]
    found = {word: frozenset(bases) for word, bases in stored.items()}
    if unknown:
        # The dictionary takes a moment to load, at the first such word.
        found |= await asyncio.to_thread(_look_up, unknown)
    return found


def _look_up(words: Sequence[str]) -> dict[str, frozenset[str]]:
    return {word: lemmas(word) | lemmas(word, kazakh=True) for word in words}
