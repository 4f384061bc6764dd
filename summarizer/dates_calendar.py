"""The calendar behind dates in words: months, weekdays, and years that a text leaves out."""

import calendar
import re
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2106

_MONTHS = (
    r"январ[ьяею]м?|янв\.|jan(?:uary|\.)?|қаңтар",
    r"феврал[ьяею]м?|фев\.|feb(?:ruary|\.)?|ақпан",
    r"март[аеу]?|мартом|mar(?:ch|\.)?|наурыз",
    r"апрел[ьяею]м?|апр\.|apr(?:il|\.)?|сәуір",
    r"ма[йяею]|маем|may|мамыр",
    r"июн[ьяею]м?|june?|маусым",
    r"июл[ьяею]м?|july?|шілде",
    r"август[аеу]?|августом|авг\.|aug(?:ust|\.)?|тамыз",
    r"сентябр[ьяею]м?|сент?\.|sep(?:t\.?|tember|\.)?|қыркүйек",
    r"октябр[ьяею]м?|окт\.|oct(?:ober|\.)?|қазан",
    r"ноябр[ьяею]м?|нояб?\.|nov(?:ember|\.)?|қараша",
    r"декабр[ьяею]м?|дек\.|dec(?:ember|\.)?|желтоқсан",
)
_KAZAKH_CASE = r"(?:[дт]а|[дт]ан|[дт]е|[дт]ен|ға|ге|қа|ның|ын(?:да|ан|а))?"
MONTH = rf"(?:{'|'.join(_MONTHS)}){_KAZAKH_CASE}(?![^\W_])"
"""A month's name, folded, in Russian, English or Kazakh, in any case."""

_NUMBERED = [re.compile(rf"(?:{names}){_KAZAKH_CASE}$") for names in _MONTHS]
_WEEKDAYS = (
    "понедельник monday дүйсенбі",
    "вторник tuesday сейсенбі",
    "сред wednesday сәрсенбі",
    "четверг thursday бейсенбі",
    "пятниц friday жұма",
    "суббот saturday сенбі",
    "воскресен sunday жексенбі",
)
WEEKDAY = (
    r"(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)


def month_number(name: str) -> int:
    """Give the number, 1 to 12, of a month whose folded name MONTH matched."""
    return next(number for number, names in enumerate(_NUMBERED, start=1) if names.match(name))


def weekday_number(name: str) -> int:
    """Give the number, 0 for Monday, of a folded weekday that WEEKDAY matched."""
    return next(
        number
        for number, names in enumerate(_WEEKDAYS)
        if any(name.startswith(stem) for stem in names.split())
    )


def is_year(year: int) -> bool:
    """Say whether a number may be the year of a date in the news."""
    return FIRST_YEAR <= year <= LAST_YEAR


def day_iso(year: int | None, month: int, day: int, published: date | None) -> str | None:
    """Write a day; without a year, that of the nearest such day to the publication.

    Args:
        year: the year, or None when the text gives none.
        month: 1 to 12, or what else a text has there.
        day: the day of the month.
        published: when the article was published.

    Returns:
        "2024-03-26"; "--02-01" when nothing tells the year; None when there is no such day.
    """
    if year is not None:
        return (
            f"{year:04}-{month:02}-{day:02}" if is_year(year) and exists(year, month, day) else None
        )
    if published is None:
        return f"--{month:02}-{day:02}" if exists(2000, month, day) else None
    nearest = nearest_day(month, day, published)
    return nearest.isoformat() if nearest else None


def exists(year: int, month: int, day: int) -> bool:
    """Say whether the calendar has a day."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def nearest_day(month: int, day: int, published: date) -> date | None:
    """Find the day of that month and number that is nearest to the publication, past or ahead."""
    days = [
        date(year, month, day)
        for year in range(max(1, published.year - 4), min(9999, published.year + 4) + 1)
        if exists(year, month, day)
    ]
    return min(days, key=lambda found: abs(found - published), default=None)


def nearest_month(month: int, published: date) -> str | None:
    """Find the month of that number that is nearest to the publication: "2024-03"."""
    middle = nearest_day(month, 15, published)
    return f"{middle.year:04}-{middle.month:02}" if middle else None


def week_of(day: date) -> str | None:
    """Write the week of a day, from Monday to Sunday: "2024-03-25/2024-03-31"."""
    try:
        monday = day - timedelta(days=day.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    except OverflowError:
        return None


def month_after(day: date, months: int) -> str:
    """Write the month that lies so many months after that of a day."""
    count = day.year * 12 + day.month - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"
