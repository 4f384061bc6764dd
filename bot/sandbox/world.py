"""Everything the sandbox remembers: accounts, chats, messages, queries, files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.clock import Now
from bot.sandbox.chats import Account, Chat, Message, Posted
from bot.sandbox.files import FileStore
from bot.sandbox.journal import Journal
from bot.sandbox.profile import Profile
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

BOT_NAME = "Vestnik"
BOT_USERNAME = "vestnik_sandbox_bot"


@dataclass(frozen=True)
class Query:
    """Something a person waits for an answer to: a pressed button, an inline or guest query.

    update_id: the update that told the bot, 0 when it did not ask for such updates; message_id:
    the message a button was pressed under, or the one that mentioned a guest bot.
    """

    id: str
    person: int
    chat_id: int
    text: str
    asked_at: datetime
    update_id: int = 0
    message_id: int = 0


@dataclass(frozen=True)
class Attached:
    """What goes with a message beside its content."""

    thread: int = 0
    reply_to: Posted | None = None
    markup: dict[str, Any] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


class World:
    """The state of the sandbox; it checks nothing, that is for methods and people."""

    def __init__(self, bot_id: int, now: Now) -> None:
        self.now = now
        self.bot_id = bot_id
        self.profile = Profile(BOT_NAME)
        self.accounts: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue()
        self.webhook = Webhook(self.updates, now)
        self.journal = Journal()
        self.files = FileStore()
        self.callbacks: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        self.asked_inline: dict[str, Query] = {}
        self.inline_answers: dict[str, list[dict[str, Any]]] = {}
        self.guest_queries: dict[str, Query] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.reactions: dict[tuple[int, int, int], list[dict[str, str]]] = {}
        self._last_message_id = 0
        self._last_number = 0

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as a Bot API User."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.text("name", ""),
            "username": BOT_USERNAME,
        }

    def timestamp(self) -> int:
        """Return the present moment in Unix seconds."""
        return int(self.now().timestamp())

    def number(self) -> str:
        """Return a new number, for an id that means nothing."""
        self._last_number += 1
        return str(4_000_000_000_000 + self._last_number)

    def chat(self, reference: int | str) -> Chat | None:
        """Find a chat by its id or its @username."""
        text = str(reference)
        if text.startswith("@"):
            name = text[1:].lower()
            named = (chat for chat in self.chats.values() if (chat.username or "").lower() == name)
            # A person's username is no address for a bot.
            return next((chat for chat in named if not chat.is_private), None)
        try:
            return self.chats.get(int(text))
        except ValueError:
            return None

    def post(
        self,
        chat: Chat,
        sender: Mapping[str, Any] | None,
        content: Mapping[str, Any],
        attached: Attached | None = None,
        *,
        by_bot: bool = False,
        inline_id: str | None = None,
    ) -> Posted:
        """Put a message into a chat and tell the journal; sender None speaks for the chat."""
        attached = attached or Attached()
        author = {"from": dict(sender)} if sender else {"sender_chat": chat.brief}
        body: Message = {
            "message_id": self._next_message_id(chat),
            **author,
            "date": self.timestamp(),
            "chat": chat.brief,
        }
        if attached.thread:
            body |= {"message_thread_id": attached.thread, "is_topic_message": True}
        if attached.reply_to:
            replied = shown(attached.reply_to.body)
            body["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        body |= attached.extra
        body |= content
        if attached.markup:
            body["reply_markup"] = attached.markup
        posted = Posted(body, by_bot, inline_id)
        chat.messages[posted.id] = posted
        if inline_id:
            self.inline_messages[inline_id] = (chat.id, posted.id)
        self.journal.note("message", chat.id, body)
        return posted

    def edit(self, chat: Chat, posted: Posted, body: Message) -> Posted:
        """Put another body in the place of a message and tell the journal."""
        edited = replace(posted, body=body | {"edit_date": self.timestamp()})
        chat.messages[posted.id] = edited
        self.journal.note("edit", chat.id, edited.body)
        return edited

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message out of a chat and tell the journal."""
        posted = chat.messages.pop(message_id)
        if posted.inline_id:
            del self.inline_messages[posted.inline_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.journal.note("delete", chat.id, {"message_id": message_id})

    def _next_message_id(self, chat: Chat) -> int:
        # Private chats and basic groups share one count, the others have their own.
        if chat.type in {"supergroup", "channel"}:
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_message_id += 1
        return self._last_message_id


def shown(body: Message) -> Message:
    """Return a message as the Bot API shows it to the bot: only inline keyboards are shown."""
    markup = body.get("reply_markup")
    if markup is None or "inline_keyboard" in markup:
        return body
    return {key: value for key, value in body.items() if key != "reply_markup"}
