"""The nominatives that one mention of a name may stand for, each with a weight."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import log10

from summarizer.analysis import Gender
from summarizer.models import Models
from summarizer.names_declension import CASES, Case, Reading, readings
from summarizer.names_lexicon import first_name_gender, first_names, listed, surnames

_KEPT = 12
_PER_PART = 3
_GENDERS: tuple[Gender, ...] = ("m", "f")

# Weights, as logarithms: learned by hand on one half of the development texts.
_DICTIONARY = 2.0
_IN_OUR_LIST = 3.0
_IN_FIRST_NAMES = 1.2
_MAN = 0.6
_ODD, _OFTEN, _TIMES = -2.0, 150, 4
_IN_SURNAMES = 1.2
_COUNT = 0.45
_WRONG_GENDER = -4.0
_OTHER_CASE = -3.0
_UNSEEN_GENDER = -0.2
_IMPOSSIBLE = -20.0
_CASE_MARGIN = 2.8

_WOMANS_SURNAME = re.compile("..(?:[оеё]ва|[иы]на|[сц]кая)$")

CASE_MARKS: dict[Case, str] = {
    "Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct",
}  # fmt: skip
"""The dictionary's mark of each case."""
_PYMORPHY_GENDERS: dict[str, tuple[Gender, ...]] = {
    "masc": ("m",), "femn": ("f",), "ms-f": ("m", "f"), "GNdr": ("m", "f"),
}  # fmt: skip

Evidence = Mapping[Case, float]
Key = tuple[tuple[str, ...], Gender]
"""The nominatives of all parts, folded, and the gender."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A nominative of one word, with gender and case, weighed with what the lists know of it."""

    nominative: str
    gender: Gender
    case: Case
    weight: float


def candidates(
    parts: Sequence[str], evidence: Evidence, genders: Mapping[Gender, float], models: Models
) -> dict[Key, float]:
    """Weigh the nominatives that an inflected name may stand for.

    All parts stand in one case and gender; a first name may stay undeclined at a price.

    Args:
        parts: given names and surname, or one word alone, as the text has them.
        evidence: what the context tells of the case, as weights.
        genders: what the context tells of the gender, as weights.
        models: for the dictionary.

    Returns:
        The likeliest few, by nominatives and gender; higher is likelier.
    """
    alone = len(parts) == 1
    senses = [
        _senses(part, index < len(parts) - 1, alone, models) for index, part in enumerate(parts)
    ]
    found: dict[Key, float] = {}
    for gender, case in product(_GENDERS, CASES):
        context = evidence.get(case, 0.0) + genders.get(gender, 0.0)
        # Where nothing tells, three of four people in the news are men.
        context += _MAN if gender == "m" else 0.0
        ranked = [_ranked(options, gender, case) for options in senses]
        for choice in product(*ranked):
            key = (tuple(nominative for nominative, _ in choice), gender)
            weight = context + sum(weight for _, weight in choice)
            if weight > found.get(key, -1e9):
                found[key] = weight
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return dict(best[:_KEPT])


def possible_cases(parts: Sequence[str], models: Models) -> frozenset[Case]:
    """Tell in which cases a name may stand by its forms alone: "Айгуль Куспан" in all six."""
    by_case = {
        case: max(
            sum(
                ranked[0][1] if (ranked := _ranked(options, gender, case)) else _IMPOSSIBLE
                for options in (
                    _senses(part, index < len(parts) - 1, len(parts) == 1, models)
                    for index, part in enumerate(parts)
                )
            )
            for gender in _GENDERS
        )
        for case in CASES
    }
    best = max(by_case.values())
    return frozenset(case for case, weight in by_case.items() if weight > best - _CASE_MARGIN)


def _ranked(options: Sequence[Sense], gender: Gender, case: Case) -> list[tuple[str, float]]:
    """Give the best nominatives for a gender and case; another case costs."""
    best: dict[str, float] = {}
    for sense in options:
        if sense.gender != gender:
            continue
        if sense.case not in (case, "Nom"):
            continue
        weight = sense.weight + (0.0 if sense.case == case else _OTHER_CASE)
        if weight > best.get(sense.nominative, -1e9):
            best[sense.nominative] = weight
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_PER_PART]


@lru_cache(maxsize=20_000)
def _senses(word: str, is_first: bool, alone: bool, models: Models) -> tuple[Sense, ...]:
    """List the senses of a word, those of a surname and of a first name where it stands alone."""
    kinds = (True, False) if alone else (is_first,)
    found: dict[tuple[str, Gender, Case], float] = {}
    for kind in kinds:
        for reading in (*_of_dictionary(word, kind, models), *_of_paradigms(word, kind)):
            for gender in _GENDERS if reading.gender is None else (reading.gender,):
                weight = reading.weight + _known(reading.nominative, gender, kind, models)
                weight += _rarer(reading.nominative, word, models)
                if reading.gender is None:
                    weight += _UNSEEN_GENDER
                if gender == "m" and not kind and _WOMANS_SURNAME.search(reading.nominative):
                    weight += _WRONG_GENDER
                key = (reading.nominative, gender, reading.case)
                found[key] = max(weight, found.get(key, weight))
    return tuple(Sense(*key, weight) for key, weight in found.items())


def _of_paradigms(word: str, is_first: bool) -> tuple[Reading, ...]:
    folded = word.lower().replace("ё", "е")
    head, space, tail = folded.rpartition(" ")
    found = readings(tail, is_first=is_first)
    return tuple(
        Reading(head + space + r.nominative, r.gender, r.case, r.declined, r.weight) for r in found
    )


def _of_dictionary(word: str, is_first: bool, models: Models) -> list[Reading]:
    """List the readings of pymorphy's dictionary, which knows Павел, Лев and Илья."""
    wanted = "Name" if is_first else "Surn"
    found = []
    for parse in models.parse(word):
        if not parse.known or not {wanted, "sing"} <= parse.marks:
            continue
        nominative = parse.raw.inflect({"nomn"})
        case = next((case for case, mark in CASE_MARKS.items() if mark in parse.marks), None)
        gender = next(
            (gender for mark, gender in _PYMORPHY_GENDERS.items() if mark in parse.marks), _GENDERS
        )
        if nominative is None or case is None:
            continue
        found += [
            Reading(nominative.word.replace("ё", "е"), each, case, True, 0.8) for each in gender
        ]
    return found


def _rarer(nominative: str, form: str, models: Models) -> float:
    """Weigh that the news has a form often and its supposed nominative hardly: it is none."""
    seen = models.count(form.lower())
    return _ODD if seen > _OFTEN and models.count(nominative) * _TIMES < seen else 0.0


@lru_cache(maxsize=50_000)
def _known(nominative: str, gender: Gender, is_first: bool, models: Models) -> float:
    """Weigh what the lists, the dictionary and the news know of a nominative."""
    weight = _COUNT * log10(1 + models.count(nominative))
    if is_first:
        told = first_name_gender(nominative, models)
        if told is not None and told != gender:
            weight += _WRONG_GENDER
        if nominative in listed("women.txt") or nominative in listed("men.txt"):
            weight += _IN_OUR_LIST
        elif nominative in first_names(models):
            weight += _IN_FIRST_NAMES
    elif nominative in surnames(models):
        weight += _IN_SURNAMES
    wanted = {"Name" if is_first else "Surn", "nomn", "sing"}
    mark = "masc" if gender == "m" else "femn"
    if any(
        parse.known and wanted <= parse.marks and parse.marks & {mark, "ms-f", "GNdr"}
        for parse in models.parse(nominative)
    ):
        weight += _DICTIONARY
    return weight
