"""The words of a text, as the index knows them and as they stand in the text."""

import re
import unicodedata
from dataclasses import dataclass

from summarizer.lookalikes import fold
from summarizer.view import DROPPED, readable

LONGEST_WORD = 64
"""Letters of a word that count; more is no word of any language here."""

# "U.S."; the C5+1 format in either script; "3 000"; then words with whatever stands unseen in
# them: marks apart from their letters, soft hyphens, zero-width characters.
_WORD = re.compile(
    r"(?:(?<![^\W_])(?:[a-z]\.){2,}"
    r"|(?<![^\W_])[сcb]5\s?\+\s?1(?![^\W_])"
    r"|(?<![^\W_])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![^\W_])"
    rf"|[^\W_]+(?:[{DROPPED}\u0300-\u036f]+[^\W_]*)*)"
)
_OWNER = re.compile(r"['’]s(?![^\W_])")
_NO_WORD = re.compile(r"[^\w+]|_")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and its place: code points into the text it was found in."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """List the words of a text: lower case, ё as е, one script a word, "С5+1" and "3 000" whole.

    A hyphen parts two words; time is linear.
    """
    return words_of_view(readable(text))


def words_of_view(view: str) -> list[Word]:
    """List the words of what `readable` made of a text; `words_of` says how."""
    found = []
    folded = fold(view)
    for match in _WORD.finditer(folded):
        word = match.group()
        if not word.isalnum() or (
            not word.isascii() and not unicodedata.is_normalized("NFKC", word)
        ):
            word = _plain(word)
        # The "s" of "Kazakhstan's" belongs to the word before it.
        if word == "s" and _OWNER.match(folded, max(0, match.start() - 1)):
            continue
        if word:
            found.append(Word(word[:LONGEST_WORD], *match.span()))
    return found


def _plain(word: str) -> str:
    """Write a word with nothing in it but letters, digits and the plus of "С5+1"."""
    seen = unicodedata.normalize("NFKC", word.replace(DROPPED, ""))
    return _NO_WORD.sub("", fold(seen))
