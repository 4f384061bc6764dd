"""Cuts of what opens a sentence and adds nothing, and of what stands in brackets."""

from collections.abc import Iterator

from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_words import BARE_OPENERS, INTRODUCTIONS, THAT_OPENERS
from summarizer.summary.syntax import Syntax

_LONGEST_OPENER = 4
_LEAST_REST = 3


def opener_cuts(syntax: Syntax) -> Iterator[Cut]:
    """Find "Напомним, что …", "Кроме того, …", "Также …", and "(…)" anywhere.

    Args:
        syntax: a sentence.
    """
    yield from _brackets(syntax)
    yield from _openers(syntax)


def _brackets(syntax: Syntax) -> Iterator[Cut]:
    """Find "(…)" and "/…/": what stands in brackets is told aside."""
    opened: int | None = None
    closer = ""
    for place, word in enumerate(syntax.words):
        if opened is None and word.text in {"(", "["} and syntax.depth[place] == 0:
            opened, closer = place, ")" if word.text == "(" else "]"
        elif opened is not None and word.text == closer:
            start, end = opened, place + 1
            opened = None
            # Brackets around the beginning or all of a sentence are no aside.
            if start > 0 and end - start > 2 and end - start < len(syntax.words) - 2:
                yield Cut(start, end, CutKind.PARENTHESIS)


def _openers(syntax: Syntax) -> Iterator[Cut]:
    """Find "Напомним, что …", "Кроме того, …" and "Также …" at the head of a sentence."""
    lower = syntax.lower
    for size in range(_LONGEST_OPENER, 0, -1):
        if len(lower) <= size + _LEAST_REST:
            continue
        said, after = " ".join(lower[:size]), lower[size]
        if after == "," and lower[size + 1] == "что" and said in THAT_OPENERS:
            if not _closes_later(syntax, size + 1):
                yield Cut(0, size + 2, CutKind.INTRODUCTION)
            return
        if after == "," and said in INTRODUCTIONS:
            yield Cut(0, size + 1, CutKind.INTRODUCTION)
            return
        if after != "," and said in BARE_OPENERS:
            yield Cut(0, size, CutKind.INTRODUCTION)
            return


def _closes_later(syntax: Syntax, mark: int) -> bool:
    """Say whether the sentence goes on with its main clause after the clause of "что"."""
    root = syntax.words[0].head if syntax.words[0].head >= 0 else 0
    return any(
        syntax.words[place].head in (0, root)
        and syntax.words[place].relation == "conj"
        and syntax.lower[place] != "что"
        for place in range(mark + 1, len(syntax.words))
        if syntax.is_finite(place) and syntax.words[place].head == 0
    )
