"""Comparing sentences of a story by the beginnings of their words, without a dictionary."""

import re

from summarizer.lookalikes import fold

HEADLINE_WORDS = 12
"""The most words of a story's headline."""

_STEM = 6
_LEAST_STEM = 4
_WORD = re.compile(r"[^\W\d_]+")


def stems(text: str) -> tuple[str, ...]:
    """List the beginnings of a text's longer words, folded: the same in most cases of a word."""
    found = (word[:_STEM] for word in _WORD.findall(fold(text)) if len(word) >= _LEAST_STEM)
    return tuple(dict.fromkeys(found))
