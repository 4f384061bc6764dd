"""Whoever follows a person, a topic or a search hears of it at once, once, and not at night."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive.rows import DeliveryState, Quiet, Wishes
from bot.delivery.alerts import Alerts
from bot.handlers.alerts_words import promise
from bot.locales.wording import wording
from summarizer.findings import Findings
from tests.archive.alert_making import put_into_story
from tests.archive.people_making import person
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Bubble, Reader, Town

FIRST = (
    "Министр иностранных дел Казахстана Ержан Тестов встретился в Вашингтоне с госсекретарём США "
    "и обсудил торговлю ураном. Стороны договорились о поставках урана на пять лет. "
    "Встреча прошла в Государственном департаменте США."
)
AGAIN = (
    "Ержан Тестов и госсекретарь США обсудили в Вашингтоне торговлю ураном. На встрече в "
    "Государственном департаменте министр иностранных дел Казахстана договорился с США о поставках "
    "урана на пять лет."
)
OTHER = (
    "Министр иностранных дел Казахстана Ержан Тестов открыл в Чикаго новое консульство. "
    "На церемонию пришли студенты из Казахстана, которые учатся в США."
)
THIRD = (
    "Казахстан и США подписали в Алматы договор о разминировании складов. Документ подписал "
    "министр Ержан Тестов; работы на складах начнутся весной."
)
VISAS = "Посольство США в Казахстане изменило порядок выдачи виз студентам. Визы станут дешевле."


class Desk:
    """The town with its news: articles come in, are understood, and alerts are looked for."""

    def __init__(self, town: Town, add_article: AddArticle) -> None:
        self.town = town
        self._add = add_article
        self._number = 0

    async def brings(self, text: str, title: str, **known: Any) -> None:
        """Let an article come in, published now, as a story of its own, and look.

        What the analysis finds in it is Yerzhan Testov, where its text names him.
        """
        article_id = await self._comes_in(text, title, **known)
        archive = self.town.application.archive
        pending = await archive.analyses.next(ANALYSIS_VERSION)
        assert pending is not None
        people = (person("Ержан Тестов"),) if "Тестов" in text else ()
        await archive.analyses.keep(
            pending, Findings(people=people), version=ANALYSIS_VERSION, now=self.town.clock()
        )
        await put_into_story(archive, article_id)
        await self.town.application.indexer.catch_up()
        await self.looks()

    async def reports(self, text: str, title: str) -> None:
        """Let an article come in that is analysed and joined with others as in life, and look."""
        await self._comes_in(text, title)
        await self.town.application.analyst.catch_up()
        await self.town.application.indexer.catch_up()
        await self.looks()

    async def _comes_in(self, text: str, title: str, **known: Any) -> int:
        self.town.clock.passes(minutes=1)
        self._number += 1
        known.setdefault("published", self.town.clock().isoformat())
        known.setdefault("url", f"https://news.example/{self._number}")
        return await self._add(text, title=title, outlet=f"Издание {self._number}", **known)

    async def forgets(self) -> None:
        """Let the bot forget what it looked at, as when it is started anew."""
        alerts = self.town.application.ticks.alerts
        assert alerts is not None
        self.town.application.ticks = replace(
            self.town.application.ticks,
            alerts=Alerts(alerts.archive, alerts.briefings, alerts.now, alerts.keyboard),
        )

    async def looks(self) -> None:
        self.town.clock.passes(seconds=30)
        await self.town.application.ticks.alert()
        await self.town.application.ticks.sender.drain()


@pytest.fixture
def desk(town: Town, add_article: AddArticle) -> Desk:
    return Desk(town, add_article)


async def follower(desk: Desk) -> Reader:
    """A reader who follows Yerzhan Testov, whom earlier news named."""
    reader = await desk.town.reader()
    if not await desk.town.application.archive.people.most_mentioned(1):
        await desk.brings(
            "Ержан Тестов назначен министром иностранных дел Казахстана.", "Назначен министр"
        )
    desk.town.clock.passes(days=2)
    await reader.sends("/person Тестов")
    await reader.presses("Следить")
    return reader


async def alerts(reader: Reader) -> list[Bubble]:
    return [bubble for bubble in await reader.screen() if bubble.text.startswith("🔔")]


async def subscribed(reader: Reader) -> None:
    await reader.sends("/subscribe")
    await reader.presses("Подписаться")


async def quiet(reader: Reader) -> None:
    """22:00 to 07:00 are quiet hours."""
    await reader.sends("/settings")
    await reader.presses("Тихие часы")
    await reader.presses("22:00–07:00")


NIGHT = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
"""One o'clock on Thursday in Almaty."""


