"""Lines for the terminal chat from a file or a pipe."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress

LONGEST_LINE = 65_536
_READ_AT_ONCE = 65_536
_LINES_AHEAD = 16


async def lines_from(descriptor: int) -> AsyncIterator[str]:
    """Read lines from a file descriptor until its end, without blocking the event loop.

    A byte that is not UTF-8 becomes U+FFFD. Of a line longer than LONGEST_LINE bytes only that
    many are kept: far more than a message may hold, little enough for any memory.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    room = threading.Semaphore(_LINES_AHEAD)

    def deliver(line: str | None) -> None:
        room.acquire()
        loop.call_soon_threadsafe(lines.put_nowait, line)

    # A daemon thread on the bare descriptor: the program can end while it still waits for input,
    # which neither the loop's own threads nor the lock inside sys.stdin would allow.
    threading.Thread(target=_read_all, args=(descriptor, deliver), daemon=True).start()
    while (line := await lines.get()) is not None:
        room.release()
        yield line


def _read_all(descriptor: int, deliver: Callable[[str | None], None]) -> None:
    # An input that breaks off has ended. A loop that is closed listens no more.
    with suppress(RuntimeError):
        with suppress(OSError):
            for line in _split(iter(lambda: os.read(descriptor, _READ_AT_ONCE), b"")):
                deliver(line.decode("utf-8", "replace"))
        deliver(None)


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    line = bytearray()
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        line += first[: LONGEST_LINE - len(line)]
        for other in others:
            yield bytes(line)
            line = bytearray(other[:LONGEST_LINE])
    if line:
        yield bytes(line)
