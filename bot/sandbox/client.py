"""A typed client of the control API: what tests and the terminal chat use to be people."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import ClientSession, ClientTimeout

from bot.sandbox.chats import BotStanding, ChatType
from bot.sandbox.errors import SandboxError
from bot.sandbox.faults import FaultKind
from bot.sandbox.journal import Call, Event

__all__ = ["Asked", "Call", "Event", "SandboxClient", "SandboxError"]

_PATIENCE = 30.0  # seconds beyond what a request asks to wait


@dataclass(frozen=True)
class Asked:
    """An inline query that was typed: its update (0: the bot is not told) and its id."""

    update_id: int
    inline_query_id: str


class SandboxClient:
    """Speaks to a sandbox at `url`, such as "http://127.0.0.1:8081".

    Times to wait are in seconds. An update id of 0 means that the bot does not hear of the action.
    Every method raises SandboxError when the sandbox says that the action makes no sense.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session: ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def add_person(
        self,
        *,
        id: int,
        first_name: str,
        username: str | None = None,
        language_code: str | None = None,
    ) -> None:
        """Let somebody join Telegram; their private chat with the bot has the same id."""
        names = {"username": username, "language_code": language_code}
        await self._act("add_person", id=id, first_name=first_name, **names)

    async def add_chat(
        self,
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
        people = {"members": list(members), "admins": list(admins), "bot": bot}
        names = {"title": title, "username": username}
        await self._act("add_chat", id=id, type=type, is_forum=is_forum, **people, **names)

    async def add_topic(self, chat: int, name: str) -> int:
        """Open a topic in a forum and return its message_thread_id."""
        return int(await self._act("add_topic", chat=chat, name=name))

    async def close_topic(self, chat: int, thread: int, *, closed: bool = True) -> None:
        """Close a topic, or open it again."""
        await self._act("close_topic", chat=chat, thread=thread, closed=closed)

    async def say(
        self,
        person: int,
        text: str,
        *,
        chat: int | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Let a person write, by default to the bot; returns the update id."""
        where = {"chat": chat, "thread": thread, "reply_to": reply_to}
        return int(await self._act("say", person=person, text=text, **where))

    async def edit(
        self, person: int, message_id: int, text: str, *, chat: int | None = None
    ) -> int:
        """Let a person edit what they wrote; returns the update id."""
        which = {"message_id": message_id, "chat": chat}
        return int(await self._act("edit", person=person, text=text, **which))

    async def forward(
        self, person: int, message_id: int, *, from_chat: int, chat: int | None = None
    ) -> int:
        """Let a person forward a message, by default to the bot; returns the update id."""
        which = {"message_id": message_id, "from_chat": from_chat, "chat": chat}
        return int(await self._act("forward", person=person, **which))

    async def send_document(
        self,
        person: int,
        filename: str,
        content: bytes,
        *,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        chat: int | None = None,
    ) -> int:
        """Let a person send a file; returns the update id."""
        file = {"filename": filename, "content": base64.b64encode(content).decode()}
        more = {"mime_type": mime_type, "caption": caption, "chat": chat}
        return int(await self._act("send_document", person=person, **file, **more))

    async def press(
        self,
        person: int,
        message_id: int,
        data: str,
        *,
        chat: int | None = None,
        forged: bool = False,
    ) -> int:
        """Let a person press the button that carries this callback_data; returns the update id.

        forged: no button carries it; a client that somebody has tampered with may send it anyway.
        """
        which = {"message_id": message_id, "data": data, "chat": chat, "forged": forged}
        return int(await self._act("press", person=person, **which))

    async def type_inline(
        self, person: int, query: str, *, chat: int | None = None, offset: str = ""
    ) -> Asked:
        """Let a person type "@bot query" in a chat, by default the one with the bot."""
        asked = await self._act("type_inline", person=person, query=query, chat=chat, offset=offset)
        return Asked(asked["update_id"], asked["inline_query_id"])

    async def choose(
        self, person: int, inline_query_id: str, result_id: str, *, chat: int | None = None
    ) -> int:
        """Let a person send one of the offered results; returns the update id."""
        which = {"inline_query_id": inline_query_id, "result_id": result_id, "chat": chat}
        return int(await self._act("choose", person=person, **which))

    async def react(
        self, person: int, message_id: int, emoji: str | None, *, chat: int | None = None
    ) -> int:
        """Let a person react to a message, or take the reaction back (None)."""
        which = {"message_id": message_id, "emoji": emoji, "chat": chat}
        return int(await self._act("react", person=person, **which))

    async def share_chat(self, person: int, request_id: int, shared: int) -> int:
        """Let a person choose a chat by a request_chat button; returns the update id."""
        fields = {"request_id": request_id, "shared": shared}
        return int(await self._act("share_chat", person=person, **fields))

    async def stop_draft(self, person: int, draft_id: int) -> int:
        """Let a person stop a draft that offers it; returns the update id."""
        return int(await self._act("stop_draft", person=person, draft_id=draft_id))

    async def block(self, person: int) -> None:
        """Let a person block the bot."""
        await self._act("block", person=person)

    async def unblock(self, person: int) -> None:
        """Let a person unblock the bot."""
        await self._act("unblock", person=person)

    async def deactivate(self, person: int) -> None:
        """Let a person delete their account."""
        await self._act("deactivate", person=person)

    async def join(self, person: int, chat: int) -> None:
        """Let a person join a chat."""
        await self._act("join", person=person, chat=chat)

    async def leave(self, person: int, chat: int) -> None:
        """Let a person leave a chat."""
        await self._act("leave", person=person, chat=chat)

    async def promote(self, person: int, chat: int) -> None:
        """Make a person an administrator of a chat."""
        await self._act("promote", person=person, chat=chat)

    async def set_bot(self, person: int, chat: int, standing: BotStanding) -> None:
        """Let a person add, promote or remove the bot."""
        await self._act("set_bot", person=person, chat=chat, standing=standing)

    async def upgrade(self, chat: int, to: int) -> None:
        """Turn a group into the supergroup `to`."""
        await self._act("upgrade", chat=chat, to=to)

    async def messages(self, chat: int) -> list[dict[str, Any]]:
        """Return a chat as it stands now: Bot API Message objects, oldest first."""
        messages: list[dict[str, Any]] = await self._act("messages", chat=chat)
        return messages

    async def events(
        self, after: int = 0, *, chat: int | None = None, wait: float = 0
    ) -> list[Event]:
        """Return what people saw after a seq, in one chat or in all; wait for the first of it."""
        events = await self._act("events", wait, after=after, chat=chat, wait=wait)
        return [Event(**event) for event in events]

    async def calls(self, method: str | None = None) -> list[Call]:
        """Return the calls of the bot, oldest first, of one method or of all."""
        return [_call(fields) for fields in await self._act("calls", method=method)]

    async def fail(
        self,
        kind: FaultKind,
        *,
        times: int = 1,
        method: str | None = None,
        chat: int | None = None,
        chance: float = 1.0,
        **details: Any,
    ) -> None:
        """Let the next calls fail, each with this chance; FaultKind tells kinds and details."""
        where = {"method": method, "chat": chat, "chance": chance}
        await self._act("fail", kind=kind, times=times, details=details, **where)

    async def calm(self) -> None:
        """End all faults; calls that hang go on at once."""
        await self._act("calm")

    async def limits(self, on: bool) -> None:
        """Switch flood control on or off."""
        await self._act("limits", on=on)

    async def confirmed(self, wait: float = 0) -> bool:
        """Tell whether the bot took every update so far; wait until it does.

        Taken means confirmed by a later getUpdates, or accepted by the webhook.
        """
        return bool(await self._act("confirmed", wait, wait=wait))

    async def commands(self, language: str | None, chat: int | None = None) -> list[dict[str, Any]]:
        """Return the commands that a client of that language shows in a private chat."""
        found: list[dict[str, Any]] = await self._act("commands", language=language, chat=chat)
        return found

    async def _act(self, action: str, waits: float = 0, /, **fields: Any) -> Any:
        if self._session is None:
            self._session = ClientSession()
        url = f"{self._url}/sandbox/{action}"
        timeout = ClientTimeout(total=waits + _PATIENCE)
        async with self._session.post(url, json=fields, timeout=timeout) as response:
            answer = await response.json()
        if not answer["ok"]:
            raise SandboxError(answer["error"])
        return answer["result"]


def _call(fields: dict[str, Any]) -> Call:
    at = datetime.fromisoformat(fields["at"])
    return Call(**fields | {"files": tuple(fields["files"]), "at": at})
