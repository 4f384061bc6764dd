"""Splitting a long message where a reader would: between blocks, else lines, sentences, words."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.formatting.tdlib import Entity, FormattedText, utf16_length

MESSAGE_LIMIT = 4096
"""UTF-16 units of text in one message, after parsing (Bot API, sendMessage)."""

# From the best place to cut to the last resort; each matches the gap that a cut removes.
_GAPS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])\s+"),
    re.compile(r"\s+"),
)
_GAP_AFTER = re.compile(r"[ \t]*\n\s*")
_LONGEST_HEADING = 200  # UTF-16 units
# A link, a date or a code that is cut in two would be broken, or say something else.
_INDIVISIBLE = frozenset(
    {"text_link", "text_mention", "url", "email", "mention", "hashtag", "bot_command", "date_time"}
    | {"custom_emoji", "phone_number", "cashtag"}
)


def split(message: FormattedText, limit: int = MESSAGE_LIMIT) -> tuple[FormattedText, ...]:
    """Split a message into parts that Telegram accepts.

    limit: UTF-16 units a part may have. A cut falls between blocks (blank lines) if there is one
    in the second half of a full part, else between lines, sentences or words; never inside a word
    or link, unless that alone is longer than the limit, and not below a heading: a short bold line.
    Entities go with their text.
    """
    units = _Units(message.text)
    forbidden = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in message.entities
        if entity["type"] in _INDIVISIBLE
    ]
    forbidden += _headings(message, units)
    parts = []
    for start, end in _ranges(message.text, units, forbidden, limit):
        text = message.text[start:end]
        if text.strip():
            entities = _within(message.entities, units.at(start), units.at(end))
            parts.append(FormattedText(text, entities))
    return tuple(parts)


def _headings(message: FormattedText, units: "_Units") -> Iterator[tuple[int, int]]:
    """Find short bold lines with the gap after them: a heading stays with what it is over."""
    text = message.text
    for entity in message.entities:
        if entity["type"] != "bold" or entity["length"] > _LONGEST_HEADING:
            continue
        start = units.index_within(entity["offset"])
        end = units.index_within(entity["offset"] + entity["length"])
        gap = _GAP_AFTER.match(text, end)
        if (start == 0 or text[start - 1] == "\n") and gap and gap.end() < len(text):
            yield entity["offset"], units.at(gap.end())


def cut(message: FormattedText, start: int = 0) -> FormattedText:
    """Give what comes from a code point on, without white space around; entities go along."""
    end = len(message.text.rstrip())
    start = max(start, 0)
    while start < end and message.text[start].isspace():
        start += 1
    units = _Units(message.text)
    entities = _within(message.entities, units.at(min(start, end)), units.at(end))
    return FormattedText(message.text[start:end], entities)


class _Units:
    """Translates between code points and UTF-16 units of one text."""

    def __init__(self, text: str) -> None:
        # A text without emoji, the usual one, counts the same either way.
        is_plain = text.isascii() or max(text, default="") <= "\uffff"
        self._starts: Sequence[int] = (
            range(len(text) + 1)
            if is_plain
            else [0, *accumulate(1 + (char > "\uffff") for char in text)]
        )

    def at(self, index: int) -> int:
        return self._starts[index]

    def index_within(self, units: int) -> int:
        """Return the last code point index that lies at or before so many units."""
        return bisect_right(self._starts, units) - 1


def _ranges(
    text: str, units: _Units, forbidden: list[tuple[int, int]], limit: int
) -> Iterator[tuple[int, int]]:
    start = 0
    while units.at(len(text)) - units.at(start) > limit:
        furthest = units.index_within(units.at(start) + limit)
        end, following = _cut(text, units, forbidden, start, furthest)
        yield start, end
        start = following
    yield start, len(text)


def _cut(
    text: str, units: _Units, forbidden: list[tuple[int, int]], start: int, furthest: int
) -> tuple[int, int]:
    """Find where a part ends and the next begins, both in code points."""
    for gap in _GAPS:
        # A cut in the first half would waste more than half a message; a coarser gap may do so.
        earliest = start + (furthest - start) // 2 if gap is not _GAPS[-1] else start + 1
        best = None
        for match in gap.finditer(text, earliest, min(len(text), furthest + 64)):
            if match.start() > furthest:
                break
            at = units.at(match.start())
            if not any(low < at < high for low, high in forbidden):
                best = match
        if best is not None:
            return best.start(), best.end()
    # One word or link fills the whole part.
    return furthest, furthest


def _within(entities: tuple[Entity, ...], start: int, end: int) -> tuple[Entity, ...]:
    """Take the entities (or what of them lies) in start ≤ offset < end, in UTF-16 units."""
    taken = []
    for entity in entities:
        low = max(entity["offset"], start)
        high = min(entity["offset"] + entity["length"], end)
        if low < high:
            taken.append({**entity, "offset": low - start, "length": high - low})
    return tuple(taken)


def clip(text: str, limit: int) -> str:
    """Shorten plain text to so many UTF-16 units, at a word, with an ellipsis."""
    if utf16_length(text) <= limit:
        return text
    short = text[: _Units(text).index_within(limit - 1)]
    at_word = re.sub(r"\s+\S*$", "", short)
    return (at_word or short).rstrip(" ,;:—–-") + "…"
