"""Following sources: each article once, none lost, and one bad source never at another's cost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from bot.archive.source_rows import ArrivalKind, SourceRow
from bot.archive.sources import FIRST_RHYTHM
from bot.intake.client import GuardedClient
from bot.intake.due_sources import LEASE
from bot.intake.poller import Poller, Report
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.source import SourceSpec
from bot.intake.worker import Worker
from tests.intake.loopback import PARAGRAPH, Loopback, article, item, serving

# One loop, so that one worker process can serve all tests.
pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
LATER = timedelta(hours=12)
WHOLE = "&lt;p&gt;" + PARAGRAPH * 6 + "&lt;/p&gt;"


@dataclass
class Outlets:
    sources: tuple[SourceSpec, ...] = ()


@dataclass
class Desk:
    """An archive, a poller, a site to follow, and a clock that moves by hand."""

    archive: Archive
    site: Loopback
    worker: Worker
    now: datetime = NOW
    outlets: Outlets = field(default_factory=Outlets)
    pollers: list[Poller] = field(default_factory=list)

    def follow(self, *specs: SourceSpec) -> None:
        self.outlets.sources += specs

    def feed(self, source_id: str, *entries: str, **more: object) -> SourceSpec:
        """Serve a feed and follow it."""
        url = self.site.feed(f"/{source_id}.xml", *entries, tag='"1"')
        made = replace(SourceSpec(source_id, f"Издание {source_id}", "ru", "feed", url), **more)  # type: ignore[arg-type]
        self.follow(made)
        return made

    def poller(self) -> Poller:
        """Start the program anew, with nothing in memory."""
        client = GuardedClient("tests", allow_loopback=True, now=lambda: self.now, total_seconds=2)
        self.pollers.append(
            Poller(self.archive, client, self.outlets, lambda: self.now, worker=self.worker)
        )
        return self.pollers[-1]

    async def poll(self, later: timedelta = timedelta()) -> Report:
        self.now += later
        return await self.poller().poll()

    async def source(self, source_id: str) -> SourceRow:
        row = await self.archive.sources.get(source_id)
        assert row is not None
        return row

    async def articles(self) -> list[ArticleRow]:
        return await self.archive.articles.latest(100)

    async def titles(self) -> set[str]:
        return {row.title for row in await self.articles()}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One process for all tests here."""
    worker = Worker()
    yield worker
    worker.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(tmp_path: Path, worker: Worker) -> AsyncIterator[Desk]:
    archive = await Archive.open(f"sqlite+aiosqlite:///{tmp_path}/vestnik.sqlite3")
    async with serving() as site:
        desk = Desk(archive, site, worker)
        yield desk
        for poller in desk.pollers:
            await poller.pages.client.close()
    await archive.close()


async def test_a_feed_becomes_articles_with_what_feed_and_page_state(desk: Desk) -> None:
    desk.feed("a", item("/1?utm_source=rss", "Встреча", pubDate="Sun, 22 Nov 2026 09:30:00"))
    desk.site.page("/1", article("Встреча"))

    report = await desk.poll()

    assert (report.polled, report.new, report.failed) == (1, 1, {})
    [row] = await desk.articles()
    assert (row.title, row.outlet, row.language) == ("Встреча", "Издание a", "ru")
    assert row.url == f"{desk.site.origin}/1"
    # The feed names no zone: half past nine in Almaty.
    assert row.published_at == datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
    assert row.summary


async def test_nothing_changed_is_one_small_request(desk: Desk) -> None:
    desk.feed("a", item("/1"))
    desk.site.page("/1", article("Встреча"))
    await desk.poll()
    asked = len(desk.site.requests)

    report = await desk.poll(LATER)

    assert (report.unchanged, report.new) == (1, 0)
    assert len(desk.site.requests) == asked + 1


