"""The period of an edition, as people name it: "7", "2024-W13", "март", "15 марта 2024"."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from bot.locales.wording import LANGUAGES

USUAL_DAYS = 7
MOST_DAYS = 366
"""A longer period is no edition any more, it is the archive."""

_ISO_WEEK = re.compile(r"(?:(\d{4})-?)?w(\d{1,2})", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,3}")
_TODAY = frozenset({"сегодня", "today", "бүгін"})
_UNITS = frozenset({"день", "дня", "дней", "сутки", "суток", "day", "days", "күн", "күнде"})
_BEFORE = frozenset({"за", "for", "in"})
_YESTERDAY = frozenset({"вчера", "yesterday", "кеше"})
_EARLIEST = date(1990, 1, 1)


class PeriodError(ValueError):
    """The words name a period that there cannot be: week 60, 31 February, 1,000 days."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, start ≤ t < end, both aware and UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a period, or None when it was not named, and the words beside it."""

    period: Period | None
    words: str


def last_days(days: int, now: datetime) -> Period:
    """Name the days before a moment.

    Raises PeriodError when there are none, or more than MOST_DAYS.
    """
    if not 1 <= days <= MOST_DAYS:
        raise PeriodError(str(days))
    return Period(now - timedelta(days=days), now)


def read_period(text: str, zone: str, now: datetime) -> Asked:
    """Read a period at the beginning of a text; what follows it are other words.

    text: such as "7", "2024-W13", "март 2024 энергетика", "2024-03-26", "2024-03-01..2024-03-15".
    zone: the reader's IANA zone, in which days begin.
    now: a month without a year is the latest that has begun.
    Raises PeriodError when a period is named that there cannot be.
    """
    said = text.split()
    if len(said) > 1 and said[0].casefold() in _BEFORE:
        del said[0]
    words = [word.casefold() for word in said]
    today = now.astimezone(ZoneInfo(zone)).date()
    for days, used in _readings(words, today):
        first, last = days
        if first > last or (last - first).days >= MOST_DAYS or first < _EARLIEST:
            raise PeriodError(" ".join(words[:used]))
        return Asked(_between(first, last, zone, now), " ".join(said[used:]))
    if words and _NUMBER.fullmatch(words[0]):
        used = 2 if len(words) > 1 and words[1] in _UNITS else 1
        return Asked(last_days(int(words[0]), now), " ".join(said[used:]))
    return Asked(None, " ".join(text.split()))


def _between(first: date, last: date, zone: str, now: datetime) -> Period:
    """Turn whole local days into a period; a day that is not over yet ends now."""
    local = ZoneInfo(zone)
    start = datetime.combine(first, time(), local).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), local).astimezone(UTC)
    return Period(start, max(start, min(end, now)))


def _readings(words: list[str], today: date) -> Iterator[tuple[tuple[date, date], int]]:
    """Give the days that the first words name, and how many words those are."""
    if not words:
        return
    word = words[0]
    if word in _TODAY:
        yield (today, today), 1
    elif word in _YESTERDAY:
        yield (today - timedelta(days=1),) * 2, 1
    elif ".." in word:
        first, _, last = word.partition("..")
        start, end = _single(first), _single(last)
        if start and end:
            yield (start, end), 1
    elif match := _ISO_WEEK.fullmatch(word):
        yield _iso_week(match, today), 1
    elif single := _single(word):
        yield (single, single), 1
    elif match := _MONTH.fullmatch(word):
        yield _month(int(match[1]), int(match[2]), word), 1
    elif _YEAR.fullmatch(word):
        yield (date(int(word), 1, 1), date(int(word), 12, 31)), 1
    else:
        yield from _named(words, today)


def _single(word: str) -> date | None:
    if match := _DAY.fullmatch(word):
        return _date(int(match[1]), int(match[2]), int(match[3]), word)
    if match := _DOTTED.fullmatch(word):
        return _date(int(match[3]), int(match[2]), int(match[1]), word)
    return None


def _iso_week(match: re.Match[str], today: date) -> tuple[date, date]:
    year, week = match[1], int(match[2])
    try:
        monday = date.fromisocalendar(int(year) if year else today.isocalendar().year, week, 1)
    except ValueError:
        raise PeriodError(match.group()) from None
    if not year and monday > today:
        monday = date.fromisocalendar(today.isocalendar().year - 1, min(week, 52), 1)
    return monday, monday + timedelta(days=6)


def _named(words: list[str], today: date) -> Iterator[tuple[tuple[date, date], int]]:
    """Read "март", "март 2024", "15 марта", "15 марта 2024", "March 2024"."""
    months = _months()
    has_day = len(words) > 1 and _NUMBER.fullmatch(words[0]) and words[1] in months
    at = 1 if has_day else 0
    month = months.get(words[at])
    if month is None:
        return
    used = at + 1
    year = None
    if len(words) > used and _YEAR.fullmatch(words[used]):
        year, used = int(words[used]), used + 1
    said = " ".join(words[:used])
    if has_day:
        found = _day(year, month, int(words[0]), said, today)
        yield (found, found), used
        return
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    yield _month(year, month, said), used


def _day(year: int | None, month: int, day: int, said: str, today: date) -> date:
    """Name a day; without a year the latest that has begun, for 29 February up to 8 years ago."""
    if year is not None:
        return _date(year, month, day, said)
    for back in range(9):
        with suppress(ValueError):
            found = date(today.year - back, month, day)
            if found <= today:
                return found
    raise PeriodError(said)


def _month(year: int, month: int, said: str) -> tuple[date, date]:
    first = _date(year, month, 1, said)
    following = first.replace(day=28) + timedelta(days=4)
    return first, following - timedelta(days=following.day)


def _date(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise PeriodError(said) from None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Every month's names in the interface languages, as said alone and within a date."""
    return {
        name.casefold(): number
        for language in LANGUAGES
        for context in ("stand-alone", "format")
        for number, name in get_month_names("wide", context, language).items()
    }
