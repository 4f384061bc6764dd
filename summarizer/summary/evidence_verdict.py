"""From what was observed to a verdict: one small logistic model for each kind of fault."""

import json
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from summarizer.spans import Span
from summarizer.summary.evidence_added import added_features, stretches
from summarizer.summary.evidence_anchors import find_anchors
from summarizer.summary.evidence_claims import (
    find_pairs,
    negation_features,
    predicates,
    role_features,
)
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_faults import Fault, FaultKind
from summarizer.summary.evidence_ties import anchor_features

_WEIGHTS = Path(__file__).parent / "weights" / "evidence.json"

_KNOWN = 0.4
"""Share of a sentence's weight that its source must have for the rest to be looked at."""

Weights = Mapping[str, Mapping[str, float]]
"""By kind of fault and feature; "bias" is the constant, the threshold included."""


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """Read the weights of this package; `python -m bench evidence-weights` makes them anew."""
    loaded: Weights = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return loaded


Observation = tuple[FaultKind, int, int, dict[str, float]]
"""What could be wrong, the words [first, last] it is about, and what was observed of them."""


def observe(seen: Comparison) -> Iterator[Observation]:
    """List everything of a sentence that could be wrong, with what speaks for and against it."""
    for anchor in find_anchors(seen):
        yield anchor.kind, anchor.first, anchor.last, anchor_features(anchor, seen)
    for predicate in predicates(seen.line):
        place = predicate.unit.index
        yield FaultKind.NEGATION, place, place, negation_features(predicate, seen)
    for pair in find_pairs(seen):
        yield FaultKind.ROLES, pair.first.index, pair.second.index, role_features(pair, seen)
    for stretch in stretches(seen):
        yield FaultKind.ADDED, stretch.first, stretch.last, added_features(stretch, seen)


def verdicts(seen: Comparison, weights: Weights | None = None) -> Iterator[Fault]:
    """List the observations that are more likely faults than not."""
    weights = weights or shipped_weights()
    if is_foreign(seen):
        yield Fault(FaultKind.ADDED, seen.text, Span(0, len(seen.text)))
        return
    for kind, first, last, features in observe(seen):
        doubt = probability(features, weights.get(kind, {}))
        if doubt >= 0.5:
            words = seen.line.words
            span = Span(words[min(first, last)].span.start, words[max(first, last)].span.end)
            yield Fault(kind, seen.text[span.start : span.end], span, round(doubt, 3))


def is_foreign(seen: Comparison) -> bool:
    """Say whether a sentence speaks of something else than its source."""
    total = float(seen.weights.sum())
    if not total:
        return False
    known = seen.near.max(axis=1, initial=0)
    return float(seen.weights @ known) < _KNOWN * total


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Weigh observations: 1 for a sure fault; 0 where no weights are known."""
    if not weights:
        return 0.0
    total = weights["bias"] + sum(
        weights.get(name, 0.0) * value for name, value in features.items()
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
