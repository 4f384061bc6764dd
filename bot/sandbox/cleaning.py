"""How Telegram tidies a text before it is stored: control characters, spaces at the ends."""

import re
from itertools import accumulate

from bot.formatting.tdlib import Entity, FormattedText, utf16_length

# As TDLib's clean_input_string: these become a space, these vanish.
_AS_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00a0"


def clean(formatted: FormattedText) -> FormattedText:
    """Tidy a text and move its entities along (offsets in UTF-16 units); "" when it is blank."""
    text = _AS_SPACE.sub(" ", formatted.text)
    entities = formatted.entities
    if _DROPPED.search(text):
        text, entities = _without_dropped(text, entities)
    text = text.rstrip(" \n")
    if not text.strip(" \n" + _BLANK):
        return FormattedText("")
    # A leading space inside an entity stays: the entity was put there on purpose.
    first = min((item["offset"] for item in entities), default=len(text))
    leading = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[leading:]
    return FormattedText(text, tuple(_placed(entities, -leading, utf16_length(text))))


def _placed(entities: tuple[Entity, ...], shift: int, length: int) -> list[Entity]:
    placed = []
    for item in entities:
        start = item["offset"] + shift
        end = min(start + item["length"], length)
        if end > start:
            placed.append(item | {"offset": start, "length": end - start})
    return placed


def _without_dropped(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    moved = [0]  # old UTF-16 offset → new one
    for char in text:
        kept = not _DROPPED.match(char)
        moved.extend([int(kept)] * (2 if char > "\uffff" else 1))
    moved = list(accumulate(moved))
    shifted = tuple(
        item
        | {
            "offset": moved[item["offset"]],
            "length": moved[item["offset"] + item["length"]] - moved[item["offset"]],
        }
        for item in entities
    )
    return _DROPPED.sub("", text), shifted
