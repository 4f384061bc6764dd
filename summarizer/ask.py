"""Answering a question with sentences of articles, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.ask_kinds import holds_answer, says_asked
from summarizer.ask_question import Kind, Question, read_question
from summarizer.text import read_article
from summarizer.words import words_of

__all__ = ["Answer", "Kind", "Known", "Question", "Source", "answer", "read_question"]

MOST_ANSWERS = 3

_BESIDE = 0.8
_NEAR = 0.65
_TOPIC = 0.6
_ELSEWHERE = 0.35
_BEFORE = 2
_SPEAKER = 0.9
_FAR = 5
_LONGEST_QUOTE = 3
_LEAST_SUPPORT = 0.62
_MOST_MISSING = 0.12
_LEAST_HERE = 0.2
# Where no kind of answer is asked for, the sentence must tell by itself.
_LEAST_HERE_OF_ANY = 0.7
_LEAST_WORDS = {False: 1, True: 2}
_AS_GOOD = 0.85
_SAME_SENTENCE = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """An article that may hold the answer; `title` when it was given apart from the text."""

    id: int
    text: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """How each of a question's words may stand in a text, and how telling each is."""

    forms: tuple[frozenset[str], ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence that answers: its article, its text as shown, its place (code points there)."""

    source_id: int
    text: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    start: int
    end: int
    order: tuple[str, ...]
    words: frozenset[str]


def answer(question: Question, known: Known, sources: Sequence[Source]) -> tuple[Answer, ...]:
    """Find the sentences that answer a question, the surest first; none where none is sure.

    Every word that the question turns on must stand in the sentence or around it, and the sentence
    must hold what is asked for: a person, a date, a number.

    Args:
        question: what `read_question` made of it.
        known: the forms of its words, in the same order.
        sources: articles to look into, the likeliest first.
    """
    if len(question.asked) < _LEAST_WORDS[question.kind is Kind.ANY]:
        return ()
    found = [one for source in sources for one in _answers_in(source, question, known)]
    found.sort(key=lambda one: -one.score)
    kept: list[Answer] = []
    for one in found:
        if kept and one.score < _AS_GOOD * kept[0].score:
            break
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
        if len(kept) == MOST_ANSWERS:
            break
    return tuple(kept)


def _answers_in(source: Source, question: Question, known: Known) -> list[Answer]:
    article = read_article(source.text, title=source.title)
    headline = tuple(word.text for word in words_of(source.title or article.title or ""))
    title = frozenset(headline)
    sentences = [
        _Sentence(one.text, one.span.start, one.span.end, order, frozenset(order))
        for one in article.sentences
        for order in [tuple(word.text for word in words_of(one.text))]
    ]
    everything = title.union(*(one.words for one in sentences))
    present = [bool(forms & everything) for forms in known.forms]
    weights = [
        weight * asked.weight for weight, asked in zip(known.weights, question.asked, strict=True)
    ]
    whole = sum(weights)
    missing = sum(weight for weight, is_there in zip(weights, present, strict=True) if not is_there)
    lacks_name = any(
        asked.is_name and not is_there
        for asked, is_there in zip(question.asked, present, strict=True)
    )
    if lacks_name or missing > _MOST_MISSING * whole:
        return []
    if not _belong_together(question, known, sentences, headline):
        return []
    found = []
    for at, sentence in enumerate(sentences):
        support = _support(at, sentences, title, known)
        if question.kind is Kind.SAID:
            _credit_speaker(support, question, known, sentences[max(0, at - _BEFORE) : at + 3])
        score = sum(w * s for w, s in zip(weights, support, strict=True)) / whole
        here = sum(w for w, s in zip(weights, support, strict=True) if s >= 1) / whole
        here += _LEAST_HERE if says_asked(sentence.text, question.kind) else 0.0
        least = _LEAST_HERE_OF_ANY if question.kind is Kind.ANY else _LEAST_HERE
        if score < _LEAST_SUPPORT or here < least:
            continue
        if holds_answer(sentence.text, question, known.forms):
            first, last = _whole_quote(at, sentences)
            text = " ".join(one.text for one in sentences[first : last + 1])
            start, end = sentences[first].start, sentences[last].end
            found.append(Answer(source.id, text, start, end, score))
    return found


def _support(
    at: int, sentences: Sequence[_Sentence], title: frozenset[str], known: Known
) -> list[float]:
    """Say how near to a sentence each word of the question stands, 1 for within it."""
    here = sentences[at].words
    beside = sentences[at - 1].words if at else frozenset()
    near: frozenset[str] = frozenset().union(
        *(one.words for one in sentences[max(0, at - _BEFORE) : at + 2])
    )
    topic = title | sentences[0].words
    levels = ((here, 1.0), (beside, _BESIDE), (near, _NEAR), (topic, _TOPIC))
    support = []
    for forms in known.forms:
        level = next((value for words, value in levels if forms & words), None)
        if level is None:
            level = _ELSEWHERE if any(forms & one.words for one in sentences) else 0.0
        support.append(level)
    return support


def _belong_together(
    question: Question, known: Known, sentences: Sequence[_Sentence], title: tuple[str, ...]
) -> bool:
    """Say whether words that stand side by side in the question do so in the article, about.

    "The minister of defence" is not told by "the minister, and the committee on defence", nor
    "the president of Namibia" by an article on Namibia that names some president.
    """
    if question.kind is not Kind.WHO:
        return True
    stretches = [title, *(one.order for one in sentences)]
    for at in range(1, len(question.asked)):
        one, other = question.asked[at - 1], question.asked[at]
        left, right = known.forms[at - 1], known.forms[at]
        if not other.follows or min(one.weight, other.weight) < 1 or not (left and right):
            continue
        if not any(_near(left, right, words) for words in stretches):
            return False
    return True


def _near(left: frozenset[str], right: frozenset[str], words: Sequence[str]) -> bool:
    """Say whether two words stand within a few words of each other."""
    places = [at for at, word in enumerate(words) if word in left]
    others = [at for at, word in enumerate(words) if word in right]
    return any(abs(one - other) <= _FAR for one in places for other in others)


def _credit_speaker(
    support: list[float], question: Question, known: Known, around: Sequence[_Sentence]
) -> None:
    """Count the speaker's name as said wherever it stands by the words; it is told once."""
    said: frozenset[str] = frozenset().union(*(one.words for one in around))
    names = [at for at, asked in enumerate(question.asked) if asked.is_name]
    for place, at in enumerate(names):
        if at != names[0] + place:
            # A name further on is what was spoken of.
            break
        if known.forms[at] & said:
            support[at] = max(support[at], _SPEAKER)


def _whole_quote(at: int, sentences: Sequence[_Sentence]) -> tuple[int, int]:
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


def _closes(sentences: Sequence[_Sentence], first: int, last: int) -> bool:
    text = "".join(one.text for one in sentences[first : last + 1])
    return text.count("»") > text.count("«")


def _opens(sentences: Sequence[_Sentence], first: int, last: int) -> bool:
    text = "".join(one.text for one in sentences[first : last + 1])
    return text.count("«") > text.count("»")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words_of(text))


def _repeats(one: Answer, other: Answer) -> bool:
    mine, theirs = _words(one.text), _words(other.text)
    return len(mine & theirs) >= _SAME_SENTENCE * min(len(mine), len(theirs))
