"""Choosing sentences and their forms: the most worth telling in so many words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from summarizer.summary.forms import Form
from summarizer.summary.parsed import Document

Scorer = Callable[[Document, str | None], Sequence[Sequence[float]]]
"""Tells for each sentence of a document, word by word, how much worth telling each word is."""

_BEAM = 24
_OF_ONE_SIZE = 2
_SENTENCE = 0.2
"""What a sentence has to be worth to be begun at all."""

_WORD = 0.08
"""What a word has to be worth, on the average, to be told rather than left out."""


Need = frozenset[tuple[int, int]]
"""Words, each as the number of its sentence and its place, one of which has to be told before."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to tell a candidate: a form of each of its sentences.

    `after` is the sentence that has to be told right before; None when any may, or none. `needs`
    are met when of each some word was told before.
    """

    forms: tuple[Form, ...]
    after: int | None = None
    needs: tuple[Need, ...] = ()

    @property
    def size(self) -> int:
        """How many words it takes."""
        return sum(form.size for form in self.forms)


Candidate = tuple[Way, ...]
"""The ways to tell a sentence, or several that only go together; one of them is chosen, or none."""


@dataclass(frozen=True, slots=True)
class _State:
    forms: tuple[Form, ...]
    size: int
    worth: float
    told: frozenset[str]


def choose(
    candidates: Sequence[Candidate], *, max_words: int, max_sentences: int | None = None
) -> tuple[Form, ...]:
    """Choose what to tell: a beam search over the candidates, which counts each thing told once.

    Args:
        candidates: in the order of the article.
        max_words: the most words in all.
        max_sentences: the most sentences, or None for any number.

    Returns:
        The forms in the order of the article; none when nothing fits.
    """
    beam = [_State((), 0, 0.0, frozenset())]
    for candidate in candidates:
        grown = list(beam)
        for state in beam:
            for way in candidate:
                if max_sentences and len(state.forms) + len(way.forms) > max_sentences:
                    continue
                if state.size + way.size <= max_words and _may_follow(state, way):
                    grown.append(_with(state, way))
        grown.sort(key=attrgetter("worth"), reverse=True)
        beam = _varied(grown)
    # What is not worth its words is better than nothing at all.
    told = [state for state in beam if state.forms]
    return told[0].forms if told else ()


def _may_follow(state: _State, way: Way) -> bool:
    if way.after is not None and (not state.forms or state.forms[-1].sentence != way.after):
        return False
    return all(_is_met(need, state.forms) for need in way.needs)


def _is_met(need: Need, forms: Sequence[Form]) -> bool:
    told = {form.sentence: form for form in forms}
    return any(sentence in told and place not in told[sentence].dropped for sentence, place in need)


def _with(state: _State, way: Way) -> _State:
    told, worth = state.told, state.worth
    for form in way.forms:
        known = told & form.worth.keys()
        worth += form.total - sum(form.worth[key] for key in known)
        worth -= _SENTENCE + _WORD * form.size
        told = told | form.worth.keys()
    return _State(state.forms + way.forms, state.size + way.size, worth, told)


def _varied(states: Sequence[_State]) -> list[_State]:
    """Keep the best states, and of those as long as one another only a few."""
    kept: list[_State] = []
    sizes: dict[int, int] = {}
    for state in states:
        if sizes.get(state.size, 0) < _OF_ONE_SIZE:
            sizes[state.size] = sizes.get(state.size, 0) + 1
            kept.append(state)
            if len(kept) == _BEAM:
                break
    return kept
