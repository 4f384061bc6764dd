"""How much alike a question's words and a text's words are: forms, kin, neighbours in meaning."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.ask_question import Asked, same_meaning
from summarizer.lemmas import lemmas
from summarizer.models import Models, load_models

Table = NDArray[np.float32]

_FORM = 1.0
_SPELT = 0.9
_SAME = 0.85
_KIN = 0.75
_NEAREST = 0.7
# Of 300 dimensions: unrelated words seldom reach .4.
_LEAST_COSINE = 0.4
_COSINE_LESS = 0.15
_KIN_LETTERS = 5
_KIN_SHARE = 0.6
_SPELT_SHARE = 0.7

_TELLING = (
    (frozenset({"VERB", "INFN", "GRND", "PRTS", "PRED"}), 0.6),
    (frozenset({"ADVB"}), 0.4),
    (frozenset({"ADJF", "ADJS", "PRTF"}), 0.8),
)


class Likeness:
    """Compares words by dictionary forms, beginnings, and the embeddings that slovnet works with.

    The first comparison loads the embeddings, about 100 MB and a second.
    """

    def __init__(self, models: Models) -> None:
        self._models = models
        self._vector = lru_cache(maxsize=20_000)(self._unit_vector)

    def table(self, asked: Sequence[Asked], words: Sequence[str]) -> Table:
        """Give how alike each word of a question is to each of some words, from 0 to 1.

        Args:
            asked: the question's words.
            words: words as `words_of` gives them.

        Returns:
            One row for each of `asked`, one column for each of `words`.
        """
        if not words:
            return np.zeros((len(asked), 0), np.float32)
        found = self._cosines([one.word for one in asked], words)
        found = np.where(found > _LEAST_COSINE, np.minimum(found - _COSINE_LESS, _NEAREST), 0)
        for row, one in enumerate(asked):
            mine, same = lemmas(one.word), same_meaning(one.word)
            if one.is_name:
                found[row] = 0
            for column, word in enumerate(words):
                found[row, column] = max(found[row, column], _by_form(one, mine, same, word))
        return found.astype(np.float32)

    def telling(self, asked: Asked) -> float:
        """Weigh a word of a question: names tell most, verbs are the first to be said otherwise."""
        if asked.is_name:
            return asked.weight
        marks = self._models.parse(asked.word)[0].marks
        weight = next((weight for kinds, weight in _TELLING if marks & kinds), 1.0)
        return weight * asked.weight

    def may_name(self, word: str) -> bool:
        """Say whether a word may be part of a person's name: "Республика" and "Казахстан" may not.

        What the dictionary does not know may.
        """
        first, *_ = self._models.parse(word)
        return not first.known or not first.marks.isdisjoint({"Name", "Surn", "Patr"})

    def _cosines(self, asked: Sequence[str], words: Sequence[str]) -> NDArray[np.float32]:
        """Compare words and their dictionary forms; the nearest pair of two words counts."""
        best = np.zeros((len(asked), len(words)), np.float32)
        for one in (False, True):
            mine = np.stack([self._vector(_shape(word, one)) for word in asked])
            theirs = np.stack([self._vector(_shape(word, one)) for word in words])
            np.maximum(best, mine @ theirs.T, out=best)
        return best

    def _unit_vector(self, word: str) -> NDArray[np.float32]:
        vector: Any = None if word.isdigit() else self._models.vector(word)
        norm = 0.0 if vector is None else float(np.linalg.norm(vector))
        return vector / norm if norm else np.zeros(300, np.float32)


def _shape(word: str, as_lemma: bool) -> str:
    return min(lemmas(word), key=lambda one: ("~" in one, one)) if as_lemma else word


def _by_form(asked: Asked, mine: frozenset[str], same: frozenset[str], word: str) -> float:
    if word == asked.word:
        return _FORM
    theirs = lemmas(word)
    if not mine.isdisjoint(theirs):
        return _FORM
    shared = _shared(asked.word, word)
    if asked.is_name:
        # "Дэйнс" and "Дейнс" differ early; "Маккелвин" and "Маккелвину" do not.
        is_near = shared >= _KIN_LETTERS and shared >= _SPELT_SHARE * max(
            len(asked.word), len(word)
        )
        return _SPELT if is_near and not word.isdigit() else 0.0
    if not same.isdisjoint(theirs):
        return _SAME
    is_kin = shared >= _KIN_LETTERS and shared >= _KIN_SHARE * min(len(asked.word), len(word))
    return _KIN if is_kin else 0.0


def _shared(one: str, other: str) -> int:
    """Count the letters that two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


@lru_cache(maxsize=1)
def load_likeness() -> Likeness:
    """Give the one Likeness of this process; a comparison may raise ModelsMissingError."""
    return Likeness(load_models())
