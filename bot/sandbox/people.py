"""What people do in chats, and the updates by which the bot hears of it.

Each public function is one action of the control API: the arguments are the fields of its request.
An update id of 0 means that the bot does not hear of it: it did not ask for such updates, or its
privacy mode hides what is said among people.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from bot.formatting.tdlib import utf16_length
from bot.sandbox.cast import account_of, chat_of
from bot.sandbox.chats import Account, Chat, Message, Posted
from bot.sandbox.errors import SandboxError
from bot.sandbox.judge import TEXT_LIMIT, formatted
from bot.sandbox.methods.base import formatted_content
from bot.sandbox.methods.messages import content_of, origin
from bot.sandbox.methods.reactions import checked_emoji
from bot.sandbox.params import Upload
from bot.sandbox.world import BOT_USERNAME, Attached, Query, World, shown


def say(
    world: World,
    *,
    person: int,
    text: str,
    chat: int | None = None,
    thread: int | None = None,
    reply_to: int | None = None,
) -> int:
    """Let a person write, by default to the bot; returns the id of the update.

    In a chat without the bot, a mention of it calls it as a guest.
    """
    room, author = room_of(world, person, chat)
    content = _typed(text)
    if thread is not None and thread not in room.topics:
        raise SandboxError(f"There is no topic {thread} in chat {room.id}")
    attached = Attached(thread or 0, message_in(room, reply_to) if reply_to else None)
    posted = world.post(room, speaker(room, author), content, attached)
    if room.bot == "left" and not room.is_private and _mentions_bot(posted.body):
        return _call_guest(world, room, author, posted)
    return deliver(world, room, posted)


def edit(world: World, *, person: int, message_id: int, text: str, chat: int | None = None) -> int:
    """Let a person edit what they wrote; returns the id of the update."""
    room, author = room_of(world, person, chat)
    posted = message_in(room, message_id)
    if posted.body.get("from", {}).get("id") != author.id and room.type != "channel":
        raise SandboxError(f"Message {message_id} was not written by person {person}")
    kept = {name: value for name, value in posted.body.items() if name not in {"text", "entities"}}
    edited = world.edit(room, posted, kept | _typed(text))
    return deliver(world, room, edited, "edited_")


def forward(
    world: World, *, person: int, message_id: int, from_chat: int, chat: int | None = None
) -> int:
    """Let a person forward a message, by default to the bot; returns the id of the update."""
    source, _ = room_of(world, person, from_chat)
    original = message_in(source, message_id)
    room, author = room_of(world, person, chat)
    attached = Attached(extra={"forward_origin": origin(world, original)})
    posted = world.post(room, speaker(room, author), content_of(original.body), attached)
    return deliver(world, room, posted)


def send_document(
    world: World,
    *,
    person: int,
    filename: str,
    content: str,
    mime_type: str = "application/octet-stream",
    caption: str = "",
    chat: int | None = None,
) -> int:
    """Let a person send a file (content: Base64); returns the id of the update."""
    room, author = room_of(world, person, chat)
    try:
        data = base64.b64decode(content, validate=True)
    except binascii.Error:
        raise SandboxError("The content of a document must be Base64") from None
    stored = world.files.add("document", Upload(filename, data, mime_type))
    written = formatted_content(formatted(caption, ""), "caption", "caption_entities")
    posted = world.post(room, speaker(room, author), stored.content | written)
    return deliver(world, room, posted)


def react(
    world: World, *, person: int, message_id: int, emoji: str | None, chat: int | None = None
) -> int:
    """Let a person react to a message, or take the reaction back (None)."""
    room, author = room_of(world, person, chat)
    posted = message_in(room, message_id)
    reaction = [{"type": "emoji", "emoji": checked_emoji(emoji)}] if emoji else []
    key = (room.id, posted.id, person)
    before, world.reactions[key] = world.reactions.get(key, []), reaction
    subject = {"message_id": posted.id, "user": author.user}
    world.journal.note("reaction", room.id, subject | {"reaction": reaction})
    if not room.is_private and room.bot != "administrator":
        return 0
    change = {"date": world.timestamp(), "old_reaction": before, "new_reaction": reaction}
    return world.updates.add("message_reaction", {"chat": room.brief} | subject | change)


def share_chat(world: World, *, person: int, request_id: int, shared: int) -> int:
    """Let a person choose a chat by a request_chat button; returns the id of the update."""
    room, author = room_of(world, person, None)
    content = {"chat_shared": {"request_id": request_id, "chat_id": chat_of(world, shared).id}}
    return deliver(world, room, world.post(room, author.user, content))


def stop_draft(world: World, *, person: int, draft_id: int) -> int:
    """Let a person stop a draft that offers it; returns the id of the update."""
    room, _ = room_of(world, person, None)
    body = {"chat": room.brief, "draft_id": draft_id}
    return world.updates.add("stopped_message_generation", body)


def room_of(world: World, person: int, chat: int | None) -> tuple[Chat, Account]:
    """Find a chat and a person in it who may write there; raises SandboxError."""
    author = account_of(world, person)
    room = chat_of(world, person if chat is None else chat)
    if room.is_private:
        if room.id != person:
            raise SandboxError(f"Chat {room.id} is another person's chat with the bot")
        if author.has_blocked:
            raise SandboxError(f"Person {person} has blocked the bot: unblock it first")
        author.has_written = True
    elif room.members.get(person, "left") in {"left", "kicked"}:
        raise SandboxError(f"Person {person} is not a member of chat {room.id}")
    return room, author


def message_in(room: Chat, message_id: int) -> Posted:
    """Find a message; raises SandboxError."""
    if message_id not in room.messages:
        raise SandboxError(f"There is no message {message_id} in chat {room.id}")
    return room.messages[message_id]


def speaker(room: Chat, author: Account) -> Mapping[str, Any] | None:
    """Return whose name a message carries; None in a channel, which speaks for itself."""
    if room.type != "channel":
        return author.user
    if room.members[author.id] == "member":
        raise SandboxError(f"Only administrators write in channel {room.id}")
    return None


def deliver(world: World, room: Chat, posted: Posted, prefix: str = "") -> int:
    """Tell the bot about a message if it would hear of it; returns the id of the update."""
    if not _hears(world, room, posted.body):
        return 0
    kind = "channel_post" if room.type == "channel" else "message"
    return world.updates.add(prefix + kind, shown(posted.body))


def _hears(world: World, room: Chat, body: Message) -> bool:
    if room.is_private:
        return True
    if room.bot not in {"member", "administrator"}:
        return False
    if room.type == "channel" or room.bot == "administrator":
        return True
    # Privacy mode: what is meant for the bot.
    replied = body.get("reply_to_message", {}).get("from", {})
    is_reply = replied.get("id") == world.bot_id
    via_bot = body.get("via_bot", {}).get("id") == world.bot_id
    return is_reply or via_bot or _mentions_bot(body) or _is_own_command(body)


def _is_own_command(body: Message) -> bool:
    first = body.get("text", "").split(maxsplit=1)[:1]
    name, _, whom = first[0].partition("@") if first else ("", "", "")
    return name.startswith("/") and whom.lower() in {"", BOT_USERNAME}


def _mentions_bot(body: Message) -> bool:
    text = body.get("text") or body.get("caption") or ""
    return f"@{BOT_USERNAME}" in text.lower()


def _call_guest(world: World, room: Chat, author: Account, posted: Posted) -> int:
    query_id = world.number()
    update_id = world.updates.add("guest_message", posted.body | {"guest_query_id": query_id})
    world.guest_queries[query_id] = Query(
        query_id, author.id, room.id, posted.body["text"], world.now(), update_id, posted.id
    )
    return update_id


def _typed(text: str) -> dict[str, Any]:
    written = formatted(text, "")
    if not 0 < utf16_length(written.text) <= TEXT_LIMIT:
        raise SandboxError(f"A person can write 1 to {TEXT_LIMIT} characters")
    return formatted_content(written, "text", "entities")
