"""Fitting the weights of the evidence check: one logistic model a kind, thresholds together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.summary.evidence_faults import FaultKind
from summarizer.summary.evidence_verdict import shipped_weights

KINDS = (
    FaultKind.NAME,
    FaultKind.PLACE,
    FaultKind.NUMBER,
    FaultKind.DATE,
    FaultKind.POST,
    FaultKind.NEGATION,
    FaultKind.ROLES,
    FaultKind.ADDED,
)
REFUSED_AT_MOST = 0.088
"""Share of faithful references that may be refused; with the articles' own, which never are,
that stays within 5 % of all faithful sentences."""

_SHOWN_BY = {
    "name": {"name", "place"},
    "quote": {"name"},
    "place": {"place", "name"},
}
_RESTRAINT = 0.3
_ROUNDS = 25
_FEW = 30
_OWN = 0.6
_RARE = 6.0
_FOLDS = 4
_NOTHING = -6.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """A sentence, faithful (`kind` None) or spoilt at `place`, with all that was observed of it."""

    article: str
    origin: str
    kind: str | None
    how: str
    place: tuple[int, int]
    observed: tuple[tuple[str, int, int, dict[str, float]], ...]
    quoted: bool


def changed(before: str, after: str) -> tuple[int, int]:
    """Tell which characters of a text are not those of the text it was made of."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, len(after) - end


def fit(seen: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """Fit the weights of every kind, then the thresholds together.

    The thresholds are those that catch most, each kind counting the same, while no more than
    REFUSED_AT_MOST of the faithful references are refused, as seen on articles not fitted on.
    """
    scores = np.full((len(seen), len(KINDS)), _NOTHING)
    weights: dict[str, dict[str, float]] = {}
    for number, kind in enumerate(KINDS):
        weights[kind.value] = _fit_kind(seen, kind.value, scores[:, number])
    for number, threshold in enumerate(_thresholds(seen, scores)):
        weights[KINDS[number].value]["bias"] -= float(threshold)
    for kind in KINDS:
        if sum(each.kind == kind.value for each in seen) < _FEW:
            # Too few to learn from: the weights that were set by hand stay.
            weights[kind.value] = dict(shipped_weights()[kind.value])
    return {
        kind: {name: round(value, 3) for name, value in sorted(found.items())}
        for kind, found in weights.items()
    }


def _fit_kind(seen: Sequence[Seen], kind: str, scores: Floats) -> dict[str, float]:
    """Fit one kind; write into `scores` what models of other articles say of each sentence."""
    rows, labels, owners = [], [], []
    for number, each in enumerate(seen):
        for found, start, end, features in each.observed:
            if found == kind:
                rows.append(features)
                labels.append(_label(each, kind, start, end))
                owners.append(number)
    names = sorted(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    label, owner = np.array(labels), np.array(owners)
    weight = np.array(
        [
            (_OWN if seen[at].origin == "article" else 1.0)
            * (_RARE if seen[at].how == "taken" else 1.0)
            for at in owners
        ]
    )
    articles = sorted({each.article for each in seen})
    folds = {article: place % _FOLDS for place, article in enumerate(articles)}
    fold = np.array([folds[seen[at].article] for at in owners])
    for held in range(_FOLDS):
        known = (label >= 0) & (fold != held)
        model = _logistic(table[known], label[known], weight[known])
        told = model[0] + table[fold == held] @ model[1:]
        np.maximum.at(scores, owner[fold == held], told)
    known = label >= 0
    model = _logistic(table[known], label[known], weight[known])
    return {"bias": float(model[0]), **dict(zip(names, map(float, model[1:]), strict=True))}


def _label(each: Seen, kind: str, start: int, end: int) -> int:
    """Say whether an observation is of the fault (1), of a faithful sentence (0), or of neither."""
    if each.kind is None:
        return 0
    first, last = each.place
    if kind == FaultKind.NEGATION:
        touched = start <= last + 1 and end >= first - 1
    elif kind == FaultKind.ADDED:
        touched = first - 1 <= start < last
    else:
        touched = start < last and end > first
    return 1 if touched and kind in _SHOWN_BY.get(each.kind, {each.kind}) else -1


def _logistic(table: Floats, label: NDArray[Any], weight: Floats) -> Floats:
    """Fit a logistic model with a cost on large weights, by Newton's steps."""
    table = np.c_[np.ones(len(table)), table]
    found = np.zeros(table.shape[1])
    cost = np.eye(len(found)) * _RESTRAINT
    cost[0, 0] = 1e-3
    reached = _loss(table, label, weight, cost, found)
    for _ in range(_ROUNDS):
        guess = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (weight * (guess - label)) + cost @ found
        bend = (table * (weight * guess * (1 - guess))[:, None]).T @ table + cost
        step = np.linalg.solve(bend, slope)
        # A whole step may overshoot; half of one, or less, never does.
        while (tried := _loss(table, label, weight, cost, found - step)) > reached:
            step = step / 2
            if abs(step).max() < 1e-6:
                return found
        found, reached = found - step, tried
    return found


def _loss(table: Floats, label: NDArray[Any], weight: Floats, cost: Floats, found: Floats) -> float:
    told = table @ found
    return float((weight * (np.logaddexp(0, told) - label * told)).sum() + found @ cost @ found / 2)


def _thresholds(seen: Sequence[Seen], scores: Floats) -> Floats:
    """Share out the faithful references that may be refused among the kinds, step by step.

    Of each kind so many of the highest scores of faithful references lie above its threshold; a
    step gives one kind more of them, or takes them from another, while that catches more.
    """
    kinds = np.array([each.kind or "" for each in seen])
    quoted = np.array([each.quoted for each in seen])
    faithful = np.array([each.kind is None and each.origin == "reference" for each in seen])
    spoilt = sorted(set(kinds) - {""})
    ordered = np.sort(scores[faithful], axis=0)[::-1]

    def value(allowed: Sequence[int]) -> float:
        hit = (scores > _at(ordered, allowed)).any(axis=1) | quoted
        if hit[faithful].mean() > REFUSED_AT_MOST:
            return -1.0
        return _mean(hit[kinds == kind].mean() for kind in spoilt)

    best = [0] * len(KINDS)
    reached = value(best)
    while True:
        found, tried = max((value(each), each) for each in _steps(best))
        if found <= reached + 1e-6:
            return _at(ordered, best)
        reached, best = found, tried


def _at(ordered: Floats, allowed: Sequence[int]) -> Floats:
    return np.array([ordered[count, number] + 1e-6 for number, count in enumerate(allowed)])


def _steps(allowed: list[int]) -> Iterable[list[int]]:
    """List what is one step away: one kind gets more, or gets what another gives."""
    for number in range(len(allowed)):
        for more in (1, 2, 4, 8):
            step = list(allowed)
            step[number] += more
            yield step
            for other, has in enumerate(allowed):
                for less in (1, 2, 4):
                    if other != number and has >= less:
                        moved = list(step)
                        moved[other] -= less
                        yield moved


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
