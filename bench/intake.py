"""How fast live news comes in, and how the bot answers meanwhile; beside it, other programs."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
import psutil

from bench.intake_site import ENTRIES, FEEDS, host_of
from bench.town import ask
from bot.archive import Archive
from bot.clock import system_now
from bot.intake.client import GuardedClient
from bot.intake.poller import Poller
from bot.intake.source import SourceSpec
from bot.memory import set_aside
from bot.settings import PROJECT, load_settings
from bot.terminal_session import SandboxedBot, sandboxed_bot

PEER_PAGES = 600
ONE_PERSON_ASKS = 10
PEOPLE = 200
_PAUSE_SECONDS = 0.1
_ASKED_BETWEEN_LOOKS = 5


@dataclass(frozen=True)
class Outlets:
    """The beat of the bench."""

    sources: tuple[SourceSpec, ...]


@dataclass
class Watch:
    """What was seen during a pass: how long answers took, and the most memory."""

    times: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    def percentile(self, share: int) -> float:
        """Give a percentile of the answers' times, in milliseconds."""
        times = sorted(self.times)
        return times[min(len(times) - 1, len(times) * share // 100)] * 1000 if times else 0.0


async def intake() -> None:
    """Follow 300 feeds twice, ask the bot meanwhile, and print the table."""
    async with _site() as port:
        with tempfile.TemporaryDirectory() as folder:
            await _ours(f"sqlite+aiosqlite:///{folder}/bench.sqlite3", port)
        await _peers(port)


async def _ours(url: str, port: int) -> None:
    archive = await Archive.open(url)
    specs = tuple(
        SourceSpec(f"s{n}", f"Проба {n}", "ru", "feed", _address(n, port, "feed"))
        for n in range(FEEDS)
    )
    client = GuardedClient("bench@vestnik.example", allow_loopback=True)
    poller = Poller(archive, client, Outlets(specs), system_now)
    settings = load_settings(None).model_copy(update={"poll": False})
    print(f"{FEEDS} feeds of {ENTRIES} entries     seconds  articles/s  requests    MB sent")
    async with sandboxed_bot(settings, archive) as bot:
        # Intake alone is measured: the analysis of what came in waits.
        bot.application._scheduler.pause()
        await set_aside()
        for person in range(PEOPLE):
            await bot.client.add_person(id=1 + person, first_name="Reader", language_code="ru")
        await _stats(port)
        watch = Watch()
        now = system_now()
        for name, moment in (("first pass", now), ("nothing changed", now + timedelta(hours=6))):
            watching = asyncio.ensure_future(_watch(bot, watch))
            started = time.perf_counter()
            report = await poller.poll(moment)
            took = time.perf_counter() - started
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            sent = await _stats(port)
            print(
                f"vestnik, {name:<17} {took:9.1f} {report.new / took:11.0f}"
                f" {sent['requests']:9} {sent['bytes'] / 1e6:10.2f}"
            )
            for source, reason in list(report.failed.items())[:3]:
                print(f"  {source}: {reason}")
        print(f"articles stored                        {await archive.articles.count():7}")
        print(
            f"commands meanwhile ({len(watch.times)}): "
            f"p50 {watch.percentile(50):.0f} ms, p95 {watch.percentile(95):.0f} ms"
        )
        print(f"most memory, bot and worker (sandbox in it): {watch.megabytes:.0f} MB")
    await poller.close()
    await archive.close()


async def _watch(bot: SandboxedBot, watch: Watch) -> None:
    me = psutil.Process()
    asked = 0
    while True:
        person = 1 + asked // ONE_PERSON_ASKS % PEOPLE
        watch.times.append(await ask(bot, person, "/latest 1"))
        asked += 1
        if asked % _ASKED_BETWEEN_LOOKS == 0:
            used = sum(_memory(process) for process in (me, *_workers(me)))
            watch.megabytes = max(watch.megabytes, used / 1e6)
        await asyncio.sleep(_PAUSE_SECONDS)


def _memory(process: psutil.Process) -> int:
    """Count what a process holds; what two share, by halves, where the system tells."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", 0) or full.rss)


def _workers(me: psutil.Process) -> list[psutil.Process]:
    return [child for child in me.children() if "spawn_main" in " ".join(child.cmdline())]


async def _peers(port: int) -> None:
    python = os.environ.get("PEERS_PYTHON")
    if not python:
        print("newspaper4k, reader: absent; PEERS_PYTHON names a Python that has them")
        return
    pages = [_address(n % FEEDS, port, str(n // FEEDS)) for n in range(PEER_PAGES)]
    took, whole = await _peer(python, "newspaper4k", pages)
    print(f"newspaper4k, {PEER_PAGES} pages         {took:9.1f} {PEER_PAGES / took:11.0f}")
    print(f"  of these with a text: {whole:.0f}")
    feeds = [_address(n, port, "feed") for n in range(FEEDS)]
    first, second, entries = await _peer(python, "reader", feeds)
    print(f"reader, feeds only, first pass {first:7.1f} {entries / first:11.0f}")
    print(f"reader, nothing changed        {second:7.1f}")


async def _peer(python: str, name: str, urls: list[str]) -> list[float]:
    process = await asyncio.create_subprocess_exec(
        python, "bench/intake_peers.py", name, *urls, cwd=PROJECT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return [float(line) for line in out.split()]


def _address(feed: int, port: int, page: str) -> str:
    return f"http://{host_of(feed)}:{port}/{feed}/{page}"


async def _stats(port: int) -> dict[str, int]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/stats") as response,
    ):
        counted: dict[str, int] = await response.json()
        return counted


@asynccontextmanager
async def _site() -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.intake_site", cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.stdin.close()
        await process.wait()
