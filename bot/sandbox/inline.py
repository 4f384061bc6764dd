"""Inline results: what Telegram accepts, and the message that a chosen one becomes."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.judge import judge_text
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.methods.base import caption_content, formatted_content, link_preview
from bot.sandbox.methods.rich import rich_content
from bot.sandbox.params import Params
from bot.sandbox.world import World

_WHERE = "can't parse inline query result"
_CACHED = {"photo": "photo_file_id", "document": "document_file_id"}


def checked_result(result: Any) -> dict[str, Any]:
    """Judge an InlineQueryResult; raises ApiError when Telegram would refuse it."""
    if not isinstance(result, dict):
        raise bad_request(f"{_WHERE}: expected an Object")
    needed = ["type", "id"]
    if result.get("type") == "article":
        needed += ["title", "input_message_content"]
    for name in needed:
        if name not in result:
            raise bad_request(f'{_WHERE}: Can\'t find field "{name}"')
    content = result.get("input_message_content")
    if content is not None:
        _message_content(content)
    else:
        _cached_file(result)
        caption_content(Params(result))
    result_markup(result)
    return result | {"id": str(result["id"])}


def result_content(world: World, result: dict[str, Any]) -> dict[str, Any]:
    """Write what the message says that a checked result becomes; raises ApiError."""
    content = result.get("input_message_content")
    if content is not None:
        return _message_content(content)
    kind = str(result["type"])
    if kind == "photo":
        stored = world.files.take("photo", _cached_file(result), Params())
    else:
        stored = world.files.take("document", _cached_file(result), Params())
    return stored.content | caption_content(Params(result))


def result_markup(result: dict[str, Any]) -> dict[str, Any] | None:
    """Judge the keyboard of a result, which must be an inline one."""
    markup = checked_markup(result.get("reply_markup"))
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _message_content(content: Any) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise bad_request(f"{_WHERE}: expected an Object")
    if "rich_message" in content:
        return rich_content(content["rich_message"])
    params = Params(content)
    if "latitude" in content:
        place = {"latitude": params.number("latitude"), "longitude": params.number("longitude")}
        return {"location": place}
    written = formatted_content(judge_text(params, "message_text"), "text", "entities")
    preview = link_preview(params)
    return written | {"link_preview_options": preview} if preview else written


def _cached_file(result: dict[str, Any]) -> str:
    # Results by URL are refused: the sandbox stays off the net.
    name = _CACHED.get(str(result["type"]))
    if name is None or not result.get(name):
        raise bad_request("WEBDOCUMENT_URL_INVALID")
    return str(result[name])
