"""How surely the source ties a name, number, date or post to what the sentence ties it to."""

import numpy as np

from summarizer.summary.evidence_anchors import Anchor, column_of
from summarizer.summary.evidence_bag import neighbours
from summarizer.summary.evidence_compare import Comparison, head_of
from summarizer.summary.evidence_faults import FaultKind
from summarizer.summary.evidence_numbers import same_value
from summarizer.summary.evidence_source import Source

_NEXT_LINE = 0.6
_SOME = 0.5
_STILL_MEANT = 0.2
_ALMOST = 0.8
_REACH = 3


def anchor_features(anchor: Anchor, seen: Comparison) -> dict[str, float]:
    """Describe how well the source ties an anchor to what the sentence ties it to."""
    places = range(anchor.first, anchor.last + 1)
    hard, soft = seen.context(places), seen.context(places, soft=True)
    nearby = neighbours(anchor.present, _NEXT_LINE)
    best = float(hard.max(initial=0))
    same = float((hard * anchor.present).max(initial=0))
    spread = float((soft * nearby).max(initial=0))
    rival = max((float((hard * other).max()) for other in anchor.others), default=0.0)
    rival_spread = max(
        (float((soft * neighbours(other, _NEXT_LINE)).max()) for other in anchor.others),
        default=0.0,
    )
    top = int(hard.argmax()) if hard.size else -1
    links, ties = _ties(anchor, seen)
    beside, rival_beside = _beside(anchor, seen)
    described = {
        "absent": 0.0,
        "rest_missing": 1.0 - anchor.rest,
        "best": best,
        "same": same,
        "spread": spread,
        "gap": best - same,
        "gap_spread": float(soft.max(initial=0)) - spread,
        "rival": max(0.0, rival - same),
        "rival_spread": max(0.0, rival_spread - spread),
        "elsewhere": float(top >= 0 and not nearby[top]),
        "rival_at_best": float(
            top >= 0 and not anchor.present[top] and any(other[top] for other in anchor.others)
        ),
        "sure_gap": best**3 * (best - same),
        "sure_rival": best**2 * max(0.0, rival - same),
        "missing": 1.0 - anchor.whole,
        "beside": beside,
        "rival_beside": rival_beside,
        "rival_beside_only": rival_beside * float(not beside),
        "counted_other": _counted_otherwise(anchor, seen),
        "untied": 1.0 - links,
        "unlinked": 1.0 - ties,
    }
    if anchor.whole < _SOME and anchor.kind is not FaultKind.POST:
        # What the source does not have at all, nothing else can speak for.
        return {**dict.fromkeys(described, 0.0), "absent": 1.0, "part": anchor.whole}
    return {**described, "part": 0.0}


def _ties(anchor: Anchor, seen: Comparison) -> tuple[float, float]:
    """Tell how near the anchor's own head stands to it in the source: on a line, and by a link."""
    head = head_of(seen.line, range(anchor.first, anchor.last + 1))
    row = seen.rows.get(head)
    if row is None:
        return _STILL_MEANT, _STILL_MEANT
    on_line = float((seen.near[row] * anchor.present).max(initial=0))
    best = 0.0
    source = seen.source
    for column in anchor.columns[:60]:
        at = int(source.bag.owner[column])
        index = source.bag.units[column].index
        for place in _around(source, at, index):
            other = source.columns.get((at, place))
            if other is not None:
                best = max(best, float(seen.table[row, other]))
        if anchor.kind is FaultKind.NUMBER:
            best = max(best, float(seen.table[row, column]))
    return on_line, best


def _around(source: Source, at: int, index: int) -> list[int]:
    links = source.linked[at]
    near = list(links[index])
    return list(dict.fromkeys([*near, *(two for one in near for two in links[one])]))


def _beside(anchor: Anchor, seen: Comparison) -> tuple[float, float]:
    """Tell which share of its neighbours the source has beside the anchor, and beside a rival."""
    units = seen.line.units
    own = frozenset(anchor.columns)
    left = [row for row, unit in enumerate(units) if unit.index < anchor.first][-1:]
    right = [row for row, unit in enumerate(units) if unit.index > anchor.last][:1]
    head = seen.rows.get(head_of(seen.line, range(anchor.first, anchor.last + 1)))
    rows = dict.fromkeys([*left, *right, *([head] if head is not None else [])])
    owner, count = seen.source.bag.owner, len(seen.source.bag.units)
    found: list[tuple[bool, bool]] = []
    for row in rows:
        columns = np.flatnonzero(seen.table[row] >= _ALMOST)[:40]
        near = {
            int(other)
            for column in columns
            for other in range(max(0, column - _REACH), min(count, column + _REACH + 1))
            if owner[other] == owner[column] and other != column
        }
        if near:
            found.append((bool(near & own), bool(near & anchor.rivals) and not near & own))
    if not found:
        return _STILL_MEANT, 0.0
    return (
        sum(mine for mine, _ in found) / len(found),
        sum(other for _, other in found) / len(found),
    )


def _counted_otherwise(anchor: Anchor, seen: Comparison) -> float:
    """Say whether the source counts the same thing, but never with this number."""
    if anchor.kind is not FaultKind.NUMBER:
        return 0.0
    quantity = next(each for each in seen.quantities if each.first == anchor.first)
    row = seen.rows.get(quantity.noun)
    if row is None:
        return 0.0
    same = other = 0.0
    for at, line in enumerate(seen.source.quantities):
        for told in line:
            column = column_of(seen, at, told.noun)
            if column >= 0 and (alike := float(seen.table[row, column])) >= _ALMOST:
                if same_value(quantity, told):
                    same = max(same, alike)
                else:
                    other = max(other, alike)
    return other if not same else 0.0
