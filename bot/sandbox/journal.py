"""What happened in the sandbox: every call of the bot, and every visible change in a chat."""

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.sandbox.bell import Bell

KEPT = 100_000
"""How many of the latest calls and events are kept."""

EventKind = Literal[
    "message",
    "edit",
    "delete",
    "callback_answer",
    "draft",
    "action",
    "reaction",
    "inline_answer",
]


@dataclass(frozen=True)
class Call:
    """One call of the bot: its parameters as sent, the names of its files, and the answer.

    status: the HTTP status; 0 when the connection was cut instead. at: aware, UTC.
    """

    method: str
    params: dict[str, Any]
    files: tuple[str, ...]
    status: int
    answer: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Event:
    """One change that people see; seq grows by one from 1."""

    seq: int
    kind: EventKind
    chat_id: int
    body: dict[str, Any]


class Journal:
    """The latest calls and events, oldest first, and a way to wait for the next event."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._last_seq = 0
        self.changed = Bell()

    def note(self, kind: EventKind, chat_id: int, body: dict[str, Any]) -> None:
        """Record an event and wake those who wait for one."""
        self._last_seq += 1
        self._events.append(Event(self._last_seq, kind, chat_id, body))
        self.changed.ring()

    async def events(self, after: int, chat_id: int | None, wait: float) -> list[Event]:
        """Return the events after a seq, of one chat or all; wait up to `wait` seconds for one."""
        clock = asyncio.get_running_loop()
        deadline = clock.time() + wait
        while not (found := list(self._since(after, chat_id))):
            if self.changed.closed or clock.time() >= deadline:
                break
            await self.changed.wait(deadline - clock.time())
        return found[::-1]

    def _since(self, after: int, chat_id: int | None) -> Iterator[Event]:
        # From the end, since a reader follows closely and the record is long.
        for event in reversed(self._events):
            if event.seq <= after:
                return
            if chat_id is None or event.chat_id == chat_id:
                yield event
