"""How near the words of one sentence are to the words of a whole article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarizer.dates_calendar import MONTH, WEEKDAY
from summarizer.models import Models
from summarizer.posts import serves
from summarizer.summary.evidence_words import Kind, Line, Unit, same_name, same_unit

# Names that no rule derives from one another.
_ALIASES = {
    alias: (names[0],)
    for names in (
        ("ес", "евросоюз", "европейский"),
        ("оон", "объединенный"),
        ("рф", "россия", "российский"),
        ("ссср", "советский"),
        ("нидерланды", "голландия", "голландский", "нидерландский"),
        ("мвф", "валютный"),
        ("сми", "пресса"),
        ("пентагон", "минобороны"),
        ("кремль", "кремлевский"),
        ("спб", "петербург", "санкт-петербург", "петербургский"),
        ("фрг", "германия", "немецкий", "германский"),
        ("англия", "британия", "великобритания", "британский", "английский"),
    )
    for alias in names
}
Floats = NDArray[np.float32]

_DIMENSIONS = 300
_FAR = 0.3
"""Cosine of two words that have nothing in common."""
_NEAR = 0.85
_BY_VECTOR_AT_MOST = 0.8
_DERIVED = 0.85
_STEM = 5
_SHORT_STEM = 4
_LEAST_COSINE_OF_DERIVED = 0.12
_LONGEST_ACRONYM = 7
# Words of a calendar are near one another and never the same.
_NEVER_ALIKE = re.compile(rf"(?:{MONTH}|{WEEKDAY}|сред[аыуе]|пятниц.|суббот.)$")


class Bag:
    """The words of an article, ready to be compared with those of a sentence.

    Args:
        lines: the sentences of the article.
        models: for the embeddings.
    """

    def __init__(self, lines: Sequence[Line], models: Models) -> None:
        self._models = models
        self.units: list[Unit] = [unit for line in lines for unit in line.units]
        self.owner = np.array([n for n, line in enumerate(lines) for _ in line.units], dtype=int)
        self.size = len(lines)
        self._vectors = self.directions(self.units)
        self._by_key: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        self.names: list[int] = []
        self._by_country: dict[str, list[int]] = {}
        for column, unit in enumerate(self.units):
            for key in unit.keys:
                self._by_key.setdefault(key, []).append(column)
            self._by_stem.setdefault(unit.lemma[:_SHORT_STEM], []).append(column)
            if unit.kind is Kind.NAME:
                self.names.append(column)
            for code in country_of(unit.lemma):
                self._by_country.setdefault(code, []).append(column)
        self._acronyms = self._read_acronyms(lines)
        self._spelled = _spelled_out(lines)
        self._starts = np.flatnonzero(np.diff(self.owner, prepend=-1)) if self.units else None

    def similarity(self, line: Line) -> Floats:
        """Compare a sentence's words with the article's: 0 for strangers, 1 for the same word.

        Returns:
            A row for each unit of the sentence, a column for each unit of the article.
        """
        table = np.zeros((len(line.units), len(self.units)), dtype=np.float32)
        if not line.units or not self.units:
            return table
        cosines = self.directions(line.units) @ self._vectors.T
        table = np.clip((cosines - _FAR) / (_NEAR - _FAR), 0, _BY_VECTOR_AT_MOST)
        for row, unit in enumerate(line.units):
            if unit.kind is not Kind.WORD or _NEVER_ALIKE.match(unit.lemma):
                table[row] = 0
            else:
                table[row, self.names] = 0
                for column in self._derived(unit, cosines[row]):
                    table[row, column] = max(table[row, column], _DERIVED)
            for column in self._same(unit):
                table[row, column] = 1
        self._match_acronyms(line, table)
        return np.asarray(table, dtype=np.float32)

    def by_line(self, table: Floats) -> Floats:
        """Keep for each word of a sentence the nearest word of each line of the article."""
        best = np.zeros((table.shape[0], self.size), dtype=np.float32)
        if self._starts is not None and table.shape[0]:
            owners = self.owner[self._starts]
            best[:, owners] = np.maximum.reduceat(table, self._starts, axis=1)
        return best

    @cached_property
    def centroids(self) -> Floats:
        """The meaning of each line as the sum of its words', at length 1."""
        weights = np.array([unit.weight for unit in self.units], dtype=np.float32)
        sums = np.zeros((self.size, _DIMENSIONS), dtype=np.float32)
        np.add.at(sums, self.owner, self._vectors * weights[:, None])
        return np.asarray(
            sums / np.maximum(1e-6, np.linalg.norm(sums, axis=1, keepdims=True)), dtype=np.float32
        )

    def directions(self, units: Iterable[Unit]) -> Floats:
        """Give the embedding of each word at length 1; zeros where there is none."""
        rows = [_direction(unit.lemma, self._models) for unit in units]
        if not rows:
            return np.zeros((0, _DIMENSIONS), dtype=np.float32)
        return np.asarray(np.stack(rows), dtype=np.float32)

    def _same(self, unit: Unit) -> Iterator[int]:
        for key in unit.keys:
            yield from self._by_key.get(key, ())
        for code in country_of(unit.lemma):
            yield from self._by_country.get(code, ())
        if unit.kind is Kind.NAME:
            for column in self.names:
                if same_unit(unit, self.units[column]):
                    yield column
            if "-" in unit.lemma:
                yield from self._by_parts(unit)
            # "Болгария" and "болгарский" name one country.
            for column in self._by_stem.get(unit.lemma[:_SHORT_STEM], ()):
                if is_of_place(self.units[column].lemma, unit.lemma):
                    yield column

    def _by_parts(self, unit: Unit) -> Iterator[int]:
        """Find "братьев-мусульман" in "Братья мусульмане": every part must be there."""
        places = [
            [
                column
                for column, other in enumerate(self.units)
                if any(same_name(part, key) for key in (*other.keys, *other.lemma.split("-")))
            ]
            for part in unit.lemma.split("-")
            if len(part) > 1
        ]
        if len(places) > 1 and all(places):
            yield from places[0]

    def _derived(self, unit: Unit, cosines: Floats) -> Iterator[int]:
        for column in self._by_stem.get(unit.lemma[:_SHORT_STEM], ()):
            other = self.units[column]
            if other.kind is Kind.NAME:
                if is_of_place(unit.lemma, other.lemma):
                    yield column
            elif is_derived(unit.lemma, other.lemma) and (
                cosines[column] > _LEAST_COSINE_OF_DERIVED or not cosines[column]
            ):
                yield column

    def _read_acronyms(self, lines: Sequence[Line]) -> dict[str, list[int]]:
        """List the article's words in capitals: "МИД", "ООН"."""
        found: dict[str, list[int]] = {}
        column = 0
        for line in lines:
            for unit in line.units:
                text = line.words[unit.index].text
                if text.isupper() and 2 <= len(text) <= _LONGEST_ACRONYM:
                    found.setdefault(text.lower(), []).append(column)
                column += 1
        return found

    def _match_acronyms(self, line: Line, table: Floats) -> None:
        """Let "МИД" be "Министерство иностранных дел", and the other way round."""
        for row, unit in enumerate(line.units):
            for column in self._spelled.get(unit.lemma, ()):
                table[row, column] = 1
        if not self._acronyms:
            return
        for letters, places in _runs(line):
            for column in self._acronyms.get(letters, ()):
                for row in places:
                    table[row, column] = 1


