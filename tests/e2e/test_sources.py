"""Operators look after the sources."""

from datetime import timedelta

import pytest

from bot.archive import Archive
from bot.archive.source_rows import Polled
from bot.intake.source import SourceSpec
from tests.e2e.site import Page, Site, article_page, feed
from tests.e2e.town import Town

TITLE = "Посол Казахстана провёл переговоры в Чикаго"
TEXT = (
    "Посол Казахстана в США Ержан Тестов прибыл в Чикаго и провёл переговоры с мэром города.",
    "Стороны обсудили прямые рейсы между Алматы и Чикаго и торговлю между Казахстаном и США.",
)


async def add(archive: Archive, town: Town, name: str, url: str | None = None) -> str:
    """Let the desk follow a source."""
    spec = SourceSpec(
        id=name.lower(),
        outlet=name,
        language="ru",
        kind="feed",
        url=url or f"https://{name.lower()}.example/rss",
    )
    assert await archive.sources.add(spec, now=town.clock())
    return spec.id


async def polled(
    archive: Archive, town: Town, source_id: str, *, new: int = 0, error: str | None = None
) -> None:
    """Let a source have been asked just now."""
    source = await archive.sources.get(source_id)
    assert source is not None
    result = Polled(
        next_poll_at=town.clock() + timedelta(minutes=15),
        every=timedelta(minutes=15),
        new_articles=new,
        error=error,
        failed=error is not None,
    )
    await archive.sources.polled(source, result, now=town.clock())


def put_feed(site: Site, town: Town, number: int = 2) -> None:
    entries = {f"/{n}": (f"{TITLE}, день {n}", town.clock()) for n in range(number)}
    site.pages["/rss"] = feed("Вестник Чикаго", entries, site)
    for path, (title, _) in entries.items():
        site.pages[path] = article_page(title, *TEXT)


async def test_the_health_of_all_sources_is_seen_at_a_glance(town: Town, archive: Archive) -> None:
    for name in ("Акорда", "Вести", "Газета", "Дело"):
        await add(archive, town, name)
    await polled(archive, town, "акорда", new=1)
    await polled(archive, town, "вести", error="The site cannot be reached (x).")
    await polled(archive, town, "газета", new=1)
    await polled(archive, town, "газета", error="The page is not there any more (404).")
    await archive.sources.pause("дело")
    operator = await town.operator()
    [screen] = await operator.sends("/sources")
    assert screen.text.startswith(
        "Источники · ✓ 1 · ! 1 · ✗ 1 · ⏸ 1\n\n"
        "✗ Вести — сайт недоступен (1 раз подряд)\n"
        "! Газета — страницы больше нет (1 раз подряд)\n"
        "✓ Акорда — последняя новая статья: 12:00\n"
        "⏸ Дело — на паузе"
    )
    assert list(screen.buttons) == ["✗ Вести", "! Газета", "✓ Акорда", "⏸ Дело"]


async def test_many_sources_are_paged(town: Town, archive: Archive) -> None:
    for number in range(12):
        await add(archive, town, f"Outlet{number:02}")
    operator = await town.operator("en")
    [first] = await operator.sends("/sources")
    assert "Outlet09" in first.text
    assert "Outlet10" not in first.text
    [second] = await operator.presses("›")
    assert "Outlet11" in second.text
    [again] = await operator.presses("›")
    assert again.text == first.text


async def test_a_source_is_paused_and_resumed(town: Town, archive: Archive) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    await operator.sends("/sources")
    [details] = await operator.presses("! Акорда")
    assert "https://акорда.example/rss" in details.text
    assert "лента · ru" in details.text
    assert "ещё не опрашивался" in details.text
    [paused] = await operator.presses("Пауза")
    assert "⏸ на паузе" in paused.text
    source = await archive.sources.get("акорда")
    assert source is not None
    assert source.paused
    [resumed] = await operator.presses("Возобновить")
    assert "Следующая проверка: 12:00" in resumed.text
    [back] = await operator.presses("‹ Все источники")
    assert back.text.startswith("Источники")


