"""How much each word is worth telling: the chance that a good summary says it, as learned."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.models import Models
from summarizer.summary.encoder import Encoder
from summarizer.summary.parsed import Document
from summarizer.summary.worth_features import COLUMNS, WordTable, word_table

WEIGHTS = Path(__file__).with_name("weights") / "worth.safetensors"
"""What `make train` makes."""


class LearnedScorer:
    """Scores the words of a document with a small encoder that was trained on references.

    Args:
        models: the language models, for embeddings and the dictionary.
        encoder: a trained encoder; the packaged one when not given.

    Raises:
        WeightsError: the packaged weights are of another version.
    """

    def __init__(self, models: Models, encoder: Encoder | None = None) -> None:
        self._models = models
        self._encoder = encoder or packaged_encoder()

    def __call__(self, document: Document, title: str | None) -> Sequence[Sequence[float]]:
        """Tell how much each word of each sentence is worth, 0 to 1; marks are worth nothing.

        Args:
            document: a parsed article.
            title: its title, or None.

        Returns:
            One list for each sentence, as long as its words. Words after the first 600 are
            worth nothing.
        """
        table = word_table(document, title, self._models)
        logits = self._encoder.logits(table.vectors, table.rows)[:, 0]
        return per_sentence(document, table, 1 / (1 + np.exp(-logits)))


def per_sentence(
    document: Document, table: WordTable, chances: NDArray[np.floating]
) -> Sequence[Sequence[float]]:
    """Deal out the chances of the words to their sentences; marks and what follows get nothing.

    Args:
        document: the article that the table was made of.
        table: its words.
        chances: one for each word of the table.
    """
    told = [
        float(chance) if lemma else 0.0 for chance, lemma in zip(chances, table.lemmas, strict=True)
    ]
    scored, at = [], 0
    for number, sentence in enumerate(document.sentences):
        size = table.sizes[number] if number < len(table.sizes) else 0
        scored.append(told[at : at + size] if size else [0.0] * len(sentence.words))
        at += size
    return scored


@lru_cache(maxsize=1)
def packaged_encoder() -> Encoder:
    """Load the encoder that the package carries, once."""
    return Encoder.load(WEIGHTS, COLUMNS)
