"""Names, numbers, dates and posts of a sentence: does the source tie them to the same things?"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np

from summarizer.ner import Kind as NameKind
from summarizer.roles_heads import is_head
from summarizer.summary.evidence_bag import Floats
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_faults import FaultKind
from summarizer.summary.evidence_numbers import same_value
from summarizer.summary.evidence_times import stated
from summarizer.summary.evidence_words import Kind, Unit, same_name


@dataclass(frozen=True)
class Anchor:
    """Words of a sentence that must stand with the same words in the source.

    `present` tells how surely each line of the source has them, `places` in which words of the
    source (columns of its bag); `others` are what might stand in their stead, each as `present`.
    """

    kind: FaultKind
    first: int
    last: int
    present: Floats
    columns: tuple[int, ...]
    others: tuple[Floats, ...]
    whole: float
    """Whether the source has the anchor: of a name its last word."""
    rest: float = 1.0
    """Share of the other words of a name that the source has."""
    rivals: frozenset[int] = frozenset()
    """Columns of the bag that hold another of its kind."""


def find_anchors(seen: Comparison) -> Iterator[Anchor]:
    """List what must be tied: names of people, of places and others, numbers, dates, posts."""
    yield from _names(seen)
    yield from _numbers(seen)
    yield from _dates(seen)
    yield from _posts(seen)


def _names(seen: Comparison) -> Iterator[Anchor]:
    source = seen.source
    size = len(source.lines)
    groups = seen.names
    matched = [_matching(seen, group) for group in groups]
    used = {number for numbers in matched for number in numbers}
    for group, numbers in zip(groups, matched, strict=True):
        rows = [seen.rows[unit.index] for unit in group]
        found = seen.table[rows] >= 0.84
        shares = [float(row.any()) for row in found]
        # A name is there when its last word is: first names repeat.
        head = found[-1]
        columns = tuple(int(column) for column in np.flatnonzero(head))
        present = np.zeros(size, dtype=np.float32)
        for column in columns:
            present[source.bag.owner[column]] = 1
        for number in numbers:
            for at in source.named[number].lines:
                present[at] = 1
        kinds = {source.named[number].kind for number in numbers}
        kind = _kind_of(seen, group, kinds)
        wanted = kinds or ({"LOC"} if kind is FaultKind.PLACE else {"PER", "ORG"})
        others = tuple(
            _at(size, named.lines)
            for number, named in enumerate(source.named)
            if number not in used and named.kind in wanted
        )
        whole = max(shares[-1], float(bool(numbers)))
        rest = sum(shares[:-1]) / len(shares[:-1]) if shares[1:] else 1.0
        rivals = frozenset(source.bag.names) - set(columns)
        yield Anchor(
            kind, group[0].index, group[-1].index, present, columns, others, whole, rest, rivals
        )


def _matching(seen: Comparison, group: Sequence[Unit]) -> list[int]:
    """Find who of the source a name stands for: those that share most of its words."""
    scores: dict[int, int] = {}
    for number, named in enumerate(seen.source.named):
        score = sum(
            any(same_name(key, word) for key in unit.keys for word in named.words) for unit in group
        )
        last = any(same_name(key, word) for key in group[-1].keys for word in named.words)
        if score and last:
            scores[number] = score
    best = max(scores.values(), default=0)
    return [number for number, score in scores.items() if score == best]


def _kind_of(seen: Comparison, group: Sequence[Unit], kinds: Set[NameKind]) -> FaultKind:
    if kinds:
        return FaultKind.PLACE if kinds == {"LOC"} else FaultKind.NAME
    word = seen.line.words[group[-1].index].text
    parses = seen.source.models.parse(word.lower())
    is_place = any("Geox" in parse.marks for parse in parses[:2])
    return FaultKind.PLACE if is_place else FaultKind.NAME


def _at(size: int, lines: Iterator[int] | frozenset[int]) -> Floats:
    present = np.zeros(size, dtype=np.float32)
    for line in lines:
        if line < size:
            present[line] = 1
    return present


def _numbers(seen: Comparison) -> Iterator[Anchor]:
    source, size = seen.source, len(seen.source.lines)
    said = seen.quantities
    told = [(at, each) for at, line in enumerate(source.quantities) for each in line]
    for quantity in said:
        hits = [(at, each) for at, each in told if same_value(quantity, each)]
        present = _at(size, frozenset(at for at, _ in hits))
        others: dict[float, set[int]] = {}
        for at, each in told:
            if not any(same_value(mine, each) for mine in said):
                others.setdefault(each.value, set()).add(at)
        columns = tuple(column_of(seen, at, each.first) for at, each in hits)
        rivals = frozenset(column_of(seen, at, each.first) for at, each in told)
        yield Anchor(
            FaultKind.NUMBER,
            quantity.first,
            quantity.last,
            present,
            tuple(column for column in columns if column >= 0),
            tuple(_at(size, frozenset(lines)) for lines in others.values()),
            float(bool(hits)),
            rivals=rivals - set(columns) - {-1},
        )


def column_of(seen: Comparison, line: int, index: int) -> int:
    """Find the bag's column of a word of the source."""
    return seen.source.columns.get((line, index), -1)


