"""The place of an article that answers a query, short, with the words that were looked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.text import read_article
from summarizer.words import Word, words_of

LENGTH = 220
"""Characters of an excerpt, about."""

_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt."""

    text: str
    is_marked: bool


def excerpt(
    text: str,
    title: str | None,
    marks: frozenset[str],
    phrases: Sequence[tuple[str, ...]] = (),
) -> tuple[Piece, ...]:
    """Cut out what answers best: the sentence with the most different words that were looked for.

    Args:
        text: the article's text.
        title: its title, when it was given apart from the text.
        marks: the words to mark, as `words_of` gives them.
        phrases: words that are to stand in this order; a sentence with them comes first.
    """
    sentences = [sentence.text for sentence in read_article(text, title=title).sentences]
    best, most = "", (-1, -1)
    for sentence in sentences:
        words = [word.text for word in words_of(sentence)]
        hits = (sum(_holds(words, one) for one in phrases), len(marks.intersection(words)))
        if hits > most:
            best, most = sentence, hits
    return marked(best, marks, phrases, length=LENGTH)


def marked(
    text: str,
    marks: frozenset[str],
    phrases: Sequence[tuple[str, ...]] = (),
    *,
    length: int | None = None,
) -> tuple[Piece, ...]:
    """Take a text apart into pieces with and without the words to mark.

    Args:
        text: what is shown.
        marks: the words, as `words_of` gives them.
        phrases: words to be marked only where they stand in this order.
        length: cut the text to about so many characters around what is marked.
    """
    words = words_of(text)
    spans = _spans(words, marks, phrases)
    start, end = (0, len(text)) if length is None else _window(text, words, spans, length)
    pieces: list[Piece] = []
    if start:
        pieces.append(Piece("… ", is_marked=False))
    at = start
    for left, right in spans:
        if left < start or right > end:
            continue
        if left > at:
            pieces.append(Piece(text[at:left], is_marked=False))
        pieces.append(Piece(text[left:right], is_marked=True))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end], is_marked=False))
    if end < len(text):
        pieces.append(Piece(" …", is_marked=False))
    return tuple(pieces)


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == tuple(phrase) for at in range(len(words) - size + 1))


def _spans(
    words: Sequence[Word], marks: frozenset[str], phrases: Sequence[tuple[str, ...]]
) -> list[tuple[int, int]]:
    in_phrases = {word for phrase in phrases for word in phrase}
    spans = [(w.start, w.end) for w in words if w.text in marks - in_phrases]
    for phrase in phrases:
        size = len(phrase)
        for at in range(len(words) - size + 1):
            if tuple(word.text for word in words[at : at + size]) == tuple(phrase):
                spans.append((words[at].start, words[at + size - 1].end))
    joined: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined


def _window(
    text: str, words: Sequence[Word], spans: Sequence[tuple[int, int]], length: int
) -> tuple[int, int]:
    """Choose which part of a text to show: whole words, the first mark among them."""
    if len(text) <= length:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = 0 if first < length - _BEFORE else first - _BEFORE
    start = next((word.start for word in words if word.start >= start), 0) if start else 0
    ends = [word.end for word in words if start < word.end <= start + length]
    return start, ends[-1] if ends else start + length
