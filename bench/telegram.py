"""Telegram for the benches of sending: the sandbox in a process of its own, on the other core."""

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from bench.sending import let_join
from bot.sandbox.server import Sandbox

_PROCESSES = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Seen:
    """What the sandbox saw of messages: how many, to how many chats, how many it refused as 429.

    seconds: from the first to the last message that arrived. most_in_a_second: arrived in any one.
    """

    messages: int
    chats: int
    too_many: int
    seconds: float
    most_in_a_second: int


@dataclass(frozen=True)
class Telegram:
    """A running sandbox at `url`."""

    url: str
    _pipe: Connection

    async def seen(self) -> Seen:
        """Ask what was seen since the last time this was asked."""
        self._pipe.send("seen")
        found: Seen = await asyncio.to_thread(self._pipe.recv)
        return found


@asynccontextmanager
async def telegram(people: int, *, limits: bool = False) -> AsyncIterator[Telegram]:
    """Start a sandbox in which so many people know the bot; limits: Telegram's own."""
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_run, args=(theirs, people, limits))
    process.start()
    try:
        yield Telegram(await asyncio.to_thread(ours.recv), ours)
    finally:
        ours.send("stop")
        await asyncio.to_thread(process.join)


def _run(pipe: Connection, people: int, limits: bool) -> None:
    asyncio.run(_serve(pipe, people, limits))


async def _serve(pipe: Connection, people: int, limits: bool) -> None:
    sandbox = Sandbox(limits=limits)
    let_join(sandbox.world, people)
    await sandbox.start()
    pipe.send(sandbox.url)
    while await asyncio.to_thread(pipe.recv) == "seen":
        pipe.send(_seen(sandbox))
        sandbox.world.journal.calls.clear()
    await sandbox.stop()


def _seen(sandbox: Sandbox) -> Seen:
    calls = [call for call in sandbox.world.journal.calls if call.method == "sendMessage"]
    arrived = [call for call in calls if call.status == 200]
    moments = [call.at.timestamp() for call in arrived]
    seconds = Counter(int(moment) for moment in moments)
    return Seen(
        messages=len(arrived),
        chats=len({call.params["chat_id"] for call in arrived}),
        too_many=sum(call.status == 429 for call in calls),
        seconds=max(moments) - min(moments) if moments else 0.0,
        most_in_a_second=max(seconds.values(), default=0),
    )
