"""What the source only plans, wishes or supposes must not be told as done."""

from collections.abc import Iterator

import numpy as np

from summarizer.spans import Span
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_faults import Fault, FaultKind
from summarizer.summary.evidence_grammar import has_modal, is_modal
from summarizer.summary.evidence_words import Line

_SAME = 0.84
_SPEAKS_OF_IT = 0.55


def modality_faults(seen: Comparison) -> Iterator[Fault]:
    """List the verbs told as done that the source, on every line near, has as no more than meant.

    Only a past form counts, in a sentence without any word of intent or doubt of its own.
    """
    if has_modal(seen.line):
        return
    source = seen.source
    for unit in seen.line.units:
        word = seen.line.words[unit.index]
        if word.pos != "VERB" or word.feats.get("Tense") != "Past" or not _is_finite(word.feats):
            continue
        context = seen.context((unit.index,))
        told = [
            (int(source.bag.owner[column]), source.bag.units[column].index)
            for column in np.flatnonzero(seen.table[seen.rows[unit.index]] >= _SAME)
        ]
        near = [(at, place) for at, place in told if context[at] >= _SPEAKS_OF_IT]
        if near and all(_is_only_meant(source.lines[at], place) for at, place in near):
            span = Span(word.span.start, word.span.end)
            yield Fault(FaultKind.MODALITY, seen.text[span.start : span.end], span)


def _is_finite(feats: dict[str, str]) -> bool:
    return feats.get("VerbForm") == "Fin"


def _is_only_meant(line: Line, place: int) -> bool:
    feats = line.words[place].feats
    is_open = feats.get("VerbForm") == "Inf" or feats.get("Tense") == "Fut"
    return is_open and is_modal(line, place)
