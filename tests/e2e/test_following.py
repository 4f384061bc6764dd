"""Sources are followed by themselves: in the running program, and tick by tick."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.clock import system_now
from bot.delivery.ticks import Ticks
from bot.intake.client import GuardedClient
from bot.intake.poller import Poller
from bot.intake.source import SourceSpec
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox
from tests.e2e.conftest import TOKEN
from tests.e2e.site import Page, Site, article_page, feed
from tests.e2e.town import Town
from tests.operating import running, vestnik

TITLE = "Посол провёл переговоры в Чикаго"
TEXT = ("Стороны обсудили прямые рейсы между Алматы и Чикаго и торговлю. " * 3,) * 3
BEAT = 'id = "desk"\n[about]\nru = "о море"\nen = "the sea"\nkk = "теңіз"\n'
LONGEST_SECONDS = 120


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Telegram for a bot that runs as a process of its own."""
    sandbox = Sandbox(TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[SandboxClient]:
    """What people do there."""
    client = SandboxClient(sandbox.url)
    yield client
    await client.close()


async def latest(telegram: SandboxClient, person: int) -> str:
    """Let a new person ask for the news; give all that the bot says to it."""
    await telegram.add_person(id=person, first_name="Айгерим", language_code="ru")
    await telegram.say(person, "/latest")
    while not await telegram.confirmed(wait=10):
        pass
    answered = False
    while not answered:
        events = await telegram.events(chat=person, wait=10)
        answered = any(event.body.get("from", {}).get("is_bot") for event in events)
    return "\n".join(str(message.get("text")) for message in await telegram.messages(person))


async def test_an_added_source_brings_its_articles_into_latest_of_the_running_bot(
    tmp_path: Path, site: Site, sandbox: Sandbox, telegram: SandboxClient
) -> None:
    site.pages["/rss"] = feed("Вестник", {"/1": (TITLE, system_now())}, site)
    site.pages["/1"] = article_page(TITLE, *TEXT)
    (tmp_path / "beat.toml").write_text(BEAT, encoding="utf-8")
    settings = {
        "BEAT": "beat.toml",
        "SAMPLES": "false",
        "FETCH_LOOPBACK": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path}/vestnik.sqlite3",
    }

    added = await vestnik(tmp_path, "sources", "add", f"{site.url}/rss", stdin=b"", **settings)
    assert added.status == 0, added.err
    assert added.out.endswith("Added as 127-0-0-1.\n")

    on_telegram = {"BOT_TOKEN": TOKEN, "BOT_API_URL": sandbox.url, "POLL": "true"}
    async with running(tmp_path, "run", settings=settings | on_telegram, strict=False):
        async with asyncio.timeout(LONGEST_SECONDS):
            person = 1
            while TITLE not in await latest(telegram, person):
                person += 1
    assert site.visits.count("/1") == 2  # once on trial, once to be kept


@pytest.fixture
async def ticks(town: Town, archive: Archive) -> AsyncIterator[Ticks]:
    """The ticks of a bot that follows what operators add, and nothing else."""

    class Nothing:
        sources: tuple[SourceSpec, ...] = ()

    client = GuardedClient("tests", allow_loopback=True, now=town.clock)
    poller = Poller(archive, client, Nothing(), town.clock)
    yield replace(town.application.ticks, poller=poller)
    await poller.close()


async def test_a_tick_asks_what_is_due_and_tells_operators_of_trouble_once(
    town: Town, archive: Archive, site: Site, ticks: Ticks
) -> None:
    operator = await town.operator()
    await operator.sends("/start")
    site.pages["/rss"] = feed("Вестник", {"/1": (TITLE, town.clock())}, site)
    site.pages["/1"] = article_page(TITLE, *TEXT)
    spec = SourceSpec("vestnik", "Вестник", "ru", "feed", f"{site.url}/rss")
    await archive.sources.add(spec, now=town.clock())

    await ticks.poll()
    await ticks.poll()

    assert site.visits == ["/rss", "/1"], "it was asked again before its time"
    [card, *_] = await operator.sends("/latest")
    assert TITLE in card.text

    site.pages["/rss"] = Page("", status=500)
    said = len(await operator.screen())
    for _ in range(6):
        town.clock.passes(hours=13)
        await ticks.poll()
    [report] = (await operator.screen())[said:]
    assert "✗ «Вестник» не отвечает как надо" in report.text


async def test_a_tick_drops_what_readers_sent_long_ago(
    town: Town, archive: Archive, ticks: Ticks
) -> None:
    reader = await town.reader()
    await reader.sends(" ".join(TEXT))
    await ticks.tidy()
    [unfolded] = await reader.presses("Подробнее")
    assert "Алматы" in unfolded.text

    town.clock.passes(days=31)
    await ticks.tidy()

    await reader.presses("Свернуть")
    assert "Этой статьи здесь больше нет" in await reader.last_toast()
