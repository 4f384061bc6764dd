"""Numbers of a sentence, in figures or words, as values that can be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.summary.parsed import Word

_UNITS = {
    "ноль": 0, "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12,
    "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16,
    "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20, "тридцать": 30,
    "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90, "сто": 100, "двести": 200, "триста": 300, "четыреста": 400,
    "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
    "двое": 2, "оба": 2, "трое": 3, "четверо": 4, "пятеро": 5, "шестеро": 6, "семеро": 7,
    "восьмеро": 8, "девятеро": 9, "десятеро": 10, "полтора": 1.5, "дюжина": 12, "десяток": 10,
    "сотня": 100, "вдвое": 2, "втрое": 3, "вчетверо": 4, "дважды": 2, "трижды": 3,
    "половина": 0.5, "пара": 2, "полторы": 1.5, "двойка": 2, "тройка": 3, "вдвоем": 2, "втроем": 3,
}  # fmt: skip
_ORDINALS = {
    "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7,
    "восьмой": 8, "девятый": 9, "десятый": 10, "одиннадцатый": 11, "двенадцатый": 12,
    "тринадцатый": 13, "четырнадцатый": 14, "пятнадцатый": 15, "шестнадцатый": 16,
    "семнадцатый": 17, "восемнадцатый": 18, "девятнадцатый": 19, "двадцатый": 20,
    "тридцатый": 30, "сороковой": 40, "пятидесятый": 50, "сотый": 100,
}  # fmt: skip
_SCALES = {
    "тысяча": 1e3, "тыс": 1e3, "миллион": 1e6, "млн": 1e6, "миллиард": 1e9, "млрд": 1e9,
    "триллион": 1e12, "трлн": 1e12,
}  # fmt: skip
_PREFIXES = (
    ("двух", 2), ("трех", 3), ("четырех", 4), ("пяти", 5), ("шести", 6), ("семи", 7),
    ("восьми", 8), ("девяти", 9), ("десяти", 10), ("двадцати", 20), ("тридцати", 30),
    ("сорока", 40), ("пятидесяти", 50), ("шестидесяти", 60), ("сто", 100), ("полутора", 1.5),
)  # fmt: skip
_AFTER_PREFIX = re.compile(
    r"(?:летн|дневн|часов|месячн|недельн|лети|процентн|кратн|этажн|комнатн|местн|тысячн"
    r"|миллионн|минутн|сторонн|километров|метров)"
)
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}$")
_ROMAN = re.compile(r"(?=[XVI])(X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ABOUT = re.compile(
    r"(?:около|почти|более|свыше|примерно|порядка|менее|больше|меньше|до|приблизительно|чуть"
    r"|минимум|максимум|нескольк|порядк)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: words [first, last], its value, and what the words around tell.

    `about` tells that it is given as a rough one, `noun` the place of what is counted or -1.
    """

    first: int
    last: int
    value: float
    about: bool
    noun: int


def find_quantities(words: Sequence[Word], models: Models) -> list[Quantity]:
    """Find the numbers of a sentence; "первый" and "один" are passed over as mostly no numbers."""
    found: list[Quantity] = []
    index = 0
    while index < len(words):
        read = _read(words, index, models)
        if read is None:
            index += 1
            continue
        values, last = read
        about = any(
            _ABOUT.match(fold(words[place].text)) for place in range(max(0, index - 2), index)
        )
        noun = _counted(words, index, last)
        found += [Quantity(index, last, value, about, noun) for value in values]
        index = last + 1
    return found


def _counted(words: Sequence[Word], first: int, last: int) -> int:
    """Find what a number counts: what it depends on, else the noun that follows."""
    head = words[last].head
    if 0 <= head < len(words) and not first <= head <= last and words[head].pos == "NOUN":
        return head
    for place in range(last + 1, min(len(words), last + 4)):
        if words[place].pos in ("NOUN", "PROPN"):
            return place
    return head if not first <= head <= last else -1


def _read(words: Sequence[Word], start: int, models: Models) -> tuple[list[float], int] | None:
    text = fold(words[start].text)
    if any(char.isdigit() for char in text):
        return _read_figures(words, start, models)
    if (roman := _ROMAN.match(words[start].text)) and start + 1 < len(words):
        if fold(words[start + 1].text).startswith("век"):
            return [float(_roman(roman.group()))], start
        return None
    value = _word_value(text, models)
    if value is None:
        return _read_prefix(text, start)
    total, last, index = value, start, start + 1
    while index < len(words):
        more = _word_value(fold(words[index].text), models)
        if more is None or not _goes_on(total, more):
            break
        total, last, index = total + more, index, index + 1
    if start == last and value == 1:
        return None
    return _scaled(words, [total], last, models)


def _goes_on(total: float, more: float) -> bool:
    """Say whether "сорок" goes on with "пять": smaller by a place."""
    return (total >= 100 and more < 100) or (total % 100 >= 20 and more < 10)


def _read_figures(
    words: Sequence[Word], start: int, models: Models
) -> tuple[list[float], int] | None:
    text = words[start].text
    last = start
    # "1 500 000" is three words.
    while (
        _GROUPED.match(text)
        and last + 1 < len(words)
        and re.fullmatch(r"\d{3}", words[last + 1].text)
        and words[last + 1].span.start - words[last].span.end <= 1
    ):
        last += 1
        text += words[last].text
    if last > start:
        return _scaled(words, [float(text)], last, models)
    values = [float(number.replace(",", ".")) for number in _FIGURES.findall(text)][:6]
    return _scaled(words, values, last, models)


def _scaled(
    words: Sequence[Word], values: list[float], last: int, models: Models
) -> tuple[list[float], int]:
    """Multiply by the "тысяч" or "млн" that follows."""
    index = last + 1
    while index < len(words):
        scale = _scale(fold(words[index].text), models)
        if scale is None:
            break
        values, last = [value * scale for value in values], index
        index += 1
    if last + 1 < len(words) and words[last + 1].text == "." and _is_short(words[last].text):
        last += 1
    return values, last


def _is_short(text: str) -> bool:
    return fold(text) in _SCALES and len(text) <= 4


def _scale(text: str, models: Models) -> float | None:
    if text in _SCALES:
        return _SCALES[text]
    return next(
        (_SCALES[lemma] for parse in models.parse(text) if (lemma := fold(parse.lemma)) in _SCALES),
        None,
    )


def _word_value(text: str, models: Models) -> float | None:
    if len(text) < 3 or not text.isalpha():
        return None
    for parse in models.parse(text)[:3]:
        lemma = fold(parse.lemma)
        if lemma in _UNITS:
            return _UNITS[lemma]
        if lemma in _ORDINALS:
            return _ORDINALS[lemma]
        if lemma in _SCALES:
            return _SCALES[lemma]
    return None


def _read_prefix(text: str, start: int) -> tuple[list[float], int] | None:
    """Read "двухлетний" and "тридцатипроцентный"."""
    for prefix, value in _PREFIXES:
        if text.startswith(prefix) and _AFTER_PREFIX.match(text[len(prefix) :]):
            return [float(value)], start
    return None


def _roman(text: str) -> int:
    total = 0
    for letter, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if after and _ROMAN_VALUES[after] > value else value
    return total


def same_value(said: Quantity, told: Quantity) -> bool:
    """Say whether a number may stand for the source's: the same, or its rounding if said so."""
    if said.value == told.value:
        return True
    if not told.value or not said.value:
        return False
    # "почти 200" for 198, "более тысячи" for 1023; never a year for another.
    close = abs(said.value - told.value) <= 0.06 * abs(told.value)
    return (said.about or told.about) and close and told.value > 10
