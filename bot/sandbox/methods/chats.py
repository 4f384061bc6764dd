"""Asking about chats and their members, leaving them, showing that the bot is at work."""

from typing import Any

from bot.sandbox.access import joined_chat, known_chat, writable_chat
from bot.sandbox.chats import Chat, member
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import set_bot_standing
from bot.sandbox.methods.base import Method
from bot.sandbox.params import Params
from bot.sandbox.world import World, shown

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def _get_chat(world: World, params: Params) -> dict[str, Any]:
    chat = known_chat(world, params)
    full = chat.brief | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.pinned:
        full["pinned_message"] = shown(chat.messages[chat.pinned[-1]].body)
    return full


def _get_member(world: World, params: Params) -> dict[str, Any]:
    chat = joined_chat(world, params)
    user_id = params.integer("user_id")
    if user_id == world.bot_id:
        return member(world.bot, "member" if chat.is_private else chat.bot)
    account = world.accounts.get(user_id)
    if account is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member(account.user, _status(chat, user_id))


def _get_administrators(world: World, params: Params) -> list[dict[str, Any]]:
    chat = joined_chat(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    leaders = [
        member(world.accounts[user_id].user, status)
        for user_id, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]
    return [*leaders, member(world.bot, chat.bot)] if chat.bot == "administrator" else leaders


def _get_member_count(world: World, params: Params) -> int:
    chat = joined_chat(world, params)
    if chat.is_private:
        return 2
    present = [status for status in chat.members.values() if status not in {"left", "kicked"}]
    return len(present) + 1


def _leave(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    set_bot_standing(world, chat, "left", by=world.bot)
    return True


def _send_action(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.journal.note("action", chat.id, {"action": action})
    return True


def _status(chat: Chat, user_id: int) -> str:
    if chat.is_private:
        return "member" if user_id == chat.id else "left"
    return chat.members.get(user_id, "left")


METHODS: dict[str, Method] = {
    "getChat": _get_chat,
    "getChatMember": _get_member,
    "getChatAdministrators": _get_administrators,
    "getChatMemberCount": _get_member_count,
    "leaveChat": _leave,
    "sendChatAction": _send_action,
}
