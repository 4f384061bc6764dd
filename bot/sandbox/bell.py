"""Waiting for something to happen, without polling."""

import asyncio


class Bell:
    """Wakes everybody who waits at the moment it rings; after `close`, nobody waits any more."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.closed = False

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    def ring(self) -> None:
        """Wake all who wait now."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    def close(self) -> None:
        """Wake all, and make every later wait return at once."""
        self.closed = True
        self.ring()

    async def wait(self, seconds: float) -> None:
        """Return when the bell rings or the seconds are over, whichever is first."""
        if self.closed or seconds <= 0:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait((waiter,), timeout=seconds)
        finally:
            self._waiting.discard(waiter)