async def test_a_feed_without_validators_reads_no_page_twice(desk: Desk) -> None:
    desk.follow(SourceSpec("a", "А", "ru", "feed", desk.site.feed("/a", item("/1", guid="один"))))
    desk.site.page("/1", article("Встреча"))
    await desk.poll()
    desk.site.feed("/a", item("/1", guid="другой"))

    report = await desk.poll(LATER)

    assert report.new == 0
    assert desk.site.asked("/1") == 1


async def test_an_entry_that_was_changed_is_read_again_as_a_revision(desk: Desk) -> None:
    url = desk.site.feed("/a", item("/1", "Встреча"))
    desk.follow(SourceSpec("a", "А", "ru", "feed", url))
    desk.site.page("/1", article("Встреча"))
    await desk.poll()
    desk.site.feed("/a", item("/1", "Встреча и соглашение"))
    desk.site.page("/1", article("Встреча и соглашение"))

    report = await desk.poll(LATER)

    assert report.kinds == {ArrivalKind.REVISED: 1}
    assert await desk.titles() == {"Встреча и соглашение"}


async def test_a_feed_with_whole_articles_needs_no_pages(desk: Desk) -> None:
    desk.feed("a", item("/1", description=WHOLE))

    report = await desk.poll()

    assert report.new == 1
    assert desk.site.asked("/1") == 0


async def test_a_page_that_cannot_be_read_leaves_the_feeds_own_words(desk: Desk) -> None:
    desk.feed("a", item("/gone", description=PARAGRAPH * 2))

    await desk.poll()

    assert len(await desk.articles()) == 1


async def test_one_bad_source_never_harms_another(desk: Desk) -> None:
    desk.feed("good", item("/1", "Встреча"))
    desk.site.page("/1", article("Встреча"))
    bad = {
        "gone": desk.site.page("/gone.xml", status=404),
        "page": desk.site.page("/page.xml", "<html><body>Войдите</body></html>"),
        "huge": desk.site.page("/huge.xml", b"<rss>" + b" " * 10_000_000),
        "loop": desk.site.page("/loop.xml", status=302, Location="/loop.xml"),
        "private": "http://10.0.0.1/feed",
        "nowhere": "http://no-such-host.invalid/feed",
        "broken": desk.site.page("/broken.xml", "<rss><channel><item>"),
    }
    desk.follow(*(SourceSpec(name, name, "ru", "feed", url) for name, url in bad.items()))

    report = await desk.poll()

    assert set(report.failed) == set(bad)
    assert all(reason.endswith(".") for reason in report.failed.values())
    assert await desk.titles() == {"Встреча"}
    assert (await desk.source("gone")).error == report.failed["gone"]


