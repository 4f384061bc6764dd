"""The worker process: it dies, hangs, swells and prints, and the bot goes on."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import psutil
import pytest

from bot.analysis.jobs import Job
from bot.analysis.workshop import BrokenOffError, Workshop
from summarizer.findings import Findings
from tests.analysis.analysers import obey

Opened = Callable[..., Workshop[Job, Findings]]


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    shops: list[Workshop[Job, Findings]] = []

    def open_(**how: Any) -> Workshop[Job, Findings]:
        shops.append(Workshop(obey, **how))
        return shops[-1]

    yield open_
    for shop in shops:
        await shop.close()


def job(text: str) -> Job:
    return Job(text, None, None, {})


async def worker_of(shop: Workshop[Job, Findings], text: str = "an article") -> int:
    """Let an article be analysed; give the process that did it."""
    return int((await shop.do(job(text))).people[0].name)


async def test_the_worker_starts_with_the_first_article_and_stays(opened: Opened) -> None:
    shop = opened()
    assert shop.pid is None
    first = await worker_of(shop)
    assert await worker_of(shop) == first == shop.pid


async def test_closing_ends_the_worker_and_the_next_article_starts_another(opened: Opened) -> None:
    shop = opened()
    first = await worker_of(shop)
    await shop.close()
    assert not psutil.pid_exists(first)
    assert await worker_of(shop) != first


async def test_a_worker_that_dies_is_replaced(opened: Opened) -> None:
    shop = opened()
    first = await worker_of(shop)
    with pytest.raises(BrokenOffError, match="ended"):
        await shop.do(job("die now"))
    assert await worker_of(shop) != first


async def test_a_worker_that_hangs_is_ended(opened: Opened) -> None:
    shop = opened(timeout_seconds=1)
    first = await worker_of(shop)
    with pytest.raises(BrokenOffError, match="longer than 1 s"):
        await shop.do(job("hang on"))
    assert not psutil.pid_exists(first)
    assert await worker_of(shop) != first


async def test_an_error_is_told_and_the_worker_goes_on(opened: Opened) -> None:
    shop = opened()
    first = await worker_of(shop)
    with pytest.raises(BrokenOffError, match="ValueError: nothing in it"):
        await shop.do(job("fail please"))
    assert await worker_of(shop) == first


async def test_what_a_library_prints_does_not_get_between(opened: Opened) -> None:
    shop = opened()
    assert await worker_of(shop, "speak up") == await worker_of(shop)


async def test_after_so_many_articles_the_worker_is_a_fresh_one(opened: Opened) -> None:
    shop = opened(most_jobs=2)
    first, second, third = [await worker_of(shop) for _ in range(3)]
    assert first == second != third


async def test_a_worker_that_swells_is_replaced(opened: Opened) -> None:
    shop = opened(most_memory_bytes=60_000_000)
    first = await worker_of(shop, "swell up")
    assert await worker_of(shop) != first


async def test_a_text_longer_than_a_pipe_goes_through(opened: Opened) -> None:
    shop = opened()
    assert await worker_of(shop, "a long text " * 100_000) == shop.pid


def test_the_bot_imports_none_of_the_models() -> None:
    import subprocess
    import sys

    program = (
        "import sys, bot.app; print([m for m in ('slovnet', 'numpy', 'torch') if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"
