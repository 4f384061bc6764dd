"""The pace of everything the bot sends: how fast, who goes first, who has to wait.

Telegram lets about 30 messages a second out overall, 1 a second into one chat and 20 a minute into
one group, and answers 429 to more. The paces here stay a little below. What people asked for goes
before what comes by itself.
"""

import asyncio
import heapq
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Rank(IntEnum):
    """Who goes first where several wait."""

    ANSWER = 0
    """Somebody waits for it."""
    EDITION = 1


@dataclass(frozen=True)
class Pace:
    """How fast may be sent.

    overall, per_chat: messages a second. burst: how many answers may go into a chat at once after
    a rest. per_group: messages in any 60 seconds into a group or channel.
    """

    overall: float
    per_chat: float = 1.0
    burst: int = 3
    per_group: int = 18


TELEGRAM = Pace(overall=28.0)
PAID = Pace(overall=1000.0)
"""With allow_paid_broadcast, which costs Stars for what goes beyond the free pace."""
UNLIMITED = Pace(overall=1e9, per_chat=1e9, per_group=1_000_000_000)
"""For a server of our own that limits nothing; what it tells us to wait, we still wait."""


class HeldError(Exception):
    """A chat cannot be written to before so many seconds: `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"held for {seconds:.0f} s")
        self.seconds = seconds


_MINUTE = 60.0
_SLACK = 0.035
"""Seconds by which timers may be late without slowing the overall pace; one message at 28 a s."""
_STRIKES = 3
"""So many chats refused in a row, with nothing let through: it is all of us who are too fast."""
_MOST_CHATS = 20_000
"""Above this, chats that may be written to at once are forgotten: they have no state."""


@dataclass
class _Chat:
    """When a chat may be written to again; by the pace, and by what Telegram said."""

    theoretical: float = 0.0
    """When it would be all used up, sent to at exactly the pace (GCRA)."""
    held_until: float = 0.0
    sent: deque[float] = field(default_factory=deque)
    """Of a group: when the last messages went."""


@dataclass(order=True)
class _Waiting:
    """A message that waits for its turn."""

    rank: Rank
    number: int
    chat_id: int | str | None = field(compare=False)
    count: int = field(compare=False)
    patience: float = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


class Pacer:
    """Gives turns to send, by priority, as fast as the pace lets and no faster.

    clock: seconds that never go back.
    """

    def __init__(self, pace: Pace = TELEGRAM, clock: Callable[[], float] = time.monotonic) -> None:
        self.pace = pace
        self._clock = clock
        self._chats: dict[int | str, _Chat] = {}
        self._overall = 0.0
        self._held_until = 0.0
        self._refused: dict[int | str, float] = {}
        self._numbers = itertools.count()
        self._ready: list[_Waiting] = []
        self._later: list[tuple[float, _Waiting]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def turn(
        self, chat_id: int | str | None, rank: Rank, *, count: int = 1, patience: float
    ) -> None:
        """Wait until `count` messages may be sent into a chat; None is no chat in particular.

        patience: seconds. Where the chat cannot be written to for longer, by its own pace or since
        Telegram said so, HeldError is raised instead. The queue of all may take longer.
        """
        turn = asyncio.get_running_loop().create_future()
        waiting = _Waiting(rank, next(self._numbers), chat_id, count, patience, turn)
        free_at = max(self._free_at(chat_id, rank), self._held_until)
        if (pause := free_at - self._clock()) > patience:
            raise HeldError(pause)
        heapq.heappush(self._later, (self._free_at(chat_id, rank), waiting))
        self._give_turns()
        await turn

    def refused(self, chat_id: int | str | None, seconds: float) -> None:
        """Take note of a 429: wait so many seconds with this chat, or with all.

        It does not say which it is. One chat that is refused while others go through is that chat's
        matter; several in a row with nothing between are everybody's.
        """
        until = self._clock() + seconds
        if chat_id is None:
            self._held_until = max(self._held_until, until)
        else:
            self._chat(chat_id).held_until = until
            self._refused[chat_id] = until
        if len(self._refused) >= _STRIKES:
            self._held_until = max(self._held_until, min(self._refused.values()))
        self._send_home()
        self._give_turns()

    def passed(self) -> None:
        """Take note that Telegram let a message through."""
        self._refused.clear()

    def _send_home(self) -> None:
        """Let nobody wait for what became too long for them since they came."""
        now = self._clock()
        for waiting in (*self._ready, *(waiting for _, waiting in self._later)):
            chat = None if waiting.chat_id is None else self._chats.get(waiting.chat_id)
            pause = max(self._held_until, chat.held_until if chat else 0.0) - now
            if pause > waiting.patience and not waiting.turn.done():
                waiting.turn.set_exception(HeldError(pause))

    def _free_at(self, chat_id: int | str | None, rank: Rank) -> float:
        """Tell when a chat may be written to, all others left aside."""
        chat = None if chat_id is None else self._chats.get(chat_id)
        if chat is None:
            return 0.0
        at_once = self.pace.burst if rank is Rank.ANSWER else 1
        by_pace = chat.theoretical - (at_once - 1) / self.pace.per_chat
        while chat.sent and chat.sent[0] <= self._clock() - _MINUTE:
            chat.sent.popleft()
        full = len(chat.sent) >= self.pace.per_group
        return max(by_pace, chat.held_until, chat.sent[0] + _MINUTE if full else 0.0)

    def _give_turns(self) -> None:
        """Let go whoever may go now, and come back when the next one may."""
        now = self._clock()
        while self._later and self._later[0][0] <= now:
            heapq.heappush(self._ready, heapq.heappop(self._later)[1])
        while self._ready and self._open_at() <= now:
            waiting = heapq.heappop(self._ready)
            if waiting.turn.done():
                # Whoever waited was cancelled, or sent home.
                continue
            free_at = self._free_at(waiting.chat_id, waiting.rank)
            if free_at > now:
                heapq.heappush(self._later, (free_at, waiting))
                continue
            self._charge(waiting, now)
            waiting.turn.set_result(None)
        self._come_back(now)

    def _come_back(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        moments = []
        if self._ready:
            moments.append(self._open_at())
        if self._later:
            moments.append(self._later[0][0])
        if moments:
            pause = max(0.0, min(moments) - now)
            self._timer = asyncio.get_running_loop().call_later(pause, self._give_turns)

    def _open_at(self) -> float:
        return max(self._overall, self._held_until)

    def _charge(self, waiting: _Waiting, now: float) -> None:
        self._overall = max(self._overall, now - _SLACK) + waiting.count / self.pace.overall
        if waiting.chat_id is None:
            return
        chat = self._chat(waiting.chat_id)
        chat.theoretical = max(chat.theoretical, now) + waiting.count / self.pace.per_chat
        if is_group(waiting.chat_id):
            chat.sent.extend(itertools.repeat(now, waiting.count))

    def _chat(self, chat_id: int | str) -> _Chat:
        if len(self._chats) > _MOST_CHATS:
            now = self._clock()
            self._chats = dict(_busy(self._chats.items(), now))
        return self._chats.setdefault(chat_id, _Chat())


def is_group(chat_id: int | str) -> bool:
    """Whether a chat is a group or a channel: their ids are negative, or names."""
    return isinstance(chat_id, str) or chat_id < 0


def _busy(
    chats: Iterable[tuple[int | str, _Chat]], now: float
) -> Iterable[tuple[int | str, _Chat]]:
    for chat_id, chat in chats:
        last = chat.sent[-1] + _MINUTE if chat.sent else 0.0
        if max(chat.theoretical, chat.held_until, last) > now:
            yield chat_id, chat
