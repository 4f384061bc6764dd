"""Changes in who is in a chat, and the updates that tell the bot about them."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.chats import BotStanding, Chat, member
from bot.sandbox.world import World


def set_bot_standing(
    world: World, chat: Chat, standing: BotStanding, *, by: Mapping[str, Any]
) -> int:
    """Change how the bot stands in a chat; returns the id of the update (0: not wanted).

    by: the User who changed it.
    """
    before, chat.bot = chat.bot, standing
    chat.bot_was_here = chat.bot_was_here or standing in {"member", "administrator"}
    body = _change(world, chat, world.bot, (before, standing))
    return world.updates.add("my_chat_member", body | {"from": dict(by)})


def set_member_status(
    world: World, chat: Chat, user_id: int, status: str, *, by: Mapping[str, Any]
) -> int:
    """Change how a person stands in a chat; returns the id of the update (0: not wanted)."""
    before = chat.members.get(user_id, "left")
    chat.members[user_id] = status
    # Only an administrator hears about others.
    if chat.bot != "administrator":
        return 0
    body = _change(world, chat, world.accounts[user_id].user, (before, status))
    return world.updates.add("chat_member", body | {"from": dict(by)})


def set_blocked(world: World, chat: Chat, blocked: bool) -> int:
    """Let the person of a private chat block the bot, or unblock it."""
    account = world.accounts[chat.id]
    account.has_blocked = blocked
    change = ("member", "kicked") if blocked else ("kicked", "member")
    body = _change(world, chat, world.bot, change)
    return world.updates.add("my_chat_member", body | {"from": account.user})


def _change(
    world: World, chat: Chat, user: Mapping[str, Any], change: tuple[str, str]
) -> dict[str, Any]:
    return {
        "chat": chat.brief,
        "date": world.timestamp(),
        "old_chat_member": member(user, change[0]),
        "new_chat_member": member(user, change[1]),
    }
