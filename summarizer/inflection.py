"""The forms that a dictionary form takes in Russian, Kazakh and English text."""

import re
from functools import lru_cache

from summarizer.lookalikes import fold

_LATIN = re.compile(r"[a-z]+")
_CYRILLIC = re.compile(r"[а-яәғқңөұүһі]+")
_KAZAKH_LETTER = re.compile("[әғқңөұүһі]")
_SURNAME = re.compile(r".{2,}(?:[оеё]в|[иы]н)$")
# Endings of a noun or surname that no dictionary holds, by how the word ends; their union over
# the genders is taken, since a form too many does less harm than one too few.
_SURNAME_ENDINGS = ("", "а", "у", "ым", "е", "ой", "ы", "ых", "ыми")
_HARD_ENDINGS = ("", "а", "у", "ом", "ем", "е", "ы", "и", "ов")
_SOFT_ENDINGS = {"а": ("а", "ы", "и", "е", "у", "ой", "ей"), "я": ("я", "и", "е", "ю", "ей")}
_BASE = re.compile(r"nomn|INFN|ADVB|PREP|CONJ|LATN|UNKN")

_PLURAL = "(?:[лдт][ае]р)?"
_POSSESSIVE = "(?:[ыі]|с[ыі]|[ыі]?м|[ыі]?м[ыі]з|[ыі]?ң|[ыі]?ң[ыі]з)?"
_CASE = (
    "(?:[ндт][ыі]ң|[ғгқк][ае]|н?[ае]|[ндт][ыі]|н|н?[дт][ае]|[дтн][ае]н|[мбп]ен|[дт][ае]й|ш[ае]"
    "|(?:н?[дт][ае])[ғгқк][ыі](?:[лдт][ае]р)?(?:[ндт][ыі]ң|н?[ае]|[ндт][ыі]|[дтн][ае]н|[мбп]ен)?"
    "|[лдт][ыі][ққкк])?"
)
_KAZAKH_ENDING = re.compile(_PLURAL + _POSSESSIVE + _CASE)
_SOFTENED = {"к": "г", "қ": "ғ", "п": "б"}
_LONGEST_ENDING = 14


class Inflector:
    """Makes forms. It holds the Russian dictionary: keep it no longer than it is needed."""

    def __init__(self) -> None:
        # A beat is read at every start; the dictionary is for the process that judges by it.
        from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]  # noqa: PLC0415

        self._dictionary = MorphAnalyzer(lang="ru")

    def forms(self, word: str) -> frozenset[str]:
        """List the forms of one word, folded, its own among them.

        A Kazakh word gets the stems its endings are joined to; `has_kazakh_ending` knows those.

        Args:
            word: one word in its dictionary form.
        """
        folded = fold(word)
        if _LATIN.fullmatch(folded):
            return frozenset(_english(folded))
        if not _CYRILLIC.fullmatch(folded) or len(folded) < 3:
            return frozenset({folded})
        stems = {folded, folded[:-1] + _SOFTENED.get(folded[-1], folded[-1])}
        if _KAZAKH_LETTER.search(folded):
            return frozenset(stems)
        # An abbreviation (РФ, НАТО) has no forms but those the dictionary may know.
        return frozenset(stems | self._russian(folded, is_abbreviation=word.isupper()))

    def _russian(self, folded: str, *, is_abbreviation: bool) -> set[str]:
        # Guessing at words that it does not hold takes the dictionary ten times as long.
        is_known = self._dictionary.word_is_known(folded)
        found = {
            fold(form.word)
            for parse in (self._dictionary.parse(folded) if is_known else ())
            if _BASE.search(str(parse.tag))
            for form in parse.lexeme
        }
        if is_abbreviation:
            return {form for form in found if form.startswith(folded)}
        if _SURNAME.match(folded):
            return found | {folded + ending for ending in _SURNAME_ENDINGS}
        return found or _guessed(folded)


def has_kazakh_ending(word: str, stem_length: int) -> bool:
    """Say whether a folded word is a stem of that length followed by Kazakh endings alone."""
    return len(word) - stem_length <= _LONGEST_ENDING and _is_ending(word[stem_length:])


@lru_cache(maxsize=4096)
def _is_ending(tail: str) -> bool:
    return _KAZAKH_ENDING.fullmatch(tail) is not None


def _guessed(word: str) -> set[str]:
    if endings := _SOFT_ENDINGS.get(word[-1]):
        return {word[:-1] + ending for ending in endings}
    if word[-1] in "бвгджзйклмнпрстфхцчшщь":
        stem = word[:-1] if word[-1] in "йь" else word
        soft = {stem + ending for ending in ("я", "ю", "ем", "е")} if stem != word else set()
        return {word, *soft} if soft else {word + ending for ending in _HARD_ENDINGS}
    return {word}


def _english(word: str) -> set[str]:
    if len(word) < 3:
        return {word}
    forms = {word, word + "s", word + "ed", word + "ing"}
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    if word.endswith("y"):
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    if word.endswith(("s", "sh", "ch", "x")):
        forms.add(word + "es")
    return forms