async def test_checking_shows_what_a_source_lists_now(
    town: Town, archive: Archive, site: Site
) -> None:
    put_feed(site, town)
    await add(archive, town, "Вестник", f"{site.url}/rss")
    operator = await town.operator()
    await operator.sends("/sources")
    await operator.presses("! Вестник")
    [checked] = await operator.presses("Проверить")
    assert f"✓ Проверено сейчас: там 2 статьи.\n• {TITLE}, день 0\n• " in checked.text
    assert await archive.articles.count() == 0
    site.pages["/rss"] = Page("", status=500)
    [failed] = await operator.presses("Проверить")
    assert "✗ Проверено сейчас: на сайте ошибка." in failed.text


async def test_a_source_is_removed_only_after_a_question(town: Town, archive: Archive) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    await operator.sends("/sources")
    await operator.presses("! Акорда")
    [question] = await operator.presses("Удалить")
    assert question.text == "Удалить «Акорда»? Статьи останутся."
    await operator.presses("Оставить")
    assert await archive.sources.get("акорда") is not None
    await operator.presses("Удалить")
    [screen] = await operator.presses("Да, удалить")
    assert "Источников пока нет." in screen.text
    assert await archive.sources.get("акорда") is None
    assert await operator.last_toast() == "«Акорда» удалён из источников."


async def test_a_button_of_a_removed_source_says_so(town: Town, archive: Archive) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    [screen] = await operator.sends("/sources")
    await archive.sources.remove("акорда", now=town.clock())
    await operator.presses("! Акорда", on=screen)
    assert "Этого источника больше нет" in await operator.last_toast()


async def test_adding_shows_what_is_there_before_it_is_followed(
    town: Town, archive: Archive, site: Site
) -> None:
    put_feed(site, town)
    operator = await town.operator()
    progress, trial = await operator.sends(f"/sources add {site.url}/rss")
    assert progress.text == "Проверяю …"
    assert trial.text.startswith(f"Вестник Чикаго\n{site.url}/rss\n\n✓ Проверено сейчас: там 2")
    assert trial.text.endswith("Следить за этим источником?")
    assert await archive.sources.listed() == []
    [added] = await operator.presses("Добавить")
    assert "«Вестник Чикаго» добавлен в источники" in added.text
    [source] = await archive.sources.listed()
    assert (source.spec.url, source.spec.outlet) == (f"{site.url}/rss", "Вестник Чикаго")
    *_, again = await operator.sends(f"/sources add {site.url}/rss")
    await operator.presses("Добавить", on=again)
    assert "уже есть среди источников" in (await operator.screen())[-1].text


async def test_an_added_source_brings_its_articles_into_latest(
    town: Town, archive: Archive, site: Site
) -> None:
    put_feed(site, town)
    operator = await town.operator()
    await operator.sends(f"/sources add {site.url}/rss")
    await operator.presses("Добавить")
    await town.application.poller.seed()
    for source in await archive.sources.listed():
        if source.from_beat:
            await archive.sources.pause(source.spec.id)
    await town.application.poller.poll()
    reader = await town.reader()
    cards = await reader.sends("/latest")
    assert any(f"{TITLE}, день 0" in card.text for card in cards)


async def test_a_page_leads_to_the_feed_that_it_names(town: Town, site: Site) -> None:
    put_feed(site, town)
    site.pages["/"] = Page(
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>'
        "<body>Главная</body></html>"
    )
    operator = await town.operator()
    *_, trial = await operator.sends(f"/sources add {site.url}/")
    assert f"{site.url}/rss" in trial.text
    await operator.presses("Добавить")
    [source] = await town.application.archive.sources.listed()
    assert source.spec.url == f"{site.url}/rss"


async def test_what_is_not_wanted_is_left(town: Town, archive: Archive, site: Site) -> None:
    put_feed(site, town)
    operator = await town.operator()
    await operator.sends(f"/sources add {site.url}/rss")
    [left] = await operator.presses("Отмена")
    assert left.text == "Не добавлено."
    assert await archive.sources.listed() == []