async def test_news_of_a_followed_person_comes_at_once_and_its_retelling_does_not(
    desk: Desk,
) -> None:
    reader = await follower(desk)
    assert "Сообщаю сразу, не больше 3 раз в день." in await reader.last_toast()
    await desk.reports(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    [alert] = await alerts(reader)
    assert "Тестов" in alert.text.split("\n")[0]
    assert "за кем вы следите: Ержан Тестов" in alert.text
    assert "Издание 2 · 24 ноября, 12:0" in alert.text
    await desk.reports(AGAIN, "Тестов и госсекретарь США обсудили торговлю ураном")
    await desk.looks()
    assert len(await alerts(reader)) == 1
    stories = await desk.town.application.archive.stories.between(
        datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
    )
    assert [len(story.articles) for story in stories] == [2]


async def test_the_story_opens_below_and_following_ends_with_a_press(desk: Desk) -> None:
    reader = await follower(desk)
    await desk.reports(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    [alert] = await alerts(reader)
    assert list(alert.buttons) == ["Подробнее", "Не следить: Ержан Тестов", "Настроить оповещения"]
    opened = await reader.presses("Подробнее", on=alert)
    assert "урана на пять лет" in opened[0].text
    [screen] = await reader.presses("Настроить оповещения", on=alert)
    assert "Вы следите за людьми: Ержан Тестов" in screen.text
    await reader.presses("Не следить: Ержан Тестов", on=alert)
    assert "больше не следите" in await reader.last_toast()
    await desk.reports(OTHER, "Тестов открыл консульство в Чикаго")
    assert len(await alerts(reader)) == 1


async def test_who_does_not_follow_hears_nothing_and_what_was_before_is_not_told(
    desk: Desk,
) -> None:
    stranger = await desk.town.reader()
    await stranger.sends("/start")
    early = await follower(desk)
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    late = await desk.town.reader()
    await late.sends("/person Тестов")
    await late.presses("Следить")
    await desk.looks()
    assert len(await alerts(early)) == 1
    assert await alerts(stranger) == await alerts(late) == []


async def test_of_a_story_that_goes_on_what_is_new_is_told(desk: Desk) -> None:
    reader = await follower(desk)
    await reader.presses("Не следить")
    await desk.reports(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    desk.town.clock.passes(hours=2)
    await reader.presses("Следить")
    await desk.reports(
        f"Ержан Тестов вручил госсекретарю США приглашение в Астану. {AGAIN}",
        "Тестов пригласил госсекретаря США в Астану",
    )
    [alert] = await alerts(reader)
    assert alert.text.startswith("🔔 Тестов пригласил госсекретаря США в Астану\n")
    assert "приглашение в Астану" in alert.text
    assert "Издание 3 · 24 ноября, 14:0" in alert.text
    assert "и ещё 1 издание" in alert.text


async def test_an_old_article_that_is_imported_is_no_news(desk: Desk) -> None:
    reader = await follower(desk)
    await desk.brings(FIRST, "Тестов обсудил торговлю", published="2024-03-26T10:00+05:00")
    await desk.brings(OTHER, "Тестов открыл консульство", published=None)
    assert await alerts(reader) == []


async def test_quiet_hours_hold_it_back_to_the_next_edition_where_it_is_marked(
    desk: Desk,
) -> None:
    reader = await follower(desk)
    await subscribed(reader)
    await quiet(reader)
    desk.town.clock.now = NIGHT
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    desk.town.clock.passes(hours=12)
    await desk.looks()
    assert await alerts(reader) == []
    before = len(await reader.screen())
    desk.town.clock.now = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
    await desk.town.application.ticks.deliver()
    [edition] = (await reader.screen())[before:]
    held = edition.text.split("Отложено для вас")[1].split("\n\n")[0]
    assert "— Из тех, за кем вы следите: Ержан Тестов" in held
    desk.town.clock.passes(days=7)
    await desk.town.application.ticks.deliver()
    assert "Отложено" not in (await reader.screen())[-1].text


async def test_without_a_subscription_it_comes_when_the_quiet_hours_end(desk: Desk) -> None:
    reader = await follower(desk)
    await quiet(reader)
    desk.town.clock.now = NIGHT
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    await desk.brings(OTHER, "Тестов открыл консульство в Чикаго")
    assert await alerts(reader) == []
    desk.town.clock.passes(hours=7)
    await desk.looks()
    await desk.looks()
    [alert] = await alerts(reader)
    assert alert.text.count("за кем вы следите: Ержан Тестов") == 2


async def test_what_waited_in_the_outbox_until_the_quiet_hours_is_taken_back(desk: Desk) -> None:
    reader = await follower(desk)
    await quiet(reader)
    town = desk.town
    town.clock.now = datetime(2026, 11, 25, 16, 55, tzinfo=UTC)
    desk_alerts = town.application.ticks.alerts
    assert desk_alerts is not None
    await town.application.ticks.sender.stop()
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    assert await town.application.archive.deliveries.counts() == {DeliveryState.PENDING: 1}
    town.clock.passes(minutes=30)
    assert await desk_alerts.hold_back() == 1
    assert await town.application.archive.deliveries.counts() == {}
    town.clock.passes(hours=10)
    assert await desk_alerts.look() == 1


async def test_no_more_come_than_a_day_may_have(desk: Desk) -> None:
    reader = await follower(desk)
    await reader.sends("/alerts")
    await reader.presses("1 в день")
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    await desk.brings(OTHER, "Тестов открыл консульство в Чикаго")
    await desk.brings(THIRD, "Договор о разминировании подписан в Алматы")
    assert len(await alerts(reader)) == 1
    desk.town.clock.passes(days=1)
    await desk.looks()
    [_, next_day] = await alerts(reader)
    assert next_day.text.count("за кем вы следите: Ержан Тестов") == 2


async def test_none_come_where_they_are_off_and_nothing_is_made_up_for(desk: Desk) -> None:
    reader = await follower(desk)
    await reader.sends("/alerts")
    [screen] = await reader.presses("Выключены")
    assert "Оповещения выключены, само ничего не придёт." in screen.text
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    await reader.presses("3 в день")
    await desk.looks()
    assert await alerts(reader) == []
    await desk.brings(OTHER, "Тестов открыл консульство в Чикаго")
    assert len(await alerts(reader)) == 1


async def test_stories_of_little_weight_and_with_unwanted_words_are_left_out(desk: Desk) -> None:
    picky, without = await follower(desk), await follower(desk)
    await picky.sends("/alerts")
    await picky.presses("Только самое важное")
    await without.sends("/exclude уран")
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    assert await alerts(picky) == await alerts(without) == []


async def test_topics_are_told_at_once_where_that_is_wanted(desk: Desk) -> None:
    reader, without = await desk.town.reader(), await desk.town.reader()
    for one in (reader, without):
        await one.sends("/settings")
        await one.presses("Темы")
        await one.presses("Энергетика")
    await reader.sends("/alerts")
    [screen] = await reader.presses("И о моих темах")
    assert "Темы: Энергетика" in screen.text
    await desk.brings(
        "Казахстан и США увеличат добычу нефти на Тенгизе. Нефть пойдёт по трубопроводу.",
        "Добыча нефти на Тенгизе вырастет",
    )
    [alert] = await alerts(reader)
    assert "Ваша тема: Энергетика" in alert.text
    assert await alerts(without) == []
    await reader.presses("Без оповещений о темах", on=alert)
    assert "Оповещений о темах больше не будет" in await reader.last_toast()


async def test_a_topic_that_is_chosen_later_tells_only_what_comes_then(desk: Desk) -> None:
    reader = await desk.town.reader()
    await reader.sends("/alerts")
    await reader.presses("И о моих темах")
    await desk.brings("Нефть Тенгиза пойдёт в США.", "Добыча нефти на Тенгизе вырастет")
    await reader.presses("Темы")
    await reader.presses("Энергетика")
    await desk.forgets()
    await desk.looks()
    assert await alerts(reader) == []
    await desk.brings("Нефть Кашагана пойдёт в США.", "Добыча нефти на Кашагане вырастет")
    assert len(await alerts(reader)) == 1


async def test_a_saved_search_is_an_alert(desk: Desk) -> None:
    reader = await desk.town.reader()
    await desk.brings(VISAS, "Визы станут дешевле")
    await reader.sends("/search визы")
    await reader.presses("Сохранить")
    toast = await reader.last_toast()
    assert toast == "Сохранено. Сообщаю сразу, не больше 3 раз в день."
    await desk.looks()
    assert await alerts(reader) == []
    await desk.brings(
        "Консульство США в Алматы начало выдавать визы туристам. Очередь на визу сократилась.",
        "Визы туристам выдают в Алматы",
    )
    await desk.looks()
    [alert] = await alerts(reader)
    assert "Ваш запрос: визы" in alert.text
    await reader.presses("Убрать запрос: визы", on=alert)
    [help_] = await reader.sends("/search")
    assert "визы" not in help_.buttons


async def test_one_story_for_two_reasons_is_one_alert(desk: Desk) -> None:
    reader = await follower(desk)
    await reader.sends("/search Тестов")
    await reader.presses("Сохранить")
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    await desk.looks()
    [alert] = await alerts(reader)
    assert "за кем вы следите: Ержан Тестов" in alert.text
    assert "Ваш запрос: Тестов" in alert.text


async def test_in_a_group_only_an_administrator_ends_it(desk: Desk) -> None:
    chief, member = await desk.town.reader(), await desk.town.reader()
    await desk.brings("Ержан Тестов назначен министром Казахстана.", "Назначен министр")
    await desk.town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[chief.id, member.id], admins=[chief.id]
    )
    chief.chat = member.chat = -700
    await chief.sends("/person Тестов")
    await chief.presses("Следить")
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    [alert] = await alerts(chief)
    await member.presses("Не следить: Ержан Тестов", on=alert)
    assert "только администратор" in await member.last_toast()
    await desk.brings(OTHER, "Тестов открыл консульство в Чикаго")
    assert len(await alerts(chief)) == 2


async def test_whoever_only_reads_a_channel_does_not_end_it_there(desk: Desk) -> None:
    chief, member = await desk.town.reader(), await desk.town.reader()
    await desk.brings("Ержан Тестов назначен министром Казахстана.", "Назначен министр")
    await desk.town.client.add_chat(
        id=-1_000_000_000_700,
        type="channel",
        title="Канал",
        members=[chief.id, member.id],
        admins=[chief.id],
        bot="administrator",
    )
    archive, now = desk.town.application.archive, desk.town.clock()
    channel = await archive.subscribers.remember(
        -1_000_000_000_700,
        None,
        language="ru",
        time_zone="Asia/Almaty",
        next_due=lambda _: now,
        now=now,
    )
    [named] = await archive.people.most_mentioned(1)
    await archive.people.follow(channel.id, named.id, now=now)
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    chief.chat = member.chat = channel.chat_id
    [alert] = [Bubble(post) for post in await desk.town.client.messages(channel.chat_id)]
    await member.presses("Не следить: Ержан Тестов", on=alert)
    assert await archive.people.follows(channel.id, named.id)
    await chief.presses("Не следить: Ержан Тестов", on=alert)
    assert not await archive.people.follows(channel.id, named.id)


async def test_it_is_counted_exported_and_forgotten(desk: Desk) -> None:
    reader, operator = await follower(desk), await desk.town.operator()
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    [stats] = await operator.sends("/stats")
    assert "Оповещения за сутки: 1 (отложено: 0)" in stats.text
    [status] = await reader.sends("/status")
    assert "Сообщаю сразу, не больше 3 раз в день." in status.text
    personal = desk.town.application.archive.personal
    [kept] = (await personal.export(reader.id))["alerts"]
    assert kept["reasons"][0][0] == "person"
    await reader.sends("/forgetme")
    await reader.presses("Удалить всё")
    assert (await personal.export(reader.id))["alerts"] == []


@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_the_promise_fits_a_notice(language: str) -> None:
    words = wording(language)
    wishes = Wishes(alerts_a_day=10, quiet=Quiet(22, 7))
    for has_briefing in (True, False):
        said = words.say("Noted: you follow {name}.", name="Я" * 40)
        said += f" {promise(wishes, words, has_briefing=has_briefing)}"
        assert len(said) <= 200
        off = promise(Wishes(alerts_a_day=0), words, has_briefing=has_briefing)
        assert "/alerts" in off


async def test_forged_buttons_change_nothing(desk: Desk) -> None:
    reader = await follower(desk)
    await desk.brings(FIRST, "Тестов обсудил в Вашингтоне торговлю ураном")
    [alert] = await alerts(reader)
    for data in ("al:person:1e9", "al:person:999", "al:search:zz", "al:nothing:1", "al:person:"):
        await reader.forges(alert, data)
    [screen] = await reader.sends("/alerts")
    assert "Ержан Тестов" in screen.text
    for data in ("w:perday:99", "w:atonce:7", "w:alerttopics:maybe"):
        await reader.forges(screen, data)
        assert "кнопка устарела" in await reader.last_toast(), data
