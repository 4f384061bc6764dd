"""Telegram's text: parsed, measured and split as Telegram itself would."""

from bot.formatting.split import MESSAGE_LIMIT, clip, cut, split
from bot.formatting.tdlib import (
    Entity,
    FormattedText,
    MarkupError,
    find_entities,
    parse,
    utf16_length,
)

__all__ = [
    "MESSAGE_LIMIT",
    "Entity",
    "FormattedText",
    "MarkupError",
    "clip",
    "cut",
    "find_entities",
    "parse",
    "split",
    "utf16_length",
]
