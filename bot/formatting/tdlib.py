"""Telegram's own parser, offline: HTML or Markdown in, text and entities out.

TDLib runs in Telegram's clients and in its Bot API server; `td_execute` needs no login and no
network.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import tdjson

Entity = dict[str, Any]
"""A MessageEntity as the Bot API writes it; offset and length are UTF-16 code units."""

_SIMPLE_TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeMention": "mention",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeCashtag": "cashtag",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeUrl": "url",
    "textEntityTypeEmailAddress": "email",
    "textEntityTypePhoneNumber": "phone_number",
}

_PARSE_MODES: dict[str, dict[str, Any]] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}


class MarkupError(ValueError):
    """The markup is not what Telegram accepts; the message is Telegram's own."""


@dataclass(frozen=True)
class FormattedText:
    """What Telegram stores: plain text and entities over it (offsets in UTF-16 units)."""

    text: str
    entities: tuple[Entity, ...] = field(default=())


def parse(markup: str, mode: str = "html") -> FormattedText:
    """Parse markup as Telegram does.

    mode: "html", "markdown" or "markdownv2", in any case, as in the Bot API's parse_mode.
    Raises MarkupError with Telegram's words ("Can't parse entities: …").
    """
    request = {
        "@type": "parseTextEntities",
        "text": markup,
        "parse_mode": _PARSE_MODES[mode.lower()],
    }
    answer = _execute(request)
    return FormattedText(answer["text"], tuple(map(_to_bot_api, answer["entities"])))


def find_entities(text: str) -> tuple[Entity, ...]:
    """Find what Telegram marks by itself in plain text: commands, links, mentions, hashtags."""
    answer = _execute({"@type": "getTextEntities", "text": text})
    return tuple(map(_to_bot_api, answer["entities"]))


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text: the unit of all of Telegram's limits and offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    # A lone surrogate cannot travel as UTF-8; Telegram would refuse the whole request for it.
    raw = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
    answer: dict[str, Any] = json.loads(tdjson.td_execute(raw) or b"{}")
    if answer.get("@type") == "error":
        raise MarkupError(answer["message"])
    return answer


def _to_bot_api(entity: dict[str, Any]) -> Entity:
    kind = entity["type"]
    name = kind["@type"]
    result: Entity = {"type": "", "offset": entity["offset"], "length": entity["length"]}
    if name in _SIMPLE_TYPES:
        result["type"] = _SIMPLE_TYPES[name]
    elif name == "textEntityTypeTextUrl":
        result |= {"type": "text_link", "url": kind["url"]}
    elif name == "textEntityTypePreCode":
        result |= {"type": "pre", "language": kind["language"]}
    elif name == "textEntityTypeCustomEmoji":
        result |= {"type": "custom_emoji", "custom_emoji_id": str(kind["custom_emoji_id"])}
    elif name == "textEntityTypeMentionName":
        user = {"id": kind["user_id"], "is_bot": False, "first_name": ""}
        result |= {"type": "text_mention", "user": user}
    elif name == "textEntityTypeDateTime":
        result |= {"type": "date_time", "unix_time": kind["unix_time"]}
    else:
        result["type"] = name.removeprefix("textEntityType").lower()
    return result


tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
