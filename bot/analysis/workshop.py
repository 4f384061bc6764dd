"""Holds the worker process: starts it when needed, replaces it when it dies, hangs or swells."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

import structlog

from bot.analysis.jobs import HEADER_BYTES, Answer, Job, body_length, from_body, to_frame
from summarizer.findings import Findings

log = structlog.get_logger()

ANALYSER = "bot.analysis.worker:analyse"
TIMEOUT_SECONDS = 60.0
"""How long one article may take, the loading of the models included."""

MOST_ARTICLES = 2_000
MOST_MEMORY_BYTES = 600_000_000
_GOODBYE_SECONDS = 2.0


class BrokenOffError(Exception):
    """An analysis did not end by itself; `str()` is the reason, for the operator."""


class Workshop:
    """One worker process, or none while there is nothing to do."""

    def __init__(
        self,
        *,
        analyser: str = ANALYSER,
        timeout_seconds: float = TIMEOUT_SECONDS,
        most_articles: int = MOST_ARTICLES,
        most_memory_bytes: int = MOST_MEMORY_BYTES,
    ) -> None:
        """Prepare; the process starts with the first job.

        analyser: the function that does a job in the worker, as "module:function".
        most_articles, most_memory_bytes: after so much the worker is replaced.
        """
        self._analyser = analyser
        self._timeout_seconds = timeout_seconds
        self._most_articles = most_articles
        self._most_memory_bytes = most_memory_bytes
        self._process: Process | None = None
        self._done = 0

    @property
    def pid(self) -> int | None:
        """The process id of the worker, while there is one."""
        return None if self._process is None else self._process.pid

    async def analyse(self, job: Job) -> Findings:
        """Let the worker do a job.

        Raises BrokenOffError when the worker dies of it, takes too long, or fails.
        """
        process = self._process or await self._start()
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answer = await _ask(process, job)
        except TimeoutError:
            await self._kill()
            raise BrokenOffError(f"took longer than {self._timeout_seconds:g} s") from None
        except (OSError, asyncio.IncompleteReadError):
            await self._kill()
            raise BrokenOffError(f"the worker ended (status {process.returncode})") from None
        except BaseException:
            # Interrupted halfway: what the worker says next would answer another question.
            await self._kill()
            raise
        self._done += 1
        if self._done >= self._most_articles or answer.memory_bytes > self._most_memory_bytes:
            log.info("worker_replaced", articles=self._done, memory=answer.memory_bytes)
            await self.close()
        if answer.findings is None:
            raise BrokenOffError(answer.error or "no findings")
        return answer.findings

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
            self._analyser,
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            # Small matrices: more threads of the algebra library only get into each other's way.
            env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
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


async def _ask(process: Process, job: Job) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise OSError("the worker has no pipes")
    process.stdin.write(to_frame(job))
    await process.stdin.drain()
    header = await process.stdout.readexactly(HEADER_BYTES)
    answer: Answer = from_body(await process.stdout.readexactly(body_length(header)))
    return answer
