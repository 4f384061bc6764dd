"""Finding a person by whatever form of the name somebody writes, within a transaction."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_tables import AliasTable, NameWordTable, PersonTable
from summarizer.name_keys import (
    differ_in_ending,
    head_and_tail,
    is_cyrillic,
    is_initial,
    name_words,
    sound,
)

EXACT, INFLECTED, GUESSED = 3, 2, 1
"""How well a name answers: as it stands, in another case or spelling, with slips of letters."""

_MOST_WORDS = 6
_MOST_COMPARED = 80
# "о Казыхане", "с Казыханом": an initial would be a capital, or have a full stop.
_PREPOSITION = re.compile(r"(?<![\w.])[а-я](?![\w.-])")
_HIS = ("ov", "ev", "in")
_HERS = tuple(f"{ending}a" for ending in _HIS)
_SLIPS = ((9, 2), (4, 1))
"""From so many letters on, so many slips are forgiven."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person whose name answers, and how well."""

    person_id: int
    level: int


async def search(connection: AsyncConnection, asked: str) -> list[Hit]:
    """Find people by a name in any alphabet, case and order, in full or in part.

    Returns the best hits: all of one level, the most mentioned first.
    """
    words = name_words(_PREPOSITION.sub(" ", asked))[:_MOST_WORDS]
    long = [word for word in words if not is_initial(word) and sound(word)]
    if not long:
        return []
    answered = await _answering(connection, [sound(word) for word in long])
    known = set().union(*answered.values()) if answered else set()
    # A word that nobody is called by ("посол", "г-н") is no part of the name.
    unknown = {word for place, word in enumerate(long) if place not in known}
    words = tuple(word for word in words if word not in unknown)
    ids = await _most_mentioned(connection, answered)
    levels: dict[int, int] = {}
    query = select(AliasTable.person_id, AliasTable.folded).where(AliasTable.person_id.in_(ids))
    for row in await connection.execute(query):
        level = _level(words, row.folded.split())
        if unknown:
            level = min(level, GUESSED)
        levels[row.person_id] = max(level, levels.get(row.person_id, 0))
    best = max(levels.values(), default=0)
    return [Hit(person, best) for person in ids if best and levels.get(person) == best]


async def _answering(connection: AsyncConnection, sounds: Sequence[str]) -> dict[int, set[int]]:
    """Find who is called by which of the words, by the places of these."""
    affixes = [head_and_tail(word) for word in sounds]
    query = select(NameWordTable.person_id, NameWordTable.sound).where(
        NameWordTable.head.in_({head for head, _ in affixes})
        | NameWordTable.tail.in_({tail for _, tail in affixes})
    )
    answered: dict[int, set[int]] = {}
    # Hundreds share a first name: each sound is compared once.
    places: dict[str, list[int]] = {}
    for row in await connection.execute(query):
        if row.sound not in places:
            places[row.sound] = [
                place for place, word in enumerate(sounds) if _sounds_like(word, row.sound)
            ]
        if places[row.sound]:
            answered.setdefault(row.person_id, set()).update(places[row.sound])
    return answered


async def _most_mentioned(connection: AsyncConnection, answered: dict[int, set[int]]) -> list[int]:
    """Keep those who answer to the most words, the most mentioned first."""
    most = max(map(len, answered.values()), default=0)
    ids = [person for person, places in answered.items() if len(places) == most]
    ranked = (
        select(PersonTable.id)
        .where(PersonTable.id.in_(ids))
        .order_by(PersonTable.articles.desc(), PersonTable.is_beat.desc(), PersonTable.id)
        .limit(_MOST_COMPARED)
    )
    return list((await connection.execute(ranked)).scalars())


def _sounds_like(one: str, other: str) -> bool:
    return differ_in_ending(one, other) or _slips(one, other) is not None


def _slips(one: str, other: str) -> int | None:
    """Count the slips of letters between two sounds; None when they are too many."""
    shorter = min(len(one), len(other))
    forgiven = next((slips for length, slips in _SLIPS if shorter >= length), 0)
    slips = OSA.distance(one, other, score_cutoff=forgiven)
    return slips if slips <= forgiven else None


def _level(words: Collection[str], name: Sequence[str]) -> int:
    """Say how well a name answers: each word asked for must be found in it, once."""
    left = list(name)
    level = EXACT
    for word in sorted(words, key=len, reverse=True):
        best = max(left, key=lambda candidate: _word_level(word, candidate), default="")
        reached = _word_level(word, best) if best else 0
        if not reached:
            return 0
        left.remove(best)
        level = min(level, reached)
    return level


def _is_of_other_gender(inflected: str, nominative: str) -> bool:
    """Say whether a case belongs to the other one of a pair like "Омаров" and "Омарова"."""
    if nominative.endswith(_HERS):
        return inflected.endswith(("im", "e"))
    return nominative.endswith(_HIS) and inflected.endswith("oi")


def _word_level(word: str, candidate: str) -> int:
    if word == candidate:
        return EXACT
    if is_initial(word) or is_initial(candidate):
        if is_cyrillic(word) == is_cyrillic(candidate):
            fits = candidate.startswith(word) or word.startswith(candidate)
        else:
            fits = sound(candidate).startswith(sound(word)) or sound(word).startswith(
                sound(candidate)
            )
        return EXACT if fits else 0
    one, other = sound(word), sound(candidate)
    if one == other:
        return EXACT
    if differ_in_ending(one, other) and not _is_of_other_gender(one, other):
        return INFLECTED
    return GUESSED if _slips(one, other) is not None else 0