def _runs(line: Line) -> Iterator[tuple[str, list[int]]]:
    """List the initials of neighbouring units: "мид" for "Министерство иностранных дел"."""
    for start in range(len(line.units)):
        letters, places = "", []
        for row in range(start, min(len(line.units), start + _LONGEST_ACRONYM)):
            if row > start and line.units[row].index - line.units[row - 1].index > 2:
                break
            letters += line.units[row].lemma[:1]
            places.append(row)
            if len(places) > 1:
                yield letters, list(places)


def _spelled_out(lines: Sequence[Line]) -> dict[str, list[int]]:
    """Index the article's runs of words by their initials."""
    found: dict[str, list[int]] = {}
    offset = 0
    for line in lines:
        for letters, places in _runs(line):
            text = line.words[line.units[places[0]].index].text
            if text[:1].isupper() or len(letters) > 2:
                found.setdefault(letters, []).extend(offset + place for place in places)
        offset += len(line.units)
    return {letters: columns for letters, columns in found.items() if len(letters) > 1}


@lru_cache(maxsize=100_000)
def is_derived(one: str, other: str) -> bool:
    """Say whether two dictionary forms begin so much alike that one comes from the other."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    if shared >= _STEM and shared >= min(len(one), len(other)) - 4:
        return True
    return shared >= _SHORT_STEM and shared >= 0.65 * min(len(one), len(other))


@lru_cache(maxsize=50_000)
def is_of_place(adjective: str, place: str) -> bool:
    """Say whether an adjective is made of a place's name: "болгарский" of "Болгария"."""
    if not adjective.endswith(("ский", "цкий", "ец", "анин", "янин", "чанин", "ка")):
        return False
    shared = 0
    for left, right in zip(adjective, place, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= max(3, len(place) - 3)


@lru_cache(maxsize=50_000)
def country_of(lemma: str) -> frozenset[str]:
    """Name the country, by code, that a word speaks of: "американский" speaks of the US."""
    return serves((lemma,)) or frozenset(_ALIASES.get(lemma, ()))


@lru_cache(maxsize=20_000)
def _direction(lemma: str, models: Models) -> Floats:
    """Give a word's embedding at length 1; zeros where there is none."""
    vector = models.vector(lemma)
    if vector is None:
        return np.zeros(_DIMENSIONS, dtype=np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def neighbours(values: Floats, share: float) -> Floats:
    """Let each line of an article lend a share of its value to the lines beside it."""
    spread = values.copy()
    for one, two in pairwise(range(values.shape[-1])):
        spread[..., one] = np.maximum(spread[..., one], share * values[..., two])
        spread[..., two] = np.maximum(spread[..., two], share * values[..., one])
    return spread
