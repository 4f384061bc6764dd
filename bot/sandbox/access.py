"""Where the bot may read and write, with Telegram's refusals."""

from typing import Any

from bot.sandbox.chats import Chat, Posted
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.params import Params
from bot.sandbox.world import World


def known_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """Find the chat a call is about; raises ApiError when the bot has never met it."""
    reference = params.text(name)
    if not reference:
        raise bad_request(f"{name} is empty")
    chat = world.chat(reference)
    if chat is None or not (chat.is_private or chat.bot_was_here or chat.username):
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    return chat


def joined_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """Find the chat a call is about; raises ApiError when the bot is not in it now."""
    chat = known_chat(world, params, name)
    if chat.is_private:
        _check_private(world, chat)
    elif chat.bot == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind}")
    elif chat.bot == "left":
        raise forbidden(f"bot is not a member of the {chat.kind}")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """Find the chat to send to; raises ApiError when the bot may not write there."""
    chat = joined_chat(world, params)
    if chat.type == "channel" and chat.bot != "administrator":
        raise bad_request("need administrator rights in the channel chat")
    return chat


def checked_thread(chat: Chat, thread: int) -> int:
    """Return the topic to write to (0: none); raises ApiError when it is not there or closed."""
    if not thread:
        return 0
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and chat.bot != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return thread


def message_to(chat: Chat, message_id: int, purpose: str) -> Posted:
    """Find a message; raises ApiError "message to <purpose> not found"."""
    if message_id in chat.messages:
        return chat.messages[message_id]
    raise bad_request(f"message to {purpose} not found")


def reply_target(chat: Chat, params: Params) -> Posted | None:
    """Find the message a call replies to; raises ApiError when it is not there but must be."""
    reply = params.object("reply_parameters")
    if reply is None:
        replied = params.integer("reply_to_message_id")
        optional = params.flag("allow_sending_without_reply")
    else:
        if "message_id" not in reply:
            raise bad_request('can\'t find field "message_id"')
        replied = _integer(reply["message_id"])
        optional = bool(reply.get("allow_sending_without_reply"))
    if not replied:
        return None
    found = chat.messages.get(replied)
    if found is None and not optional:
        raise bad_request("message to be replied not found")
    return found


def _check_private(world: World, chat: Chat) -> None:
    account = world.accounts[chat.id]
    if account.is_deactivated:
        raise forbidden("user is deactivated")
    if account.has_blocked:
        raise forbidden("bot was blocked by the user")
    if not account.has_written:
        raise forbidden("bot can't initiate conversation with a user")


def _integer(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
