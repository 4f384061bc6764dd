"""Where sources of one story say something else about the same thing: side by side, as they say it.

Only sentences that speak of one thing are compared; whatever is not certain is no difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz.distance import OSA

from summarizer.stories_material import Material, Said, StatedKind, StatedNumber

MOST = 5
"""Differences told of one story."""

_SHARED_WORDS = 0.34
_LEAST_SHARED = 2
_NEARLY = 0.005
_NEAR = 0.15
_ROUND = 0.06
_SLIPS = 2


class DifferenceKind(StrEnum):
    """On what the sources of one story disagree."""

    NUMBER = "number"
    NAME = "name"
    DATE = "date"
    EVENT = "event"
    """What it was: a call or a meeting."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article says, by its place among the materials, with the sentence that says it."""

    source: int
    value: str
    said: Said


@dataclass(frozen=True, slots=True)
class Difference:
    """Two or more statements that do not agree, in the order of the articles."""

    kind: DifferenceKind
    statements: tuple[Statement, ...]


def differences(materials: Sequence[Material]) -> tuple[Difference, ...]:
    """Find where the articles of a story disagree.

    Args:
        materials: those of the articles, by time of publication; reprints left out.

    Returns:
        At most MOST differences: numbers first, then days, the kind of event and names.
    """
    found = [*_numbers(materials), *_days(materials), *_kinds(materials), *_names(materials)]
    return tuple(found[:MOST])


def _numbers(materials: Sequence[Material]) -> Iterator[Difference]:
    """Compare figures of one unit that stand by the same words."""
    stated = [
        (source, number)
        for source, material in enumerate(materials)
        for number in material.numbers
        if number.unit
    ]
    told: set[tuple[int, str]] = set()
    for (source, number), (other, another) in combinations(stated, 2):
        if source == other or (source, number.value) in told or (other, another.value) in told:
            continue
        is_sole = _is_sole(materials[source], number) and _is_sole(materials[other], another)
        if not (_same_thing(number, another) or (is_sole and _near(number, another))):
            continue
        if not _disagree(number, another):
            continue
        # A source that gives both figures speaks of two things.
        if _gives(materials[source], another) or _gives(materials[other], number):
            continue
        told |= {(source, number.value), (other, another.value)}
        statements = (
            Statement(source, number.value, number.said),
            Statement(other, another.value, another.said),
        )
        yield Difference(DifferenceKind.NUMBER, statements)


def _same_thing(one: StatedNumber, other: StatedNumber) -> bool:
    if one.unit != other.unit or one.is_least != other.is_least:
        return False
    left, right = set(one.about), set(other.about)
    shared = left & right
    return len(shared) >= _LEAST_SHARED and len(shared) >= _SHARED_WORDS * min(
        len(left), len(right)
    )


def _is_sole(material: Material, number: StatedNumber) -> bool:
    """Say whether a figure is the only one of its unit that an article gives."""
    return sum(one.unit == number.unit for one in material.numbers) == 1


def _near(one: StatedNumber, other: StatedNumber) -> bool:
    """Say whether two amounts are so near that sources of one event mean the same by them."""
    if one.unit != other.unit or one.is_least != other.is_least:
        return False
    larger = max(abs(one.amount), abs(other.amount))
    return abs(one.amount - other.amount) <= _NEAR * larger


def _disagree(one: StatedNumber, other: StatedNumber) -> bool:
    """Say whether two amounts differ by more than rounding: "около 100" and "97" agree."""
    larger = max(abs(one.amount), abs(other.amount))
    apart = abs(one.amount - other.amount)
    return apart > (_ROUND if one.is_about or other.is_about else _NEARLY) * larger


def _gives(material: Material, number: StatedNumber) -> bool:
    return any(
        known.unit == number.unit and not _disagree(known, number) for known in material.numbers
    )


def _days(materials: Sequence[Material]) -> Iterator[Difference]:
    """Compare the day on which each says that the event took place."""
    stated = [
        (source, day)
        for source, material in enumerate(materials)
        if (day := material.day) is not None
    ]
    for (source, day), (other, another) in combinations(stated, 2):
        left, right = set(day.about), set(another.about)
        if day.iso != another.iso and day.verb == another.verb and len(left & right) >= 2:
            yield Difference(
                DifferenceKind.DATE,
                (
                    Statement(source, day.text, day.said),
                    Statement(other, another.text, another.said),
                ),
            )
            return


def _kinds(materials: Sequence[Material]) -> Iterator[Difference]:
    """Compare what they call the event: a call beside a meeting of the same people."""
    first: dict[str, tuple[int, StatedKind]] = {}
    for source, material in enumerate(materials):
        if material.kind is not None:
            first.setdefault(material.kind.kind, (source, material.kind))
    for (source, kind), (other, another) in combinations(first.values(), 2):
        if _in_both(kind.people, another.people) >= 2:
            yield Difference(
                DifferenceKind.EVENT,
                (
                    Statement(source, kind.text, kind.said),
                    Statement(other, another.text, another.said),
                ),
            )
            return


def _in_both(people: Sequence[str], others: Sequence[str]) -> int:
    """Count the surnames that both name, spelt by ear as they may be."""
    return sum(any(_are_spellings(one, other) for other in others) for one in people)


def _names(materials: Sequence[Material]) -> Iterator[Difference]:
    """Compare who holds one and the same post; a single post has one holder."""
    holders: dict[str, dict[str, Statement]] = {}
    for source, material in enumerate(materials):
        for holder in material.holders:
            statement = Statement(source, holder.name, holder.said)
            holders.setdefault(holder.post, {}).setdefault(holder.key, statement)
    for statements in holders.values():
        sources = {statement.source for statement in statements.values()}
        if any(_are_spellings(one, other) for one, other in combinations(statements, 2)):
            continue
        if 1 < len(statements) <= 3 and len(sources) == len(statements):
            yield Difference(DifferenceKind.NAME, tuple(statements.values()))


def _are_spellings(one: str, other: str) -> bool:
    """Say whether two surnames are near enough to be one name, spelt by ear: Лютник, Латник."""
    return OSA.distance(one, other, score_cutoff=_SLIPS) <= _SLIPS
