"""Photos, documents and albums; finding and downloading files."""

from typing import Any

from bot.sandbox.chats import Message
from bot.sandbox.errors import bad_request
from bot.sandbox.files import FileKind
from bot.sandbox.methods.base import Method, Place, caption_content, place, send
from bot.sandbox.params import Params
from bot.sandbox.world import Attached, World, shown

_ALBUM_LIMIT = 10
_KINDS: dict[str, FileKind] = {"photo": "photo", "document": "document"}


def media_content(world: World, params: Params, item: dict[str, Any]) -> dict[str, Any]:
    """Judge one InputMedia and write it as a part of a Message; raises ApiError."""
    kind = _KINDS.get(str(item.get("type")))
    if kind is None:
        raise bad_request("can't parse InputMedia: invalid media type specified")
    if "media" not in item:
        raise bad_request("can't parse InputMedia: media not found")
    own = Params(item, params.uploads)
    content = caption_content(own)
    if own.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return world.files.take(kind, str(item["media"]), params).content | content


def _send_photo(world: World, params: Params) -> Message:
    return _send_file(world, params, "photo")


def _send_document(world: World, params: Params) -> Message:
    return _send_file(world, params, "document")


def _send_file(world: World, params: Params, kind: FileKind) -> Message:
    reference = params.text(kind) or (kind if kind in params.uploads else "")
    item = {**params.values, "type": kind, "media": reference}
    target = place(world, params)
    content = media_content(world, params, item)
    return shown(send(world, target, content).body)


def _send_media_group(world: World, params: Params) -> list[Message]:
    items = params.array("media")
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > _ALBUM_LIMIT:
        raise bad_request("too many messages to send as an album")
    if not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse InputMedia: expected an Object")
    if len({item.get("type") for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    target = place(world, params)
    contents = [media_content(world, params, item) for item in items]
    old = target.attached
    extra = {**old.extra, "media_group_id": world.number()}
    album = Place(target.chat, Attached(old.thread, old.reply_to, extra=extra))
    return [shown(send(world, album, content).body) for content in contents]


def _get_file(world: World, params: Params) -> dict[str, Any]:
    stored = world.files.by_id(params.text("file_id"))
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.upload.content),
        "file_path": stored.path,
    }


METHODS: dict[str, Method] = {
    "sendPhoto": _send_photo,
    "sendDocument": _send_document,
    "sendMediaGroup": _send_media_group,
    "getFile": _get_file,
}
