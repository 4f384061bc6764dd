"""The operators of a query, their names in three languages, and what can be wrong with them."""

import re
from datetime import date
from enum import StrEnum


class Operator(StrEnum):
    """What stands before a colon."""

    PERSON = "person"
    OUTLET = "from"
    AFTER = "after"
    BEFORE = "before"
    LANGUAGE = "lang"


_NAMES = {
    Operator.PERSON: "person кто лицо персона человек who кім тұлға адам",
    Operator.OUTLET: "from от издание источник сми outlet source басылым",
    Operator.AFTER: "after после since кейін",
    Operator.BEFORE: "before до until дейін",
    Operator.LANGUAGE: "lang язык language тіл",
}
_OPERATORS = {name: operator for operator, names in _NAMES.items() for name in names.split()}

LANGUAGES = {
    **dict.fromkeys(("ru", "rus", "russian", "рус", "ру", "русский", "орыс", "орысша"), "ru"),
    **dict.fromkeys(("en", "eng", "english", "англ", "английский", "ағылшын", "ағылшынша"), "en"),
    **dict.fromkeys(("kk", "kz", "kaz", "kazakh", "каз", "казахский", "қазақ", "қазақша"), "kk"),
}
"""What a language may be called, in lower case."""

_DATES = (
    re.compile(r"(?P<year>\d{4})(?:[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?P<day>\d{1,2})[-./])?(?P<month>\d{1,2})[-./](?P<year>\d{4})"),
)
_EARLIEST, _LATEST = 1900, 2200


class Problem(StrEnum):
    """Why a query cannot be read."""

    EMPTY = "empty"
    ONLY_EXCLUDED = "only-excluded"
    UNCLOSED = "unclosed"
    UNKNOWN_OPERATOR = "unknown-operator"
    NO_VALUE = "no-value"
    NO_DATE = "no-date"
    CROSSED_DATES = "crossed-dates"
    UNKNOWN_LANGUAGE = "unknown-language"
    TOO_MANY = "too-many"
    TOO_LONG = "too-long"


class QuerySyntaxError(ValueError):
    """A query cannot be read: `part` is where, `instead` a query to try, if there is one."""

    def __init__(self, problem: Problem, part: str, instead: str = "") -> None:
        """Note what is wrong."""
        super().__init__(f"{problem}: {part}")
        self.problem = problem
        self.part = part
        self.instead = instead


def operator_named(name: str) -> Operator | None:
    """Find an operator by a name that it has in any language."""
    return _OPERATORS.get(name.lower())


def start_of(value: str) -> date | None:
    """Read the first day of a year, a month or a day: 2026, 2026-11, 2026-11-01, 01.11.2026."""
    for pattern in _DATES:
        match = pattern.fullmatch(value)
        if match is None:
            continue
        found = match.groupdict()
        if not _EARLIEST <= int(found["year"]) <= _LATEST:
            return None
        try:
            return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        except ValueError:
            return None
    return None