async def test_whatever_breaks_inside_costs_one_source(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.feed("good", item("/1", description=WHOLE))
    poller = desk.poller()
    listed = poller._reader.listed

    async def breaks(spec: SourceSpec, *rest: object) -> object:
        if spec.id == "odd":
            raise ZeroDivisionError
        return await listed(spec, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(poller._reader), "listed", lambda _, *args: breaks(*args))
    desk.feed("odd")

    report = await poller.poll()

    assert list(report.failed) == ["odd"]
    assert report.new == 1


async def test_a_failing_source_is_asked_less_and_less_often(desk: Desk) -> None:
    desk.follow(SourceSpec("a", "А", "ru", "feed", desk.site.page("/a", status=500)))
    waits = []
    for _ in range(4):
        await desk.poll()
        wait = (await desk.source("a")).next_poll_at - desk.now
        waits.append(wait)
        desk.now += wait

    assert waits == sorted(waits)
    assert waits[0] < 2 * FIRST_RHYTHM < waits[3]


async def test_a_site_that_asks_for_a_pause_is_left_alone_and_nothing_is_lost(desk: Desk) -> None:
    desk.feed("a", *(item(f"/{n}") for n in range(4)))
    for n in range(4):
        desk.site.page(f"/{n}", status=429, Retry_After="36000")

    await desk.poll()
    asked = sum(desk.site.asked(f"/{n}") for n in range(4))
    assert asked <= 2
    assert (await desk.source("a")).next_poll_at >= NOW + timedelta(hours=10)

    for n in range(4):
        desk.site.page(f"/{n}", article(f"Встреча {n}", text=f"{n} {PARAGRAPH[n * 7 :]}"))
    await desk.poll(LATER)
    assert len(await desk.articles()) == 4


async def test_a_page_that_fails_for_a_moment_is_tried_again(desk: Desk) -> None:
    desk.feed("a", item("/1", "Встреча"), item("/2", "Другая", description=WHOLE))
    desk.site.page("/1", status=500)
    await desk.poll()

    desk.site.page("/1", article("Встреча"))
    await desk.poll(LATER)

    assert await desk.titles() == {"Встреча", "Другая"}


async def test_a_page_that_fails_for_good_is_given_up(desk: Desk) -> None:
    desk.feed("a", item("/1"))
    desk.site.page("/1", status=500)

    for _ in range(6):
        await desk.poll(LATER)

    assert desk.site.asked("/1") == 3


async def test_a_source_behind_a_login_wall_fails_with_that_reason_until_it_opens(
    desk: Desk,
) -> None:
    wall = "<form>Войдите, чтобы читать.<input type='password'></form>"
    desk.feed("a", *(item(f"/{n}") for n in range(3)))
    for n in range(3):
        desk.site.page(f"/{n}", wall)

    report = await desk.poll()
    assert "asks to log in" in report.failed["a"]

    await desk.poll(LATER)
    assert "asks to log in" in str((await desk.source("a")).error)

    desk.site.feed("/a.xml", item("/9", description=WHOLE), tag='"2"')
    await desk.poll(LATER)
    assert (await desk.source("a")).failing_since is None


async def test_a_redirect_to_the_front_page_is_no_article(desk: Desk) -> None:
    desk.feed("a", item("/old/1"))
    desk.site.page("/old/1", status=302, Location="/")
    desk.site.page("/", article("Главная страница"))

    await desk.poll()

    assert await desk.articles() == []


async def test_a_date_of_the_future_is_today_and_a_missing_one_stays_unknown(desk: Desk) -> None:
    desk.feed(
        "a",
        item("/1", "Будущее", description=WHOLE, pubDate="Sun, 07 Feb 2106 06:28:15 GMT"),
        item("/2", "Без даты", description=WHOLE.replace("Вашингтоне", "Астане и Алматы")),
    )

    await desk.poll()

    dates = {row.title: row.published_at for row in await desk.articles()}
    assert dates == {"Будущее": NOW, "Без даты": None}


async def test_the_canonical_address_of_a_page_is_the_articles(desk: Desk) -> None:
    desk.feed("a", item("/amp/1"))
    head = "<link rel='canonical' href='/1'>"
    desk.site.page("/amp/1", article("Встреча", head=head.replace("/1", f"{desk.site.origin}/1")))

    await desk.poll()

    assert [row.url for row in await desk.articles()] == [f"{desk.site.origin}/1"]


async def test_a_reprint_in_another_outlet_is_linked(desk: Desk) -> None:
    desk.feed("a", item("/1", description=WHOLE, pubDate="Sun, 22 Nov 2026 06:00:00 GMT"))
    await desk.poll()
    copy = WHOLE.replace("&lt;p&gt;", "&lt;p&gt;Как сообщили нам, ", 1)
    desk.feed("b", item("/2", description=copy, pubDate="Sun, 22 Nov 2026 06:30:00 GMT"))

    report = await desk.poll()

    assert report.kinds == {ArrivalKind.REPRINT: 1}
    reprint, original = await desk.articles()
    assert reprint.original_id == original.id


async def test_a_pass_that_is_killed_in_the_middle_loses_and_repeats_nothing(desk: Desk) -> None:
    desk.feed("a", *(item(f"/{n}", f"Новость {n}") for n in range(30)))
    reached = asyncio.Event()

    def page(number: int) -> None:
        text = article(f"Новость {number}", text=f"{number} " + PARAGRAPH[number:])

        async def answer(_: web.Request) -> web.Response:
            if number == 25 and not reached.is_set():
                reached.set()
                await asyncio.Event().wait()
            return web.Response(text=text, content_type="text/html")

        desk.site.does(f"/{number}", answer)

    for number in range(30):
        page(number)
    polling = asyncio.ensure_future(desk.poll())
    await reached.wait()
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    kept = await desk.titles()
    assert 0 < len(kept) < 30

    assert (await desk.poll()).polled == 0
    await desk.poll(LEASE)

    assert await desk.titles() == {f"Новость {n}" for n in range(30)}
    assert len(await desk.articles()) == 30
    assert all(desk.site.asked(f"/{title.split()[-1]}") == 1 for title in kept)


async def test_a_listing_page_and_a_sitemap_are_followed_like_feeds(desk: Desk) -> None:
    listing = desk.site.page("/list", "<div class='n'><a href='/1'>Раз</a></div>")
    sitemap = desk.site.page(
        "/map.xml", f"<urlset><url><loc>{desk.site.origin}/2</loc></url></urlset>"
    )
    index = desk.site.page(
        "/index.xml", f"<sitemapindex><sitemap><loc>{sitemap}</loc></sitemap></sitemapindex>"
    )
    desk.follow(
        SourceSpec("list", "А", "ru", "listing", listing, selector=".n a"),
        SourceSpec("map", "Б", "ru", "sitemap", index),
    )
    desk.site.page("/1", article("Раз"))
    desk.site.page("/2", article("Два", text=PARAGRAPH[::-1]))

    report = await desk.poll()

    assert report.failed == {}
    assert await desk.titles() == {"Раз", "Два"}


async def test_a_folder_is_a_source_too(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "1.txt").write_text(f"Заголовок первый\n\n{PARAGRAPH}", encoding="utf-8")
    (folder / "2.txt").write_bytes(bytes(100))
    desk.follow(SourceSpec("files", "Папка", "ru", "folder", str(folder)))

    assert (await desk.poll()).new == 1
    assert "2.txt" in str((await desk.source("files")).error)
    assert (await desk.poll(LATER)).new == 0


async def test_a_trial_shows_what_a_source_gives_and_stores_nothing(desk: Desk) -> None:
    spec = desk.feed("a", item("/1", "Встреча"), item("/2", "Другая"))
    desk.site.page("/1", article("Встреча"))

    trial = await desk.poller().try_source(spec)

    assert (trial.answers, trial.title, len(trial.entries)) == (True, "Проба", 2)
    assert trial.article is not None
    assert await desk.articles() == []


async def test_the_feed_of_a_page_is_found(desk: Desk) -> None:
    spec = desk.feed("a", item("/1", description=WHOLE))
    page = desk.site.page(
        "/", "<link rel='alternate' type='application/rss+xml' href='/a.xml'><p>Привет</p>"
    )

    trial = await desk.poller().try_address(page, replace(spec, url=page))

    assert (trial.answers, trial.spec.url) == (True, spec.url)


async def test_a_trial_of_what_gives_nothing_says_why(desk: Desk) -> None:
    page = desk.site.page("/", "<html><p>Привет</p></html>")
    spec = SourceSpec("a", "А", "ru", "feed", page)

    trial = await desk.poller().try_address(page, spec)

    assert not trial.answers
    assert trial.problem == "There is no feed at this address (it is a page)."


async def test_work_that_hangs_is_given_up_and_the_next_goes_on() -> None:
    worker = Worker(seconds=0.5)
    try:
        assert await worker.run(abs, -1) == 1
        with pytest.raises(FetchError) as raised:
            await worker.run(_hang)
        assert raised.value.problem is FetchProblem.UNREADABLE
        assert await worker.run(abs, -2) == 2
    finally:
        worker.close()


async def test_work_that_ends_its_process_costs_itself_alone(worker: Worker) -> None:
    with pytest.raises(FetchError, match="broke the reading process"):
        await worker.run(_die)

    assert await worker.run(abs, -3) == 3


def _hang() -> None:
    import threading

    threading.Event().wait()


def _die() -> None:
    import os

    os._exit(1)
