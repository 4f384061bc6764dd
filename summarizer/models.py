"""The language models for Russian, found where their package keeps them and loaded once."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from navec import Navec  # type: ignore[import-untyped]
from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]
from slovnet import NER, Morph, Syntax  # type: ignore[import-untyped]

_EMBEDDING = "emb/navec_news_v1_1B_250K_300d_100q.tar"
_NER = "model/slovnet_ner_news_v1.tar"
_MORPH = "model/slovnet_morph_news_v1.tar"
_SYNTAX = "model/slovnet_syntax_news_v1.tar"
_BATCH = 8
_PARSES_KEPT = 50_000


class ModelsMissingError(RuntimeError):
    """The files of the language models are not installed."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The language models for Russian are missing ({what}); install the package natasha"
        )


@dataclass(frozen=True, slots=True)
class WordTag:
    """The part of speech of a word in its sentence, and its features ("Case" → "Gen")."""

    pos: str
    feats: dict[str, str]


@dataclass(frozen=True, slots=True)
class WordLink:
    """What a word depends on: the place of its head in the sentence, -1 for the root, and how."""

    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Parse:
    """One reading of a word by the dictionary.

    `lemma` is its dictionary form, `marks` the grammemes of its tag, `known` whether the
    dictionary holds the word (else the reading is guessed from the ending), `raw` the analyzer's
    own object, for inflection.
    """

    word: str
    lemma: str
    marks: frozenset[str]
    score: float
    known: bool
    raw: Any


class Models:
    """slovnet's taggers and pymorphy3's dictionary; each one is loaded when first asked for.

    The folder is the `data` folder of the natasha package, whose code is never imported.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parse = lru_cache(maxsize=_PARSES_KEPT)(self._parse)

    @cached_property
    def _navec(self) -> Any:
        return Navec.load(self._file(_EMBEDDING))

    @cached_property
    def _ner(self) -> Any:
        return NER.load(self._file(_NER), batch_size=_BATCH).navec(self._navec)

    @cached_property
    def _morph(self) -> Any:
        return self._sharing_words(
            Morph.load(self._file(_MORPH), batch_size=_BATCH).navec(self._navec)
        )

    @cached_property
    def _syntax(self) -> Any:
        return self._sharing_words(
            Syntax.load(self._file(_SYNTAX), batch_size=_BATCH).navec(self._navec)
        )

    def count(self, word: str) -> int:
        """Tell how often a lower-case word stood in the news that the embeddings learned from.

        0 for a word outside their 250,000.
        """
        vocabulary = self._navec.vocab
        place = vocabulary.word_ids.get(word)
        return 0 if place is None else int(vocabulary.counts[place])

    def vector(self, word: str) -> Any:
        """Give the embedding of a lower-case word: 300 floats, or None outside the 250,000."""
        return self._navec.get(word)

    @cached_property
    def _dictionary(self) -> MorphAnalyzer:
        return MorphAnalyzer(lang="ru")

    def name_tags(self, texts: Sequence[Sequence[str]]) -> list[list[str]]:
        """Tag words with "B-PER", "I-ORG", "O" and so on.

        Args:
            texts: lists of words, none of them empty.

        Returns:
            One list of tags for each, as long as its words.
        """
        infer = self._ner.infer
        predicted = infer.decoder(infer.process(infer.encoder(texts)))
        return [list(map(str, tags)) for tags in predicted]

    def word_tags(self, sentences: Sequence[Sequence[str]]) -> Iterable[tuple[WordTag, ...]]:
        """Tag words with part of speech, case, gender and number, each in its sentence.

        Args:
            sentences: lists of words, none of them empty.

        Returns:
            One tuple for each sentence, in order.
        """
        for markup in self._morph.map(list(sentences)):
            yield tuple(WordTag(token.pos, dict(token.feats or {})) for token in markup.tokens)

    def word_links(self, sentences: Sequence[Sequence[str]]) -> Iterable[tuple[WordLink, ...]]:
        """Say for each word what it depends on (Universal Dependencies).

        Args:
            sentences: lists of words, none of them empty.

        Returns:
            One tuple for each sentence, in order. The links need not form a tree.
        """
        for markup in self._syntax.map(list(sentences)):
            yield tuple(WordLink(int(token.head_id) - 1, str(token.rel)) for token in markup.tokens)

    def _parse(self, word: str) -> tuple[Parse, ...]:
        """List the dictionary's readings of a word, likeliest first; kept for the next time."""
        return tuple(
            Parse(
                word=found.word,
                lemma=found.normal_form,
                marks=frozenset(found.tag.grammemes),
                score=found.score,
                known=found.is_known,
                raw=found,
            )
            for found in self._dictionary.parse(_with_names(word))
        )

    def _sharing_words(self, model: Any) -> Any:
        """Let a model use the tagger's own list of 250,000 words when it is the same one."""
        ours, encoder = self._ner.infer.encoder.words_vocab, model.infer.encoder
        if encoder.words_vocab.items == ours.items:
            encoder.words_vocab = ours
        return model

    def _file(self, name: str) -> str:
        path = self.folder / name
        if not path.is_file():
            raise ModelsMissingError(f"no {path}")
        return str(path)


def _with_names(word: str) -> str:
    # pymorphy3 asks for each letter's Unicode name and fails on letters that have none (Tangut).
    return "".join(
        char if unicodedata.name(char, "") else "\N{REPLACEMENT CHARACTER}" for char in word
    )


@lru_cache(maxsize=1)
def load_models() -> Models:
    """Give the one Models of this process.

    Raises:
        ModelsMissingError: the package that carries the model files is not installed.
    """
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ModelsMissingError("no package natasha")
    return Models(Path(spec.origin).parent / "data")
