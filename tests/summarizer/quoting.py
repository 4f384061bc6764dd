"""The invented people and sentences of data/quotes.toml, made ready for tests."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from summarizer.analysis import Gender, Person, Quote, Role
from summarizer.spans import Span

DATA = Path(__file__).parent / "data" / "quotes.toml"


@dataclass(frozen=True)
class Case:
    """A text, who is in it, and what they say there: speaker and how the quote begins."""

    text: str
    people: tuple[Person, ...]
    direct: tuple[tuple[str, str], ...]
    reported: tuple[tuple[str, str], ...] | None
    is_trap: bool
    is_english: bool


def load_cases() -> list[Case]:
    """Read the cases."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return [_case(data, entry) for entry in data["case"]]


def _case(data: dict[str, Any], entry: dict[str, Any]) -> Case:
    scene = data["scenes"].get(entry.get("scene"), {"text": "", "people": []})
    text = "\n\n".join(part for part in (scene["text"], entry["text"]) if part)
    people = tuple(_person(text, line, data["forms"]) for line in scene["people"])
    reported = entry.get("reported")
    return Case(
        text=text,
        people=people,
        direct=_expected(entry.get("direct", [])),
        reported=None if reported is None else _expected(reported),
        is_trap=entry.get("trap", False),
        is_english=entry.get("scene") == "english",
    )


def _person(text: str, line: str, forms: dict[str, str]) -> Person:
    name, gender, post = line.split("|")
    spans: list[Span] = []
    for form in sorted(forms[name].split(","), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if not any(span.start < match.end() and match.start() < span.end for span in spans):
                spans.append(Span(*match.span()))
    spans.sort(key=lambda span: span.start)
    surfaces = tuple(dict.fromkeys(text[span.start : span.end] for span in spans))
    place = Span(text.index(post), text.index(post) + len(post)) if post in text else Span(0, 0)
    known = cast("Gender", gender)
    return Person(name, False, known, surfaces, tuple(spans), (Role(post, place),))


def _expected(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((speaker, begins) for speaker, _, begins in (x.partition(": ") for x in lines))


def is_as_expected(quotes: Sequence[Quote], expected: Sequence[tuple[str, str]]) -> bool:
    """Say whether quotes are those expected, in order, each with its speaker."""
    return len(quotes) == len(expected) and all(
        (quote.speaker or "?") == speaker and quote.text.startswith(begins)
        for quote, (speaker, begins) in zip(quotes, expected, strict=True)
    )


def is_right(case: Case, quotes: Sequence[Quote]) -> bool:
    """Say whether what was found in a case is right, direct and reported speech apart."""
    direct = [quote for quote in quotes if quote.direct]
    reported = [quote for quote in quotes if not quote.direct]
    return is_as_expected(direct, case.direct) and (
        case.reported is None or is_as_expected(reported, case.reported)
    )
