"""Catching up: the newest first, what kills the worker is given up, the rest goes on."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.analysis.analyst import ANALYSIS_VERSION, Analyst
from bot.analysis.workshop import Workshop
from bot.archive import Archive
from tests.analysis.analysers import obey
from tests.archive.making import MONDAY, add, new_article


@pytest.fixture
async def analyst(archive: Archive) -> AsyncIterator[Analyst]:
    shop = Workshop(obey, timeout_seconds=30)
    analyst = Analyst(archive, shop, (), lambda: MONDAY)
    yield analyst
    await analyst.close()


async def test_everything_that_waits_is_analysed_once(archive: Archive, analyst: Analyst) -> None:
    for number in range(3):
        await add(archive, new_article(f"Статья {number}."))
    assert await analyst.pending() == 3
    assert await analyst.catch_up() == 3
    assert await analyst.pending() == 0
    assert await analyst.catch_up() == 0


async def test_the_newest_come_first(archive: Archive, analyst: Analyst) -> None:
    old = await add(archive, new_article("Старое.", published_at=MONDAY - timedelta(days=9)))
    new = await add(archive, new_article("Новое.", published_at=MONDAY))
    waiting = await archive.analyses.next(ANALYSIS_VERSION)
    assert waiting is not None
    assert waiting.id == new != old


async def test_what_kills_the_worker_twice_is_given_up_and_the_rest_goes_on(
    archive: Archive, analyst: Analyst
) -> None:
    deadly = await add(archive, new_article("die of it"))
    await add(archive, new_article("Другая статья."))
    assert await analyst.catch_up() == 1
    [(article, reason)] = await archive.analyses.failed()
    assert article == deadly
    assert "ended (status 7)" in reason
    assert await analyst.pending() == 0


async def test_a_newer_analysis_goes_through_everything_again(
    archive: Archive, analyst: Analyst
) -> None:
    await add(archive, new_article("Статья."))
    await add(archive, new_article("fail again"))
    await analyst.catch_up()
    assert await archive.analyses.pending(ANALYSIS_VERSION) == 0
    assert await archive.analyses.pending(ANALYSIS_VERSION + 1) == 2


async def test_waiting_ends_when_nothing_is_left(archive: Archive, analyst: Analyst) -> None:
    assert await analyst.is_settled()
    await analyst.wait(60)


async def test_waiting_is_told_only_while_something_waits(
    archive: Archive, analyst: Analyst
) -> None:
    await add(archive, new_article("Статья."))
    assert not await analyst.is_settled()
    await analyst.catch_up()
    assert await analyst.is_settled()
