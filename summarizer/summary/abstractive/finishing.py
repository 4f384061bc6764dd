"""From what a model wrote to a summary: sentences under the evidence check, or nothing at all."""

from collections.abc import Sequence
from datetime import date

from summarizer.models import Models, load_models
from summarizer.sentences import split_sentences
from summarizer.summary.abstractive.made import Made
from summarizer.summary.abstractive.nonsense import nonsense
from summarizer.summary.abstractive.prompts import obeys_nobody
from summarizer.summary.evidence import Source, read_source
from summarizer.summary.evidence_repair import checked
from summarizer.summary.model import Summary, SummarySentence

MAKER = "model"

_FEWEST_WORDS = 12
_ALLOWANCE = 1.3
"""A summary may be so much longer than asked for: whole sentences come before the count."""


def finish(
    draft: str,
    *,
    text: str,
    title: str | None,
    published: date | None,
    language: str,
    max_words: int,
    models: Models | None = None,
) -> Made:
    """Make a summary of what a model wrote about an article, or say why there is none.

    Args:
        draft: what the model wrote, tidied.
        text: the article, as it is stored.
        title: its title, when it was given apart from the text.
        published: the day it came out.
        language: the one that was asked for.
        max_words: how many words were asked for.
        models: the language models; the shared ones are loaded when not given.

    Returns:
        The summary, its evidence in code points into `text`.
    """
    reason = nonsense(draft, language=language, max_words=max_words)
    if reason is not None:
        return Made(None, reason)
    source = read_source(text, models or load_models(), title=title, published=published)
    sentences = _sentences(draft, round(max_words * _ALLOWANCE))
    repaired = checked(
        Summary(tuple(SummarySentence(said, ()) for said in sentences), MAKER),
        source,
        max_words=round(max_words * _ALLOWANCE),
    )
    wrong = len(repaired.failed)
    kept = tuple(said for said in repaired.summary.sentences if _rests_on_news(said, source))
    if wrong * 2 > len(sentences):
        return Made(None, f"{wrong} of {len(sentences)} sentences failed the check", wrong)
    if sum(len(said.text.split()) for said in kept) < _FEWEST_WORDS:
        return Made(None, "too little is left after the check", wrong)
    return Made(Summary(kept, MAKER), None, wrong)


def _sentences(draft: str, most_words: int) -> Sequence[str]:
    """Split a draft into whole sentences that report something, while there is room; at least one.

    What does not end like a sentence was broken off.
    """
    kept: list[str] = []
    count = 0
    for start, end in split_sentences(draft):
        said = draft[start:end]
        if said[-1] not in '.!?…»"”' or not obeys_nobody(said):
            continue
        count += len(said.split())
        if kept and count > most_words:
            break
        kept.append(said)
    return kept


def _rests_on_news(said: SummarySentence, source: Source) -> bool:
    """Say whether a sentence rests on something else than orders to a model."""
    spans = [
        sentence.span for sentence in source.article.sentences if not obeys_nobody(sentence.text)
    ]
    return any(
        not any(span.start < order.end and order.start < span.end for order in spans)
        for span in said.evidence
    )
