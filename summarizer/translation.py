"""Whether a translated sentence says what the original says: names, numbers, dates, negation."""

import re
from collections import Counter
from datetime import date

from rapidfuzz.distance import JaroWinkler

from summarizer.dates import find_dates
from summarizer.figures import find_figures
from summarizer.language import detect_language
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.name_keys import sound
from summarizer.people import find_people

_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f,](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ANY_DAY = date(2026, 1, 15)
"""By one and the same day "в понедельник" and "on Monday" come to one date."""

_NEGATIONS = {
    "ru": re.compile(r"(?<!\w)(?:не|ни|нет|нельзя|никто|ничего|никогда)(?!\w)"),
    "en": re.compile(r"(?<!\w)(?:not?|never|neither|nor|nothing|nobody|none|cannot)(?!\w)|n[’']t"),
}
_VOWELS = re.compile("[aeiou]")
_SAME_SOUND = 0.7
_LEAST_STEM, _LONGEST_ENDING = 3, 3
_LEAST_SHARE, _MOST_SHARE = 0.4, 3.0
_LETTERS_SHOWN = 40
_ENOUGH_TO_TELL = 4


def translation_fault(  # noqa: PLR0911 - a list of checks
    original: str, translation: str, *, source: str, target: str, models: Models
) -> str | None:
    """Say what a translation gets wrong, or None where nothing was found.

    Args:
        original: a sentence.
        translation: what a model made of it.
        source: the language of the original, "ru", "en" or "kk".
        target: the language of the translation.
        models: the language models, for the names and figures of Russian.
    """
    if not translation.strip():
        return "it is empty"
    if not _is_in(translation, target):
        return "it is in another language"
    if not _is_as_long(original, translation):
        return "its length differs"
    if _numbers(original) != _numbers(translation):
        return "its numbers differ"
    if _amounts(original) != _amounts(translation) or _dates(original) != _dates(translation):
        return "its amounts or dates differ"
    if _denies(original, translation, source, target):
        return "one of the two denies something"
    if not _has_same_names(original, translation, models):
        return "its names differ"
    return None


def _is_in(text: str, language: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters)
    if language == "en":
        return latin * 10 >= len(letters) * 9
    if latin * 2 > len(letters):
        return False
    return len(text.split()) < _ENOUGH_TO_TELL or detect_language(text) == language


def _is_as_long(original: str, translation: str) -> bool:
    share = len(translation) / max(1, len(original))
    is_short = max(len(original), len(translation)) < _LETTERS_SHOWN
    return is_short or _LEAST_SHARE <= share <= _MOST_SHARE


def _numbers(text: str) -> Counter[str]:
    return Counter(found.lstrip("0") for found in _DIGITS.findall(_GROUPED.sub("", text)))


def _amounts(text: str) -> list[float]:
    """List the amounts of money and shares, which all languages write alike enough to compare."""
    return sorted(figure.amount for figure in find_figures(text, None))


def _dates(text: str) -> Counter[str]:
    return Counter(mention.iso for mention in find_dates(text, published=_ANY_DAY))


def _denies(original: str, translation: str, source: str, target: str) -> bool:
    ours, theirs = _NEGATIONS.get(source), _NEGATIONS.get(target)
    if ours is None or theirs is None:
        return False
    return bool(ours.search(fold(original))) != bool(theirs.search(fold(translation)))


def _has_same_names(original: str, translation: str, models: Models) -> bool:
    """Say whether the surnames of each text are heard in the other, whatever their alphabet."""
    texts = (original, translation)
    names = [
        [sound(person.name.split()[-1]) for person in find_people(text, models) if person.name]
        for text in texts
    ]
    heard = [
        [sound(word) for word in _WORD.findall(text) if word[:1].isupper()] + named
        for text, named in zip(texts, names, strict=True)
    ]
    return all(
        any(_is_alike(name, word) for word in others)
        for named, others in zip(names, reversed(heard), strict=True)
        for name in named
    )


def _is_alike(surname: str, word: str) -> bool:
    """Say whether two sounds are one name: the same consonants, with an ending at most."""
    one, other = _VOWELS.sub("", surname), _VOWELS.sub("", word)
    if one == other:
        return bool(one) and float(JaroWinkler.similarity(surname, word)) >= _SAME_SOUND
    short, long = sorted((one, other), key=len)
    is_stem = len(short) >= _LEAST_STEM and long.startswith(short)
    return is_stem and len(long) - len(short) <= _LONGEST_ENDING
