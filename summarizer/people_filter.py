"""What looks like a person and is none: places, titles, streets and amendments."""

from collections.abc import Sequence

from summarizer.models import Models
from summarizer.names_declension import readings
from summarizer.names_lexicon import listed

_OPEN_MARKS = frozenset('«"“„')
_CLOSE_MARKS = frozenset('»"”“')


def is_title(word: str, models: Models) -> bool:
    """Say whether a word, in any case, is a courtesy or a title: "г-н", "госпожи", "Елбасы"."""
    return _is_listed(word, "kin.txt", models)


def is_place(word: str, models: Models) -> bool:
    """Say whether the dictionary knows a word as a place before anything else."""
    best = models.parse(word)[0]
    if best.known and "Geox" in best.marks:
        return not any(
            parse.known and parse.marks & {"Surn", "Name"} for parse in models.parse(word)
        )
    return is_no_person(word)


def is_no_person(word: str) -> bool:
    """Say whether a word, in any case, is listed as no person: "Казахстанец", "Нур-Султана"."""
    names = listed("not_people.txt")
    folded = word.lower().replace("ё", "е")
    return folded in names or any(
        reading.nominative in names for reading in readings(folded, is_first=False)
    )


def names_a_thing(words: Sequence[str], first: int, last: int, models: Models) -> bool:
    """Say whether a name at tokens [first, last] stands for a street, a prize, an operation …"""
    before = first - 1
    if (
        before >= 0
        and words[before] in _OPEN_MARKS
        and words[min(last + 1, len(words) - 1)] in (_CLOSE_MARKS)
    ):
        return True
    if before >= 0 and words[before] == ".":
        before -= 1
    if before < 0:
        return False
    return _is_listed(words[before], "named_after.txt", models)


def _is_listed(word: str, name: str, models: Models) -> bool:
    folded = word.lower().replace("ё", "е")
    entries = listed(name)
    return folded in entries or any(
        parse.lemma.replace("ё", "е") in entries and "NOUN" in parse.marks
        for parse in models.parse(folded)
    )
