"""Answering a question with sentences of articles, or not at all."""

from collections.abc import Sequence

from summarizer.ask_finding import SURE, Candidate, ReadSentence, ranked
from summarizer.ask_likeness import Likeness
from summarizer.ask_model import Answer, Known, Source
from summarizer.ask_question import Question
from summarizer.words import words_of

MOST_ANSWERS = 3

_LONGEST_QUOTE = 3
_AS_GOOD = 0.85
_SAME_SENTENCE = 0.6


def answer(
    question: Question, known: Known, sources: Sequence[Source], likeness: Likeness
) -> tuple[Answer, ...]:
    """Find the sentences that answer a question, the surest first; none where none is sure.

    The words that the question turns on, or such as say the same, must stand in the sentence or
    around it, and the sentence must hold what is asked for: a person, a date, a number.

    Args:
        question: what `read_question` made of it.
        known: the forms of its words, in the same order.
        sources: articles to look into, the likeliest first.
        likeness: compares words.
    """
    found = ranked(question, known, sources, likeness)
    if not found or found[0].sure < SURE:
        return ()
    kept: list[Answer] = []
    for one in found:
        if one.order < _AS_GOOD * found[0].order or len(kept) == MOST_ANSWERS:
            break
        shown = _answer(one)
        if not any(_repeats(shown, other) for other in kept):
            kept.append(shown)
    return tuple(kept)


def _answer(found: Candidate) -> Answer:
    sentences = found.read.sentences
    first, last = _whole_quote(found.at, sentences)
    text = " ".join(one.text for one in sentences[first : last + 1])
    start, end = sentences[first].start, sentences[last].end
    return Answer(found.read.source.id, text, start, end, found.sure)


def _whole_quote(at: int, sentences: Sequence[ReadSentence]) -> tuple[int, int]:
    """Widen a sentence to the quotation that it is cut out of, if that is not long."""
    first = last = at
    while last - first < _LONGEST_QUOTE and first > 0 and _closes(sentences, first, last):
        first -= 1
    while (
        last - first < _LONGEST_QUOTE
        and last + 1 < len(sentences)
        and _opens(sentences, first, last)
    ):
        last += 1
    text = "".join(one.text for one in sentences[first : last + 1])
    return (first, last) if text.count("«") == text.count("»") else (at, at)


def _closes(sentences: Sequence[ReadSentence], first: int, last: int) -> bool:
    text = "".join(one.text for one in sentences[first : last + 1])
    return text.count("»") > text.count("«")


def _opens(sentences: Sequence[ReadSentence], first: int, last: int) -> bool:
    text = "".join(one.text for one in sentences[first : last + 1])
    return text.count("«") > text.count("»")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words_of(text))


def _repeats(one: Answer, other: Answer) -> bool:
    mine, theirs = _words(one.text), _words(other.text)
    return len(mine & theirs) >= _SAME_SENTENCE * min(len(mine), len(theirs))
