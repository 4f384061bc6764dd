"""Does the source say so? Sentences of a summary held against their article."""

import re
from collections.abc import Sequence

import numpy as np

from summarizer.lookalikes import words
from summarizer.spans import Span
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_faults import Fault, FaultKind
from summarizer.summary.evidence_lexical import lexical_faults
from summarizer.summary.evidence_modality import modality_faults
from summarizer.summary.evidence_quotes import quote_faults
from summarizer.summary.evidence_source import Source, prepare, read_source
from summarizer.summary.evidence_verdict import verdicts
from summarizer.summary.evidence_words import read_lines

__all__ = [
    "Fault",
    "FaultKind",
    "Source",
    "check",
    "check_all",
    "prepare",
    "read_source",
    "support",
]

LONGEST = 1_500
"""Characters of a sentence; what is longer is no sentence of a summary."""

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\*\*|```|\]\(|^#{1,6}\s|<\|")
_RESTS_ON = 0.75
_AT_MOST = 3
_GAIN = 0.08


def check(sentence: str, source: Source) -> tuple[Fault, ...]:
    """Say what in a sentence its source does not support.

    A sentence of the source, verbatim, always passes; so does one that says nothing. One that is
    no plain sentence (markup, more than 1,500 characters) is a fault as a whole.

    Args:
        sentence: one sentence of a summary.
        source: its article, prepared.

    Returns:
        The faults by their place; none when the sentence is supported.
    """
    return check_all([sentence], source)[0]


def check_all(sentences: Sequence[str], source: Source) -> list[tuple[Fault, ...]]:
    """Check several sentences of one article at once, which is faster than one by one."""
    found: dict[int, tuple[Fault, ...]] = {}
    waiting: list[int] = []
    for number, sentence in enumerate(sentences):
        said = words(sentence[: LONGEST + 1]) if len(sentence) <= LONGEST else ()
        if is_told(sentence, source) or (not said and len(sentence) <= LONGEST):
            found[number] = ()
        elif len(sentence) > LONGEST or _MARKUP.search(sentence):
            found[number] = (Fault(FaultKind.ADDED, sentence, Span(0, len(sentence))),)
        elif source.language != "ru":
            found[number] = tuple(lexical_faults(sentence, source))
        else:
            waiting.append(number)
    lines = read_lines([sentences[number] for number in waiting], source.models)
    for number, line in zip(waiting, lines, strict=True):
        seen = Comparison(sentences[number], line, source)
        faults = [*verdicts(seen), *quote_faults(seen), *modality_faults(seen)]
        found[number] = tuple(sorted(faults, key=lambda fault: (fault.span.start, fault.span.end)))
    return [found[number] for number in range(len(sentences))]


def is_told(sentence: str, source: Source) -> bool:
    """Say whether the source has this very sentence, whatever its marks and capitals."""
    return words(sentence) in source.whole


def support(sentence: str, source: Source) -> tuple[Span, ...]:
    """Name the source sentences that a sentence rests on: one, or up to three that it joins.

    Returns:
        Their spans in the original, in its order; none when nothing is near.
    """
    said = words(sentence[:LONGEST])
    for told, each in zip(source.said, source.article.sentences, strict=True):
        if told == said:
            return (each.span,)
    (line,) = read_lines([sentence[:LONGEST]], source.models)
    seen = Comparison(sentence, line, source)
    total = float(seen.weights.sum())
    if not total or not seen.near.shape[1]:
        return ()
    chosen: list[int] = []
    covered = np.zeros(len(seen.weights), dtype=np.float32)
    for _ in range(_AT_MOST):
        gains = (seen.weights[:, None] * np.maximum(0, seen.near - covered[:, None])).sum(axis=0)
        best = int(gains.argmax())
        if gains[best] < _GAIN * total:
            break
        chosen.append(best)
        covered = np.maximum(covered, seen.near[:, best])
    return tuple(source.spans[at] for at in sorted(chosen))
