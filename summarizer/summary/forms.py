"""The forms of a sentence: whole, and shortened more and more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.parsed import ParsedSentence
from summarizer.summary.surface import written

_PRICES = (0.0, 0.15, 0.25, 0.35, 0.45, 0.6, 0.9)
"""What a word has to be worth to stay, from generous to strict: each gives a shorter form."""

_ALWAYS = frozenset({CutKind.INTRODUCTION, CutKind.CREDIT, CutKind.PARENTHESIS, CutKind.PADDING})
"""Cuts that are made without asking what the words are worth."""

_SHORTEST = 5
"""Words that a shortened sentence has to keep."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to tell a sentence: what is dropped, what stays, how many words.

    `worth` gives for each thing told (a lemma) how much it is worth to tell it, `total` the sum.
    """

    sentence: int
    dropped: frozenset[int]
    text: str
    size: int
    worth: Mapping[str, float]
    total: float
    instead: Mapping[int, str] | None = None
    """Other texts for some of the words that stay."""


def forms_of(
    number: int,
    sentence: ParsedSentence,
    cuts: Sequence[Cut],
    worth: Sequence[float],
    keys: Sequence[str],
    *,
    instead: Mapping[int, str] | None = None,
) -> list[Form]:
    """Make the forms of a sentence, the fullest one first, then shorter ones.

    Args:
        number: the place of the sentence in the document.
        sentence: a parsed sentence.
        cuts: its cuts, nested or apart.
        worth: what each word is worth.
        keys: what each word tells (its lemma); "" for what tells nothing.
        instead: other texts for some of the words; those words stay.
    """
    held = frozenset(instead or ())
    allowed = [cut for cut in cuts if not cut.words & held]
    found: dict[frozenset[int], Form] = {}
    for price in _PRICES:
        dropped = _dropped(sentence, allowed, worth, price)
        if dropped not in found:
            text = written(sentence, dropped, instead)
            told: dict[str, float] = {}
            for place, key in enumerate(keys):
                if key and place not in dropped:
                    told[key] = max(told.get(key, 0.0), worth[place])
            size = len(text.split())
            found[dropped] = Form(number, dropped, text, size, told, sum(told.values()), instead)
    fullest, *shorter = found.values()
    return [fullest, *(form for form in shorter if form.size >= _SHORTEST)]


def whole_form(
    number: int, sentence: ParsedSentence, worth: Sequence[float], keys: Sequence[str]
) -> Form:
    """Make the one form in which nothing is dropped."""
    told: dict[str, float] = {}
    for key, value in zip(keys, worth, strict=True):
        if key:
            told[key] = max(told.get(key, 0.0), value)
    text = written(sentence)
    return Form(number, frozenset(), text, len(text.split()), told, sum(told.values()))


def _dropped(
    sentence: ParsedSentence, cuts: Sequence[Cut], worth: Sequence[float], price: float
) -> frozenset[int]:
    """Choose the cuts that a price per word makes worth while, the inner ones first."""
    dropped: set[int] = set()
    for cut in sorted(cuts, key=lambda cut: cut.end - cut.start):
        inside = [place for place in cut.words - dropped if _is_word(sentence, place)]
        worthless = sum(worth[place] for place in inside) <= price * len(inside)
        if cut.kind in _ALWAYS or (price and worthless):
            dropped |= cut.words
    return frozenset(dropped)


def _is_word(sentence: ParsedSentence, place: int) -> bool:
    return any(char.isalnum() for char in sentence.words[place].text)
