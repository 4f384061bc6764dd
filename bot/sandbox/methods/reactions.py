"""Reactions and pins: what the bot does to messages that are there already."""

from typing import Any

from bot.sandbox.access import joined_chat, message_to
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.base import Method
from bot.sandbox.params import Params
from bot.sandbox.world import World

_EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊
🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋
🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃
💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
EMOJI = frozenset(_EMOJI.split())
"""The emoji that may be a reaction."""


def checked_emoji(emoji: str) -> str:
    """Return a reaction without its variation selector; raises ApiError when it is not one."""
    plain = emoji.removesuffix("\ufe0f")
    if plain not in EMOJI:
        raise bad_request("REACTION_INVALID")
    return plain


def _set_reaction(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    posted = message_to(chat, params.integer("message_id"), "react")
    given = params.array("reaction") or []
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    chosen = [_reaction(item) for item in given]
    body = {"message_id": posted.id, "user": world.bot, "reaction": chosen}
    world.journal.note("reaction", chat.id, body)
    return True


def _reaction(item: Any) -> dict[str, str]:
    if not isinstance(item, dict) or item.get("type") != "emoji":
        raise bad_request("REACTION_INVALID")
    return {"type": "emoji", "emoji": checked_emoji(str(item.get("emoji", "")))}


def _pin(world: World, params: Params) -> bool:
    chat = _pinnable_chat(world, params)
    posted = message_to(chat, params.integer("message_id"), "pin")
    if posted.id not in chat.pinned:
        chat.pinned.append(posted.id)
    return True


def _unpin(world: World, params: Params) -> bool:
    chat = _pinnable_chat(world, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def _pinnable_chat(world: World, params: Params) -> Chat:
    chat = joined_chat(world, params)
    if not chat.is_private and chat.bot != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


METHODS: dict[str, Method] = {
    "setMessageReaction": _set_reaction,
    "pinChatMessage": _pin,
    "unpinChatMessage": _unpin,
}
