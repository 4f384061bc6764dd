"""How long importing and the first reply take, and what an idle bot holds in memory."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

from bot.settings import PROJECT

RUNS = 5
VESTNIK = Path(sys.executable).parent / "vestnik"


async def imports() -> None:
    """Import aiogram as it comes and as the bot does, in processes of their own, in turn."""
    ways = {
        "aiogram as it comes": "import aiogram",
        "through bot.telegram_models": "import bot.telegram_models, aiogram",
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    memory: dict[str, float] = {}
    for _ in range(RUNS):
        for way, program in ways.items():
            took, megabytes = await _import(program)
            times[way].append(took)
            memory[way] = megabytes
    print("import                         median s   memory MB")
    for way, taken in times.items():
        print(f"{way:<30} {sorted(taken)[RUNS // 2]:8.2f} {memory[way]:11.0f}")


async def _import(program: str) -> tuple[float, float]:
    """Run a program in a new Python; return its seconds and its megabytes at the end."""
    last = "import os, psutil; print(psutil.Process().memory_info().rss / 1e6)"
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", f"{program}; {last}", stdout=asyncio.subprocess.PIPE, cwd=PROJECT
    )
    out, _ = await process.communicate()
    return time.perf_counter() - started, float(out)


async def first_reply() -> None:
    """Time `make run` from its start to the first reply, and look at the idle bot's memory."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        first, _ = await _first_reply(settings)
        again = [await _first_reply(settings) for _ in range(RUNS)]
    times = sorted(took for took, _ in again)
    print(f"first reply after `make run`, new database       {first:6.2f} s")
    print(f"first reply after `make run`, median of {RUNS} starts   {times[RUNS // 2]:6.2f} s")
    print(f"memory after it, bot and sandbox in one process  {again[-1][1]:6.0f} MB")


async def _first_reply(settings: dict[str, str]) -> tuple[float, float]:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        "make",
        "--silent",
        "run",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=PROJECT,
        env=os.environ | settings,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"/start\n")
    await process.stdin.drain()
    while b"/latest" not in await process.stdout.readline():
        pass
    took = time.perf_counter() - started
    children = psutil.Process(process.pid).children(recursive=True)
    memory = max(child.memory_info().rss for child in children) / 1e6
    process.stdin.close()
    await process.communicate()
    return took, memory
