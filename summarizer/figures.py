"""Figures in a sentence: the amount, what is counted, and the words around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.lookalikes import fold
from summarizer.models import Models

_SCALES = (
    (re.compile(r"тыс|thousand|мың"), 1e3),
    (re.compile(r"млн|миллион|million"), 1e6),
    (re.compile(r"млрд|миллиард|billion|bn"), 1e9),
    (re.compile(r"трлн|триллион|trillion"), 1e12),
)
_NUMBER = re.compile(
    r"(?<![\w.,+-])(?P<sign>[$€£₸]\s?)?(?P<digits>\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?P<part>[.,]\d+)?"
    r"(?:\s?-?(?P<scale>(?:тыс|млн|млрд|трлн)\.?|(?:тысяч|миллион|миллиард|триллион)\w*"
    r"|thousand|million|billion|trillion|bn|мың))?(?P<percent>\s?%|\s(?:процент\w*|percent))?"
    r"(?![\w+])"
)
_CURRENCY = re.compile(
    r"\s*(?P<code>доллар\w*|долл\.|\$|dollars?|евро|euros?|тенге|теңге|tenge|рубл\w*|руб\.|юан\w*)"
    r"(?P<of>\s+(?:сша|us))?"
)
_CODES = (
    ("долл", "$"), ("$", "$"), ("dollar", "$"), ("евро", "€"), ("euro", "€"), ("€", "€"),
    ("тенге", "₸"), ("теңге", "₸"), ("tenge", "₸"), ("₸", "₸"), ("руб", "₽"), ("юан", "¥"),
    ("£", "£"),
)  # fmt: skip
_ABOUT = re.compile(
    r"(?<!\w)(?:около|примерно|порядка|почти|приблизительно|about|nearly|some|шамамен)\s$"
)
_LEAST = re.compile(
    r"(?<!\w)(?:более(?: чем)?|больше|свыше|не менее|менее|меньше|до|минимум|over|more than|up to"
    r"|at least)\s$"
)
_LONGEST_BOUND = 15
_WORD = re.compile(r"\s+(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
_TIME_WORDS = """
    г гг год месяц неделя день час минута секунда век сутки лето раз номер статья пункт
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
"""
_TIME_UNITS = frozenset(_TIME_WORDS.split())


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure in a text: offsets (code points), as written, its amount and unit."""

    start: int
    end: int
    value: str
    amount: float
    unit: str
    is_about: bool
    is_least: bool
    bounded: str
    """As written, with the word before it that makes it a bound: "более 3 000 граждан"."""


def find_figures(text: str, models: Models | None) -> Iterator[FoundFigure]:
    """Find the figures of a sentence that state an amount: money, shares, counted things.

    Dates, times of day, ordinals and numbers of documents are no amounts.

    Args:
        text: one sentence.
        models: the Russian dictionary, which tells what is counted; without it (other languages)
            only money and shares are found.
    """
    for match in _NUMBER.finditer(text):
        if text[match.end() : match.end() + 2].startswith((":", ".", "-")) and _goes_on(
            text, match.end()
        ):
            continue
        unit, end = _unit(text, match, models)
        if not unit:
            continue
        before = fold(text[max(0, match.start() - _LONGEST_BOUND) : match.start()])
        about, least = _ABOUT.search(before), _LEAST.search(before)
        bound = about or least
        begins = match.start() - (len(bound[0]) if bound else 0)
        yield FoundFigure(
            match.start(),
            end,
            text[match.start() : end],
            _amount(match),
            unit,
            about is not None,
            least is not None,
            text[begins:end],
        )


def _goes_on(text: str, end: int) -> bool:
    return text[end + 1 : end + 2].isdigit() or (text[end] == "-" and text[end + 1].isalpha())


def _amount(match: re.Match[str]) -> float:
    digits = re.sub(r"\D", "", match["digits"])[:15]
    amount = float(digits + (match["part"] or "").replace(",", "."))
    scale = fold(match["scale"] or "")
    for pattern, factor in _SCALES:
        if scale and pattern.match(scale):
            return round(amount * factor, 2)
    return amount


def _unit(text: str, match: re.Match[str], models: Models | None) -> tuple[str, int]:
    if match["percent"]:
        return "%", match.end()
    if match["sign"]:
        return _code(match["sign"].strip()), match.end()
    if money := _CURRENCY.match(fold(text), match.end()):
        return _code(money["code"]), money.end()
    if models is None:
        return "", match.end()
    return _counted(text, match.end(), models)


def _code(word: str) -> str:
    return next((code for start, code in _CODES if fold(word).startswith(start)), "")


def _counted(text: str, at: int, models: Models) -> tuple[str, int]:
    """Find the noun that is counted, past at most two adjectives: "13 новых соглашений"."""
    for _ in range(3):
        word = _WORD.match(text, at)
        if word is None:
            return "", at
        parse = models.parse(fold(word["word"]))[0]
        at = word.end()
        if "NOUN" in parse.marks and parse.known:
            # "в 2024 году", "5 марта": a date, or a span of time that everybody counts.
            return ("", at) if parse.lemma in _TIME_UNITS else (parse.lemma, at)
        if not parse.marks & {"ADJF", "PRTF"}:
            return "", at
    return "", at
