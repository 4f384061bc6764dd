"""Lists of first names and surnames, and what a first name tells about gender."""

import re
from functools import lru_cache
from pathlib import Path

from summarizer.analysis import Gender
from summarizer.models import Models

_DATA = Path(__file__).parent / "data"
_DICTIONARIES = "dict"


@lru_cache(maxsize=4)
def _listed(folder: Path, name: str) -> frozenset[str]:
    lines = (folder / _DICTIONARIES / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("#")[0].strip().replace("ё", "е") for line in lines)


@lru_cache(maxsize=8)
def listed(name: str) -> frozenset[str]:
    """Read a word list of this package: folded, one entry a line, "#" begins a remark."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    entries = (line.split("#")[0].strip().lower().replace("ё", "е") for line in lines)
    return frozenset(entry for entry in entries if entry)


def first_names(models: Models) -> frozenset[str]:
    """Give the first names of the dictionary: nominative, lower case, ё as е."""
    return _listed(models.folder, "first.txt")


@lru_cache(maxsize=4)
def given_names(models: Models) -> frozenset[str]:
    """Give the first names of the dictionary and of our own lists: nominative, folded."""
    return first_names(models) | listed("women.txt") | listed("men.txt")


def surnames(models: Models) -> frozenset[str]:
    """Give 180,000 surnames of both genders: nominative, lower case, ё as е."""
    return _listed(models.folder, "last.txt")


_WOMANS = re.compile(r"(?:гуль|гүл|гюль|сулу|слу|бике|бану|нисо|кыз|қыз)$")
_MANS = re.compile(r"(?:жан|бек|бай|хан|али|берди|берды|гельды|гелді|улла|ислам|дин)$")


def is_first_name(word: str, models: Models) -> bool:
    """Say whether a word, in any case, may be a first name: the dictionary or the list says so."""
    if any(parse.known and "Name" in parse.marks for parse in models.parse(word)):
        return True
    folded = word.lower().replace("ё", "е")
    if "-" in folded:
        return any(is_first_name(part, models) for part in folded.split("-") if len(part) > 1)
    names = given_names(models)
    return folded in names or any(
        folded.endswith(ending) and folded[: -len(ending)] + nominative in names
        for ending, nominative in _CASE_ENDINGS
        if len(folded) > len(ending) + _STEM_AT_LEAST
    )


_STEM_AT_LEAST = 2
_CASE_ENDINGS = (
    ("а", ""), ("у", ""), ("ом", ""), ("ем", ""), ("е", ""), ("я", "й"), ("ю", "й"), ("ем", "й"),
    ("я", "ь"), ("ю", "ь"), ("ем", "ь"), ("и", "ь"), ("ы", "а"), ("и", "а"), ("у", "а"),
    ("ой", "а"), ("е", "а"), ("и", "я"), ("ю", "я"), ("ей", "я"), ("е", "я"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def first_name_gender(name: str, models: Models) -> Gender | None:
    """Tell the gender of a first name in the nominative, or None when nothing tells.

    Args:
        name: one word, any capitals; of a hyphened one the last part decides.
        models: for the dictionary.
    """
    folded = name.lower().replace("ё", "е")
    if folded in listed("women.txt"):
        return "f"
    if folded in listed("men.txt"):
        return "m"
    genders = {
        mark
        for parse in models.parse(folded)
        if parse.known and {"Name", "nomn", "sing"} <= parse.marks
        for mark in ("masc", "femn")
        if mark in parse.marks
    }
    if len(genders) == 1:
        return "m" if "masc" in genders else "f"
    if "-" in folded:
        return first_name_gender(folded.rsplit("-", 1)[1], models)
    return _gender_by_ending(folded)


def _gender_by_ending(folded: str) -> Gender | None:
    if _WOMANS.search(folded):
        return "f"
    if _MANS.search(folded):
        return "m"
    last = folded[-1:]
    if last in "ая":
        return "f"
    return None if last in "оеэиыуюьәіүұө" else "m"


def is_surname(word: str, models: Models) -> bool:
    """Say whether a word, in any case, may be a surname that a list or the dictionary has."""
    if any(parse.known and "Surn" in parse.marks for parse in models.parse(word)):
        return True
    folded = word.lower().replace("ё", "е")
    names = surnames(models)
    if folded in names or (_POSSESSIVE.search(folded) and f"{folded}а" in names):
        return True
    return any(
        folded.endswith(ending) and folded[: -len(ending)] + nominative in names
        for ending, nominative in (*_CASE_ENDINGS, *_ADJECTIVE_ENDINGS)
        if len(folded) > len(ending) + _STEM_AT_LEAST
    )


_POSSESSIVE = re.compile("(?:[ое]в|[иы]н)$")
_ADJECTIVE_ENDINGS = (
    ("ым", ""),
    ("ого", "ий"),
    ("ому", "ий"),
    ("им", "ий"),
    ("ой", "ая"),
    ("ую", "ая"),
)


def is_common_word(word: str, models: Models) -> bool:
    """Say whether the dictionary has a word and no reading of it is a name."""
    parses = [parse for parse in models.parse(word) if parse.known]
    return bool(parses) and not any(parse.marks & _NAME_MARKS for parse in parses)


def is_dictionary_form(word: str, models: Models) -> bool:
    """Say whether a word stands in the dictionary just so: "визит", but not "токаев"."""
    folded = word.lower()
    return any(
        parse.known and parse.lemma == folded and not parse.marks & _NAME_MARKS
        for parse in models.parse(word)
    )


_NAME_MARKS = frozenset({"Name", "Surn", "Patr"})


def is_unknown(word: str, models: Models) -> bool:
    """Say whether the dictionary lacks a word."""
    return not any(parse.known for parse in models.parse(word))
