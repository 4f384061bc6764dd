"""A process of its own for heavy work, so that commands are answered meanwhile."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from bot.intake.problems import FetchError, FetchProblem

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 20.0
"""What takes longer is given up: no page needs it, only one that is made to hang us."""

_AT_ONCE = 2
"""One in work and one waiting, so that the process never idles between two."""

_NICE = 5


class Worker:
    """Runs functions in one other process, which starts when first needed.

    Functions, arguments and results cross by pickling: functions of modules, plain data.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None
        self._places: asyncio.Semaphore | None = None

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function there.

        Raises what it raises, and FetchError when it takes too long or takes the process down.
        """
        if self._places is None:
            self._places = asyncio.Semaphore(_AT_ONCE)
        async with self._places:
            try:
                return await self._run(function, *args, **kwargs)
            except BrokenProcessPool:
                # The neighbour in the same process may have been the one that broke it.
                return await self._once_more(function, *args, **kwargs)

    async def _once_more(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._run(function, *args, **kwargs)
        except BrokenProcessPool:
            raise FetchError(FetchProblem.UNREADABLE, "it broke the reading process") from None

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        pool = self._started()
        try:
            future = pool.submit(function, *args, **kwargs)
        except RuntimeError:
            # The neighbour's time-out has shut this pool just now.
            self._kill(pool)
            raise BrokenProcessPool from None
        try:
            async with asyncio.timeout(self._seconds * _AT_ONCE):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            self._kill(pool)
            raise FetchError(FetchProblem.UNREADABLE, "it took too long") from None
        except BrokenProcessPool:
            self._kill(pool)
            raise

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._kill(self._pool, wait=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                # A fork would copy the bot's threads and connections.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
            )
        return self._pool

    def _kill(self, pool: ProcessPoolExecutor, *, wait: bool = False) -> None:
        if self._pool is pool:
            self._pool = None
        for process in list((pool._processes or {}).values()):
            process.kill()
        # Waiting futures learn that the process is gone; cancelling them would look like the
        # cancellation of those who wait.
        pool.shutdown(wait=wait, cancel_futures=False)


def _begin() -> None:
    # Ctrl-C goes to the whole group; it is the bot that ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    """A bot that is killed cannot end this process; it ends by itself."""
    parent.join()
    os._exit(0)
