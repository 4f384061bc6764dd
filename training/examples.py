"""Articles with references, made ready to learn from: features of each word, and what was told."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.evaluation.references import Reference, load_references
from summarizer.lookalikes import words as words_of
from summarizer.models import Models
from summarizer.ner import Tagged, tag
from summarizer.summary.condense import READ_SENTENCES
from summarizer.summary.parsed import Document, parse_article
from summarizer.summary.rules_worth import lemma_of
from summarizer.summary.worth_features import WordTable, word_table
from summarizer.text import ArticleText, read_article

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "briefs"
"""Where the references are looked for when nobody says."""

_NEAR = 8
_EARLIER = 0.0005


@dataclass(frozen=True, slots=True)
class Example:
    """An article, its words described, and two answers for each word.

    `told` is 1 where the reference says the word anywhere, `aligned` only where the word is the
    one that a word of the reference most likely comes from, by the company it keeps.
    """

    reference: Reference
    article: ArticleText
    document: Document
    table: WordTable
    told: NDArray[np.float32]
    aligned: NDArray[np.float32]

    @property
    def tagged(self) -> Tagged:
        """The words of the article, tagged."""
        return self.document.tagged


def read_examples(path: Path, models: Models) -> list[Example]:
    """Read references and describe their articles' words; some 20 articles a second and core.

    Args:
        path: one JSON object a line, see `load_references`.
        models: the language models.
    """
    return [make_example(reference, models) for reference in load_references(path)]


def make_example(reference: Reference, models: Models) -> Example:
    """Describe the words of one article, and mark those that its first reference tells.

    Args:
        reference: an article with at least one summary.
        models: the language models.
    """
    article = read_article(reference.text)
    tagged = tag(article.original, models, sentences=article.sentences[:READ_SENTENCES])
    document = parse_article(article, tagged, models, at_most=READ_SENTENCES)
    table = word_table(document, article.title, models)
    said = [lemma_of(word, models) for word in words_of(reference.summaries[0])]
    wanted = frozenset(said)
    told = np.array([lemma in wanted and bool(lemma) for lemma in table.lemmas], np.float32)
    return Example(reference, article, document, table, told, _aligned(table.lemmas, said))


def _aligned(lemmas: Sequence[str], said: Sequence[str]) -> NDArray[np.float32]:
    """Mark for each word of the reference the one word of the article that it comes from."""
    places: dict[str, list[int]] = {}
    for place, lemma in enumerate(lemmas):
        places.setdefault(lemma, []).append(place)
    found = [places.get(lemma, []) if lemma else [] for lemma in said]
    marked = np.zeros(len(lemmas), np.float32)
    for number, candidates in enumerate(found):
        near = [
            (1 / (1 + abs(other - number)), found[other])
            for other in range(max(0, number - _NEAR), min(len(said), number + _NEAR + 1))
            if other != number and found[other]
        ]
        if candidates:
            company = {place: sum(_company(place, near)) for place in candidates}
            marked[max(candidates, key=lambda place: company[place] - _EARLIER * place)] = 1
    return marked


def _company(place: int, near: Sequence[tuple[float, list[int]]]) -> Iterator[float]:
    """Tell how close the reference's neighbouring words stand to a place of the article."""
    for weight, others in near:
        yield weight * math.exp(-min(abs(place - other) for other in others) / _NEAR)


def folds(count: int, parts: int = 5) -> list[tuple[list[int], list[int]]]:
    """Split the numbers below `count` into (learned from, held out), each held out once."""
    return [
        ([n for n in range(count) if n % parts != part], list(range(part, count, parts)))
        for part in range(parts)
    ]
