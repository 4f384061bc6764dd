"""Running the `vestnik` command as an operator does: mostly in a process of its own."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.logs import set_up_logs
from bot.settings import PROJECT, Settings

_LONGEST_SECONDS = 60
# What Python says of a program that ends without tidying up.
UNTIDY = ("Traceback", "Task was destroyed", "nclosed", "Warning", "never awaited", "Exception in")


def clean_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Give this process's environment without the settings of a developer, with these instead.

    Sources are not polled unless a test says so: no test speaks to the world outside.
    """
    names = {name.upper() for name in Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in names}
    return inherited | {"PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8", "POLL": "false", **settings}


@contextmanager
def logs_put_back() -> Iterator[None]:
    """Let something set the logs of this process up, and put them back as the tests have them."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        yield
    finally:
        set_up_logs("warning")
        root.handlers = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def is_tidy(self) -> bool:
        """Whether it ended without a traceback, a warning or something left open."""
        return not any(sign in self.out + self.err for sign in UNTIDY)


@dataclass(frozen=True)
class Running:
    """A command that runs."""

    process: asyncio.subprocess.Process

    async def line_with(self, words: str) -> str:
        """Read what it logs until a line holds these words."""
        return await self._until(self.process.stderr, words)

    async def output_with(self, words: str) -> str:
        """Read what it prints until a line holds these words."""
        return await self._until(self.process.stdout, words)

    async def types(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        await self.process.stdin.drain()

    async def ends(self, sent: signal.Signals | None = None) -> Ended:
        """Send it a signal, if one is given, and wait for its end; what was read is not told."""
        if sent is not None:
            self.process.send_signal(sent)
        async with asyncio.timeout(_LONGEST_SECONDS):
            out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return Ended(self.process.returncode, out.decode(), err.decode())

    async def _until(self, stream: asyncio.StreamReader | None, words: str) -> str:
        assert stream is not None
        read = []
        async with asyncio.timeout(_LONGEST_SECONDS):
            while line := (await stream.readline()).decode():
                read.append(line)
                if words in line:
                    return line
        raise AssertionError(f"it ended without saying {words!r}: {''.join(read)}")


@asynccontextmanager
async def running(
    folder: Path, *arguments: str, settings: Mapping[str, str], strict: bool = True
) -> AsyncIterator[Running]:
    """Start `vestnik` in a folder; kill it if it outlives its use.

    strict: in Python's development mode, which sees what is left open, every warning an error.
    """
    flags = ("-X", "dev", "-W", "error") if strict else ()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *flags,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=clean_environment(settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def vestnik(folder: Path, *arguments: str, stdin: bytes = b"", **settings: str) -> Ended:
    """Run `vestnik` in a folder to its end."""
    async with running(folder, *arguments, settings=settings, strict=False) as command:
        async with asyncio.timeout(_LONGEST_SECONDS):
            out, err = await command.process.communicate(stdin)
        assert command.process.returncode is not None
        return Ended(command.process.returncode, out.decode(), err.decode())
