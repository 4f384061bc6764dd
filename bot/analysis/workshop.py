"""Holds the worker process: starts it when needed, replaces it when it dies, hangs or swells."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

import structlog

from bot.analysis.jobs import HEADER_BYTES, Answer, body_length, from_body, to_frame

log = structlog.get_logger()

TIMEOUT_SECONDS = 60.0
"""How long one job may take, the loading of the models included."""

MOST_JOBS = 2_000
MOST_MEMORY_BYTES = 600_000_000
_GOODBYE_SECONDS = 2.0


JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")


class BrokenOffError(Exception):
    """A job did not end by itself; `str()` is the reason, for the operator."""


class Workshop(Generic[JobT, ResultT]):
    """One worker process, or none while there is nothing to do."""

    def __init__(
        self,
        work: Callable[[JobT], ResultT],
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        most_jobs: int = MOST_JOBS,
        most_memory_bytes: int = MOST_MEMORY_BYTES,
        threads: int = 1,
    ) -> None:
        """Prepare; the process starts with the first job.

        work: what is done with a job, in the worker alone: a function at the top of a module,
        which the worker imports by its name.
        most_jobs, most_memory_bytes: after so much the worker is replaced.
        threads: of the algebra libraries. Small matrices want one: more only get into each
        other's way.
        """
        self._work = f"{work.__module__}:{work.__qualname__}"
        self._timeout_seconds = timeout_seconds
        self._most_jobs = most_jobs
        self._most_memory_bytes = most_memory_bytes
        self._threads = str(threads)
        self._process: Process | None = None
        self._done = 0

    @property
    def pid(self) -> int | None:
        """The process id of the worker, while there is one."""
        return None if self._process is None else self._process.pid

    async def do(self, job: JobT, *, timeout_seconds: float | None = None) -> ResultT:
        """Let the worker do a job.

        timeout_seconds: how long this one may take, if not as long as any other.
        Raises BrokenOffError when the worker dies of it, takes too long, or fails.
        """
        process = self._process or await self._start()
        limit = self._timeout_seconds if timeout_seconds is None else timeout_seconds
        try:
            async with asyncio.timeout(limit):
                answer = await _ask(process, job)
        except TimeoutError:
            await self._kill()
            raise BrokenOffError(f"took longer than {limit:g} s") from None
        except (OSError, asyncio.IncompleteReadError):
            await self._kill()
            raise BrokenOffError(f"the worker ended (status {process.returncode})") from None
        except BaseException:
            # Interrupted halfway: what the worker says next would answer another question.
            await self._kill()
            raise
        self._done += 1
        if self._done >= self._most_jobs or answer.memory_bytes > self._most_memory_bytes:
            log.info("worker_replaced", jobs=self._done, memory=answer.memory_bytes)
            await self.close()
        if answer.error is not None:
            raise BrokenOffError(answer.error)
        result: ResultT = answer.result
        return result

    async def close(self) -> None:
        """Let the worker go; the next job starts another one."""
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GOODBYE_SECONDS)
        await self._kill()

    async def _start(self) -> Process:
        # A session of its own: Ctrl-C in a terminal is the bot's to handle.
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.analysis.worker",
            self._work,
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            env=os.environ
            | {"OMP_NUM_THREADS": self._threads, "OPENBLAS_NUM_THREADS": self._threads},
        )
        self._done = 0
        return self._process

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _ask(process: Process, job: object) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise OSError("the worker has no pipes")
    process.stdin.write(to_frame(job))
    await process.stdin.drain()
    header = await process.stdout.readexactly(HEADER_BYTES)
    answer: Answer = from_body(await process.stdout.readexactly(body_length(header)))
    return answer
