"""Which of the articles that have just come in answer which of many queries.

The index of words is not asked: a few articles are read once, and every query looks at them.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.articles import listed
from bot.archive.engine import Database
from bot.archive.people_search import search as search_people
from bot.archive.people_tables import AppearanceTable, NameWordTable
from bot.archive.search_content import unpack
from bot.archive.search_index import key_after
from bot.archive.search_match import fact
from bot.archive.search_tables import SearchDocumentTable, SearchFormTable, SearchOutletTable
from bot.archive.search_terms import is_outlet_named, lemmas_of
from bot.archive.story_reading import parts
from bot.archive.tables import ArticleTable
from bot.search.operators import QuerySyntaxError
from bot.search.query import Query, Term, Wanted, parse
from summarizer.name_keys import head_and_tail, is_initial, name_words, sound
from summarizer.words import words_of

Asked = tuple[str, str]
"""A query as it was written, and the zone in which its days begin."""

_WORDS_AT_ONCE = 5_000
"""Of one statement; PostgreSQL takes 32,767."""


async def matching(
    database: Database, asked: Iterable[Asked], article_ids: Sequence[int]
) -> dict[Asked, list[int]]:
    """Tell which of some indexed articles that all may read answer each query, the newest first.

    Reprints do too. What cannot be read any more, and what nothing answers, is left out.
    """
    queries = await asyncio.to_thread(_parsed, asked)
    async with database.reading() as connection:
        bases = await _bases(connection, queries.values())
    wanted_lemmas = frozenset().union(*bases.values())
    names = _Names()
    keys: dict[int, int] = {}
    found: defaultdict[Asked, list[int]] = defaultdict(list)
    for part in parts(article_ids):
        async with database.reading() as connection:
            arrivals = await _read(connection, part, wanted_lemmas)
            keys |= arrivals.keys
            answers = await asyncio.to_thread(_by_words, queries, bases, arrivals)
            answers = await _by_people(connection, queries, answers, names, part)
        for one, ids in answers.items():
            found[one] += ids
    return {one: sorted(ids, key=lambda id_: keys[id_], reverse=True) for one, ids in found.items()}


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """Some articles: which of them hold a word or fact, and which a form of a dictionary word.

    keys: of the documents, which grow with time. texts: titles and bodies, with blanks around.
    outlets: the words of the names of theirs, by their facts.
    """

    keys: Mapping[int, int]
    texts: Mapping[int, tuple[str, str]]
    holding: Mapping[str, Collection[int]]
    inflected: Mapping[str, Collection[int]]
    outlets: Mapping[str, Sequence[str]]

    def any_of(self, words: Iterable[str]) -> set[int]:
        """Name those that hold one of some words or facts."""
        return set().union(*(self.holding.get(word, ()) for word in words))

    def with_term(self, term: Term, bases: Mapping[str, Collection[str]]) -> set[int]:
        """Name those that hold a term: in any form, or its words exactly so."""
        if not term.exact:
            [word] = term.words
            forms = (self.inflected.get(lemma, ()) for lemma in bases.get(word, ()))
            return self.any_of(term.words).union(*forms)
        held = set.intersection(*(self.any_of([word]) for word in term.words))
        phrase = f" {' '.join(term.words)} "
        return {one for one in held if any(phrase in text for text in self.texts[one])}

    def of_outlets(self, names: Collection[str]) -> set[int]:
        """Name those of outlets that answer to one of some names."""
        asked = [[word.text for word in words_of(name)] for name in names]
        return self.any_of(
            known
            for known, own in self.outlets.items()
            if any(is_outlet_named(own, words) for words in asked if words)
        )

    def in_languages(self, languages: Collection[str]) -> set[int]:
        """Name those in one of some languages."""
        return self.any_of(fact("l", language) for language in languages)


async def _read(
    connection: AsyncConnection, article_ids: Sequence[int], lemmas: Collection[str]
) -> _Arrivals:
    """Read articles; of dictionary words, only those asked for."""
    document = SearchDocumentTable
    query = (
        select(document.article_id, document.key, document.content)
        .join(ArticleTable, ArticleTable.id == document.article_id)
        .where(document.article_id.in_(article_ids), listed())
    )
    keys, texts = {}, {}
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for article_id, key, content in await connection.execute(query):
        read = unpack(key, content)
        keys[article_id] = key
        texts[article_id] = f" {read.title} ", f" {read.body} "
        for word in {*read.title.split(), *read.body.split(), *read.facts}:
            holding[word].add(article_id)
    inflected: defaultdict[str, set[int]] = defaultdict(set)
    for words in _at_once(holding):
        forms = select(SearchFormTable.word, SearchFormTable.lemma).where(
            SearchFormTable.word.in_(words)
        )
        for word, lemma in await connection.execute(forms):
            if lemma in lemmas:
                inflected[lemma] |= holding[word]
    outlets = {}
    named = select(SearchOutletTable.id, SearchOutletTable.name).where(
        SearchOutletTable.id.in_([int(word[2:]) for word in holding if word.startswith(".o")])
    )
    for outlet_id, name in await connection.execute(named):
        outlets[fact("o", outlet_id)] = [word.text for word in words_of(name)]
    return _Arrivals(keys, texts, holding, inflected, outlets)


def _parsed(asked: Iterable[Asked]) -> dict[Asked, Query]:
    queries = {}
    for text, zone in set(asked):
        try:
            queries[text, zone] = parse(text, zone)
        except QuerySyntaxError:
            # Saved by a version that read it; nobody is told of anything by it.
            continue
    return queries


async def _bases(
    connection: AsyncConnection, queries: Iterable[Query]
) -> dict[str, frozenset[str]]:
    """Find the dictionary words of everything that is asked for in any form."""
    words = {
        word
        for query in queries
        for term in (*query.wanted.terms, *query.excluded.terms)
        if not term.exact
        for word in term.words
    }
    bases: dict[str, frozenset[str]] = {}
    for some in _at_once(words):
        bases |= await lemmas_of(connection, some)
    return bases


def _by_words(
    queries: Mapping[Asked, Query],
    bases: Mapping[str, Collection[str]],
    arrivals: _Arrivals,
) -> dict[Asked, set[int]]:
    """Match queries by all but the people they name."""
    answers = {one: _answering(query, bases, arrivals) for one, query in queries.items()}
    return {one: ids for one, ids in answers.items() if ids}


def _answering(query: Query, bases: Mapping[str, Collection[str]], arrivals: _Arrivals) -> set[int]:
    left = set(arrivals.keys)
    for term in query.wanted.terms:
        left &= arrivals.with_term(term, bases)
        if not left:
            return left
    if query.wanted.outlets:
        left &= arrivals.of_outlets(query.wanted.outlets)
    if query.wanted.languages:
        left &= arrivals.in_languages(query.wanted.languages)
    if query.after is not None:
        first = key_after(query.after)
        left = {one for one in left if arrivals.keys[one] >= first}
    if query.before is not None:
        end = key_after(query.before)
        left = {one for one in left if arrivals.keys[one] < end}
    return left - _excluded(query.excluded, bases, arrivals) if left else left


def _excluded(
    excluded: Wanted, bases: Mapping[str, Collection[str]], arrivals: _Arrivals
) -> set[int]:
    found: set[int] = set()
    for term in excluded.terms:
        found |= arrivals.with_term(term, bases)
    if excluded.outlets:
        found |= arrivals.of_outlets(excluded.outlets)
    if excluded.languages:
        found |= arrivals.in_languages(excluded.languages)
    return found


@dataclass
class _Names:
    """Who answers to which name; each name is looked up once, and few at all."""

    _known: dict[str, frozenset[int]] = field(default_factory=dict)

    async def people(
        self, connection: AsyncConnection, name: str, affixes: Collection[str]
    ) -> frozenset[int]:
        """Name who answers; nobody where none of those with these affixes can be among them."""
        if not any(affix in affixes for word in name_words(name) for affix in _affixes(word)):
            return frozenset()
        if name not in self._known:
            hits = await search_people(connection, name)
            self._known[name] = frozenset(hit.person_id for hit in hits)
        return self._known[name]


def _affixes(word: str) -> tuple[str, ...]:
    """Give what a search for people compares first: with nothing in common nobody answers."""
    if is_initial(word) or not sound(word):
        return ()
    head, tail = head_and_tail(sound(word))
    return f"{head}-", f"-{tail}"


async def _by_people(
    connection: AsyncConnection,
    queries: Mapping[Asked, Query],
    answers: Mapping[Asked, set[int]],
    names: _Names,
    article_ids: Sequence[int],
) -> dict[Asked, set[int]]:
    """Keep of what answers by its words what names whom a query names."""
    if not any(queries[one].wanted.people or queries[one].excluded.people for one in answers):
        return dict(answers)
    naming, affixes = await _people_in(connection, article_ids)
    kept = {}
    for one, ids in answers.items():
        left = set(ids)
        for name in queries[one].wanted.people:
            people = await names.people(connection, name, affixes)
            left.intersection_update(set().union(*(naming.get(who, ()) for who in people)))
        for name in queries[one].excluded.people if left else ():
            people = await names.people(connection, name, affixes)
            left.difference_update(*(naming.get(who, ()) for who in people))
        if left:
            kept[one] = left
    return kept


async def _people_in(
    connection: AsyncConnection, article_ids: Sequence[int]
) -> tuple[Mapping[int, set[int]], Collection[str]]:
    """Read which articles name whom, and the first and last letters of the names of these."""
    query = select(AppearanceTable.person_id, AppearanceTable.article_id).where(
        AppearanceTable.article_id.in_(article_ids)
    )
    naming: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, article_id in await connection.execute(query):
        naming[person_id].add(article_id)
    affixes = set()
    for people in parts(list(naming)):
        words = select(NameWordTable.head, NameWordTable.tail).where(
            NameWordTable.person_id.in_(people)
        )
        for head, tail in await connection.execute(words):
            affixes |= {f"{head}-", f"-{tail}"}
    return naming, affixes


def _at_once(words: Iterable[str]) -> Iterator[Sequence[str]]:
    """Part words into as many as one statement takes."""
    listed_words = list(words)
    for start in range(0, len(listed_words), _WORDS_AT_ONCE):
        yield listed_words[start : start + _WORDS_AT_ONCE]
