"""Who and what is there: people, chats, topics, and how the bot stands with them.

Each public function is one action of the control API: the arguments are the fields of its request.
"""

from collections.abc import Sequence
from typing import Any, get_args

from bot.sandbox.chats import GENERAL_TOPIC, Account, BotStanding, Chat, ChatType, Topic
from bot.sandbox.errors import SandboxError
from bot.sandbox.membership import set_blocked, set_bot_standing, set_member_status
from bot.sandbox.world import World


def account_of(world: World, person: int) -> Account:
    """Find a person; raises SandboxError."""
    if person not in world.accounts:
        raise SandboxError(f"There is no person {person} in the sandbox")
    return world.accounts[person]


def chat_of(world: World, chat: int) -> Chat:
    """Find a chat; raises SandboxError when it is unknown or became a supergroup."""
    found = world.chats.get(chat)
    if found is None:
        raise SandboxError(f"There is no chat {chat} in the sandbox")
    if found.migrated_to:
        raise SandboxError(f"Chat {chat} became the supergroup {found.migrated_to}")
    return found


def add_person(
    world: World,
    *,
    id: int,
    first_name: str,
    username: str | None = None,
    language_code: str | None = None,
) -> None:
    """Let somebody join Telegram; their private chat with the bot has the same id."""
    if id <= 0 or id in world.accounts or id == world.bot_id:
        raise SandboxError(f"A person cannot have the id {id}: it is taken or not positive")
    world.accounts[id] = Account(id, first_name, username, language_code)
    world.chats[id] = Chat(id, "private", first_name, username)


def add_chat(
    world: World,
    *,
    id: int,
    type: ChatType,
    title: str,
    members: Sequence[int] = (),
    admins: Sequence[int] = (),
    bot: BotStanding = "member",
    is_forum: bool = False,
    username: str | None = None,
) -> None:
    """Make a group, supergroup or channel; the first of the admins is its creator.

    bot: how the bot stands there; with "left" it was never there and does not know the chat.
    """
    if type == "private" or type not in get_args(ChatType):
        raise SandboxError(f"A chat of the type {type} cannot be made: add a person instead")
    if id >= 0 or id in world.chats:
        raise SandboxError(f"A {type} cannot have the id {id}: it is taken or not negative")
    statuses = dict.fromkeys((account_of(world, person).id for person in members), "member")
    for number, admin in enumerate(admins):
        status = "administrator" if number else "creator"
        statuses[account_of(world, admin).id] = status
    chat = Chat(id, type, title, username, is_forum, statuses, _standing(bot), bot != "left")
    if is_forum:
        chat.topics[GENERAL_TOPIC] = Topic("General")
    world.chats[id] = chat


def add_topic(world: World, *, chat: int, name: str) -> int:
    """Open a topic in a forum and return its message_thread_id."""
    forum = chat_of(world, chat)
    if not forum.is_forum:
        raise SandboxError(f"Chat {chat} is not a forum")
    posted = world.post(forum, None, {"forum_topic_created": {"name": name, "icon_color": 0}})
    forum.topics[posted.id] = Topic(name)
    return posted.id


def close_topic(world: World, *, chat: int, thread: int, closed: bool = True) -> None:
    """Close a topic, or open it again."""
    topics = chat_of(world, chat).topics
    if thread not in topics:
        raise SandboxError(f"There is no topic {thread} in chat {chat}")
    topics[thread].is_closed = closed


def block(world: World, *, person: int) -> int:
    """Let a person block the bot; returns the id of the my_chat_member update."""
    return _change_block(world, person, blocked=True)


def unblock(world: World, *, person: int) -> int:
    """Let a person unblock the bot; returns the id of the my_chat_member update."""
    return _change_block(world, person, blocked=False)


def deactivate(world: World, *, person: int) -> None:
    """Let a person delete their account; the bot is not told."""
    account_of(world, person).is_deactivated = True


def join(world: World, *, person: int, chat: int) -> int:
    """Let a person join a chat; returns the id of the service message's update."""
    group, account = chat_of(world, chat), account_of(world, person)
    set_member_status(world, group, person, "member", by=account.user)
    return _service_message(world, group, person, {"new_chat_members": [account.user]})


def leave(world: World, *, person: int, chat: int) -> int:
    """Let a person leave a chat; returns the id of the service message's update."""
    group, account = chat_of(world, chat), account_of(world, person)
    update_id = _service_message(world, group, person, {"left_chat_member": account.user})
    set_member_status(world, group, person, "left", by=account.user)
    return update_id


def promote(world: World, *, person: int, chat: int) -> int:
    """Make a person an administrator; returns the id of the update (0: the bot is not told)."""
    account = account_of(world, person)
    status = "administrator"
    return set_member_status(world, chat_of(world, chat), person, status, by=account.user)


def set_bot(world: World, *, person: int, chat: int, standing: BotStanding) -> int:
    """Let a person add, promote or remove the bot; returns the my_chat_member update's id."""
    user = account_of(world, person).user
    return set_bot_standing(world, chat_of(world, chat), _standing(standing), by=user)


def upgrade(world: World, *, chat: int, to: int) -> None:
    """Turn a group into the supergroup `to`; the bot gets both service messages."""
    old = chat_of(world, chat)
    if old.type != "group" or to >= 0 or to in world.chats:
        raise SandboxError(f"Chat {chat} cannot become the supergroup {to}")
    new = Chat(to, "supergroup", old.title, members=dict(old.members), bot=old.bot)
    new.bot_was_here = old.bot_was_here
    world.chats[to] = new
    for place, content in (
        (old, {"migrate_to_chat_id": to}),
        (new, {"migrate_from_chat_id": chat}),
    ):
        posted = world.post(place, None, content)
        if place.bot in {"member", "administrator"}:
            world.updates.add("message", posted.body)
    old.migrated_to = to


def _change_block(world: World, person: int, *, blocked: bool) -> int:
    account = account_of(world, person)
    if account.has_blocked == blocked:
        raise SandboxError(f"Person {person} has {'already' if blocked else 'not'} blocked the bot")
    return set_blocked(world, world.chats[person], blocked)


def _service_message(world: World, chat: Chat, person: int, content: dict[str, Any]) -> int:
    posted = world.post(chat, world.accounts[person].user, content)
    present = chat.bot in {"member", "administrator"}
    return world.updates.add("message", posted.body) if present else 0


def _standing(standing: BotStanding) -> BotStanding:
    if standing not in get_args(BotStanding):
        raise SandboxError(f"The bot cannot be {standing}: {', '.join(get_args(BotStanding))}")
    return standing
