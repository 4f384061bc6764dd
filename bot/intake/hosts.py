"""Good manners towards a host: two connections at a time, and none while it asks for a pause."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from weakref import WeakValueDictionary

from bot.clock import Now
from bot.intake.problems import FetchError, FetchProblem

CONNECTIONS = 2
LONGEST_PAUSE = timedelta(days=1)
"""A host that asks for more is asked again after this."""

_PAUSE_WITHOUT_STATEMENT = timedelta(minutes=5)


class Hosts:
    """Knows of each host how many connections it has, and until when it wants none."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._doors: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._closed: dict[str, datetime] = {}

    @asynccontextmanager
    async def visit(self, host: str) -> AsyncIterator[None]:
        """Wait for a free connection to a host.

        Raises FetchError while the host asks to be left alone.
        """
        door = self._doors.get(host)
        if door is None:
            door = self._doors[host] = asyncio.Semaphore(CONNECTIONS)
        async with door:
            until = self._closed.get(host)
            if until is not None:
                if until > self._now():
                    raise FetchError(FetchProblem.BUSY, not_before=until)
                del self._closed[host]
            yield

    def pause(self, host: str, retry_after: str | None) -> datetime:
        """Leave a host alone as long as its Retry-After header says; return until when."""
        until = self._now() + self._stated(retry_after)
        self._closed[host] = max(until, self._closed.get(host, until))
        return until

    def _stated(self, header: str | None) -> timedelta:
        if header is None:
            return _PAUSE_WITHOUT_STATEMENT
        try:
            pause = timedelta(seconds=int(header))
        except (ValueError, OverflowError):
            try:
                moment = parsedate_to_datetime(header)
                pause = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - self._now()
            except (ValueError, TypeError, OverflowError):
                pause = _PAUSE_WITHOUT_STATEMENT
        return min(max(pause, timedelta(seconds=1)), LONGEST_PAUSE)
