"""A summary after the check: what failed is replaced by the source's own sentence, or dropped."""

from dataclasses import dataclass

from summarizer.lookalikes import words
from summarizer.summary.evidence import check_all, support
from summarizer.summary.evidence_faults import Fault
from summarizer.summary.evidence_source import Source
from summarizer.summary.model import Summary, SummarySentence

_TOLD = 0.6
_LONGEST_EXTRACT = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """A summary whose every sentence its source supports, and what was wrong before.

    `failed` holds each sentence that failed with its faults; `maker` of the summary stays that of
    the sentences that were kept, or is the fallback's where none was.
    """

    summary: Summary
    failed: tuple[tuple[str, tuple[Fault, ...]], ...]


def checked(
    summary: Summary,
    source: Source,
    fallback: Summary | None = None,
    *,
    max_words: int | None = None,
) -> Checked:
    """Hold each sentence of a summary against its source and repair what fails.

    A sentence that fails is replaced by the nearest sentence of the source, whole, unless the
    summary tells that already or it does not fit; then it is dropped. Sentences without evidence
    get the spans that they rest on.

    Args:
        summary: what a summariser made.
        source: the article.
        fallback: what to give when nothing is left; it is not checked.
        max_words: the most words the repaired summary may have; no limit when not given.

    Returns:
        The repaired summary and the sentences that failed.
    """
    texts = [sentence.text for sentence in summary.sentences]
    faults = check_all(texts, source)
    room = (max_words or 10_000) - sum(
        len(text.split()) for text, wrong in zip(texts, faults, strict=True) if not wrong
    )
    kept_texts = [text for text, wrong in zip(texts, faults, strict=True) if not wrong]
    kept: list[SummarySentence] = []
    replaced = 0
    for sentence, wrong in zip(summary.sentences, faults, strict=True):
        if not wrong and sentence.text.strip():
            evidence = sentence.evidence or support(sentence.text, source)
            kept.append(SummarySentence(sentence.text, evidence))
        elif wrong and (extract := _extract(sentence.text, source, kept_texts, room)):
            kept.append(extract)
            kept_texts.append(extract.text)
            room -= len(extract.text.split())
            replaced += 1
    failed = tuple((text, wrong) for text, wrong in zip(texts, faults, strict=True) if wrong)
    if fallback and len(kept) == replaced:
        return Checked(fallback, failed)
    return Checked(Summary(tuple(kept), summary.maker), failed)


def _extract(text: str, source: Source, told: list[str], room: int) -> SummarySentence | None:
    """Find the sentence of the source nearest to one that failed, unless it is told or long."""
    known = {word for each in told for word in words(each)}
    for span in support(text, source):
        for sentence in source.article.sentences:
            if not sentence.span.start <= span.start < sentence.span.end:
                continue
            said = [word for word in words(sentence.text) if len(word) > 3]
            size = len(sentence.text.split())
            if size > min(room, _LONGEST_EXTRACT):
                continue
            if sum(word in known for word in said) < _TOLD * max(1, len(said)):
                return SummarySentence(sentence.text, (sentence.span,))
    return None
