"""Quotation marks: which opening mark belongs to which closing one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.spans import Span

_MARK = re.compile('[«»„“”"]')
_CLOSERS = {"«": "»", "„": "“”", "“": "”“", '"': '"', "”": "”"}
_BEFORE_OPENING = frozenset('([{–—-/«„“"\u00a0')
_DEEPEST = 4
_MOST_PARAGRAPHS = 6

Ends = Callable[[int], bool]


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    inner_close: int | None = None


def find_marked(text: str, paragraphs: Sequence[Span], ends_speech: Ends) -> tuple[Span, ...]:
    """Pair the quotation marks of a text; of nested pairs the outermost is given.

    A pair that is left open borrows the last closing mark inside it, since «a title «inside»
    shares its mark with the whole; so does one whose closing mark is followed by the words that
    tell who spoke.

    Args:
        text: the text.
        paragraphs: where to look; a pair may go on into the next paragraph.
        ends_speech: says whether the words after an offset tell who spoke what stands before it.

    Returns:
        Spans in order, without overlap, each from its opening mark up to and with its closing one.
    """
    found: list[Span] = []
    stack: list[_Open] = []
    carried = 0
    for paragraph in paragraphs:
        if stack and _reopens(text, paragraph, stack[0].mark):
            stack.clear()
        for match in _MARK.finditer(text, paragraph.start, paragraph.end):
            _read_mark(text, match.start(), stack, found, ends_speech)
        if not stack:
            carried = 0
            continue
        outer = stack[0]
        carried += 1
        if outer.inner_close is not None:
            found.append(Span(outer.at, outer.inner_close + 1))
            stack.clear()
        elif outer.mark == '"' or len(stack) > 1 or carried > _MOST_PARAGRAPHS:
            stack.clear()
        if not stack:
            carried = 0
    return tuple(found)


def _reopens(text: str, paragraph: Span, mark: str) -> bool:
    return text[paragraph.start : paragraph.start + 1] == mark


def _read_mark(
    text: str, at: int, stack: list[_Open], found: list[Span], ends_speech: Ends
) -> None:
    mark = text[at]
    depth = _closes(text, at, mark, stack)
    if depth is None:
        if _opens(text, at, mark) and len(stack) < _DEEPEST:
            stack.append(_Open(mark, at))
        return
    if depth > 0 and stack[0].mark == stack[depth].mark and ends_speech(at + 1):
        depth = 0
    outer = stack[depth]
    del stack[depth:]
    if stack:
        stack[0].inner_close = at
    else:
        found.append(Span(outer.at, at + 1))


def _closes(text: str, at: int, mark: str, stack: Sequence[_Open]) -> int | None:
    """Tell which open pair a mark closes, or None when it opens one or is nothing."""
    if mark in "«„" or (mark == '"' and _looks_opening(text, at)):
        return None
    if mark == "“" and not any(pair.mark == "„" for pair in stack) and _looks_opening(text, at):
        return None
    for depth in range(len(stack) - 1, -1, -1):
        if mark in _CLOSERS[stack[depth].mark]:
            return depth
    return None


def _opens(text: str, at: int, mark: str) -> bool:
    return mark in "«„" or (mark in '“"”' and _looks_opening(text, at))


def _looks_opening(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in _BEFORE_OPENING) and not (
        after.isspace() or after in ",;:!?»)"
    )
