"""A short name for an edition: what buttons and links carry, and what composes it again."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from bot.briefings.periods import Period
from bot.row_numbers import LARGEST_NUMBER

_KEY = re.compile(r"e([0-9a-z]{1,7})-([0-9a-z]{1,7})(?:-t([a-z]{1,16}))?(?:-p([0-9]{1,10}))?")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class EditionKey:
    """The period of an edition, to the minute, aware; and the topic or person it is narrowed to.

    As text at most 50 of [a-z0-9-], so that it fits a button and a /start link:
    "egx2k9v-gx3hb7-tenergy".
    """

    start: datetime
    end: datetime
    topic: str | None = None
    person: int | None = None

    @classmethod
    def of(cls, period: Period, topic: str | None = None, person: int | None = None) -> Self:
        """Name the edition of a period; a minute that has begun belongs to it."""
        start = period.start.replace(second=0, microsecond=0)
        end = period.end.replace(second=0, microsecond=0)
        if end < period.end:
            end += timedelta(minutes=1)
        return cls(start, max(end, start + timedelta(minutes=1)), topic, person)

    def __str__(self) -> str:
        """Write the key."""
        written = f"e{_packed(self.start)}-{_packed(self.end)}"
        if self.topic is not None:
            written += f"-t{self.topic}"
        if self.person is not None:
            written += f"-p{self.person}"
        return written

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read a key; None when it is none, or its period ends before it begins.

        A person whose number no row can have is nobody either.
        """
        match = _KEY.fullmatch(written)
        if match is None:
            return None
        try:
            start, end = _moment(match[1]), _moment(match[2])
        except (ValueError, OverflowError, OSError):
            return None
        if start >= end:
            return None
        person = int(match[4]) if match[4] else None
        if person is not None and person > LARGEST_NUMBER:
            return None
        return cls(start, end, match[3], person)


def _packed(moment: datetime) -> str:
    minutes = max(0, int(moment.timestamp()) // _MINUTE)
    digits = ""
    while minutes:
        minutes, rest = divmod(minutes, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return digits or "0"


def _moment(packed: str) -> datetime:
    return datetime.fromtimestamp(int(packed, len(_DIGITS)) * _MINUTE, UTC)
