"""What a sentence says beyond its source: stretches whose words the source has not together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.lookalikes import fold
from summarizer.summary.evidence_bag import Floats, neighbours
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_words import Kind

_FAR = 0.4
_LENT = 0.75
_MARKS = frozenset(",;:—–()")
_JOINTS = frozenset({"и", "а", "но", "или"})
_LOOSE = 0.7
_SAME = 0.84
_VERBATIM = 0.8
_UNJOINED = 0.5
_FOREIGN = 0.8
_LEAST_WORDS = 2
_LONGEST = 9


@dataclass(frozen=True)
class Stretch:
    """A stretch of a sentence between marks, as rows of its units, with its words [first, last]."""

    rows: tuple[int, ...]
    first: int
    last: int


def stretches(seen: Comparison) -> Iterator[Stretch]:
    """Cut a sentence at its marks and conjunctions; short pieces go with the one before."""
    words = seen.line.words
    pieces: list[list[int]] = [[]]
    row = 0
    for place, word in enumerate(words):
        text = fold(word.text)
        is_joint = text in _JOINTS and len(pieces[-1]) >= 2 * _LEAST_WORDS
        if text in _MARKS or is_joint or len(pieces[-1]) >= _LONGEST:
            pieces.append([])
        if row < len(seen.line.units) and seen.line.units[row].index == place:
            pieces[-1].append(row)
            row += 1
    joined: list[list[int]] = []
    for piece in pieces:
        if joined and (len(piece) < _LEAST_WORDS or len(joined[-1]) < _LEAST_WORDS):
            joined[-1] += piece
        elif piece:
            joined.append(list(piece))
    for rows in joined:
        units = seen.line.units
        yield Stretch(tuple(rows), units[rows[0]].index, units[rows[-1]].index)


def added_features(stretch: Stretch, seen: Comparison) -> dict[str, float]:
    """Describe how far a stretch is from what the source says.

    "joint" is how well one line and its neighbours hold the stretch together, "beside" how well
    the lines do that the rest of the sentence speaks of.
    """
    rows = [row for row in stretch.rows if _counts(seen, row)]
    rest = [row for row in range(len(seen.line.units)) if row not in stretch.rows]
    if not rows:
        return dict.fromkeys(NAMES, 0.0)
    weights = seen.weights[rows]
    total = float(weights.sum())
    near, soft = seen.near[rows], seen.soft[rows]
    anywhere = near.max(axis=1, initial=0)
    strange = weights * (1 - anywhere)
    ordered = np.sort(strange)[::-1]
    joint = weights @ soft / total
    alone = weights @ near / total
    around = _around(seen, rest)
    beside = float((joint * (around >= around.max(initial=0) * 0.8)).max(initial=0))
    rest_known = _known(seen, rest)
    verbatim = _verbatim(seen, rest)
    unjoined = 1 - float(joint.max(initial=0))
    put_in = float(verbatim >= _VERBATIM and unjoined >= _UNJOINED)
    return {
        "put_in": put_in,
        "put_in_mass": put_in * min(2.0, total * unjoined),
        "foreign": float(unjoined >= _FOREIGN) * min(2.0, total),
        "strange": float(strange.sum()),
        "strange_share": float(strange.sum()) / total,
        "most": float(ordered[0]),
        "second": float(ordered[1]) if len(ordered) > 1 else 0.0,
        "far": float(((anywhere < _FAR) * weights).sum()),
        "unjoined": unjoined,
        "alone": 1 - float(alone.max(initial=0)),
        "torn": total * (float(anywhere @ weights) / total - float(joint.max(initial=0))),
        "unjoined_mass": total * unjoined,
        "beside": 1 - beside,
        "apart": float(joint.max(initial=0)) - beside,
        "mass": min(6.0, total),
        "rest_unknown": 1 - rest_known,
        "beyond_rest": max(0.0, rest_known - float(anywhere @ weights) / total),
        "lone": float(not rest),
        "exact": float(weights[anywhere >= _SAME].sum()),
        "exact_share": float(weights[anywhere >= _SAME].sum()) / total,
        "rarest_exact": float(weights[anywhere >= _SAME].max(initial=0)),
        "unlike": 1 - _likeness(seen, rows),
        "unlike_mass": total * (1 - _likeness(seen, rows)),
        "verbatim_unjoined": verbatim * total * unjoined,
        "verbatim_beside": verbatim * total * (1 - beside),
        "verbatim_strange": verbatim * float(strange.sum()),
    }


NAMES = (
    "strange", "strange_share", "most", "second", "far", "unjoined", "alone", "torn",
    "unjoined_mass", "beside", "apart", "mass", "rest_unknown", "beyond_rest", "lone",
    "exact", "exact_share", "rarest_exact", "unlike", "unlike_mass", "put_in",
    "put_in_mass", "foreign",
    "verbatim_unjoined", "verbatim_beside", "verbatim_strange",
)  # fmt: skip


def _counts(seen: Comparison, row: int) -> bool:
    unit = seen.line.units[row]
    return unit.index not in seen.numerals and unit.kind is not Kind.NUMBER


def _around(seen: Comparison, rest: Sequence[int]) -> Floats:
    """Tell which lines the rest of the sentence speaks of; all alike when there is no rest."""
    if not rest:
        return np.ones(seen.near.shape[1], dtype=np.float32)
    weights = seen.weights[list(rest)]
    return neighbours(np.asarray(weights @ seen.near[list(rest)], dtype=np.float32), _LENT)


def _known(seen: Comparison, rows: Sequence[int]) -> float:
    if not rows:
        return 1.0
    weights = seen.weights[list(rows)]
    return float(weights @ seen.near[list(rows)].max(axis=1, initial=0) / weights.sum())


def _verbatim(seen: Comparison, rows: Sequence[int]) -> float:
    """Tell how nearly one line of the source has all of these words, from 0 to 1."""
    if not rows:
        return 0.0
    weights = seen.weights[list(rows)]
    joint = weights @ seen.near[list(rows)] / weights.sum()
    return max(0.0, float(joint.max(initial=0)) - _LOOSE) / (1 - _LOOSE)


def _likeness(seen: Comparison, rows: Sequence[int]) -> float:
    """Compare the meaning of a stretch, as the sum of its words', with that of each line."""
    bag = seen.source.bag
    mine = seen.weights[list(rows)] @ bag.directions([seen.line.units[row] for row in rows])
    norm = float(np.linalg.norm(mine))
    return float((bag.centroids @ mine).max(initial=0)) / norm if norm else 0.0
