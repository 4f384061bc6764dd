"""Writing down what is left of a sentence: spaces, marks, the first letter and the last."""

import re
from collections.abc import Collection, Mapping, Sequence

from summarizer.russian import capitalised, is_ended
from summarizer.summary.parsed import ParsedSentence

_CLOSES = frozenset(",.;:!?…)»”]%")
_OPENS = frozenset("(«„“[")
# Rozental, Spravochnik po pravopisaniyu: variants of prepositions.
_PAIRS = (
    ("о", "об", re.compile("[аэиоу]")),
    ("в", "во", re.compile("[вф][^аеёиоуыэюяьъ]|многом|мн[еоию]|дворе")),
    ("с", "со", re.compile(r"[сзшж][^аеёиоуыэюяьъ]|щ|мн|вс|дня(?!\w)")),
    ("к", "ко", re.compile("мне|вс[еёя]|дню|двору|дну")),
)
_DANGLING = " ,;:–—-"


def places(sentence: ParsedSentence) -> tuple[tuple[int, int], ...] | None:
    """Find each word of a sentence in its text as shown.

    Args:
        sentence: a parsed sentence.

    Returns:
        Start and end of each word in `sentence.sentence.text`; None where words and text differ.
    """
    shown = sentence.sentence.text.lower()
    found, at = [], 0
    for word in sentence.words:
        start = shown.find(word.text.lower(), at)
        if start < 0 or shown[at:start].strip():
            return None
        at = start + len(word.text)
        found.append((start, at))
    return tuple(found)


def written(
    sentence: ParsedSentence,
    dropped: Collection[int] = (),
    instead: Mapping[int, str] | None = None,
) -> str:
    """Write a sentence without some of its words.

    Args:
        sentence: a parsed sentence.
        dropped: the places of the words and marks that are left out.
        instead: other texts for some of the words that stay.

    Returns:
        The sentence, its first letter a capital, with a mark at its end; all of its text where
        nothing is dropped or replaced.
    """
    text = sentence.sentence.text
    if not dropped and not instead:
        return text
    spans = places(sentence)
    if spans is None:
        return text
    tail = text[spans[-1][1] :] if len(spans) - 1 not in dropped else ""
    return finished(_joined(text, spans, dropped, instead or {}) + tail)


def _joined(
    text: str,
    spans: Sequence[tuple[int, int]],
    dropped: Collection[int],
    instead: Mapping[int, str],
) -> str:
    pieces: list[str] = []
    before: int | None = None
    for place, (start, end) in enumerate(spans):
        if place in dropped:
            continue
        shown = instead.get(place, text[start:end])
        if not shown:
            continue
        if before == place - 1 and place:
            pieces.append(text[spans[before][1] : start])
        elif pieces and shown[0] not in _CLOSES and pieces[-1][-1:] not in _OPENS:
            # The word that the preposition stood before is gone: "о новых опытах", "об опытах".
            pieces[-1] = fitted(pieces[-1], shown)
            pieces.append(" ")
        pieces.append(shown)
        before = place
    return "".join(pieces)


def fitted(preposition: str, word: str) -> str:
    """Give the form of a preposition before a word: "об опытах", "в городах", "со странами".

    Args:
        preposition: one of "о", "об", "в", "во", "с", "со", "к", "ко", in any case; any other text
            comes back as it is.
        word: what stands after it.
    """
    pair = next((pair for pair in _PAIRS if preposition.lower() in pair[:2]), None)
    if pair is None or not word[:1].isalpha():
        return preposition
    short, long, needs_long = pair
    # Of an abbreviation only the first sound is sure: "об ООН", and "с США".
    is_spelt = len(word) > 1 and word.isupper() and short != "о"
    form = long if not is_spelt and needs_long.match(word.lower()) else short
    return form.capitalize() if preposition[:1].isupper() else form


def finished(text: str) -> str:
    """Give a shortened sentence its capital and its full stop.

    Args:
        text: a sentence whose beginning or end may have been left out.
    """
    text = text.strip().lstrip(_DANGLING)
    for wrong, right in ((" ,", ","), (",,", ","), (", .", "."), (",.", "."), ("( ", "(")):
        text = text.replace(wrong, right)
    if not is_ended(text) and not text.endswith(":"):
        text = text.rstrip(_DANGLING) + "."
    return capitalised(text)
