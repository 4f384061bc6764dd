"""The labelled texts beside this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).with_name("texts.toml")
LEARN, APART = "learn", "apart"


@dataclass(frozen=True)
class Labelled:
    """A short text, what it is an example of, and whether it is on the beat."""

    half: str
    kind: str
    on_beat: bool
    language: str
    title: str
    text: str


@cache
def labelled(half: str) -> tuple[Labelled, ...]:
    """Give the texts of one half."""
    with TEXTS.open("rb") as file:
        rows = tomllib.load(file)["text"]
    return tuple(text for row in rows if (text := Labelled(**row)).half == half)
