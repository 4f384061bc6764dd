"""Writing text into typst source so that none of it can become typst code."""

from collections.abc import Iterable
from typing import Any

from bot.briefings.edition import Line

# Two notes side by side must not read as one number.
_BETWEEN = '#super(",");'
# Typst knows these escapes in a string; control characters have no place in a document.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\t": " "}


class TypstCode(str):
    """Typst source that is trusted, since it was written here or in a template."""

    __slots__ = ()


def literal(value: object) -> str:
    """Write a value as a typst string, for the places where typst expects an expression."""
    return '"' + "".join(map(_escaped, str(value))) + '"'


def printed(value: Any) -> Any:
    """Print a value in typst markup: as an expression that is a string, so never as markup.

    TypstCode stays as it is.
    """
    if isinstance(value, TypstCode):
        return value
    return TypstCode("#" + literal(value) + ";") if value is not None else ""


class Footnotes:
    """Writes the marks of one document: a source's first makes its footnote, the others repeat it.

    The template defines `note-of`, a dictionary of the notes' contents by number.
    """

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def marks(self, numbers: Iterable[int]) -> TypstCode:
        """Write the marks of sources by their numbers."""
        return TypstCode(_BETWEEN.join(map(self._mark, numbers)))

    def line(self, told: Line) -> TypstCode:
        """Write a sentence and the marks of its sources."""
        return TypstCode(printed(told.text) + self.marks(told.sources))

    def _mark(self, number: int) -> str:
        name = f"note-{number}"
        if number in self.seen:
            return f"#footnote(<{name}>);"
        self.seen.add(number)
        return f"#[#footnote(note-of.at({literal(number)}))<{name}>];"


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    # Lone surrogates are no text; the others would be invisible.
    if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000:
        return " "
    return char
