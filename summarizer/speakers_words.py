"""What the dictionary tells of single words when one asks who speaks."""

import re
from collections.abc import Sequence

from summarizer.models import Models
from summarizer.speakers_posts import POST_HEADS

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
"""A word of a folded text."""

_PREPOSITIONS = """
    в во на с со о об обо к ко от ото для у из за по при про между под над перед через после до без
    против около среди вместо кроме благодаря согласно ради
"""
PREPOSITIONS = frozenset(_PREPOSITIONS.split())

_ENGLISH_HEADS = """
    president minister ambassador senator spokesman spokeswoman spokesperson secretary governor
    mayor envoy diplomat official lawmaker congressman congresswoman representative director
    chairman chairwoman professor analyst expert economist speaker leader premier chancellor king
    general colonel adviser advisor negotiator commissioner founder owner manager
"""
_HEADS = POST_HEADS | frozenset(_ENGLISH_HEADS.split())
_ENGLISH_ENDS = frozenset({"said", "says", "told", "added", "and", "that", "on", "at", "who"})
_LINKS = frozenset({"и", "of", "the", "to", "in", "for"})
_JOINED = re.compile(r"\s*(?:,|и|а также|and)?\s*")
_VERBAL = frozenset({"VERB", "INFN", "GRND", "CONJ"})
_NO_PART = _VERBAL | {"ADVB", "PREP", "NPRO", "PRCL"}
_NO_SUBJECT = frozenset({"ADVB", "PRCL", "CONJ", "GRND", "PREP"})

Marks = frozenset[str]


class Words:
    """Asks the dictionary about folded words; the likeliest reading counts."""

    def __init__(self, models: Models) -> None:
        self._parse = models.parse
        self._heads: dict[str, str | None] = {}

    def marks(self, word: str) -> Marks:
        """Give the grammemes of a word."""
        parses = self._parse(word)
        return parses[0].marks if parses else frozenset()

    def head_of(self, word: str) -> str | None:
        """Give the dictionary form of a word that names a post, else None."""
        if word not in self._heads:
            self._heads[word] = self._find_head(word)
        return self._heads[word]

    def _find_head(self, word: str) -> str | None:
        if word in _HEADS:
            return word
        if not word or word.isascii():
            return None
        return next((parse.lemma for parse in self._parse(word) if parse.lemma in POST_HEADS), None)

    def readings_as_post(self, word: str) -> list[Marks]:
        """List the readings of a word as the post it names; one nominative where none is known."""
        head = self.head_of(word)
        found = [] if word.isascii() else self._parse(word)
        return [parse.marks for parse in found if parse.lemma == head] or [frozenset({"nomn"})]

    def narrows(self, word: str) -> bool:
        """Say whether a word can be one of those that narrow a post: "глава | МИД Казахстана"."""
        if word in _LINKS:
            return True
        if not word.replace("-", "").isalpha():
            return False
        if word.isascii():
            return word not in _ENGLISH_ENDS
        marks = self.marks(word)
        if marks & _NO_PART:
            return False
        cases = frozenset(mark for parse in self._parse(word) for mark in parse.marks)
        return bool(cases & {"gent", "loct", "datv"} or marks & {"Abbr", "LATN", "UNKN", "Fixd"})

    def governs(self, word: str) -> bool:
        """Say whether a noun before a name governs it: "заявление | Помпео"."""
        if "NOUN" not in self.marks(word) or "datv" in self.marks(word):
            return False
        nouns = [parse.marks for parse in self._parse(word) if "NOUN" in parse.marks]
        return not any({"anim", "nomn"} <= marks for marks in nouns)

    def is_adjective(self, word: str) -> bool:
        """Say whether a word agrees with the noun after it."""
        return bool(self.marks(word) & {"ADJF", "PRTF", "NPRO"})

    def is_plain(self, between: str) -> bool:
        """Say whether only what narrows a post stands in a stretch: no verb, no comma."""
        return not set(between) & set(",;:()—–") and not any(
            self.marks(word) & _VERBAL for word in WORD.findall(between) if word != "и"
        )

    def is_chain(self, between: str) -> bool:
        """Say whether only commas, "и" and what else people are called stand in a stretch."""
        if is_joint(between):
            return True
        return not set(between) & set(";:()—–«»") and all(
            word == "и" or {"NOUN", "anim", "nomn"} <= self.marks(word)
            for word in WORD.findall(between)
        )

    def names_somebody(self, words: Sequence[str]) -> bool:
        """Say whether one of the words is a noun for a living being."""
        return any({"NOUN", "anim"} <= self.marks(word) for word in words)

    def has_subject(self, clause: str) -> bool:
        """Say whether a clause holds a noun that can be a subject: "Белый дом | назвал"."""
        words = WORD.findall(clause)
        return any(
            before not in PREPOSITIONS
            and not word.isascii()
            and {"NOUN", "nomn", "sing"} <= self.marks(word)
            for before, word in zip(["", *words], words, strict=False)
        )

    def begins_without_subject(self, clause: str) -> bool:
        """Say whether what stands beside a verb names no subject: "добавил | в интервью"."""
        match = WORD.search(clause)
        if match is None or clause[: match.start()].strip() or match.group() in PREPOSITIONS:
            return True
        marks = self.marks(match.group())
        return bool(marks & _NO_SUBJECT) or {"NOUN", "datv"} <= marks


def is_joint(between: str) -> bool:
    """Say whether a stretch only joins what stands around it: "," or "и"."""
    return _JOINED.fullmatch(between) is not None
