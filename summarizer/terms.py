"""What to look for in a text, as plain data, and where it stands there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from summarizer.inflection import Inflector, has_kazakh_ending
from summarizer.lookalikes import fold

Kind = Literal["term", "person", "place", "organisation"]

ALL = "all"
"""Told by a term that speaks of every side at once."""
TIE = "tie"
"""Told by what sides do with each other: talks, a visa, a contract."""
THIRD = "third"
"""Told by somebody who is none of the sides."""
BESIDE = "beside"
"""Told by another subject: sport, weather."""
NOTHING = "nothing"
"""Told by a phrase that holds the word of a side and is no sign of it: "US dollar"."""
SIGNS = frozenset({ALL, TIE, THIRD, BESIDE, NOTHING})

# "U.S.", the C5+1 format in either script, then words; hyphens part words.
_TOKEN = re.compile(r"(?:[a-z]\.){2,}|[cс]5\s?\+\s?1|b5\s?\+\s?1|[^\W_]+")
_INSIDE = re.compile(r"[.\s]")
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for.

    `name` is what a reason calls it. `tells` is a side of the Terms, or one of SIGNS. `forms` are
    words and phrases in dictionary form; a form is found only with the capitals it is written with
    at least: "РК" in capitals, "Семей" with a first capital, "виза" anyhow. `echoes` count
    only where one of the forms stands in the same text: the surname of a person named in full.
    """

    name: str
    kind: Kind
    tells: str
    weight: float
    forms: tuple[str, ...]
    echoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: folded, and with its capitals."""

    word: str
    written: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found at a token."""

    at: int
    term: Term
    is_echo: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A form of a term made ready: for each of its words the forms it takes and its capitals."""

    words: tuple[frozenset[str], ...]
    capitals: tuple[str, ...]
    term: Term
    is_echo: bool


@dataclass(frozen=True)
class Terms:
    """The sides of a beat and what tells of them; ready to search after its first use."""

    sides: tuple[str, ...]
    terms: tuple[Term, ...]

    @cached_property
    def _index(self) -> Mapping[str, Sequence[_Phrase]]:
        """Every first word in every form, with the phrases it begins in the order to try them."""
        inflector = Inflector()
        known: dict[str, frozenset[str]] = {}
        index: dict[str, list[_Phrase]] = {}
        for term in self.terms:
            for forms, is_echo in ((term.forms, False), (term.echoes, True)):
                for form in forms:
                    phrase = _ready(form, term, inflector, known, is_echo=is_echo)
                    for word in phrase.words[0] if phrase.words else ():
                        index.setdefault(word, []).append(phrase)
        for phrases in index.values():
            phrases.sort(key=_generality)
        return index

    def find(self, tokens: Sequence[Token], *, in_kazakh: bool) -> list[Hit]:
        """Find the terms of a text, none overlapping another, in order.

        Echoes are given too, whether or not their term's own forms stand in the tokens.

        Args:
            tokens: what `tokens_of` made of the text.
            in_kazakh: whether words may carry Kazakh endings.
        """
        hits, at = [], 0
        while at < len(tokens):
            phrase = self._match(tokens, at, in_kazakh=in_kazakh)
            if phrase is None:
                at += 1
                continue
            hits.append(Hit(at, phrase.term, phrase.is_echo))
            at += len(phrase.words)
        return hits

    def _match(self, tokens: Sequence[Token], at: int, *, in_kazakh: bool) -> _Phrase | None:
        for first in _readings(tokens[at].word, in_kazakh=in_kazakh):
            for phrase in self._index.get(first, ()):
                if _stands(phrase, tokens, at, in_kazakh=in_kazakh):
                    return phrase
        return None


def tokens_of(text: str) -> list[Token]:
    """Split a text into words: "U.S." is one, "C5+1" is one, a hyphen parts two."""
    return [
        Token(_INSIDE.sub("", match.group()), text[match.start() : match.end()])
        for match in _TOKEN.finditer(fold(text))
    ]


def _ready(
    form: str,
    term: Term,
    inflector: Inflector,
    known: dict[str, frozenset[str]],
    *,
    is_echo: bool,
) -> _Phrase:
    words = []
    tokens = tokens_of(form)
    for token in tokens:
        if token.written not in known:
            known[token.written] = (
                inflector.forms(token.written)
                if token.written.isalpha()
                else frozenset({token.word})
            )
        words.append(known[token.written])
    return _Phrase(tuple(words), tuple(token.written for token in tokens), term, is_echo)


def _generality(phrase: _Phrase) -> tuple[int, int, bool]:
    """Order phrases: the longer before the shorter, "Семей" before what is written anyhow."""
    capitals = sum(written[:1].isupper() for written in phrase.capitals)
    return -len(phrase.words), -capitals, phrase.is_echo


def _readings(word: str, *, in_kazakh: bool) -> Iterator[str]:
    """Give a word, then what is left of it without Kazakh endings, the longest first."""
    yield word
    if in_kazakh:
        for length in range(len(word) - 1, _SHORTEST_STEM - 1, -1):
            if has_kazakh_ending(word, length):
                yield word[:length]


def _stands(phrase: _Phrase, tokens: Sequence[Token], at: int, *, in_kazakh: bool) -> bool:
    if at + len(phrase.words) > len(tokens):
        return False
    for offset, forms in enumerate(phrase.words):
        token = tokens[at + offset]
        if not _has_capitals(token.written, phrase.capitals[offset]):
            return False
        if token.word not in forms and not (
            in_kazakh and any(stem in forms for stem in _readings(token.word, in_kazakh=True))
        ):
            return False
    return True


def _has_capitals(written: str, wanted: str) -> bool:
    if wanted.isupper() and len(wanted) > 1:
        # A Kazakh ending may follow an abbreviation without a hyphen: "АҚШтың".
        return written[: len(wanted)].isupper()
    return not wanted[:1].isupper() or written[:1].isupper()
