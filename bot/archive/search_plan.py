"""What a query means on this archive: words of the index, outlets and people by their ids."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_search import search as search_people
from bot.archive.people_tables import AliasTable
from bot.archive.search_match import EVERY_ARTICLE, AnyOf, Match, Part, fact
from bot.archive.search_terms import Resolved, outlet_facts, resolve
from bot.search.query import Query, Term
from summarizer.words import words_of


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready for the database.

    `people` are the ids of each person asked for, `marks` the words to mark in what is found, and
    `unknown` the terms that no article has. `is_empty` says that nothing can be found.
    """

    every: tuple[Resolved, ...] = ()
    facts: tuple[Part, ...] = ()
    none: tuple[Part, ...] = ()
    people: tuple[tuple[int, ...], ...] = ()
    not_people: tuple[int, ...] = ()
    marks: frozenset[str] = frozenset()
    unknown: tuple[Term, ...] = ()
    is_empty: bool = False

    def match(self, *, in_title: bool = False) -> Match:
        """Give what the index is asked; in_title: all words are to stand in the title."""
        words = tuple(one.part(in_title=in_title) for one in self.every)
        return Match((*words, *self.facts) or (AnyOf((EVERY_ARTICLE,)),), self.none)


async def make_plan(connection: AsyncConnection, query: Query) -> Plan:
    """Find what the words, names and outlets of a query stand for."""
    wanted, excluded = query.wanted, query.excluded
    every = await resolve(connection, wanted.terms)
    none = await resolve(connection, excluded.terms)
    unknown = tuple(one.term for one in every if not one.words)
    facts: list[Part] = []
    if wanted.outlets:
        facts.append(AnyOf(await outlet_facts(connection, wanted.outlets)))
    if wanted.languages:
        facts.append(AnyOf(tuple(fact("l", one) for one in wanted.languages)))
    without = [one.part() for one in none if one.words]
    if excluded.outlets:
        without.append(AnyOf(await outlet_facts(connection, excluded.outlets)))
    if excluded.languages:
        without.append(AnyOf(tuple(fact("l", one) for one in excluded.languages)))
    people = [await _people(connection, name) for name in wanted.people]
    not_people = [i for name in excluded.people for i in await _people(connection, name)]
    marks = {word for one in every for word in one.words}
    if people:
        marks |= await _names(connection, {i for ids in people for i in ids})
    return Plan(
        tuple(every),
        tuple(facts),
        tuple(part for part in without if part.words),
        tuple(people),
        tuple(not_people),
        frozenset(marks),
        unknown,
        is_empty=bool(unknown)
        or any(not part.words for part in facts)
        or any(not ids for ids in people),
    )


async def _people(connection: AsyncConnection, name: str) -> tuple[int, ...]:
    return tuple(hit.person_id for hit in await search_people(connection, name))


async def _names(connection: AsyncConnection, people: Collection[int]) -> set[str]:
    """List the words by which articles name some people, in every form."""
    query = select(AliasTable.name).where(AliasTable.person_id.in_(people)).limit(200)
    words = {word.text for name in await connection.scalars(query) for word in words_of(name)}
    terms = [Term((word,), False, word, 0, 0) for word in sorted(words) if len(word) > 1]
    return {word for one in await resolve(connection, terms) for word in one.words}
