"""How far choosing and cutting could go: a scorer that has read the reference summary."""

from collections.abc import Sequence

from summarizer.lookalikes import words
from summarizer.models import Models
from summarizer.summary.parsed import Document
from summarizer.summary.rules_worth import lemma_of

_SHORT = 0.3


class ReferenceScorer:
    """Holds a word worth telling when the reference tells it: the ceiling, never the product.

    Args:
        reference: a summary of the article.
        models: the language models.
    """

    def __init__(self, reference: str, models: Models) -> None:
        self._models = models
        self._told = {lemma_of(word, models) for word in words(reference)}

    def __call__(self, document: Document, title: str | None) -> Sequence[Sequence[float]]:
        """Give 1 to a word of the reference, less to a short one that any text has, 0 to others."""
        return [
            [self._worth(lemma_of(word.text, self._models)) for word in sentence.words]
            for sentence in document.sentences
        ]

    def _worth(self, lemma: str) -> float:
        if lemma not in self._told:
            return 0.0
        return 1.0 if len(lemma) > 2 else _SHORT
