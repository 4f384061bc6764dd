"""Comparing names across alphabets, spellings and cases, by keys that nobody reads."""

import re
from dataclasses import dataclass

from anyascii import anyascii

from summarizer.lookalikes import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*\.?")
# "К.-М." stands for one first name, "Касым-Мурат".
_TWO_INITIALS = re.compile(r"(?<!\w)(\w)\.?-\w\.")
_CYRILLIC = re.compile("[Ѐ-ӿ]")

# Transliterations of one sound, each to one letter; the order matters.
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("shch", "sh"), ("d?zh", "j"), ("dj", "j"), ("kh", "h"), ("ph", "f"), ("gh", "g"),
        ("th", "t"), ("ck", "k"), ("c(?![eiyh])", "k"), ("q", "k"), ("w", "v"), ("x", "ks"),
        ("y", "i"), ("^ie", "e"), (r"(?<=[aeou])i(?=e)", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip

_RUSSIAN_ENDINGS = frozenset((
    "a", "u", "e", "i", "o", "om", "em", "oi", "ei", "ou", "eu", "im", "ih", "imi", "ogo", "omu",
    "ego", "emu", "am", "ami", "ah", "aia", "uiu", "oiu", "ia", "iu", "ie", "iem", "iei", "iami",
    "iah",
))  # fmt: skip
_KAZAKH_ENDINGS = frozenset((
    "ning", "ting", "ding", "ga", "ge", "ka", "ke", "na", "ne", "di", "ti", "ni", "dan", "den",
    "tan", "ten", "nan", "nen", "da", "de", "ta", "te", "nda", "nde", "men", "ben", "pen",
))  # fmt: skip
_PARTICLES = frozenset((
    "фон", "дер", "ден", "ван", "де", "дю", "бин", "ибн",
    "von", "der", "den", "van", "de", "du", "bin", "ibn",
))  # fmt: skip
_LEAST_STEM = 2
_AFFIX = 3


def name_words(name: str) -> tuple[str, ...]:
    """Take a name apart: folded words without hyphens; an initial is one letter (or "дж").

    Args:
        name: a name in any alphabet and order, such as "У.Зея" or "Касым-Жомарт Токаев".

    Returns:
        Its words as they stand, such as ("у", "зея") or ("касымжомарт", "токаев").
    """
    single = _TWO_INITIALS.sub(r"\1.", fold(name))
    words = (fold(re.sub(r"[-'’ʼ.]", "", word)) for word in _WORD.findall(single))
    return tuple(word for word in words if word)


def folded_name(name: str) -> str:
    """Make names that differ in case, dots and hyphens alone equal: "К.Токаев" → "к токаев"."""
    return " ".join(name_words(name))


def sound(word: str) -> str:
    """Write a word's sound in Latin letters: the same for "Казыхан", "Kazykhan" and "Qazyhan"."""
    letters = re.sub("[^a-z]", "", anyascii(word).lower())
    for pattern, letter in _SOUNDS:
        letters = pattern.sub(letter, letters)
    return letters


def head_and_tail(word_sound: str) -> tuple[str, str]:
    """Give the first and the last letters of a sound's stem: what one slip leaves whole of it."""
    stem = word_sound
    for size in (3, 2, 1):
        if len(stem) - size >= _AFFIX and stem[-size:] in _RUSSIAN_ENDINGS:
            stem = stem[:-size]
            break
    return stem[:_AFFIX], stem[-_AFFIX:]


def is_cyrillic(text: str) -> bool:
    """Say whether a text holds a Cyrillic letter."""
    return bool(_CYRILLIC.search(text))


def differ_in_ending(one: str, other: str) -> bool:
    """Say whether two sounds are one word, or the same but for a case ending.

    Args:
        one: a sound, such as that of "Казыхана".
        other: another, such as that of "Казыхан".
    """
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    left, right = one[shared:], other[shared:]
    if not left and not right:
        return True
    if shared < _LEAST_STEM:
        return False
    if not left or not right:
        return (left or right) in _RUSSIAN_ENDINGS | _KAZAKH_ENDINGS
    return left in _RUSSIAN_ENDINGS and right in _RUSSIAN_ENDINGS


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: first names or initials, folded, and the surname."""

    given: tuple[str, ...]
    surname: str

    @property
    def is_full(self) -> bool:
        """Whether a first name is written out."""
        return any(not is_initial(word) for word in self.given)

    @property
    def is_bare(self) -> bool:
        """Whether there is a surname alone."""
        return not self.given


def is_initial(word: str) -> bool:
    """Say whether a folded word of a name stands for a longer one."""
    return len(word) == 1 or word == "дж"


def take_apart(name: str) -> NameParts | None:
    """Take a name apart; None when there is no word in it.

    Args:
        name: first name before surname, as in `Person.name`; an initial may also come last.
    """
    words = list(name_words(name))
    if not words:
        return None
    # "Казыхан Е. Б.": what comes last comes first.
    last = len(words)
    while last > 1 and is_initial(words[last - 1]):
        last -= 1
    words = words[last:] + words[:last]
    words = [word for word in words[:-1] if word not in _PARTICLES] + words[-1:]
    return NameParts(tuple(words[:-1]), words[-1])


def surname_sound(name: str) -> str:
    """Give the sound of a full name's surname; "" where it has none."""
    parts = take_apart(name)
    return sound(parts.surname) if parts else ""


def same_given(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether first names are compatible: equal in sound, or an initial of the other.

    The shorter list must be found in the longer one in order: "Ф." in "С. Фредерик".
    """
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(any(_same_word(word, candidate) for candidate in rest) for word in short)


def _same_word(one: str, other: str) -> bool:
    if is_initial(one) or is_initial(other):
        if is_cyrillic(one) == is_cyrillic(other):
            return one.startswith(other) or other.startswith(one)
        return sound(one).startswith(sound(other)) or sound(other).startswith(sound(one))
    return one == other or sound(one) == sound(other)
