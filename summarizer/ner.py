"""Tagging a text once: its words with their places, and the names that the tagger sees in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from razdel import tokenize

from summarizer.casing import recase
from summarizer.models import Models, WordTag
from summarizer.spans import Span
from summarizer.text import Sentence, read_article
from summarizer.view import DROPPED, readable

TAG_AT_MOST = 100_000
"""Characters of sentences that are tagged; names in what follows are not found."""

_CHUNK = 120
_SENTENCE_AT_MOST = 400
_APOSTROPHE = re.compile(r"\b([ОДЛдлODLdl])['’ʼ‘`]([А-ЯЁA-Zа-яё][\w-]+)")
_GLUED_INITIAL = re.compile(r"^((?:[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]\.)+)([А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w’'-]+)$")

Kind = Literal["PER", "ORG", "LOC"]
_KINDS: dict[str, Kind] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark; `text` is what a model reads: repaired, capitals made usual."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the tagger saw: tokens [first, last] of the sentence of that number."""

    kind: Kind
    span: Span
    sentence: int
    first: int
    last: int


@dataclass(frozen=True)
class Tagged:
    """A text, tagged once for whoever asks.

    `sentences` are the words of the title, when the text itself gives it, and of each sentence
    in order; `names` is what the tagger saw, in order; all spans are into `original`.
    """

    original: str
    sentences: tuple[tuple[Token, ...], ...]
    names: tuple[Named, ...]
    models: Models
    _morphology: dict[int, tuple[WordTag, ...]] = field(default_factory=dict, repr=False)

    def named(self, kind: Kind) -> tuple[Named, ...]:
        """List the names of one kind, in order."""
        return tuple(name for name in self.names if name.kind == kind)

    def morphology(self, *sentences: int) -> tuple[tuple[WordTag, ...], ...]:
        """Tell part of speech and features of each token of the sentences of these numbers.

        What was tagged before is kept; ask for several sentences at once where you can.
        """
        missing = sorted(
            {number for number in sentences if number not in self._morphology},
            key=lambda number: len(self.sentences[number]),
        )
        tagged = self.models.word_tags(
            [[token.text for token in self.sentences[number]] for number in missing]
        )
        self._morphology.update(zip(missing, tagged, strict=True))
        return tuple(self._morphology[number] for number in sentences)


def tag(text: str, models: Models, *, sentences: Sequence[Sentence] | None = None) -> Tagged:
    """Split a text into words and find the names in it, once.

    Of a long text the sentences of the first 100,000 characters are tagged.

    Args:
        text: the original text.
        models: see `load_models`.
        sentences: those to tag, spans into `text`; read from the text, with its title, when
            not given.

    Returns:
        Words and names with spans into `text`.
    """
    spans = _spans_of(text, sentences)
    view = readable(text[: spans[-1].end]) if spans else ""
    words = tuple(tokens for span in spans for tokens in split_words(view, span, models))
    return Tagged(text, words, tuple(_find_names(words, models)), models)


def _spans_of(text: str, sentences: Sequence[Sentence] | None) -> list[Span]:
    if sentences is None:
        article = read_article(text)
        sentences = article.sentences
        title = article.title_span
        spans = [sentence.span for sentence in sentences]
        if title and all(span.start >= title.end or span.end <= title.start for span in spans):
            spans.insert(0, title)
    else:
        spans = [sentence.span for sentence in sentences]
    spans.sort(key=lambda span: span.start)
    kept, room = [], TAG_AT_MOST
    for span in spans:
        if room <= 0:
            break
        kept.append(Span(span.start, min(span.end, span.start + room)))
        room -= span.end - span.start
    return kept


def split_words(view: str, span: Span, models: Models) -> Iterator[tuple[Token, ...]]:
    """Split a sentence into words; one without an end is cut into pieces of 400 words.

    Args:
        view: the readable view of a text (`summarizer.view.readable`).
        span: the sentence in it.
        models: see `load_models`.
    """
    shown = view[span.start : span.end].replace(DROPPED, " ")
    # The tokenizer parts "О’Рейли": a letter in the place of the mark holds it together.
    held = _APOSTROPHE.sub(lambda match: f"{match.group(1)}ъ{match.group(2)}", shown)
    raw = [
        (shown[start : start + len(text)], span.start + start)
        for found in tokenize(held)
        for text, start in _unglued(found.text, found.start)
    ]
    texts = recase([text for text, _ in raw], models)
    tokens = [
        Token(text, Span(start, start + len(text)))
        for text, (_, start) in zip(texts, raw, strict=True)
    ]
    for start in range(0, len(tokens), _SENTENCE_AT_MOST):
        yield tuple(tokens[start : start + _SENTENCE_AT_MOST])


def _unglued(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Part the initials from a surname that the tokenizer left in one piece."""
    if match := _GLUED_INITIAL.match(text):
        for offset in range(0, match.end(1), 2):
            yield text[offset : offset + 1], start + offset
            yield ".", start + offset + 1
        yield match.group(2), start + match.start(2)
    else:
        yield text, start


def _find_names(sentences: Sequence[tuple[Token, ...]], models: Models) -> Iterator[Named]:
    """Tag sentences in chunks, several sentences each: they give one another context."""
    chunks: list[list[tuple[int, int]]] = []
    room = 0
    for number, tokens in enumerate(sentences):
        if not chunks or len(tokens) > room:
            chunks.append([])
            room = _CHUNK
        chunks[-1] += [(number, index) for index in range(len(tokens))]
        room -= len(tokens)
    tags = models.name_tags([[sentences[n][i].text for n, i in chunk] for chunk in chunks])
    for chunk, chunk_tags in zip(chunks, tags, strict=True):
        yield from _join_tags(sentences, chunk, chunk_tags)


def _join_tags(
    sentences: Sequence[tuple[Token, ...]], places: list[tuple[int, int]], tags: list[str]
) -> Iterator[Named]:
    """Join "B-PER I-PER" into one name; a name never crosses from one sentence to the next."""
    index = 0
    while index < len(tags):
        kind = _KINDS.get(tags[index][2:])
        number, first = places[index]
        index += 1
        if kind is None:
            continue
        last = first
        while index < len(tags) and tags[index] == f"I-{kind}" and places[index][0] == number:
            last = places[index][1]
            index += 1
        tokens = sentences[number]
        yield Named(
            kind, Span(tokens[first].span.start, tokens[last].span.end), number, first, last
        )
