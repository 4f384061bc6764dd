"""Predicates of a sentence: are they denied, are they only planned, who does them to whom?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from summarizer.lookalikes import fold
from summarizer.summary.evidence_bag import Floats
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_grammar import Part, is_denied, part_of
from summarizer.summary.evidence_words import Kind, Line, Unit

_NOT = frozenset({"не", "нет", "ни", "нельзя", "без"})
_DENYING = (
    "отказ", "опроверг", "отрица", "отсутств", "запре", "невозмож", "никто", "ничто", "ничего",
    "никак", "никогда", "нигде", "ошибоч", "ложн", "лишь", "только", "прекра", "против", "отмен",
    "отверг", "отклон", "неизвест", "неудач", "провал", "лиш", "утрат", "потеря", "едва", "мимо",
    "избеж", "безусп", "недо", "остано", "приостан", "бесп", "непр", "неп", "нес", "нев", "нед",
)  # fmt: skip


@dataclass(frozen=True)
class Predicate:
    """A verb or short form that says something, the unit it is, and whether it is denied."""

    unit: Unit
    denied: bool


def predicates(line: Line) -> Iterator[Predicate]:
    """List the verbs, participles and short forms of a line."""
    for unit in line.units:
        word = line.words[unit.index]
        is_short = word.feats.get("Variant") == "Short" or word.relation == "root"
        if word.pos == "VERB" or (word.pos in ("ADJ", "NOUN", "ADV") and is_short):
            yield Predicate(unit, is_denied(line, unit.index))


def negation_features(predicate: Predicate, seen: Comparison) -> dict[str, float]:
    """Describe whether the source denies what the sentence says, or says what it denies."""
    row = seen.rows[predicate.unit.index]
    source = seen.source
    context = seen.context((predicate.unit.index,))
    table = seen.table[row]
    against, along = 0.0, 0.0
    for column in np.argsort(table)[::-1][:12]:
        alike = float(table[column])
        if alike < 0.3:
            break
        at = int(source.bag.owner[column])
        strength = alike * float(context[at])
        told = source.denied(int(column))
        if told == predicate.denied:
            along = max(along, strength)
        else:
            against = max(against, strength)
    top = int(context.argmax()) if context.size else -1
    local = _denials(source.lines[top]) if top >= 0 else 0
    near = max((_denials(source.lines[at]) for at in _best(context, 3)), default=0)
    any_known = float(table.max(initial=0))
    denied = float(predicate.denied)
    return {
        "denied": denied,
        "against": against,
        "along": along,
        "lead": against - along,
        "denied_lead": denied * (against - along),
        "denied_plain": denied * float(local == 0),
        "denied_plain_near": denied * float(near == 0),
        "denied_known": denied * any_known,
        "said_denied": (1 - denied) * float(_nots(source.lines[top]) > 0) if top >= 0 else 0.0,
        "said_extra": (1 - denied)
        * float(top >= 0 and _nots(source.lines[top]) > _nots(seen.line)),
        "fewer": float(top >= 0 and _nots(seen.line) > _nots(source.lines[top])),
        "best": float(context.max(initial=0)),
        "unknown": 1 - any_known,
    }


def _best(values: Floats, count: int) -> list[int]:
    return [int(at) for at in np.argsort(values)[::-1][:count]]


def _nots(line: Line) -> int:
    return sum(fold(word.text) in _NOT for word in line.words)


def _denials(line: Line) -> int:
    return sum(
        (folded := fold(word.text)) in _NOT or (len(folded) > 3 and folded.startswith(_DENYING))
        for word in line.words
    )


@dataclass(frozen=True)
class Pair:
    """Two of a sentence's names or nouns that take different parts."""

    first: Unit
    second: Unit
    roles: tuple[Part, Part]


def find_pairs(seen: Comparison) -> Iterator[Pair]:
    """List the pairs of names in different parts: "Токаев … Байдену", "встреча Байдена с Токаевым".

    A name's last word stands for it.
    """
    heads = [group[-1] for group in seen.names]
    heads += [
        unit
        for unit in seen.line.units
        if unit.kind is Kind.WORD
        and seen.line.words[unit.index].pos == "NOUN"
        and seen.line.words[unit.index].relation in ("nsubj", "nsubj:pass", "obj", "iobj", "obl")
    ]
    parts = [part_of(seen.line, unit.index) for unit in heads]
    for number, one in enumerate(heads):
        for other in range(number + 1, len(heads)):
            roles = (parts[number], parts[other])
            if not _in_one_action(*roles):
                continue
            if one.lemma != heads[other].lemma:
                yield Pair(one, heads[other], roles)


def _in_one_action(one: Part, other: Part) -> bool:
    """Say whether two parts are of one predicate, one of them its actor."""
    same = one.predicate == other.predicate >= 0
    return same and one.role != other.role and "actor" in (one.role, other.role)


def role_features(pair: Pair, seen: Comparison) -> dict[str, float]:
    """Describe whether the source gives two names the parts that the sentence gives them."""
    source = seen.source
    one = _hits(seen, pair.first)
    two = _hits(seen, pair.second)
    straight = crossed = 0.0
    for left in one:
        for right in two:
            at = int(source.bag.owner[left])
            if at != int(source.bag.owner[right]):
                continue
            told = (source.part(left), source.part(right))
            straight = max(straight, _agreement(seen, pair.roles, told, at))
            crossed = max(crossed, _agreement(seen, pair.roles, told[::-1], at))
    single = [_single(seen, part, hits) for part, hits in zip(pair.roles, (one, two), strict=True)]
    swapped = [_single(seen, part, hits) for part, hits in zip(pair.roles, (two, one), strict=True)]
    together = float(
        bool({int(source.bag.owner[c]) for c in one} & {int(source.bag.owner[c]) for c in two})
    )
    return {
        "straight": straight,
        "crossed": crossed,
        "lead": crossed - straight,
        "single": sum(single) / 2,
        "swapped": sum(swapped) / 2,
        "single_lead": sum(swapped) / 2 - sum(single) / 2,
        "worst_single": min(single),
        "together": together,
        "both_lead": together * (crossed - straight),
        "names": float(pair.first.kind is Kind.NAME) + float(pair.second.kind is Kind.NAME),
    }


def _hits(seen: Comparison, unit: Unit) -> list[int]:
    row = seen.table[seen.rows[unit.index]]
    return [int(column) for column in np.flatnonzero(row >= 0.84)[:24]]


def _agreement(
    seen: Comparison, wanted: tuple[Part, Part], told: tuple[Part, Part], at: int
) -> float:
    total = 0.0
    for want, tell in zip(wanted, told, strict=True):
        if want.role == tell.role:
            total += 0.3 + 0.7 * _alike(seen, want.predicate, tell.predicate, at)
        elif {want.role, tell.role} == {"actor", "patient"}:
            total -= 0.5
    return max(0.0, total / 2)


def _single(seen: Comparison, part: Part, hits: list[int]) -> float:
    """Tell how surely the source gives a part in a like predicate to one of these words."""
    source = seen.source
    best = 0.0
    for column in hits:
        told = source.part(column)
        if told.role == part.role:
            alike = _alike(seen, part.predicate, told.predicate, int(source.bag.owner[column]))
            best = max(best, alike)
    return best


def _alike(seen: Comparison, place: int, told: int, at: int) -> float:
    row, column = seen.rows.get(place), seen.source.columns.get((at, told))
    return 0.0 if row is None or column is None else float(seen.table[row, column])
