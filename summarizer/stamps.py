"""Dates that a text states about itself: the stamp above an article, the date in a dateline."""

import re
from dataclasses import dataclass
from datetime import datetime

from summarizer.lookalikes import fold

_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "янв jan қаңтар", "фев feb ақпан", "мар mar наурыз", "апр apr сәуір",
            "май мая may мамыр", "июн jun маусым", "июл jul шілде", "авг aug тамыз",
            "сен sep қыркүйек", "окт oct қазан", "ноя nov қараша", "дек dec желтоқсан",
        ),
        start=1,
    )
    for stem in stems.split()
}  # fmt: skip
MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша"
    r"|желтоқсан)[^\W\d_]{0,8}"
)
"""A month's name in Russian, English or Kazakh, folded, whole or shortened."""

DAY_MONTH = (
    rf"(?:\d{{1,2}}\s+{MONTH}\.?(?:,?\s+\d{{4}}(?:\s*г(?:ода|\.)?(?!\w))?)?"
    rf"|{MONTH}\.?\s+\d{{1,2}}(?!\d)(?:,\s+\d{{4}})?)"
)
"""A day and month, perhaps with the year: "12 мая 2024 года", "March 3, 2024"."""

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{2})[-./](\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+({MONTH})\.?,?\s+(\d{{4}})(?:\s*г(?:ода|\.)?)?(?!\w)"
)
_MONTH_FIRST = re.compile(rf"(?<!\w)({MONTH})\.?\s+(\d{{1,2}}),?\s+(\d{{4}})(?!\w)")
_KAZAKH = re.compile(rf"(?<!\d)(\d{{4}})\s+жыл\w*\s+(\d{{1,2}})\s+({MONTH})(?!\w)")
_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_SHORT_DATE = re.compile(rf"(?<!\w){DAY_MONTH}(?!\w)")

_SECTION_WORDS = """
    аналитика безопасность бизнес видео внешняя внутренняя в важное вчера выборы главная главное
    дата день дипломатия евразия жаңалықтар здоровье интервью казахстан казахстана казахстане
    қазақстан қоғам культура лента ленты международные международное мир мире мнение мнения новости
    новость обновлено общество обзор опубликовано обсудить отношения официально парламент
    парламентская политика правительство право президент происшествия публикации публикация регионы
    репортаж россия саясат сегодня события спецпроект спорт спецпроекты статьи сша технологии
    наука образование финансы центральная азия экология экономика и энергетика эксклюзив әлем
    economy news politics published society updated world business kazakhstan at by on
    понедельник вторник среда четверг пятница суббота воскресенье дүйсенбі сейсенбі сәрсенбі
    бейсенбі жұма сенбі жексенбі monday tuesday wednesday thursday friday saturday sunday
    жарияланды мск астана алматы utc gmt
"""
_SECTIONS = frozenset(_SECTION_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_STAMP_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as stated, naive local time; `has_time` tells midnight from a time not given."""

    moment: datetime
    has_time: bool


def find_date(text: str) -> Stamp | None:
    """Find the first date with a year in a short text that is known to be a stamp or dateline.

    Args:
        text: a line or the head of a paragraph.

    Returns:
        The date, with the time where one is stated; None when there is no date, when it does not
        exist in the calendar, or when day and month could be confused (3/4/2024 in English).
    """
    folded = fold(text[:_STAMP_LENGTH])
    found = _first_date(folded)
    if found is None:
        return None
    time = _TIME.search(folded)
    hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
    try:
        moment = datetime(*found, hour, minute)  # noqa: DTZ001 - a text states no zone
    except ValueError:
        return None
    return Stamp(moment, time is not None) if 1990 <= moment.year <= 2100 else None


def _first_date(folded: str) -> tuple[int, int, int] | None:
    return _date_in_figures(folded) or _date_in_words(folded)


def _date_in_figures(folded: str) -> tuple[int, int, int] | None:
    if match := _ISO.search(folded):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.search(folded):
        day, month = int(match[1]), int(match[3])
        if match[2] == "/" and max(day, month) <= 12 and not re.search("[а-я]", folded):
            return None
        return int(match[4]), month, day
    return None


def _date_in_words(folded: str) -> tuple[int, int, int] | None:
    if match := _DAY_FIRST.search(folded):
        return int(match[3]), _month(match[2]), int(match[1])
    if match := _MONTH_FIRST.search(folded):
        return int(match[3]), _month(match[1]), int(match[2])
    if match := _KAZAKH.search(folded):
        return int(match[1]), _month(match[3]), int(match[2])
    return None


def _month(name: str) -> int:
    return next(number for stem, number in _MONTHS.items() if name.startswith(stem))


def is_stamp(line: str) -> bool:
    """Say whether a line is a date, a time, a section's name or several of them, and no more.

    "26.03.2024 06:02 Общество" and "Политика" are; "Митинг 12 марта 2011 года" is not.
    """
    if len(line) > _STAMP_LENGTH:
        return False
    folded = fold(line)
    rest = folded
    for pattern in (_ISO, _NUMERIC, _KAZAKH, _DAY_FIRST, _MONTH_FIRST, _TIME, _SHORT_DATE):
        rest = pattern.sub(" ", rest)
    others = _WORD.findall(rest)
    if all(word in _SECTIONS for word in others):
        return bool(others) or rest != folded
    # A date with a time beside it is a stamp, whatever the section is called.
    dated = _NUMERIC.search(folded) or _ISO.search(folded) or _DAY_FIRST.search(folded)
    return bool(dated and _TIME.search(folded) and len(others) <= 4 and folded[0].isdigit())
