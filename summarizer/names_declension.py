"""Which nominatives a form of a name may come from: paradigms of Russian and foreign names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summarizer.analysis import Gender

Case = Literal["Nom", "Gen", "Dat", "Acc", "Ins", "Loc"]
CASES: tuple[Case, ...] = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")

_VOWELS = "аеёиоуыэюяәіүұө"
_HUSH = "жшщч"


@dataclass(frozen=True, slots=True)
class Reading:
    """A nominative that a form may come from, with gender, case and a weight (log, 0 is usual)."""

    nominative: str
    gender: Gender | None
    case: Case
    declined: bool
    weight: float


@dataclass(frozen=True, slots=True)
class _Paradigm:
    """Endings of the six cases, several forms apart with "|"; `stem` says which stems take them."""

    endings: tuple[str, str, str, str, str, str]
    stem: re.Pattern[str]
    gender: Gender | None
    weight: float = 0.0


def _p(endings: str, stem: str, gender: Gender | None, weight: float = 0.0) -> _Paradigm:
    nom, gen, dat, acc, ins, loc = ("" if part == "-" else part for part in endings.split())
    return _Paradigm((nom, gen, dat, acc, ins, loc), re.compile(stem + "$"), gender, weight)


_OV = "(?:[оеё]в|[иы]н)"
_SURNAMES = (
    _p("- а у а ым е", _OV, "m", 0.6),
    _p("а ой ой у ой|ою ой", _OV, "f", 0.6),
    _p("ий ого ому ого им ом", "[сц]к", "m", 0.6),
    _p("ая ой ой ую ой|ою ой", "[сц]к", "f", 0.6),
    _p("ый ого ому ого ым ом", f"[^{_VOWELS}гкхжшщчь]", "m", -1.0),
    _p("ой ого ому ого ым|им ом", f"[^{_VOWELS}ь]", "m", -1.2),
    _p("ий ого|его ому|ему ого|его им ом|ем", "(?<!с)(?<!ц)[гкхжшщчн]", "m", -1.0),
    _p("ая ой ой ую ой|ою ой", f"(?<!ск)(?<!цк)[^{_VOWELS}ь]", "f", -1.0),
)
_FIRST_NAMES = (_p("ь и и ь ью и", f"[^{_VOWELS}ь]", "f"),)
_COMMON = (
    _p("- а у а ом е", f"[^{_VOWELS}йь{_HUSH}ц]", "m"),
    _p("- а у а ем|ом е", f"[{_HUSH}ц]", "m"),
    _p("ь я ю я ем|ём е", f"[^{_VOWELS}йь]", "m"),
    _p("й я ю я ем|ём е", "[аеёоуыэюя]", "m"),
    _p("й я ю я ем и|е", "и", "m"),
    _p("а ы е у ой|ою е", f"[^{_VOWELS}йьгкх{_HUSH}]", None),
    _p("а и е у ой|ою|ей е", f"[гкх{_HUSH}]", None),
    _p("а ы е у ой|ою е", f"[{_VOWELS}]", None, -0.6),
    _p("я и е ю ей|ею|ёй е", f"[^{_VOWELS}]|[аеёоуыэюя]", None),
    _p("я и и ю ей|ею и", "и", None),
    _p("ец ца цу ца цем|цом це", f"[^{_VOWELS}йь]", "m", -0.8),
    _p("ец йца йцу йца йцем йце", f"[{_VOWELS}]", "m", -0.8),
    _p("ок ка ку ка ком ке", f"[^{_VOWELS}йь]", "m", -2.0),
    _p("ек ька ьку ька ьком ьке", f"[^{_VOWELS}йь]", "m", -1.0),
    _p("ел ла лу ла лом ле", f"[^{_VOWELS}йь]", "m", -2.0),
)
_FIXED: tuple[tuple[re.Pattern[str], Gender | None, float], ...] = (
    (re.compile(f"[^{_VOWELS}йь]$"), "f", -0.3),
    (re.compile("(?:ь|[^оиы]й)$"), "f", -0.3),
    (re.compile("[оиы]й$"), "f", -3.0),
    (re.compile("[оёэиәіүұө]$"), None, 0.4),
    (re.compile("[еую]$"), None, 0.0),
    (re.compile("ы$"), None, -1.0),
    (re.compile("(?:швили|дзе|ко|аго|[ыи]х|ян?ни|л?ли|улы|кызы|оглы)$"), None, 0.4),
    (re.compile("[оуиюыэе][ая]$"), None, -0.8),
    (re.compile("[^оуиюыэе][ая]$"), None, -2.2),
)


def readings(form: str, *, is_first: bool) -> tuple[Reading, ...]:
    """List the nominatives that a form of a name may come from.

    Args:
        form: one word, any capitals; with a hyphen, the last part is declined, and so is the
            first where it goes along.
        is_first: whether it is a first name; else a surname.

    Returns:
        Readings in lower case, ё kept; the nominative itself is always among them.
    """
    folded = form.lower()
    head, dash, tail = folded.rpartition("-")
    if not dash or not tail or not head:
        return _plain(folded, is_first)
    found = []
    for reading in _plain(tail, is_first):
        whole = f"{head}-{reading.nominative}"
        found.append(Reading(whole, reading.gender, reading.case, reading.declined, reading.weight))
        for left in _plain(head, is_first) if reading.case != "Nom" else ():
            if left.declined and left.case == reading.case and left.nominative != head:
                whole = f"{left.nominative}-{reading.nominative}"
                weight = reading.weight + left.weight - 0.7
                found.append(Reading(whole, reading.gender, reading.case, True, weight))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _plain(form: str, is_first: bool) -> tuple[Reading, ...]:
    found: dict[tuple[str, Gender | None, Case], Reading] = {}
    for reading in (*_declined(form, is_first), *_fixed(form)):
        key = (reading.nominative, reading.gender, reading.case)
        if key not in found or found[key].weight < reading.weight:
            found[key] = reading
    if not found:
        return (Reading(form, None, "Nom", False, 0.0),)
    return tuple(found.values())


def _declined(form: str, is_first: bool) -> Iterator[Reading]:
    for paradigm in (*(_FIRST_NAMES if is_first else _SURNAMES), *_COMMON):
        nominative_ending = paradigm.endings[0].split("|")[0]
        for case, endings in zip(CASES, paradigm.endings, strict=True):
            for ending in endings.split("|"):
                stem = form[: len(form) - len(ending)]
                if len(stem) < 2 or not form.endswith(ending) or not paradigm.stem.search(stem):
                    continue
                nominative = stem + nominative_ending
                yield Reading(nominative, paradigm.gender, case, True, paradigm.weight)


def _fixed(form: str) -> Iterator[Reading]:
    weights: dict[Gender | None, float] = {}
    for pattern, gender, weight in _FIXED:
        if pattern.search(form):
            weights[gender] = max(weight, weights.get(gender, weight))
    for gender, weight in weights.items():
        for case in CASES:
            yield Reading(form, gender, case, False, weight)
