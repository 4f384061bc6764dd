"""What a scorer knows of each word of an article: its place, its syntax, how often it is said."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.lookalikes import words as words_of
from summarizer.models import Models
from summarizer.ner import Tagged
from summarizer.summary.parsed import Document, ParsedSentence, Word
from summarizer.summary.rules_worth import lemma_of

WORDS_AT_MOST = 600
"""Words of an article that are scored; what follows is worth nothing."""

TITLE_AT_MOST = 20
"""Words of the title that are looked at."""

VECTOR = 300
"""Numbers of a word's embedding."""

POS = (
    *("NOUN", "PROPN", "VERB", "ADJ", "ADP", "ADV", "PRON", "DET", "NUM", "CCONJ", "SCONJ"),
    *("AUX", "PART", "PUNCT"),
)
RELATIONS = (
    *("root", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "amod", "case"),
    *("conj", "cc", "punct", "advmod", "advcl", "acl", "acl:relcl", "xcomp", "ccomp", "csubj"),
    *("mark", "nummod", "nummod:gov", "flat:name", "flat:foreign", "appos", "parataxis", "det"),
    *("fixed", "aux:pass", "cop"),
)
CLAUSES = ("acl", "acl:relcl", "advcl", "ccomp", "parataxis", "appos", "conj", "obl", "nmod")
"""Relations that are worth knowing of the words above a word, too."""

NUMBERS = (
    *("sentence", "first", "early", "opens_paragraph", "paragraph", "place", "length"),
    *("title", "sentence_title", "lead", "sentence_lead", "often", "rare", "often_rare"),
    *("seen", "sentence_seen", "unknown", "capital", "digit", "bracket", "quoted", "depth"),
    *("subtree", "head_title", "head_often", "sentence_often", "after", "article", "person"),
    *("organisation", "location", "last"),
)
COLUMNS = (
    *NUMBERS,
    *(f"pos:{name}" for name in POS),
    *(f"relation:{name}" for name in RELATIONS),
    *(f"head:{name}" for name in POS),
    *(f"under:{name}" for name in CLAUSES),
)
"""The names of the columns, in order."""

