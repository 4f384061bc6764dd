"""Reads the tables of a beat's file, and says in a sentence which entry is wrong and how."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import SettingsError

EXAMPLE = "see beats/kz-us.toml"


@dataclass(frozen=True)
class Entry:
    """A table of the file, and the words that tell where it stands."""

    path: Path
    place: str
    content: Mapping[str, Any]

    def wrong(self, what: str) -> SettingsError:
        """Make the error that says what is wrong with this entry."""
        return SettingsError(f"{self.path}: {self.place}: {what}; {EXAMPLE}.")

    def text(self, name: str) -> str:
        """Give a text that has to be there. Raises SettingsError when it is not."""
        value = self.content.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f'{name} = "some text" is missing')
        return value

    def optional(self, name: str) -> str | None:
        """Give a text that may be missing. Raises SettingsError when it is something else."""
        return self.text(name) if name in self.content else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of texts that may be missing. Raises SettingsError when it is not one."""
        return texts(self, name, self.content.get(name, []))

    def choice(self, name: str, known: Sequence[str]) -> str:
        """Give one of several words. Raises SettingsError when it is another."""
        value = self.text(name)
        if value not in known:
            raise self.wrong(f"{name} is {value!r}, and has to be one of {', '.join(known)}")
        return value

    def share(self, name: str, default: float) -> float:
        """Give a number from 0 to 1. Raises SettingsError when it is not."""
        value = self.content.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.wrong(f"{name} has to be a number from 0 to 1")
        return float(value)

    def switch(self, name: str) -> bool:
        """Give true or false, false when missing. Raises SettingsError when it is not."""
        value = self.content.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{name} has to be true or false")
        return value

    def day(self, name: str) -> date:
        """Give a date. Raises SettingsError when it is not written as 2026-01-31."""
        value = self.content.get(name)
        if type(value) is not date:
            raise self.wrong(f"{name} has to be a date such as 2026-01-31")
        return value

    def zone(self, name: str) -> str:
        """Give an IANA time zone. Raises SettingsError when nobody knows it."""
        value = self.text(name)
        # Asking for one zone is a hundred times faster than listing all. A name that is no zone
        # may be missing, malformed, or a folder of zones ("Asia").
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise self.wrong(f"{name} is {value!r}, which is no IANA time zone") from None
        return value

    def entries(self, name: str) -> Iterator["Entry"]:
        """Go through a list of tables that may be missing. Raises SettingsError as it meets it."""
        return entries(self.path, f"{self.place}.{name}", self.content.get(name, []))


def entries(path: Path, place: str, rows: object) -> Iterator[Entry]:
    """Go through a list of tables. Raises SettingsError when it is no list, or a row no table."""
    if not isinstance(rows, list):
        raise SettingsError(f"{path}: {place} has to be a list of entries; {EXAMPLE}.")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise SettingsError(f"{path}: {place}, entry {number} is no table; {EXAMPLE}.")
        name = row.get("name", row.get("id"))
        named = f" ({name})" if isinstance(name, str) else ""
        yield Entry(path, f"{place}, entry {number}{named}", row)


def lists(path: Path, content: Mapping[str, Any], name: str) -> Iterator[tuple[str, list[Any]]]:
    """Go through a table of lists, such as [people], which may be missing.

    Raises SettingsError when it is no table, or holds something else than lists.
    """
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: {name} has to be a table [{name}]; {EXAMPLE}.")
    for key, rows in table.items():
        if not isinstance(rows, list):
            raise SettingsError(f"{path}: {name}.{key} has to be a list; {EXAMPLE}.")
        yield key, rows


def texts(entry: Entry, name: str, value: object) -> tuple[str, ...]:
    """Give a list of texts. Raises SettingsError when it is none, or one of them is empty."""
    if not isinstance(value, list) or not all(
        isinstance(one, str) and one.strip() for one in value
    ):
        raise entry.wrong(f"{name} has to be a list of texts")
    return tuple(value)