def _dates(seen: Comparison) -> Iterator[Anchor]:
    source, size = seen.source, len(seen.source.lines)
    told = [(at, each) for at, line in enumerate(source.moments) for each in line]
    values = [(at, each.value) for at, line in enumerate(source.quantities) for each in line]
    every = frozenset(column_of(seen, at, each.last) for at, each in told) | frozenset(
        column_of(seen, at, each.first) for at, each in told
    )
    for moment in seen.moments:
        present = np.zeros(size, dtype=np.float32)
        if moment.parts == (("year", moment.year),):
            for at, value in values:
                present[at] = max(present[at], float(value == moment.year))
        for at, each in told:
            present[at] = max(present[at], stated(moment, [each]))
        named = {name for name, _ in moment.parts}
        others: dict[tuple[tuple[str, int], ...], set[int]] = {}
        for at, each in told:
            alike = named & {name for name, _ in each.parts}
            if alike and not any(stated(mine, [each]) for mine in seen.moments):
                others.setdefault(each.parts, set()).add(at)
        yield Anchor(
            FaultKind.DATE,
            moment.first,
            moment.last,
            present,
            (
                columns := tuple(
                    column_of(seen, at, place)
                    for at, each in told
                    if stated(moment, [each])
                    for place in (each.first, each.last)
                )
            ),
            tuple(_at(size, frozenset(lines)) for lines in others.values()),
            float(present.max(initial=0)),
            rivals=every - set(columns) - {-1},
        )


def _posts(seen: Comparison) -> Iterator[Anchor]:
    """List posts that stand with a name: "министр обороны Белов"."""
    source, size = seen.source, len(seen.source.lines)
    models = source.models
    told: dict[str, set[int]] = {}
    posts: list[int] = []
    for column, unit in enumerate(source.bag.units):
        if unit.kind is Kind.WORD and is_head(unit.lemma, models):
            posts.append(column)
            told.setdefault(unit.lemma, set()).add(int(source.bag.owner[column]))
    named = {unit.index for group in seen.names for unit in group}
    links = seen.links
    for unit in seen.line.units:
        if unit.kind is not Kind.WORD or not is_head(unit.lemma, models):
            continue
        if not any(other in named for other in links[unit.index]):
            continue
        row = seen.rows[unit.index]
        hits = np.flatnonzero(seen.table[row] >= 0.84)
        present = _at(size, frozenset(int(source.bag.owner[column]) for column in hits))
        others = tuple(
            _at(size, frozenset(lines)) for lemma, lines in told.items() if lemma not in unit.keys
        )
        yield Anchor(
            FaultKind.POST,
            unit.index,
            unit.index,
            present,
            tuple(int(column) for column in hits),
            others,
            float(seen.table[row].max(initial=0)),
            rivals=frozenset(posts) - set(hits.tolist()),
        )
