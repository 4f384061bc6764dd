"""What `vestnik sources` does, with a site on loopback and an archive of its own."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console
from typer.testing import CliRunner

from bot import cli
from bot.archive.source_rows import SourceRow
from bot.clock import system_now
from bot.errors import VestnikError
from bot.settings import Settings
from bot.source_console import show_add, show_check, show_list
from bot.source_operations import Wish, add, check, listed, pause, remove, resume
from tests.e2e.site import Page, Site, article_page, feed
from tests.operating import clean_environment, logs_put_back

TITLE = "Посол провёл переговоры в Чикаго"
BEAT = 'id = "desk"\n[about]\nru = "о море"\nen = "the sea"\nkk = "теңіз"\n'


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A news site with a feed of two articles, and a page that names it."""
    site = Site()
    await site.open()
    entries = {f"/{n}": (f"{TITLE} — {n}", system_now()) for n in range(2)}
    site.pages["/rss"] = feed("Вестник [bold]Чикаго", entries, site)
    for path, (title, _) in entries.items():
        site.pages[path] = article_page(title, *("Стороны обсудили рейсы и торговлю. " * 3,) * 3)
    site.pages["/"] = Page(
        "<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>"
    )
    site.pages["/list"] = Page("<div class='news'><a href='/0'>Раз</a> <a href='/1'>Два</a></div>")
    yield site
    await site.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a desk that follows nothing yet, and may look at this machine."""
    beat = tmp_path / "beat.toml"
    beat.write_text(BEAT, encoding="utf-8")
    url = f"sqlite:///{tmp_path}/vestnik.sqlite3"
    return Settings(
        _env_file=None, database_url=SecretStr(url), beat=beat, samples=False, fetch_loopback=True
    )


async def only_source(settings: Settings) -> SourceRow:
    [source] = await listed(settings)
    return source


def terminal() -> tuple[Console, io.StringIO]:
    screen = io.StringIO()
    return Console(file=screen, width=200, highlight=False), screen


async def test_what_is_added_is_named_by_what_it_says_of_itself(
    settings: Settings, site: Site
) -> None:
    trial, added = await add(settings, Wish(f"{site.url}/rss"), force=False)

    assert added
    assert [entry.title for entry in trial.entries] == [f"{TITLE} — 0", f"{TITLE} — 1"]
    source = await only_source(settings)
    assert (source.spec.id, source.spec.outlet) == ("127-0-0-1", "Вестник [bold]Чикаго")
    assert (source.spec.language, source.spec.tried) == ("ru", True)
    assert not source.from_beat


async def test_what_an_operator_states_goes_before_what_is_found(
    settings: Settings, site: Site
) -> None:
    wish = Wish(f"{site.url}/rss", id="chicago", outlet="Чикаго", language="kk", time_zone="UTC")

    await add(settings, wish, force=False)

    spec = (await only_source(settings)).spec
    assert (spec.id, spec.outlet, spec.language, spec.time_zone) == (
        "chicago",
        "Чикаго",
        "kk",
        "UTC",
    )


async def test_a_page_leads_to_its_feed_and_a_listing_needs_a_selector(
    settings: Settings, site: Site
) -> None:
    await add(settings, Wish(f"{site.url}/"), force=False)
    wish = Wish(f"{site.url}/list", "listing", id="list", selector=".news a")
    trial, added = await add(settings, wish, force=False)

    assert added
    assert [entry.url for entry in trial.entries] == [f"{site.url}/0", f"{site.url}/1"]
    assert {row.spec.url for row in await listed(settings)} == {
        f"{site.url}/rss",
        f"{site.url}/list",
    }


async def test_what_does_not_answer_is_added_by_force_alone_and_marked(
    settings: Settings, site: Site
) -> None:
    wish = Wish(f"{site.url}/nothing", id="nothing")

    trial, added = await add(settings, wish, force=False)
    assert (trial.answers, added, await listed(settings)) == (False, False, [])

    _, added = await add(settings, wish, force=True)
    assert added
    assert (await only_source(settings)).spec.tried is False


async def test_an_id_or_an_address_is_taken_once(settings: Settings, site: Site) -> None:
    await add(settings, Wish(f"{site.url}/rss", id="one"), force=False)

    for wish in (Wish(f"{site.url}/rss", id="two"), Wish(f"{site.url}/", id="one")):
        with pytest.raises(VestnikError, match="vestnik sources list"):
            await add(settings, wish, force=False)


async def test_sources_are_paused_resumed_and_removed(settings: Settings, site: Site) -> None:
    await add(settings, Wish(f"{site.url}/rss", id="one"), force=False)

    await pause(settings, "one")
    assert (await only_source(settings)).paused
    await resume(settings, "one")
    assert not (await only_source(settings)).paused
    await remove(settings, "one")
    assert await listed(settings) == []


@pytest.mark.parametrize("operation", [pause, resume, remove])
async def test_a_source_that_is_not_there_is_a_sentence(settings: Settings, operation) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(VestnikError, match=r"no source nobody: see `vestnik sources list`\.$"):
        await operation(settings, "nobody")


async def test_checking_tries_each_or_those_that_are_named(settings: Settings, site: Site) -> None:
    await add(settings, Wish(f"{site.url}/rss", id="good"), force=False)
    await add(settings, Wish(f"{site.url}/nothing", id="bad"), force=True)

    found = {trial.spec.id: trial.answers async for trial in check(settings, [])}
    assert found == {"good": True, "bad": False}
    assert [trial.spec.id async for trial in check(settings, ["bad"])] == ["bad"]
    with pytest.raises(VestnikError, match="no source a, b"):
        [trial async for trial in check(settings, ["good", "b", "a"])]


async def test_a_trial_stores_no_article(settings: Settings, site: Site) -> None:
    await add(settings, Wish(f"{site.url}/rss"), force=False)
    _ = [trial async for trial in check(settings, [])]

    assert (await only_source(settings)).last_polled_at is None


async def test_adding_shows_what_is_there_and_the_newest_as_read(
    settings: Settings, site: Site
) -> None:
    console, screen = terminal()

    assert await show_add(settings, Wish(f"{site.url}/rss", id="one"), console, force=False)

    first, *titles, read, added = screen.getvalue().splitlines()
    assert first == f"yes  one  {site.url}/rss  2 entries"
    assert [title.split("  ")[-1] for title in titles] == [f"{TITLE} — 0", f"{TITLE} — 1"]
    assert read.startswith("  The newest was read: ")
    assert added == "Added as one."


async def test_checking_says_of_each_whether_it_answers(settings: Settings, site: Site) -> None:
    await add(settings, Wish(f"{site.url}/rss", id="good"), force=False)
    await add(settings, Wish(f"{site.url}/nothing", id="bad"), force=True)
    console, screen = terminal()

    assert not await show_check(settings, [], console)

    *lines, tally = screen.getvalue().splitlines()
    assert sorted(line.split("  ")[0] for line in lines) == ["no", "yes"]
    assert tally == "1 of 2 answer."
    assert await show_check(settings, ["good"], console)


async def test_the_list_tells_how_each_is_doing(settings: Settings, site: Site) -> None:
    for name in ("new", "resting"):
        wish = replace(Wish(f"{site.url}/rss?{name}"), id=name)
        await add(settings, wish, force=True)
    await pause(settings, "resting")
    console, screen = terminal()

    await show_list(settings, console)

    heading, new, resting = screen.getvalue().splitlines()
    assert heading.split() == ["id", "outlet", "kind", "state", "newest", "article"]
    # What an outlet calls itself is no markup.
    assert "[bold]" in new
    assert new.rstrip().endswith("none yet")
    assert "not asked yet" in new
    assert "paused" in resting


def test_the_command_says_what_it_did_and_ends_with_a_status(tmp_path: Path) -> None:
    beat = tmp_path / "beat.toml"
    beat.write_text(BEAT, encoding="utf-8")
    environment = clean_environment(
        {"DATABASE_URL": f"sqlite:///{tmp_path}/v.sqlite3", "BEAT": str(beat), "SAMPLES": "false"}
    )

    def vestnik(*arguments: str) -> tuple[int, str]:
        with logs_put_back():
            result = CliRunner().invoke(cli.main, ["sources", *arguments], env=environment)
        return result.exit_code, result.output

    refused = "http://127.0.0.1:9/rss"
    status, said = vestnik("add", refused, "--id", "one")
    assert status == 1
    assert "--force" in said
    status, said = vestnik("add", refused, "--id", "one", "--force")
    assert (status, said.splitlines()[-1]) == (0, "Added as one.")
    assert vestnik("check")[0] == 1
    assert vestnik("pause", "one") == (0, "one is paused.\n")
    assert "paused" in vestnik("list")[1]
    assert vestnik("resume", "one") == (0, "one is asked again.\n")
    assert vestnik("remove", "one") == (0, "one is removed; its articles stay.\n")
    assert vestnik("remove", "one")[0] == 2
