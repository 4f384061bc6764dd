"""Telegram's text and entities as styled text for a terminal, free of control characters."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from rich.cells import cell_len, chop_cells
from rich.style import Style
from rich.text import Text

_LINK = Style(color="bright_blue", underline=True)
_STYLES = {
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "underline": Style(underline=True),
    "strikethrough": Style(strike=True),
    "code": Style(color="magenta"),
    "pre": Style(color="magenta"),
    "text_link": _LINK,
    "url": _LINK,
    "email": _LINK,
    **dict.fromkeys(
        ("mention", "text_mention", "hashtag", "cashtag", "bot_command", "phone_number"),
        Style(color="bright_blue"),
    ),
}
_QUOTES = ("blockquote", "expandable_blockquote")
_CLICKABLE = ("http", "https", "tg", "mailto")
_VEIL = "▒"

# What could steer the terminal or turn the reading order round, and half characters that
# cannot be written out at all.
_CLEANING: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], ""),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], ""),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((0x0A, 0x2028, 0x2029), "\n"),
    0x09: "    ",
}


@dataclass(frozen=True)
class Block:
    """A paragraph or a quote of a message; an expandable quote folds."""

    text: Text
    quote: bool = False
    folds: bool = False


@dataclass(frozen=True)
class _Span:
    """An entity with its place in code points of the original text."""

    start: int
    end: int
    kind: str
    address: str


def clean(text: str) -> str:
    """Take out what must not reach a terminal: control characters, escapes, bidi overrides."""
    return text.translate(_CLEANING)


def clean_line(text: str) -> str:
    """Clean a text that belongs on one line: a name, a button, an address."""
    return " ".join(clean(text).split())


def host(url: str) -> str:
    """Name the host of an address as a link preview does; an odd address is shown whole."""
    try:
        name = urlsplit(url).hostname or url
    except ValueError:
        name = url
    return clean_line(name).removeprefix("www.")


def first_address(text: str, entities: Iterable[dict[str, Any]]) -> str:
    """Find the first link of a text, which Telegram previews by itself; "" when there is none.

    entities: Bot API MessageEntity objects, offsets in UTF-16 units.
    """
    spans = (span for span in _spans(text, entities) if span.kind in ("text_link", "url"))
    first = min(spans, key=lambda span: span.start, default=None)
    return first.address if first else ""


def blocks(
    text: str, entities: Sequence[dict[str, Any]], *, addresses: bool, unveiled: bool
) -> list[Block]:
    """Cut a message's text into styled paragraphs and quotes.

    entities: Bot API MessageEntity objects, offsets in UTF-16 units; they may nest and overlap.
    addresses: write the address of a link after it, once, unless the reader sees it already.
    unveiled: show what spoilers hide.
    """
    spans = _spans(text, entities)
    veils = [] if unveiled else [span for span in spans if span.kind == "spoiler"]
    notes = _address_notes(text, spans, veils) if addresses else {}
    plain, opens, closes = _clean_with_places(text, veils, notes)
    styled = Text(plain)
    for span in spans:
        styled.stylize(_style(span), opens[span.start], closes[span.end])
    # A quote ends after the address of a link that stands last in it: at the next opening place.
    quotes = [
        (opens[span.start], opens[span.end], span.kind == "expandable_blockquote")
        for span in spans
        if span.kind in _QUOTES
    ]
    return _cut(styled, sorted(quotes))


def wrap(text: Text, width: int, *, fold: bool) -> list[Text]:
    """Break a text into lines of at most width cells, at ordinary spaces only.

    fold: also break a word that is longer than a line; else it stands out whole, so that an
    address can still be copied.
    """
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        lines.extend(line.divide(_breaks(line.plain, width, fold=fold)))
    for line in lines:
        line.rstrip()
    return lines


def _spans(text: str, entities: Iterable[dict[str, Any]]) -> list[_Span]:
    """Turn UTF-16 offsets into code points; what lies outside of the text is cut off."""
    places = [index for index, char in enumerate(text) for _ in range(2 if char > "\uffff" else 1)]
    places.append(len(text))
    spans = []
    for entity in entities:
        start = min(max(entity["offset"], 0), len(places) - 1)
        end = min(max(entity["offset"] + entity["length"], start), len(places) - 1)
        span = _Span(places[start], places[end], entity["type"], "")
        spans.append(_with_address(span, entity, text))
    return spans


def _with_address(span: _Span, entity: dict[str, Any], text: str) -> _Span:
    words = text[span.start : span.end]
    if span.kind == "text_link":
        address = entity.get("url", "")
    elif span.kind == "url":
        address = words if "://" in words else f"https://{words}"
    elif span.kind == "email":
        address = f"mailto:{words}"
    else:
        return span
    return _Span(span.start, span.end, span.kind, "".join(clean(address).split()))


def _style(span: _Span) -> Style:
    style = _STYLES.get(span.kind, Style.null())
    if span.address.partition(":")[0].lower() in _CLICKABLE:
        style += Style(link=span.address)
    return style


def _address_notes(text: str, spans: list[_Span], veils: list[_Span]) -> dict[int, str]:
    """Choose the addresses to write out, by the place (code points) after which each belongs."""
    seen = {_bare(word.strip(".,;:!?()«»\"'<>")) for word in text.split()}
    notes: dict[int, str] = {}
    for span in sorted(spans, key=lambda span: span.end):
        veiled = any(veil.start < span.end and span.start < veil.end for veil in veils)
        if span.kind == "text_link" and not veiled and _bare(span.address) not in seen:
            seen.add(_bare(span.address))
            notes[span.end] = notes.get(span.end, "") + f" ({span.address})"
    return notes


def _bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?|/$", "", address, flags=re.IGNORECASE)


def _clean_with_places(
    text: str, veils: list[_Span], notes: dict[int, str]
) -> tuple[str, list[int], list[int]]:
    """Clean a text and tell where each of its code points went.

    Returns the clean text; for each place in the original where a span that opens there begins;
    and where one that closes there ends: before the address that is written at that place.
    """
    hidden = {index for veil in veils for index in range(veil.start, veil.end)}
    parts: list[str] = []
    opens: list[int] = []
    closes: list[int] = []
    length = 0
    for index in range(len(text) + 1):
        closes.append(length)
        note = notes.get(index, "")
        opens.append(length + len(note))
        char = text[index : index + 1].translate(_CLEANING)
        if index in hidden and not char.isspace():
            char = _VEIL * len(char)
        parts += (note, char)
        length += len(note) + len(char)
    return "".join(parts), opens, closes


def _cut(styled: Text, quotes: list[tuple[int, int, bool]]) -> list[Block]:
    found: list[Block] = []
    place = 0
    for start, end, folds in quotes:
        if end <= place:
            continue
        _add(found, styled, place, max(start, place), before_quote=True)
        if found and found[-1].quote:
            found.append(Block(Text("")))
        _add(found, styled, max(start, place), end, quote=True, folds=folds)
        place = end
    _add(found, styled, place, len(styled.plain))
    return found


def _add(
    found: list[Block],
    styled: Text,
    start: int,
    end: int,
    *,
    quote: bool = False,
    folds: bool = False,
    before_quote: bool = False,
) -> None:
    """Add a block without the line ends that only part it from its neighbours."""
    plain = styled.plain
    if quote:
        while end > start and plain[end - 1] == "\n":
            end -= 1
    else:
        if found and plain[start:end].startswith("\n"):
            start += 1
        if before_quote and plain[start:end].endswith("\n"):
            end -= 1
    if start < end:
        found.append(Block(styled[start:end], quote, folds))


def _breaks(line: str, width: int, *, fold: bool) -> list[int]:
    breaks: list[int] = []
    column = 0
    for match in re.finditer(r" *[^ ]+ *", line):
        word = match.group()
        if column and column + cell_len(word.rstrip(" ")) > width:
            breaks.append(match.start())
            column = 0
        if fold and cell_len(word.rstrip(" ")) > width:
            place = match.start()
            pieces = chop_cells(word, width)
            for piece in pieces[:-1]:
                place += len(piece)
                breaks.append(place)
            column = cell_len(pieces[-1])
        else:
            column += cell_len(word)
    return breaks
