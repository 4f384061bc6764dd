"""Sending, copying, forwarding and deleting messages."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from bot.sandbox.access import joined_chat, known_chat, message_to
from bot.sandbox.chats import Chat, Message, Posted
from bot.sandbox.errors import bad_request
from bot.sandbox.judge import judge_text
from bot.sandbox.methods.base import (
    Method,
    Place,
    caption_content,
    formatted_content,
    place,
    send,
    sent,
    text_content,
)
from bot.sandbox.params import Params
from bot.sandbox.world import Attached, World, shown

DELETABLE_FOR = timedelta(hours=48)
_MANY = 100

CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "photo",
    "document",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "location",
    "rich_message",
)
"""The fields of a Message that make up what it says."""


def content_of(body: Message) -> Message:
    """Return what a message says, without who, when and where."""
    return {name: body[name] for name in CONTENT if name in body}


def origin(world: World, posted: Posted) -> dict[str, Any]:
    """Write the MessageOrigin of a message that is being forwarded."""
    body = posted.body
    if "forward_origin" in body:
        known: dict[str, Any] = body["forward_origin"]
        return known
    if "from" in body:
        return {"type": "user", "date": body["date"], "sender_user": body["from"]}
    return {
        "type": "channel",
        "date": body["date"],
        "chat": body["sender_chat"],
        "message_id": posted.id,
    }


def _send_message(world: World, params: Params) -> Message:
    return sent(world, params, text_content(params))


def _send_message_draft(world: World, params: Params) -> bool:
    judged: dict[str, Any] = {"text": ""}
    if params.text("text").strip():
        judged = formatted_content(judge_text(params), "text", "entities")
    return note_draft(world, params, judged)


def note_draft(world: World, params: Params, content: dict[str, Any]) -> bool:
    """Show a draft in a private chat; raises ApiError when it cannot be shown there."""
    chat = joined_chat(world, params)
    if not chat.is_private:
        raise bad_request("message drafts can be sent only to private chats")
    if not params.integer("draft_id"):
        raise bad_request("draft_id must be non-zero")
    draft = {"draft_id": params.integer("draft_id")} | content
    if params.flag("can_stop"):
        draft["can_stop"] = True
    world.journal.note("draft", chat.id, draft)
    return True


def _send_location(world: World, params: Params) -> Message:
    spot = {"latitude": params.number("latitude"), "longitude": params.number("longitude")}
    return sent(world, params, {"location": spot})


def _copy_message(world: World, params: Params) -> Message:
    original = _source(world, params, params.integer("message_id"), "copy")
    target = place(world, params)
    content = content_of(original.body)
    if "caption" in params.values and ("photo" in content or "document" in content):
        for name in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(name, None)
        content |= caption_content(params)
    return {"message_id": send(world, target, content).id}


def _copy_messages(world: World, params: Params) -> list[Message]:
    target = place(world, params)
    copies = []
    for original in _sources(world, params, "copy"):
        content = content_of(original.body)
        if params.flag("remove_caption"):
            content = {key: val for key, val in content.items() if not key.startswith("caption")}
        copies.append({"message_id": send(world, target, content).id})
    return copies


def _forward_message(world: World, params: Params) -> Message:
    original = _source(world, params, params.integer("message_id"), "forward")
    return shown(_forward(world, place(world, params), original).body)


def _forward_messages(world: World, params: Params) -> list[Message]:
    target = place(world, params)
    originals = _sources(world, params, "forward")
    return [{"message_id": _forward(world, target, original).id} for original in originals]


def _forward(world: World, target: Place, original: Posted) -> Posted:
    attached = target.attached
    extra = {**attached.extra, "forward_origin": origin(world, original)}
    moved = Place(target.chat, Attached(attached.thread, extra=extra))
    return send(world, moved, content_of(original.body))


def _source(world: World, params: Params, message_id: int, purpose: str) -> Posted:
    chat = joined_chat(world, params, "from_chat_id")
    original = message_to(chat, message_id, purpose)
    if not _is_movable(original):
        verb = {"copy": "copied", "forward": "forwarded"}[purpose]
        raise bad_request(f"the message can't be {verb}")
    return original


def _sources(world: World, params: Params, purpose: str) -> list[Posted]:
    ids = _message_ids(params)
    if any(one >= other for one, other in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    messages = joined_chat(world, params, "from_chat_id").messages
    # Of many messages, those that are gone or protected are left out.
    found = [messages[number] for number in ids if number in messages]
    movable = [original for original in found if _is_movable(original)]
    if not movable:
        raise bad_request(f"there are no messages to {purpose}")
    return movable


def _is_movable(original: Posted) -> bool:
    body = original.body
    return bool(content_of(body)) and not body.get("has_protected_content")


def _message_ids(params: Params) -> list[int]:
    ids = params.array("message_ids")
    if not ids or not all(isinstance(item, int) for item in ids):
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MANY:
        raise bad_request("too many message identifiers specified")
    return ids


def _delete_message(world: World, params: Params) -> bool:
    chat = known_chat(world, params)
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    posted = message_to(chat, params.integer("message_id"), "delete")
    if not _may_delete(world, chat, posted):
        raise bad_request("message can't be deleted for everyone")
    world.delete(chat, posted.id)
    return True


def _delete_messages(world: World, params: Params) -> bool:
    chat = known_chat(world, params)
    for message_id in _message_ids(params):
        posted = chat.messages.get(message_id)
        if posted and _may_delete(world, chat, posted):
            world.delete(chat, message_id)
    return True


def _may_delete(world: World, chat: Chat, posted: Posted) -> bool:
    if chat.bot == "administrator":
        return True
    age = world.timestamp() - int(posted.body["date"])
    return (posted.by_bot or chat.is_private) and age < DELETABLE_FOR.total_seconds()


METHODS: dict[str, Method] = {
    "sendMessage": _send_message,
    "sendMessageDraft": _send_message_draft,
    "sendLocation": _send_location,
    "copyMessage": _copy_message,
    "copyMessages": _copy_messages,
    "forwardMessage": _forward_message,
    "forwardMessages": _forward_messages,
    "deleteMessage": _delete_message,
    "deleteMessages": _delete_messages,
}
