"""Dates as feeds and pages state them → moments, naive where they name no zone."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from babel.dates import get_month_names

from summarizer.stamps import find_date

_LANGUAGES = ("de", "fr", "tr", "uk", "uz", "ky", "es", "tg")
"""Those whose month names are known beside Russian, English and Kazakh."""

_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_DAY_DOT = re.compile(r"(\d)\.(?=\s)")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$")
_UNIVERSAL = re.compile(r"(?:\b(?:gmt|utc)|\dz)$", re.IGNORECASE)
_EARLIEST_YEAR = 1990
_LONGEST = 120


def read_date(stated: str) -> datetime | str | None:
    """Read a date in ISO 8601, in a mail's form, or in words of several languages.

    Returns a moment, naive when no zone is stated; a day as "2026-11-22" when no time is; None
    when neither can be read: unknown is better than guessed.
    """
    stated = " ".join(stated.split())
    if not stated or len(stated) > _LONGEST:
        return None
    found = _iso(stated) or _mail(stated) or _words(stated)
    if found is None or found.year < _EARLIEST_YEAR:
        return None
    return found if ":" in stated or "T" in stated else found.date().isoformat()


def _iso(stated: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stated)
    except ValueError:
        return None


def _mail(stated: str) -> datetime | None:
    try:
        return parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(stated: str) -> datetime | None:
    stated = _DAY_DOT.sub(r"\1", stated)
    stamp = find_date(stated) or find_date(_WORD.sub(_in_english, stated))
    if stamp is None:
        return None
    zone = _zone(stated)
    return stamp.moment.replace(tzinfo=zone) if zone else stamp.moment


def _zone(stated: str) -> timezone | None:
    if _UNIVERSAL.search(stated):
        return UTC
    offset = _OFFSET.search(stated)
    if offset is None or int(offset[2]) > 14:
        return None
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-span if offset[1] == "-" else span)


def _in_english(word: re.Match[str]) -> str:
    return _months().get(word.group().lower(), word.group())


@cache
def _months() -> dict[str, str]:
    named: dict[str, str] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, "format", language).items():
                named[name.lower().rstrip(".")] = _ENGLISH[number - 1]
    return named
