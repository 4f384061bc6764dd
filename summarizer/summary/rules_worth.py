"""How much each word is worth telling, by rule: where it stands, how often it is said, what it is.

The weights are those of a logistic regression on 641 articles with a reference summary each, over
features that can be read off a page; worth is the chance that a good summary says the word.
"""

import math
from collections import Counter
from collections.abc import Sequence

from summarizer.lookalikes import fold
from summarizer.lookalikes import words as words_of
from summarizer.models import Models
from summarizer.summary.parsed import Document, ParsedSentence, Word

_BASE = -0.6
_LATER = -1.0
_TITLED = 1.5
_OFTEN = 1.3
_RARE = 0.45
_SAID_BEFORE = 0.5
_NUMBER = 1.4
_CAPITAL = 0.3
_TITLED_SENTENCE = 0.75
_POS = {
    "NOUN": 0.6, "PROPN": 0.65, "VERB": 0.25, "ADJ": 0.5, "NUM": -0.6, "ADV": -0.55, "ADP": 0.35,
    "PRON": -1.5,
}  # fmt: skip
_OTHER_POS = -0.3
_RELATIONS = {
    "obl": 0.3, "nmod": 0.3, "amod": 0.35, "obj": 0.3, "nsubj": 0.3, "acl": -0.3, "advcl": -0.3,
    "appos": 0.7, "flat": 1.0, "nummod": 1.2, "parataxis": -0.3,
}  # fmt: skip


def lemma_of(word: str, models: Models) -> str:
    """Give a word's dictionary form, folded; "" for a mark."""
    folded = fold(word)
    if not any(char.isalnum() for char in folded):
        return ""
    if not folded.replace("-", "").isalpha() or folded.isascii():
        return folded
    parses = models.parse(folded)
    return fold(parses[0].lemma) if parses else folded


class RulesScorer:
    """Scores the words of a document by a table of weights.

    Args:
        models: the language models, for the dictionary and how common a word is.
    """

    def __init__(self, models: Models) -> None:
        self._models = models

    def __call__(self, document: Document, title: str | None) -> Sequence[Sequence[float]]:
        """Tell how much each word of each sentence is worth, 0 to 1; marks are worth nothing."""
        lemmas = [
            [lemma_of(word.text, self._models) for word in sentence.words]
            for sentence in document.sentences
        ]
        often = Counter(lemma for row in lemmas for lemma in row)
        titled = {lemma_of(word, self._models) for word in words_of(title or "") if len(word) > 2}
        seen: set[str] = set()
        scored = []
        for number, (sentence, row) in enumerate(zip(document.sentences, lemmas, strict=True)):
            base = _BASE + _LATER * math.log1p(number)
            if titled:
                base += _TITLED_SENTENCE * len(titled & set(row)) / len(titled)
            scored.append(self._sentence(sentence, row, base, often, titled, seen))
            seen.update(row)
        return scored

    def _sentence(
        self,
        sentence: ParsedSentence,
        lemmas: Sequence[str],
        base: float,
        often: Counter[str],
        titled: set[str],
        seen: set[str],
    ) -> list[float]:
        return [
            _chance(
                base
                + self._word(word)
                + _TITLED * (lemma in titled)
                + _OFTEN * math.log(often[lemma])
                + _SAID_BEFORE * (lemma in seen)
            )
            if lemma
            else 0.0
            for word, lemma in zip(sentence.words, lemmas, strict=True)
        ]

    def _word(self, word: Word) -> float:
        """Weigh what a word is, wherever it stands."""
        worth = _POS.get(word.pos, _OTHER_POS)
        worth += _RELATIONS.get(word.relation.partition(":")[0], 0.0)
        worth += _NUMBER * any(char.isdigit() for char in word.text)
        worth += _CAPITAL * word.text[:1].isupper()
        common = self._models.count(word.text.lower())
        return worth + _RARE * math.log1p(common) / 15


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
