"""The queue of updates: what the bot has not confirmed yet, and who is fetching it."""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.errors import conflict

_OFF_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_LIMIT = 100
_LONGEST_POLL = 50.0  # seconds
_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True)
class Update:
    """One update; body is the Bot API object, its own id included."""

    id: int
    body: dict[str, Any]


class UpdateQueue:
    """Updates in order, each kept until a poller confirms it or a webhook takes it."""

    def __init__(self) -> None:
        self._pending: deque[Update] = deque()
        self._last_id = 0
        self._allowed: frozenset[str] = frozenset()
        self._poll = object()
        self._end_of_poll = _OTHER_POLLER
        self.arrived = Bell()
        self.settled = Bell()

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def allowed(self) -> list[str]:
        """The kinds of update the bot asked for; empty means the default ones."""
        return sorted(self._allowed)

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds of update the bot wants from now on; none means the default."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, body: dict[str, Any]) -> int:
        """Queue an update and return its id, or 0 when the bot did not ask for this kind."""
        wanted = kind in self._allowed if self._allowed else kind not in _OFF_BY_DEFAULT
        if not wanted:
            return 0
        self._last_id += 1
        self._pending.append(Update(self._last_id, {"update_id": self._last_id, kind: body}))
        self.arrived.ring()
        return self._last_id

    def first(self) -> Update | None:
        """Return the oldest update that is not confirmed."""
        return self._pending[0] if self._pending else None

    def confirm(self, before: int) -> None:
        """Forget the updates whose id is smaller than `before`."""
        while self._pending and self._pending[0].id < before:
            self._pending.popleft()
        if not self._pending:
            self.settled.ring()

    def clear(self) -> None:
        """Forget all updates."""
        self.confirm(self._last_id + 1)

    def end_poll(self, reason: str) -> None:
        """Refuse the poll that is waiting now (409), if any, with this reason."""
        self._end_of_poll = reason
        self._poll = object()
        self.arrived.ring()

    async def fetch(self, offset: int, limit: int, wait: float) -> list[dict[str, Any]]:
        """Answer a getUpdates call, waiting up to `wait` seconds for the first update.

        A positive offset confirms what is before it; a negative one keeps that many from the end.
        Raises ApiError (409) when another poll or a webhook takes over meanwhile.
        """
        self.end_poll(_OTHER_POLLER)
        mine = self._poll
        if offset < 0:
            self.confirm(self._last_id + 1 + offset)
        else:
            self.confirm(offset)
        clock = asyncio.get_running_loop()
        deadline = clock.time() + min(wait, _LONGEST_POLL)
        while not self._pending and not self.arrived.closed and clock.time() < deadline:
            await self.arrived.wait(deadline - clock.time())
            if self._poll is not mine:
                raise conflict(self._end_of_poll)
        count = limit if 0 < limit <= _LIMIT else _LIMIT
        return [update.body for update in islice(self._pending, count)]
