"""Under which dictionary forms a word is found, in Russian, Kazakh and English."""

import re
from functools import lru_cache

from summarizer.inflection import has_kazakh_ending
from summarizer.lookalikes import fold

_LATIN = re.compile(r"[a-z]+")
_CYRILLIC = re.compile(r"[а-яәғқңөұүһі]+")
_KAZAKH_LETTER = re.compile("[әғқңөұүһі]")
_VERB = re.compile("VERB|INFN|GRND")
_NAME = re.compile("Name|Surn|Patr|Geox|Orgn")
# The form that the endings of -ов and -ин are joined to: the dictionary takes "Токаев" for the
# genitive of "токай", and "Токаеву" for a case of "Токаева".
_SURNAME = re.compile(r"(.{2,}(?:[ое]в|[иы]н))(?:а|у|ым|е|ой|ы|ых|ыми)?")
_ENDING = re.compile(
    r"(.{4,}?)(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ою|ею|ом|ем|ым|им|ых|их|ах|ях|ую|юю|ая|яя"
    r"|ое|ее|ые|ие|ый|ий|ов|ев|а|я|у|ю|е|ы|и|о|ь|й)?"
)
_LEAST_PROBABLE = 0.1
_SHORTEST_STEM = 3
_ENGLISH_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", ""))
_NO_PLURAL = ("ss", "us", "is")
_VOWEL = re.compile("[aeiouy]")


@lru_cache(maxsize=100_000)
def lemmas(word: str, *, kazakh: bool = False) -> frozenset[str]:
    """List what a word is found under. Two words are forms of one when they share an entry.

    A stem that no dictionary confirms is marked with "~", so that it meets other stems alone.

    Args:
        word: a word as `words_of` gives it.
        kazakh: whether the text that it stands in is Kazakh.
    """
    if _LATIN.fullmatch(word):
        return frozenset({_english(word)})
    if not _CYRILLIC.fullmatch(word) or len(word) < _SHORTEST_STEM:
        return frozenset({word})
    if kazakh or _KAZAKH_LETTER.search(word):
        return frozenset({word, *_kazakh(word)}) | (
            frozenset() if _KAZAKH_LETTER.search(word) else _russian(word)
        )
    return _russian(word)


def _russian(word: str) -> frozenset[str]:
    dictionary = _dictionary()
    found = set()
    is_known = dictionary.word_is_known(word)
    parses = dictionary.parse(word)
    if not is_known:
        # A guess at a verb is good, since its endings say so; at a name it is not.
        parses = [parse for parse in parses[:1] if _VERB.match(str(parse.tag))]
    is_name = not is_known
    for number, parse in enumerate(parses):
        # "стали" is hardly ever steel; what is likely, and the likeliest at any rate, counts.
        if number == 0 or parse.score >= _LEAST_PROBABLE:
            found.add(fold(parse.normal_form))
            is_name = is_name or _NAME.search(str(parse.tag)) is not None
    if surname := _SURNAME.fullmatch(word):
        found.add(f"~{surname.group(1)}")
    if is_name and (stem := _ENDING.fullmatch(word)):
        found.add(f"~{stem.group(1)}")
    return frozenset(found or {word})


def _kazakh(word: str) -> set[str]:
    return {
        word[:length]
        for length in range(_SHORTEST_STEM, len(word))
        if has_kazakh_ending(word, length)
    }


def _english(word: str) -> str:
    stem = word
    for ending, instead in _ENGLISH_ENDINGS:
        left = word.removesuffix(ending)
        if left == word or (ending == "s" and word.endswith(_NO_PLURAL)):
            continue
        if len(left) < _SHORTEST_STEM or not _VOWEL.search(left):
            continue
        stem = left + instead
        if ending in ("ing", "ed") and stem[-1] == stem[-2] and stem[-1] not in "lsz":
            stem = stem[:-1]
        break
    return stem.rstrip("e") if len(stem) > _SHORTEST_STEM else stem


@lru_cache(maxsize=1)
def _dictionary():  # type: ignore[no-untyped-def]
    # 0.1 s and 26 MB that a process which only reads words need not spend.
    from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]  # noqa: PLC0415

    return MorphAnalyzer(lang="ru")
