"""A sandbox with the bot on it, for benchmarks that ask it things."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.archive import Archive
from bot.sandbox.client import SandboxClient
from bot.settings import load_settings
from bot.terminal_session import sandboxed_bot

Settled = Callable[[], Awaitable[None]]


@asynccontextmanager
async def town(archive: Archive) -> AsyncIterator[tuple[SandboxClient, Settled]]:
    """Run the bot on an archive; gives a client, and a wait until all is answered."""
    async with sandboxed_bot(load_settings(None), archive) as (application, client):

        async def settled() -> None:
            while not await client.confirmed(wait=10):
                pass
            await application.in_flight.idle()

        yield client, settled


async def ask(client: SandboxClient, settled: Settled, person: int, text: str) -> float:
    """Say something; return the seconds until the first message came back."""
    events = await client.events()
    seen = events[-1].seq if events else 0
    started = time.perf_counter()
    await client.say(person, text)
    while True:
        found = await client.events(seen, chat=person, wait=5)
        if any(e.kind == "message" and e.body["from"]["is_bot"] for e in found):
            break
        seen = found[-1].seq if found else seen
    took = time.perf_counter() - started
    await settled()
    return took
