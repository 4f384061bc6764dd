"""Telegram's flood control, as far as it is known.

What counts is what sends or edits a message; an album counts once for each of its parts. Overall 30
a second (1000 with allow_paid_broadcast). In one chat 1 a second, with BURST at once after a rest:
Telegram says "avoid sending more than one message per second; short bursts are allowed", and three
is what bots commonly get away with. In one group also 20 in any minute.
"""

import math
from collections import deque
from datetime import datetime

OVERALL = 30.0  # a second
PAID_OVERALL = 1000.0
BURST = 3.0
GROUP_LIMIT = 20
GROUP_WINDOW = 60.0  # seconds
_ROUNDING = 1e-6  # seconds; what adding up fractions may be off by

_PACED = ("send", "forward", "copy", "editmessage")
_FREE = {"sendchataction", "sendmessagedraft", "sendrichmessagedraft"}


def is_paced(method: str) -> bool:
    """Whether calls of this method (lower case) count."""
    return method.startswith(_PACED) and method not in _FREE


class _Bucket:
    """Holds up to `size` tokens and gains `rate` of them a second; it may go below zero."""

    def __init__(self, rate: float, size: float) -> None:
        self._rate = rate
        self._size = size
        self._tokens = size
        self._at: float | None = None

    def wait(self, count: float, now: float) -> float:
        """Return the seconds until `count` tokens, or the whole bucket, are there."""
        if self._at is not None:
            self._tokens = min(self._size, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (min(count, self._size) - self._tokens) / self._rate)

    def take(self, count: float) -> None:
        self._tokens -= count


class Limits:
    """Counts messages and says how long to wait; off until switched on."""

    def __init__(self, on: bool) -> None:
        self._on = on
        self._forget()

    def switch(self, on: bool) -> None:
        """Switch the limits on or off; what was counted is forgotten."""
        self._on = on
        self._forget()

    def retry_after(
        self, chat_id: int, count: int, now: datetime, *, is_group: bool, is_paid: bool
    ) -> int:
        """Count `count` messages to a chat and return 0, or the whole seconds to wait instead."""
        if not self._on:
            return 0
        seconds = now.timestamp()
        buckets = (
            self._paid if is_paid else self._overall,
            self._chats.setdefault(chat_id, _Bucket(1.0, BURST)),
        )
        waits = [bucket.wait(count, seconds) for bucket in buckets]
        if is_group:
            waits.append(self._group_wait(chat_id, count, seconds))
        if (longest := max(waits)) > _ROUNDING:
            return math.ceil(longest - _ROUNDING)
        for bucket in buckets:
            bucket.take(count)
        if is_group:
            self._groups[chat_id].extend([seconds] * count)
        return 0

    def _group_wait(self, chat_id: int, count: int, now: float) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - GROUP_WINDOW:
            sent.popleft()
        surplus = len(sent) + count - GROUP_LIMIT
        if surplus <= 0:
            return 0.0
        return sent[min(surplus, len(sent)) - 1] + GROUP_WINDOW - now if sent else 0.0

    def _forget(self) -> None:
        self._overall = _Bucket(OVERALL, OVERALL)
        self._paid = _Bucket(PAID_OVERALL, PAID_OVERALL)
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, deque[float]] = {}
