"""Sentences that hold what a question asks for, and what speaks for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from summarizer.ask_kinds import holds_answer
from summarizer.ask_likeness import Likeness, Table
from summarizer.ask_model import Known, Source
from summarizer.ask_question import Asked, Kind, Question
from summarizer.text import read_article
from summarizer.words import words_of

# How much a word of the question counts that stands not in the sentence but around it.
_BESIDE = 0.8
_NEAR = 0.65
_TOPIC = 0.6
_ELSEWHERE = 0.4
_SPEAKER = 0.9
_SPEAKER_WITHIN = 2
_HERE = 0.35
"""What the words within the sentence add when sentences are put in order."""

_FAR = 2
_LEAST_WORDS = {False: 1, True: 2}
_STANDS_FOR = 0.85
_UNNAMED = 0.8
_COUNTED = 0.5

# A logistic regression over 178 questions of our own (`python -m training ask`): how surely a
# sentence answers, by its names, its other words (around and within), and the words that are
# missing from the article and from around the sentence.
SURE = 0.5
_WEIGHTS = np.array([0.96, 2.18, 1.35, -7.0, -2.7])
_BIAS = -1.4


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its words and its place (code points)."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """An article as read: the words of its title, and its sentences."""

    source: Source
    title: tuple[str, ...]
    sentences: tuple[ReadSentence, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that holds what is asked for; `order` ranks it, `seen` says how sure it is."""

    read: _Read
    at: int
    order: float
    seen: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """Its words."""
        return self.read.sentences[self.at].text

    @property
    def sure(self) -> float:
        """How surely it answers, from 0 to 1."""
        return 1 / (1 + exp(-float(_WEIGHTS @ np.array(self.seen) + _BIAS)))


def ranked(
    question: Question, known: Known, sources: Sequence[Source], likeness: Likeness
) -> list[Candidate]:
    """List the sentences that hold what is asked for, the likeliest first; as `answer`."""
    if len(question.asked) < _LEAST_WORDS[question.kind is Kind.ANY]:
        return []
    articles = [_read(source) for source in sources]
    words = list(
        dict.fromkeys(
            word
            for one in articles
            for stretch in (one.title, *(sentence.words for sentence in one.sentences))
            for word in stretch
        )
    )
    if not words:
        return []
    finder = _Finder(question, known, likeness, words)
    found = [one for article in articles for one in finder.candidates(article)]
    return sorted(found, key=lambda one: -one.order)


def _read(source: Source) -> _Read:
    article = read_article(source.text, title=source.title)
    headline = source.title or article.title or ""
    return _Read(
        source,
        tuple(word.text for word in words_of(headline)),
        tuple(
            ReadSentence(
                one.text,
                one.span.start,
                one.span.end,
                tuple(word.text for word in words_of(one.text)),
            )
            for one in article.sentences
        ),
    )