@pytest.mark.parametrize(
    ("path", "said"),
    [("/nothing", "страницы больше нет"), ("/page", "ленты там нет")],
)
async def test_an_address_without_a_feed_cannot_be_added(
    town: Town, site: Site, path: str, said: str
) -> None:
    site.pages["/page"] = article_page(TITLE, *TEXT)
    operator = await town.operator()
    *_, trial = await operator.sends(f"/sources add {site.url}{path}")
    assert said in trial.text
    assert trial.buttons == {}


async def test_an_address_inside_the_network_is_not_opened(town: Town) -> None:
    operator = await town.operator()
    *_, trial = await operator.sends("/sources add http://192.168.0.1/rss")
    assert "адрес ведёт в частную сеть" in trial.text


@pytest.mark.parametrize("asked", ["/sources delete", "/sources add", "/sources add a b"])
async def test_a_wrong_command_is_explained(town: Town, asked: str) -> None:
    operator = await town.operator()
    [answer] = await operator.sends(asked)
    assert "/sources add https://…" in answer.text


async def test_sources_are_for_operators_on_the_command_and_on_every_button(
    town: Town, archive: Archive, site: Site
) -> None:
    put_feed(site, town)
    await add(archive, town, "Акорда")
    operator, stranger = await town.operator(), await town.reader()
    [refused] = await stranger.sends("/sources")
    assert "для операторов" in refused.text
    [refused] = await stranger.sends(f"/sources add {site.url}/rss")
    assert "для операторов" in refused.text
    assert site.visits == []
    [screen] = await operator.sends("/sources")
    [details] = await operator.presses("! Акорда")
    [question] = await operator.presses("Удалить")
    *_, trial = await operator.sends(f"/sources add {site.url}/rss")
    before = await archive.sources.listed()
    for bubble in (screen, details, question, trial):
        for button in bubble.buttons.values():
            await stranger.sends("/start")
            [own] = [b for b in await stranger.screen() if "/latest" in b.text][-1:]
            await town.client.press(
                stranger.id, own.message["message_id"], button["callback_data"], forged=True
            )
            await town.settled()
            assert "для операторов" in await stranger.last_toast()
            town.clock.passes(seconds=11)
    assert await archive.sources.listed() == before


async def test_a_failing_source_is_reported_once_and_again_when_it_is_well(
    town: Town, archive: Archive
) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    await operator.sends("/start")
    await polled(archive, town, "акорда", error="The site cannot be reached.")
    assert await town.application.source_reports.send() == 0
    town.clock.passes(days=1, hours=1)
    assert await town.application.source_reports.send() == 1
    assert await town.application.source_reports.send() == 0
    report = (await operator.screen())[-1]
    assert "✗ «Акорда» не отвечает как надо с 22 ноября, 12:00." in report.text
    await polled(archive, town, "акорда", new=1)
    await town.application.source_reports.send()
    assert "✓ «Акорда» снова работает." in (await operator.screen())[-1].text
    assert await town.application.source_reports.send() == 0


async def test_a_silent_source_is_reported(town: Town, archive: Archive) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    await operator.sends("/start")
    await polled(archive, town, "акорда", new=1)
    town.clock.passes(days=8)
    await polled(archive, town, "акорда")
    await town.application.source_reports.send()
    assert "! «Акорда»: ничего нового с 22 ноября." in (await operator.screen())[-1].text


async def test_a_report_that_telegram_did_not_take_is_sent_later(
    town: Town, archive: Archive
) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    await operator.sends("/start")
    await polled(archive, town, "акорда", error="The site cannot be reached.")
    town.clock.passes(days=2)
    await town.client.fail("5xx", method="sendMessage")
    assert await town.application.source_reports.send() == 0
    assert await town.application.source_reports.send() == 1


async def test_an_operator_who_blocked_the_bot_holds_nothing_up(
    town: Town, archive: Archive
) -> None:
    await add(archive, town, "Акорда")
    operator = await town.operator()
    await operator.sends("/start")
    await town.client.block(operator.id)
    await polled(archive, town, "акорда", error="The site cannot be reached.")
    town.clock.passes(days=2)
    assert await town.application.source_reports.send() == 1
