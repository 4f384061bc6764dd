"""What Telegram makes of a text: parsed, trimmed, measured, with the entities it finds itself."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.formatting.tdlib import (
    Entity,
    FormattedText,
    MarkupError,
    find_entities,
    parse,
    utf16_length,
)
from bot.sandbox.cleaning import clean
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 32768  # bytes, before parsing

_FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_BLOCKS = {"blockquote", "expandable_blockquote"}
_FIXED = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
_REQUIRED_FIELD = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}


def judge_text(params: Params, name: str = "text", entities: str = "entities") -> FormattedText:
    """Judge the text of a message; raises ApiError when Telegram would refuse it.

    name, entities: the parameters that hold the text and its entities.
    """
    raw = params.text(name)
    if not raw:
        raise bad_request("message text is empty")
    judged = formatted(raw, params.text("parse_mode"), params.array(entities))
    if not judged.text:
        raise bad_request("text must be non-empty")
    if utf16_length(judged.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return judged


def judge_caption(params: Params) -> FormattedText:
    """Judge a caption, which may be empty; raises ApiError when Telegram would refuse it."""
    given = params.array("caption_entities")
    judged = formatted(params.text("caption"), params.text("parse_mode"), given)
    if utf16_length(judged.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return judged


def formatted(raw: str, mode: str, given: Sequence[Any] | None = None) -> FormattedText:
    """Turn text as sent into text as stored, with all its entities.

    mode: a parse_mode or "" for none; it wins over given entities. given: MessageEntity objects.
    Raises ApiError with Telegram's words.
    """
    try:
        size = len(raw.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > RAW_LIMIT:
        raise bad_request("text is too long")
    mode = mode.lower()
    if mode in {"", "none"}:
        parsed = FormattedText(raw, _checked(raw, given or ()))
    elif mode in {"html", "markdown", "markdownv2"}:
        try:
            parsed = parse(raw, mode)
        except MarkupError as error:
            raise bad_request(str(error)) from None
    else:
        raise bad_request("unsupported parse_mode")
    explicit = [item for item in parsed.entities if item["type"] in _STYLES | _BLOCKS | _FIXED]
    tidy = clean(FormattedText(parsed.text, tuple(explicit)))
    return FormattedText(tidy.text, _joined(tidy.entities, find_entities(tidy.text)))


def checked_url(url: str) -> str:
    """Return the URL as Telegram writes it; raises ValueError with the reason it gives."""
    bare = url.strip()
    if bare.lower().startswith(("tg:", "ton:")):
        return bare
    with_scheme = bare if "://" in bare else f"http://{bare}"
    try:
        parts = urlsplit(with_scheme)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise ValueError("Wrong HTTP URL") from None
    if not host:
        raise ValueError("URL host is empty")
    if parts.scheme.lower() not in {"http", "https"}:
        raise ValueError("Unsupported URL protocol")
    if "." not in host and ":" not in host:
        raise ValueError("Wrong HTTP URL")
    return with_scheme if parts.path or parts.query or parts.fragment else f"{with_scheme}/"


def _checked(text: str, given: Sequence[Any]) -> tuple[Entity, ...]:
    if not given:
        return ()
    bounds, position = {0}, 0
    for char in text:
        position += 2 if char > "\uffff" else 1
        bounds.add(position)
    return tuple(_checked_entity(item, bounds, position) for item in given)


def _checked_entity(item: Any, bounds: set[int], end_of_text: int) -> Entity:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind = item.get("type")
    if kind not in _FOUND | _STYLES | _BLOCKS | _FIXED:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    offset, length = _unit(item, "offset"), _unit(item, "length")
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    _check_place(offset, offset + length, bounds, end_of_text)
    needed = _REQUIRED_FIELD.get(kind)
    if needed and needed not in item:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed}\"")
    if kind == "text_link":
        return item | {"url": _entity_url(str(item["url"]))}
    return dict(item)


def _check_place(start: int, end: int, bounds: set[int], end_of_text: int) -> None:
    beginning = f"entity beginning at UTF-16 offset {start} ends"
    if start > end_of_text:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if end > end_of_text:
        raise bad_request(f"{beginning} after the end of the text at UTF-16 offset {end}")
    if start not in bounds:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")
    if end not in bounds:
        raise bad_request(f"{beginning} in a middle of a UTF-16 symbol at UTF-16 offset {end}")


def _unit(item: dict[str, Any], name: str) -> int:
    if name not in item:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    try:
        return int(item[name])
    except (TypeError, ValueError):
        text = f'can\'t parse MessageEntity: Field "{name}" must be a Number'
        raise bad_request(text) from None


def _entity_url(url: str) -> str:
    try:
        return checked_url(url)
    except ValueError as error:
        raise bad_request(f"entity URL '{url}' is invalid: {error}") from None


def _joined(explicit: Sequence[Entity], found: Sequence[Entity]) -> tuple[Entity, ...]:
    """Add found entities to the explicit ones, as TDLib joins them.

    A link, code or emoji keeps its place; a style that a found entity would cross is cut in two.
    """
    wanted = [item for item in found if item["type"] in _FOUND]
    fixed = [item for item in explicit if item["type"] in _FIXED]
    added = [item for item in wanted if not any(_overlap(item, other) for other in fixed)]
    result = list(explicit)
    for item in added:
        result = [piece for other in result for piece in _cut(other, item)]
    result += added
    return tuple(sorted(result, key=lambda item: (item["offset"], -item["length"])))


def _overlap(one: Entity, other: Entity) -> bool:
    return _start(one) < _end(other) and _start(other) < _end(one)


def _cut(style: Entity, found: Entity) -> list[Entity]:
    inside = [edge for edge in (_start(found), _end(found)) if _start(style) < edge < _end(style)]
    if style["type"] not in _STYLES or len(inside) != 1 or not _crosses(style, found):
        return [style]
    edge = inside[0]
    return [
        style | {"length": edge - _start(style)},
        style | {"offset": edge, "length": _end(style) - edge},
    ]


def _crosses(one: Entity, other: Entity) -> bool:
    first, second = sorted((one, other), key=_start)
    return _start(first) < _start(second) < _end(first) < _end(second)


def _start(entity: Entity) -> int:
    return int(entity["offset"])


def _end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])
