"""Long articles in overlapping parts, and the parts' summaries together."""

from collections.abc import Callable, Generator, Sequence

from summarizer.summary.abstractive.prompts import obeys_nobody
from summarizer.text import ArticleText

MOST_PARTS = 6
"""News says what matters early: what follows the sixth part is not read by a model."""

_OVERLAP = 2
"""Sentences that a part shares with the one before it, so that "he" still has its name."""

Measure = Callable[[str], int]
Asking = Generator[list[str], list[str], str]
"""Yields the texts to be summarised, takes their summaries, returns the last one."""


def ask_in_parts(article: ArticleText, measure: Measure, room: int) -> Asking:
    """Go through an article with somebody who can read only so much at once.

    Args:
        article: an article that was read.
        measure: how much room a text takes.
        room: how much can be read at once, in the same units.

    Yields:
        The texts to be summarised at this step; the summaries are to be sent in.

    Returns:
        The summary of the whole, or "" when there is nothing to read.
    """
    parts = split_article(article, measure, room)
    while len(parts) > 1:
        summaries = yield parts
        joined = [text.strip() for text in summaries if text.strip()]
        parts = _pack(joined, measure, room, overlap=0)[:MOST_PARTS]
        if len(parts) >= len(summaries):
            # Summaries as long as what they sum up lead nowhere.
            parts = parts[:1]
    if not parts:
        return ""
    [summary] = yield parts
    return summary


def split_article(article: ArticleText, measure: Measure, room: int) -> list[str]:
    """Split an article at sentences into at most MOST_PARTS overlapping parts.

    Sentences that give orders to a model are left out: no summary needs them.
    """
    sentences = [said.text for said in article.sentences if obeys_nobody(said.text)]
    return _pack(sentences, measure, room, overlap=_OVERLAP)


def _pack(texts: Sequence[str], measure: Measure, room: int, *, overlap: int) -> list[str]:
    parts: list[str] = []
    held: list[str] = []
    sizes: list[int] = []
    is_new = False
    for text in texts:
        shown, size = text, measure(f" {text}")
        if size > room:
            # One sentence longer than all that can be read: its beginning has to do.
            shown = text[: max(1, len(text) * room // size)]
            size = room
        if held and sum(sizes) + size > room:
            parts.append(" ".join(held))
            if len(parts) == MOST_PARTS:
                return parts
            held, sizes = held[-overlap:] if overlap else [], sizes[-overlap:] if overlap else []
            is_new = False
            while held and sum(sizes) + size > room:
                held, sizes = held[1:], sizes[1:]
        held.append(shown)
        sizes.append(size)
        is_new = True
    if held and is_new:
        parts.append(" ".join(held))
    return parts
