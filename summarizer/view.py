"""The readable view of a text: same length, with what a person must not see marked as dropped."""

import re

from summarizer.lookalikes import repair

DROPPED = "\u00ad"
"""Stands for a character that is not shown. The soft hyphen is itself one of them."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINK = re.compile(r"\[https?://[^\s\[\]]{1,2000}(?:[^\S\n]([^\[\]\n]{0,300}))?\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{0,200}\|)?([^\[\]|\n]{1,200})\]\]")
_WIKI_SIGNS = re.compile(r"'{2,5}|(?<=\S)\[\d{1,3}\]|_{1,2}(?:NO|FORCE)?TOC_{1,2}")
_WHITE_SPACE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_TRIMMED = _WHITE_SPACE + DROPPED


def readable(text: str) -> str:
    """Make the view of a text: look-alikes repaired; invisible characters and wiki marks dropped.

    Args:
        text: any text, lone surrogates and control characters included.

    Returns:
        A text of the same length, in which DROPPED stands for each character not to be shown.
    """
    view = _unquote_cell(_INVISIBLE.sub(DROPPED, repair(text)))
    if "[" in view:
        view = _LINK.sub(_keep_label, view)
        view = _WIKI_LINK.sub(_keep_label, view)
    return _WIKI_SIGNS.sub(lambda match: DROPPED * len(match.group()), view)


def _unquote_cell(view: str) -> str:
    """Drop what a table's export adds: quotation marks around the whole, and each one doubled."""
    start, end = trim(view, 0, len(view))
    if end - start < 2 or view[start] != '"' or view[end - 1] != '"' or '""' not in view:
        return view
    inner = view[start + 1 : end - 1].replace('""', DROPPED + '"')
    return view[:start] + DROPPED + inner + DROPPED + view[end:]


def _keep_label(match: re.Match[str]) -> str:
    # A link glued to the word before it is a footnote, not a part of the sentence.
    start, end = match.span()
    before = match.string[start - 1] if start else " "
    if match.group(1) is None or (before.isalnum() and match.group().startswith("[http")):
        return DROPPED * (end - start)
    label_start, label_end = match.span(1)
    return DROPPED * (label_start - start) + match.group(1) + DROPPED * (end - label_end)


def tidy(view: str) -> str:
    """Show a stretch of a view: dropped characters gone, white space folded, ends trimmed."""
    return " ".join(view.replace(DROPPED, "").split())


def trim(view: str, start: int, end: int) -> tuple[int, int]:
    """Narrow [start, end) of a view so that it neither begins nor ends with nothing to see."""
    part = view[start:end]
    left = part.lstrip(_TRIMMED)
    start = end - len(left)
    return start, start + len(left.rstrip(_TRIMMED))
