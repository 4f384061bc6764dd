"""One line that names an article: its title, or its first sentence when it has none."""

import re
from dataclasses import dataclass

from summarizer.russian import FUNCTION_WORDS
from summarizer.text import ArticleText

_LONGEST = 300
_CLAUSE = re.compile(
    r"(?:[,;:]|\s[–—-])\s+(?:(?:в|на|из|о|об|от|с|по)\s+)?"
    r"(?:котор|где|когда|чтобы|после|а также|в ходе|в рамках|в связи|сообщ|which|who|where|after)"
)
_LEADING_MARKS = "–—-•*· "


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline: `from_body` tells that it is the first sentence, `shortened` that it was cut."""

    text: str
    from_body: bool
    shortened: bool


def headline(article: ArticleText, *, words: int = 20) -> Headline:
    """Name an article in one line.

    A line that is too long is cut where a clause begins, else between words, never after a
    preposition or inside a quotation that could be left out whole; "…" shows the cut.

    Args:
        article: an article that was read.
        words: the most words to show, at least 1.

    Returns:
        The headline; its text is empty only for an article without text.
    """
    if article.title:
        return _fitted(article.title, words, from_body=False)
    if not article.sentences:
        return Headline("", from_body=True, shortened=False)
    first = article.sentences[0].text
    first = first.lstrip(_LEADING_MARKS) or first
    is_plain_stop = len(first) > 1 and first.endswith(".") and not first.endswith("..")
    return _fitted(first[:-1] if is_plain_stop else first, words, from_body=True)


def _fitted(text: str, words: int, *, from_body: bool) -> Headline:
    shortened = shorten(text, words)
    return Headline(shortened, from_body, shortened != text)


def shorten(text: str, words: int, *, longest: int = _LONGEST) -> str:
    """Cut a sentence to a number of words, "…" at its end; leave it alone when it fits.

    Args:
        text: one sentence, white space folded.
        words: the most words to keep, at least 1.
        longest: the most characters to keep; a single word beyond it is cut inside.
    """
    parts = text[: longest + 1].split()
    if len(text) <= longest and len(parts) <= words:
        return text
    if len(text) > longest and len(parts) > 1:
        parts.pop()  # it may be cut inside
    kept = " ".join(parts[:words])[:longest]
    half = len(kept) // 2
    clauses = [match.start() for match in _CLAUSE.finditer(text[: longest + 20])]
    clause = max((start for start in clauses if half <= start <= len(kept)), default=None)
    if clause is not None:
        kept = kept[:clause]
    opened = max(kept.rfind("«"), kept.rfind("("))
    if opened > half and kept.rfind("»" if kept[opened] == "«" else ")") < opened:
        kept = kept[:opened]
    return _whole_ending(kept) + "…"


def _whole_ending(kept: str) -> str:
    pieces = kept.split()
    while len(pieces) > 1 and (
        pieces[-1].lower() in FUNCTION_WORDS or not any(char.isalnum() for char in pieces[-1])
    ):
        pieces.pop()
    return " ".join(pieces).rstrip(" ,;:–—-.…")
