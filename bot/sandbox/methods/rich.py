"""Rich messages and their drafts: HTML or blocks within Telegram's limits.

Rich Markdown and media need Telegram's own servers; they are refused here rather than guessed.
"""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.chats import Message
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.base import Method, sent
from bot.sandbox.methods.messages import note_draft
from bot.sandbox.params import Params
from bot.sandbox.rich_html import Block, RichText, blocks_of
from bot.sandbox.world import World

TEXT_LIMIT = 32_768  # characters
BLOCKS_LIMIT = 500
DEPTH_LIMIT = 16
COLUMNS_LIMIT = 20
_MEDIA = {
    "photo",
    "video",
    "animation",
    "audio",
    "document",
    "voice_note",
    "collage",
    "slideshow",
    "map",
}


def rich_content(rich: Any) -> dict[str, Any]:
    """Judge an InputRichMessage and write it as a part of a Message; raises ApiError."""
    if not isinstance(rich, dict):
        raise bad_request("object expected as rich message")
    if sum(bool(rich.get(way)) for way in ("html", "markdown", "blocks")) != 1:
        raise bad_request("exactly one of html, markdown and blocks must be used in a rich message")
    if rich.get("markdown") or rich.get("media"):
        raise bad_request("the sandbox reads rich messages as HTML or blocks, without media")
    blocks = blocks_of(rich["html"]) if rich.get("html") else _given_blocks(rich["blocks"])
    _check_limits(blocks)
    message: dict[str, Any] = {"blocks": blocks}
    if rich.get("is_rtl"):
        message["is_rtl"] = True
    return {"rich_message": message}


def _given_blocks(blocks: Any) -> list[Block]:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise bad_request("array of objects expected as rich message blocks")
    return [_shown_block(block) for block in blocks]


def _shown_block(block: Block) -> Block:
    if block.get("type") in _MEDIA:
        raise bad_request("the sandbox reads rich messages as HTML or blocks, without media")
    shown = dict(block)
    if "blocks" in block:
        shown["blocks"] = _given_blocks(block["blocks"])
    if block.get("type") == "list":
        shown["items"] = [
            {"label": "•", **item, "blocks": _given_blocks(item.get("blocks"))}
            for item in block.get("items", ())
        ]
    return shown


def _check_limits(blocks: list[Block]) -> None:
    walked = list(_walk(blocks, 1))
    if not walked or not any(_length(block) for block, _ in walked):
        raise bad_request("rich message must be non-empty")
    if len(walked) > BLOCKS_LIMIT:
        raise bad_request("rich message has too many blocks")
    if max(depth for _, depth in walked) > DEPTH_LIMIT:
        raise bad_request("rich message is nested too deep")
    if sum(_length(block) for block, _ in walked) > TEXT_LIMIT:
        raise bad_request("rich message is too long")
    rows = [row for block, _ in walked for row in block.get("cells", ())]
    if any(len(row) > COLUMNS_LIMIT for row in rows):
        raise bad_request("table in a rich message has too many columns")


def _walk(blocks: list[Block], depth: int) -> Iterator[tuple[Block, int]]:
    for block in blocks:
        yield block, depth
        yield from _walk(block.get("blocks", []), depth + 1)
        for item in block.get("items", ()):
            yield from _walk(item["blocks"], depth + 1)


def _length(block: Block) -> int:
    texts = [block.get(name, "") for name in ("text", "summary", "caption", "credit")]
    texts += [cell.get("text", "") for row in block.get("cells", ()) for cell in row]
    return sum(map(_text_length, texts))


def _text_length(text: RichText) -> int:
    if isinstance(text, str):
        return len(text)
    if isinstance(text, list):
        return sum(map(_text_length, text))
    return _text_length(text.get("text", "")) if isinstance(text, dict) else 0


def _send_rich_message(world: World, params: Params) -> Message:
    return sent(world, params, rich_content(params.object("rich_message")))


def _send_rich_draft(world: World, params: Params) -> bool:
    return note_draft(world, params, rich_content(params.object("rich_message")))


METHODS: dict[str, Method] = {
    "sendRichMessage": _send_rich_message,
    "sendRichMessageDraft": _send_rich_draft,
}
