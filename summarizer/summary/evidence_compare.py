"""One sentence beside its source: which lines speak of the same, and how its words are linked."""

from collections import deque
from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np

from summarizer.summary.evidence_bag import Floats, neighbours
from summarizer.summary.evidence_numbers import Quantity, find_quantities
from summarizer.summary.evidence_source import Source, undated
from summarizer.summary.evidence_times import Moment, find_moments
from summarizer.summary.evidence_words import Kind, Line, Unit, linked

_LENT = 0.75
_CLOSENESS = (1.0, 1.0, 0.7, 0.5, 0.35, 0.25)
_FAR_AWAY = 0.15
_UNLINKED = 12


class Comparison:
    """A sentence held against its source.

    `near` tells for each unit of the sentence (row) and each line of the source (column) how near
    the nearest word there is; `soft` lets neighbouring lines lend theirs.

    Args:
        text: the sentence.
        line: the sentence as read.
        source: the article.
    """

    def __init__(self, text: str, line: Line, source: Source) -> None:
        self.text = text
        self.line = line
        self.source = source
        self.table = source.bag.similarity(line)
        self.near = source.bag.by_line(self.table)
        self.soft = neighbours(self.near, _LENT)
        self.rows = {unit.index: row for row, unit in enumerate(line.units)}
        self.weights = np.array([unit.weight for unit in line.units], dtype=np.float32)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers of the sentence that are no dates."""
        return list(undated(find_quantities(self.line.words, self.source.models), self.moments))

    @cached_property
    def moments(self) -> list[Moment]:
        """The dates of the sentence."""
        return find_moments(self.text, self.line.words, published=self.source.published)

    @cached_property
    def numerals(self) -> frozenset[int]:
        """Places of words that are a part of a number or date."""
        spans = [(each.first, each.last) for each in self.quantities]
        spans += [(each.first, each.last) for each in self.moments]
        return frozenset(place for first, last in spans for place in range(first, last + 1))

    @cached_property
    def names(self) -> list[list[Unit]]:
        """The names of the sentence: neighbouring units of kind NAME."""
        groups: list[list[Unit]] = []
        for unit in self.line.units:
            if unit.kind is not Kind.NAME:
                continue
            if groups and self._touch(groups[-1][-1].index, unit.index):
                groups[-1].append(unit)
            else:
                groups.append([unit])
        return groups

    def _touch(self, one: int, two: int) -> bool:
        """Say whether only initials stand between two words of one name."""
        between = [word.text for word in self.line.words[one + 1 : two]]
        return all(text == "." or (len(text) == 1 and text.isupper()) for text in between) and (
            one + 1 == two or between[:1] != ["."] or len(self.line.words[one].text) == 1
        )

    def distances(self, start: int) -> list[int]:
        """Count the links from one word to every other."""
        count = len(self.line.words)
        found = [_UNLINKED] * count
        found[start] = 0
        waiting = deque([start])
        while waiting:
            place = waiting.popleft()
            for other in self.links[place]:
                if found[other] > found[place] + 1:
                    found[other] = found[place] + 1
                    waiting.append(other)
        return found

    @cached_property
    def links(self) -> list[list[int]]:
        """The words that each word is linked to, either way."""
        return linked(self.line)

    def context(self, places: Collection[int], *, soft: bool = False) -> Floats:
        """Tell how well each line of the source matches what is said around some words.

        Args:
            places: the words themselves, which do not count.
            soft: whether neighbouring lines lend theirs.

        Returns:
            From 0 to 1 for each line.
        """
        center = next(iter(places))
        distances = self.distances(center)
        closeness = np.array(
            [
                0.0
                if unit.index in places
                else _CLOSENESS[distances[unit.index]]
                if distances[unit.index] < len(_CLOSENESS)
                else _FAR_AWAY
                for unit in self.line.units
            ],
            dtype=np.float32,
        )
        weights = closeness * self.weights
        total = float(weights.sum())
        table = self.soft if soft else self.near
        if not total:
            return np.zeros(table.shape[1], dtype=np.float32)
        return np.asarray(weights @ table / total, dtype=np.float32)


def head_of(line: Line, places: Sequence[int]) -> int:
    """Give the word that a group of words depends on, or -1."""
    for place in places:
        head = line.words[place].head
        if 0 <= head < len(line.words) and head not in places:
            return head
    return -1