class _Finder:
    """Looks for what answers one question, article by article."""

    def __init__(
        self, question: Question, known: Known, likeness: Likeness, words: Sequence[str]
    ) -> None:
        self._question = question
        self._forms = known.forms
        self._likeness = likeness
        self._table: Table = likeness.table(question.asked, words)
        self._column = {word: column for column, word in enumerate(words)}
        self._names = np.array([one.is_name for one in question.asked])
        weights = np.array(
            [
                weight * likeness.telling(one)
                for weight, one in zip(known.weights, question.asked, strict=True)
            ]
        )
        self._weights = weights / weights.sum()

    def candidates(self, read: _Read) -> list[Candidate]:
        """List the sentences of an article that hold what is asked for."""
        if not read.sentences or not self._belong_together(read):
            return []
        title = self._alike(read.title)
        here = np.stack([self._alike(one.words) for one in read.sentences])
        anywhere = np.maximum(here.max(axis=0), title)
        if self._names.any() and anywhere[self._names].max() < _STANDS_FOR:
            return []
        around = self._around(here, np.maximum(title, here[0]), anywhere)
        return [
            Candidate(
                read,
                at,
                float(self._weights @ around[at] + _HERE * self._weights @ here[at]),
                self._seen(around[at], here[at], anywhere),
            )
            for at, sentence in enumerate(read.sentences)
            if self._holds(sentence)
        ]

    def _alike(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Say of each word of the question how near the nearest of some words comes to it."""
        columns = [self._column[word] for word in words]
        if not columns:
            return np.zeros(len(self._weights), np.float32)
        alike: NDArray[np.float32] = self._table[:, columns].max(axis=1)
        return alike

    def _around(
        self, here: NDArray[np.float32], topic: NDArray[np.float32], anywhere: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Count for each sentence also what stands around it, the less the farther away."""
        best: NDArray[np.float32] = np.maximum(here, _TOPIC * topic)
        best = np.maximum(best, _ELSEWHERE * anywhere)
        best[1:] = np.maximum(best[1:], _BESIDE * here[:-1])
        best[2:] = np.maximum(best[2:], _NEAR * here[:-2])
        best[:-1] = np.maximum(best[:-1], _NEAR * here[1:])
        if self._question.kind is Kind.SAID:
            self._credit_speaker(best, here)
        return best

    def _credit_speaker(self, best: NDArray[np.float32], here: NDArray[np.float32]) -> None:
        """Count the speaker's name as said wherever it stands by the words; it is told once."""
        for place, at in enumerate(np.flatnonzero(self._names)):
            if at != np.flatnonzero(self._names)[0] + place:
                # A name further on is what was spoken of.
                break
            for number in range(len(here)):
                near = here[max(0, number - _SPEAKER_WITHIN) : number + _SPEAKER_WITHIN + 1, at]
                if near.max() >= _STANDS_FOR:
                    best[number, at] = max(best[number, at], _SPEAKER)

    def _seen(
        self,
        around: NDArray[np.float32],
        here: NDArray[np.float32],
        anywhere: NDArray[np.float32],
    ) -> tuple[float, ...]:
        """Give what the regression weighs, in its order."""
        names, others, weights = self._names, ~self._names, self._weights
        of_others = weights[others] / weights[others].sum() if others.any() else None
        return tuple(
            float(one)
            for one in (
                around[names].min() if names.any() else _UNNAMED,
                _UNNAMED if of_others is None else of_others @ around[others],
                _UNNAMED if of_others is None else of_others @ here[others],
                (weights * (1 - anywhere)).max(),
                (weights * (1 - around)).max(),
            )
        )

    def _holds(self, sentence: ReadSentence) -> bool:
        return holds_answer(
            sentence.text,
            self._question,
            self._forms,
            self._stand_for_counted,
            self._likeness.may_name,
        )

    def _stand_for_counted(self, word: str) -> bool:
        """Say whether a word may be what the question counts."""
        asked = [one.word for one in self._question.asked]
        row = asked.index(self._question.counted or "")
        column = self._column.get(word)
        return column is not None and self._table[row, column] >= _COUNTED

    def _belong_together(self, read: _Read) -> bool:
        """Say whether words that stand side by side in the question do so in the article, about.

        "The minister of defence" is not told by "the minister, and the committee on defence", nor
        "the ambassador of Kazakhstan" by one of the United States to Kazakhstan.
        """
        if self._question.kind is not Kind.WHO:
            return True
        stretches = [read.title, *(one.words for one in read.sentences)]
        for at in range(1, len(self._question.asked)):
            one, other = self._question.asked[at - 1], self._question.asked[at]
            if other.follows and self._names_something(one) and self._names_something(other):
                places = [
                    (self._places(at - 1, words), self._places(at, words)) for words in stretches
                ]
                is_told = any(left for left, _ in places) and any(right for _, right in places)
                if is_told and not any(_near(left, right) for left, right in places):
                    return False
        return True

    def _names_something(self, asked: Asked) -> bool:
        return self._likeness.telling(asked) >= 1

    def _places(self, row: int, words: Sequence[str]) -> list[int]:
        return [
            at
            for at, word in enumerate(words)
            if self._table[row, self._column[word]] >= _STANDS_FOR
        ]


def _near(places: Sequence[int], others: Sequence[int]) -> bool:
    return any(0 < other - one <= _FAR for one in places for other in others)
