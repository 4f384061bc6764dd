"""Accounts and chats of the sandbox, and who may do what in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Message = dict[str, Any]
"""A Message as the Bot API writes it. Never changed in place: an edit stores a new one."""

ChatType = Literal["private", "group", "supergroup", "channel"]
BotStanding = Literal["member", "administrator", "left", "kicked"]

GENERAL_TOPIC = 1
_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_manage_video_chats",
    "can_delete_messages",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass
class Account:
    """Somebody who uses Telegram, and how they stand with the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    has_written: bool = False
    has_blocked: bool = False
    is_deactivated: bool = False

    @property
    def user(self) -> dict[str, Any]:
        """The account as a Bot API User."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(frozen=True)
class Posted:
    """A message as it stands in a chat.

    body: what the Bot API shows, plus any reply keyboard; by_bot: the bot sent it in its own name;
    inline_id: the id by which the bot edits a message that others sent through it.
    """

    body: Message
    by_bot: bool = False
    inline_id: str | None = None

    @property
    def id(self) -> int:
        """The message id."""
        return int(self.body["message_id"])


@dataclass
class Topic:
    """A topic of a forum."""

    name: str
    is_closed: bool = False


@dataclass
class Chat:
    """A chat with its messages.

    members: statuses by user id, of people only; bot: how the bot stands here; bot_was_here: the
    bot knows this chat, even when it has left; messages: by id, oldest first.
    """

    id: int
    type: ChatType
    title: str
    username: str | None = None
    is_forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    bot: BotStanding = "left"
    bot_was_here: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    messages: dict[int, Posted] = field(default_factory=dict)
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        """Whether this is the chat of one person with the bot."""
        return self.type == "private"

    @property
    def brief(self) -> dict[str, Any]:
        """The chat as a Bot API Chat."""
        name = "first_name" if self.is_private else "title"
        brief: dict[str, Any] = {"id": self.id, "type": self.type, name: self.title}
        if self.username:
            brief["username"] = self.username
        if self.is_forum:
            brief["is_forum"] = True
        return brief

    @property
    def kind(self) -> str:
        """How Telegram's refusals name this kind of chat."""
        return f"{self.type} chat"


def member(user: Mapping[str, Any], status: str) -> dict[str, Any]:
    """Write a ChatMember.

    status: creator, administrator, member, left or kicked.
    """
    entry: dict[str, Any] = {"user": dict(user), "status": status}
    if status == "creator":
        return entry | {"is_anonymous": False}
    if status == "administrator":
        return (
            entry
            | {"can_be_edited": False, "is_anonymous": False}
            | dict.fromkeys(_ADMIN_RIGHTS, True)
        )
    return entry | {"until_date": 0} if status == "kicked" else entry
