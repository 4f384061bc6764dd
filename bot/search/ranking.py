"""How well an article answers a query, from where its words stand; the same on every database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

_SATURATION = 1.2
_TITLE = 1.5
_LEAD_WORDS = 40
_LEAD = 0.5
_TOGETHER = 2.0


@dataclass(frozen=True, slots=True)
class Group:
    """The words that one term may stand as, and how telling the term is."""

    words: frozenset[str]
    weight: float


def weight_of(holding: int, articles: int) -> float:
    """Weigh a term by how few of the articles hold it."""
    return log(1 + articles / max(1, holding))


def score(title: Sequence[str], body: Sequence[str], groups: Sequence[Group]) -> float:
    """Score an article: terms that are rare, repeated, early, in the title, close together.

    Args:
        title: the words of its title.
        body: the words of its text.
        groups: the terms.
    """
    if not groups:
        return 0.0
    member: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for word in group.words:
            member.setdefault(word, []).append(number)
    in_title = {number for word in title for number in member.get(word, ())}
    places = [(at, number) for at, word in enumerate(body) for number in member.get(word, ())]
    counts = [0] * len(groups)
    firsts: dict[int, int] = {}
    for at, number in places:
        counts[number] += 1
        firsts.setdefault(number, at)
    total = 0.0
    for number, group in enumerate(groups):
        found = counts[number] / (counts[number] + _SATURATION)
        found += _TITLE if number in in_title else 0.0
        found += _LEAD if firsts.get(number, _LEAD_WORDS) < _LEAD_WORDS else 0.0
        total += group.weight * found
    window = _window(places, len(groups))
    return total + (_TOGETHER * len(groups) / window if window else 0.0)


def overlap(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """Say how much of some weighted words a text holds, from 0 to 1."""
    whole = sum(weights.values())
    present = set(words)
    return sum(weight for word, weight in weights.items() if word in present) / (whole or 1.0)


def _window(places: Sequence[tuple[int, int]], groups: int) -> int:
    """Measure the shortest stretch that holds every group, in words; 0 when none does."""
    if groups < 2:
        return 0
    last: dict[int, int] = {}
    best = 0
    for at, number in places:
        last[number] = at
        if len(last) == groups:
            size = at - min(last.values()) + 1
            best = size if not best else min(best, size)
    return best
