"""One reader's language: wording from the catalogues, dates and plurals from CLDR."""

import gettext
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_time,
    get_day_names,
    get_month_names,
)
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("ru", "en", "kk")
"""The interface languages; the first is the source of truth for wording."""

LANGUAGE_NAMES = {"ru": "Русский", "en": "English", "kk": "Қазақша"}

_CATALOGUES = Path(__file__).parent


def choose_language(code: str | None, default: str) -> str:
    """Choose the interface language for a client's language code such as "ru" or "en-US"."""
    base = (code or "").split("-")[0].lower()
    return base if base in LANGUAGES else default


@dataclass(frozen=True)
class Wording:
    """What is said, and how dates look, in one language."""

    language: str
    locale: Locale
    translations: gettext.NullTranslations

    def say(self, message: str, **values: object) -> str:
        """Translate a message and fill its {fields}."""
        return self.translations.gettext(message).format(**values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Translate a counted message in the right plural form; {number} is filled."""
        text = self.translations.ngettext(one, many, number)
        return text.format(number=number, **values)

    def day(self, moment: datetime | date, zone: str, *, today: date | None = None) -> str:
        """Write a day: "22 ноября", with the year when it is not that of `today`."""
        local = moment.astimezone(ZoneInfo(zone)).date() if isinstance(moment, datetime) else moment
        return _written_day(self.language, local, with_year=not today or local.year != today.year)

    def short_day(self, day: date) -> str:
        """Write a day where there is little room: "22 нояб."."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def time(self, moment: datetime, zone: str) -> str:
        """Write a time of day in the reader's zone, on the 24-hour clock: "14:20"."""
        return format_time(moment, "HH:mm", tzinfo=ZoneInfo(zone), locale=self.locale)

    def period(self, start: date, end: date) -> str:
        """Write a span of days, both included: "16–22 нояб. 2026 г."."""
        return _written_period(self.language, start, end)

    def month(self, day: date) -> str:
        """Write a month with its year: "март 2024 г."."""
        return format_skeleton("yMMMM", day, locale=self.locale)

    def month_alone(self, day: datetime | date) -> str:
        """Name a month as a word alone: "март"."""
        return str(get_month_names("wide", "stand-alone", self.locale)[day.month])

    def weekday(
        self, weekday: int, *, width: Literal["abbreviated", "wide"] = "wide", alone: bool = True
    ) -> str:
        """Name a weekday (Monday is 0), as a word alone or inside a sentence."""
        context: Literal["stand-alone", "format"] = "stand-alone" if alone else "format"
        return str(get_day_names(width, context, self.locale)[weekday])

    def city(self, zone: str) -> str:
        """Name a time zone by its city: "Алматы"."""
        known = self.locale.time_zones.get(zone, {})
        return str(known.get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))


@lru_cache(maxsize=4096)
def _written_day(language: str, day: date, *, with_year: bool) -> str:
    """Write a day. An edition names the same few days again and again, and CLDR is slow."""
    locale = wording(language).locale
    if with_year:
        return format_date(day, "long", locale=locale)
    return format_skeleton("MMMMd", day, locale=locale)


@lru_cache(maxsize=512)
def _written_period(language: str, start: date, end: date) -> str:
    return format_interval(start, end, "yMMMMd", locale=wording(language).locale)


def utc_offset(zone: str, moment: datetime) -> str:
    """Write how far a zone is from UTC at a moment: "UTC+5", "UTC−3:30"."""
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


@lru_cache(maxsize=len(LANGUAGES))
def wording(language: str) -> Wording:
    """Load the wording of an interface language; compiled in memory, so it is never stale."""
    path = _CATALOGUES / language / "LC_MESSAGES" / "vestnik.po"
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Wording(language, Locale.parse(language), gettext.GNUTranslations(compiled))