_POS = {name: place for place, name in enumerate(POS)}
_RELATIONS = {name: place for place, name in enumerate(RELATIONS)}
_CLAUSES = {name: place for place, name in enumerate(CLAUSES)}
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_CORPUS = 1e9
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of an article that are scored, one row each.

    `rows` holds the numbers of COLUMNS, `lemmas` the dictionary forms of the words, "" for marks,
    `sizes` how many of the words each sentence has. `vectors` are the embeddings of the words of
    the title, and after them those of the words: one row more for each of `titled` words.
    """

    rows: NDArray[np.float32]
    lemmas: tuple[str, ...]
    sizes: tuple[int, ...]
    titled: int
    vectors: NDArray[np.float32]


def word_table(document: Document, title: str | None, models: Models) -> WordTable:
    """Describe the words of an article's first sentences.

    Args:
        document: a parsed article.
        title: its title, or None.
        models: the language models, for dictionary forms and how common a word is.

    Returns:
        One row for each word of the first sentences that fit into WORDS_AT_MOST words, whole.
    """
    sentences, room = [], WORDS_AT_MOST
    for sentence in document.sentences:
        room -= len(sentence.words)
        if room < 0:
            break
        sentences.append(sentence)
    article = _Article(sentences, title or "", document.tagged, models)
    titled = [word.lower() for word in words_of((title or "")[:500])[:TITLE_AT_MOST]]
    words = [word.text.lower() for sentence in sentences for word in sentence.words]
    return WordTable(
        rows=article.rows(),
        lemmas=tuple(lemma for lemmas in article.lemmas for lemma in lemmas),
        sizes=tuple(len(sentence.words) for sentence in sentences),
        titled=len(titled),
        vectors=_vectors([*titled, *words], models),
    )


def _vectors(words: Sequence[str], models: Models) -> NDArray[np.float32]:
    found = np.zeros((len(words), VECTOR), np.float32)
    for place, word in enumerate(words):
        vector = models.vector(word)
        if vector is not None:
            found[place] = vector
    return found


class _Article:
    """Counts over one article, and the rows made from them."""

    def __init__(
        self, sentences: Sequence[ParsedSentence], title: str, tagged: Tagged, models: Models
    ) -> None:
        self._sentences = sentences
        self._models = models
        self.lemmas = [[lemma_of(word.text, models) for word in s.words] for s in sentences]
        self._title = {lemma_of(word, models) for word in words_of(title[:500])}
        self._counts = Counter(lemma for lemmas in self.lemmas for lemma in lemmas)
        self._lead = set(next((lemmas for lemmas in self.lemmas if lemmas), ()))
        self._kinds = {
            token.span.start: name.kind
            for name in tagged.names
            for token in tagged.sentences[name.sentence][name.first : name.last + 1]
        }

    def rows(self) -> NDArray[np.float32]:
        """Make the rows of all words."""
        blocks = [np.zeros((0, len(COLUMNS)), np.float32)]
        seen: set[str] = set()
        for number, sentence in enumerate(self._sentences):
            blocks.append(self._block(number, sentence, seen))
            seen.update(self.lemmas[number])
        return np.concatenate(blocks)

    def _block(self, number: int, sentence: ParsedSentence, seen: set[str]) -> NDArray[np.float32]:
        """Make the rows of one sentence."""
        words, lemmas = sentence.words, self.lemmas[number]
        size = len(words)
        block = np.zeros((size, len(COLUMNS)), np.float32)
        content = [n for n, word in enumerate(words) if word.pos in _CONTENT and lemmas[n]]
        often = [math.log(self._counts[lemma]) / 2 for lemma in lemmas]
        rare = [self._rarity(word.text) for word in words]
        sentence_title = _mean(lemmas[n] in self._title for n in content)
        sentence_lead = _mean(lemmas[n] in self._lead for n in content) if number else 0.0
        sentence_seen = _mean(lemmas[n] in seen for n in content)
        sentence_often = _mean(often[n] * rare[n] for n in content)
        depths, subtrees, above = _tree(words)
        quotes = brackets = 0
        for place, word in enumerate(words):
            lemma = lemmas[place]
            text = word.text
            brackets = max(0, brackets - (text == ")"))
            quotes = max(0, quotes - (text == "»"))
            head = word.head if 0 <= word.head < size else place
            kind = self._kinds.get(word.span.start)
            block[place, : len(NUMBERS)] = (
                min(number, 15) / 10,
                number == 0,
                1 / (1 + number),
                number == 0 or self._sentences[number - 1].paragraph != sentence.paragraph,
                min(sentence.paragraph, 8) / 5,
                place / size,
                min(size, 60) / 40,
                lemma in self._title,
                sentence_title,
                number > 0 and lemma in self._lead,
                sentence_lead,
                often[place],
                rare[place],
                often[place] * rare[place],
                lemma in seen,
                sentence_seen,
                rare[place] == 1.0,
                text[:1].isupper(),
                any(char.isdigit() for char in text),
                brackets > 0,
                quotes > 0,
                depths[place] / 6,
                math.log(subtrees[place]) / 3,
                lemmas[head] in self._title,
                often[head],
                sentence_often,
                min(place, 20) / 20,
                min(len(self._sentences), 30) / 20,
                kind == "PER",
                kind == "ORG",
                kind == "LOC",
                number == len(self._sentences) - 1,
            )
            brackets += text == "("
            quotes += text == "«"
            _mark(block[place], word, words[head], above[place])
        return block

    def _rarity(self, word: str) -> float:
        """Tell how rare a word is in news: 0 for the commonest, 1 for one never met."""
        count = self._models.count(word.lower())
        return math.log(_CORPUS / count) / math.log(_CORPUS) if count else 1.0


def _mark(row: NDArray[np.float32], word: Word, head: Word, above: Iterable[str]) -> None:
    """Set the columns that say which part of speech and relation a word has."""
    base = len(NUMBERS)
    if (place := _POS.get(word.pos)) is not None:
        row[base + place] = 1
    base += len(POS)
    if (place := _RELATIONS.get(word.relation)) is not None:
        row[base + place] = 1
    base += len(RELATIONS)
    if (place := _POS.get(head.pos)) is not None:
        row[base + place] = 1
    base += len(POS)
    for relation in above:
        if (place := _CLAUSES.get(relation)) is not None:
            row[base + place] = 1


def _tree(words: Sequence[Word]) -> tuple[list[int], list[int], list[set[str]]]:
    """Tell of each word how deep it stands, how many words it carries, what is above it.

    Its own relation counts among those above; links that run in a circle end after 12 steps.
    """
    depths, subtrees = [], [1] * len(words)
    above: list[set[str]] = []
    for start in range(len(words)):
        place, depth, relations = start, 0, set()
        while 0 <= place < len(words) and depth < _DEEPEST:
            relations.add(words[place].relation)
            place = words[place].head
            depth += 1
            if 0 <= place < len(words):
                subtrees[place] += 1
        depths.append(depth)
        above.append(relations)
    return depths, subtrees, above


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
