"""One person sets up groups, topics and channels from their private chat, and only their own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Message, MessageEntity

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive.rows import Frequency, Length, Quiet, Rule, SubscriberRow, Wishes
from bot.handlers.managing import subscriber_in
from summarizer.findings import Findings, FoundPerson, FoundSentence
from summarizer.spans import Span
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Bubble, Reader, Town

GROUP, CHANNEL, FORUM = -700, -800, -900
NINE_ON_MONDAYS = Rule(Frequency.WEEKLY, 9, "Asia/Almaty")


@pytest.fixture
async def chief(town: Town) -> Reader:
    """Somebody who subscribed a group and a channel of theirs."""
    chief = await town.reader()
    await chief.sends("/start")
    for chat, kind, title in ((GROUP, "supergroup", "Отдел"), (CHANNEL, "channel", "Лента")):
        await town.client.add_chat(
            id=chat,
            type=kind,  # type: ignore[arg-type]
            title=title,
            members=[chief.id],
            admins=[chief.id],
            bot="administrator",
        )
        before = await town.last_event()
        await town.client.share_chat(chief.id, 1 if chat == GROUP else 2, chat)
        await town.answers(chief.chat, before)
    return chief


async def subscriber(town: Town, chat: int, thread: int | None = None) -> SubscriberRow:
    found = await town.application.archive.subscribers.find(chat, thread)
    assert found is not None
    return found


async def wishes(town: Town, chat: int) -> Wishes:
    return await town.application.archive.wishes.of((await subscriber(town, chat)).id)


async def rule(town: Town, chat: int, thread: int | None = None) -> Rule | None:
    row = await subscriber(town, chat, thread)
    running = await town.application.archive.subscribers.subscription(row.id)
    return None if running is None else running.rule


async def opens(chief: Reader, name: str) -> Bubble:
    await chief.sends("/groups")
    [screen] = await chief.presses(name)
    return screen


async def replies(town: Town, reader: Reader, bubble: Bubble, text: str) -> list[Bubble]:
    before = await town.last_event()
    await town.client.say(reader.id, text, reply_to=bubble.message["message_id"])
    return await town.answers(reader.chat, before)


async def test_a_channel_is_set_up_on_one_screen_that_says_whose_it_is(
    town: Town, chief: Reader
) -> None:
    screen = await opens(chief, "Канал «Лента»")
    assert screen.text.startswith("Канал «Лента»\n\nНастройки")
    assert "по понедельникам в 09:00" in screen.text
    assert screen.marked("text_link") == ["Канал «Лента»"]
    assert screen.marked("bold") == ["Настройки"]
    for label in (
        "Присылать кратко",
        "Без звука",
        "Прилагать PDF",
        "Оформленное сообщение",
        "Темы",
        "Энергетика",
        "‹ Настройки",
        "Важность",
        "Заметное",
        "Тихие часы",
        "22:00–07:00",
    ):
        [screen] = await chief.presses(label)
        assert screen.text.startswith("Канал «Лента»\n\n"), label
    stored = await wishes(town, CHANNEL)
    assert replace(stored, alerts_since=None) == Wishes(
        length=Length.SHORT,
        topics=frozenset({"energy"}),
        least_importance=0.45,
        quiet=Quiet(22, 7),
        is_rich=True,
        is_silent=True,
        has_pdf=True,
    )
    assert await wishes(town, GROUP) == Wishes()
    assert await wishes(town, chief.chat) == Wishes()


async def test_the_language_of_a_channel_is_its_own(town: Town, chief: Reader) -> None:
    await opens(chief, "Канал «Лента»")
    [asked] = await chief.presses("Язык")
    assert "На каком языке присылать туда сводку?" in asked.text
    [screen] = await chief.presses("English")
    # The person is spoken to as before.
    assert "Язык: English" in screen.text
    assert (await subscriber(town, CHANNEL)).language == "en"
    assert (await chief.sends("/settings"))[0].text.startswith("Настройки\n\nЯзык: Русский")


async def test_its_schedule_and_zone_are_changed_from_outside(town: Town, chief: Reader) -> None:
    await opens(chief, "Группа «Отдел»")
    [running] = await chief.presses("Расписание")
    assert running.text.startswith("Группа «Отдел»\n\n")
    await chief.presses("Изменить")
    await chief.presses("Каждый день")
    await chief.presses("18:00")
    done, preview = await chief.presses("Лондон, UTC")
    assert "каждый день в 18:00 (Лондон, UTC)" in done.text
    assert preview.text.startswith("Группа «Отдел»\n\n")
    assert await rule(town, GROUP) == Rule(Frequency.DAILY, 18, "Europe/London")
    assert await rule(town, CHANNEL) == NINE_ON_MONDAYS


async def test_a_city_typed_in_answer_to_the_question_is_for_that_chat(
    town: Town, chief: Reader
) -> None:
    await opens(chief, "Канал «Лента»")
    await chief.presses("Расписание")
    await chief.presses("Часовой пояс")
    _, question = await chief.presses("Другой город…")
    assert question.text.startswith("Канал «Лента»\n\nПо какому времени присылать?"), question.text
    [moved] = await replies(town, chief, question, "Вашингтон")
    assert moved.text.startswith("Канал «Лента»\n\n")
    assert "Нью-Йорк" in moved.text
    assert await rule(town, CHANNEL) == Rule(Frequency.WEEKLY, 9, "America/New_York")
    assert await rule(town, GROUP) == NINE_ON_MONDAYS


async def test_words_and_a_pause_typed_as_a_reply_are_for_that_chat(
    town: Town, chief: Reader
) -> None:
    await opens(chief, "Канал «Лента»")
    [shown] = await chief.presses("Слова")
    assert "ответом на это сообщение" in shown.text
    await replies(town, chief, shown, "/include нефть")
    [shown] = await replies(town, chief, shown, "/exclude футбол")
    assert {"✕ нефть", "✕ − футбол"} <= set(shown.buttons)
    [paused] = await replies(town, chief, shown, "/pause 01.12.2026")
    assert "пауза до 1 декабря" in paused.text
    stored = await wishes(town, CHANNEL)
    assert (stored.include, stored.exclude) == (("нефть",), ("футбол",))
    # What is typed without a reply is for the private chat itself, and says so by its screen.
    [own] = await chief.sends("/include уран")
    assert not own.text.startswith("Канал")
    assert (await wishes(town, chief.chat)).include == ("уран",)
    assert (await wishes(town, CHANNEL)).include == ("нефть",)


async def test_it_is_ended_and_begun_again_from_outside(town: Town, chief: Reader) -> None:
    await opens(chief, "Группа «Отдел»")
    [ended] = await chief.presses("Отписаться")
    assert ended.text.startswith("Группа «Отдел»\n\n")
    assert await rule(town, GROUP) is None
    [listed, _] = await chief.sends("/groups")
    assert set(listed.buttons) == {"Группа «Отдел»: без подписки", "Канал «Лента»"}
    await chief.presses("Подписаться снова", on=ended)
    await chief.presses("Подписаться")
    assert await rule(town, GROUP) == NINE_ON_MONDAYS


async def test_from_one_chat_one_comes_back_to_the_list(town: Town, chief: Reader) -> None:
    await opens(chief, "Группа «Отдел»")
    [listed] = await chief.presses("‹ Мои группы и каналы")
    assert list(listed.buttons) == ["Группа «Отдел»", "Канал «Лента»"]
    assert "Отдел" not in listed.text


async def test_the_name_above_a_screen_opens_the_settings_again(town: Town, chief: Reader) -> None:
    screen = await opens(chief, "Канал «Лента»")
    [link] = [e["url"] for e in screen.message["entities"] if e["type"] == "text_link"]
    [again] = await chief.sends("/start " + link.partition("start=")[2])
    assert again.text == screen.text


async def test_topics_that_speak_with_the_bot_are_listed_and_set_up(town: Town) -> None:
    chief = await town.reader()
    await town.client.add_chat(
        id=FORUM,
        type="supergroup",
        title="Форум",
        members=[chief.id],
        admins=[chief.id],
        is_forum=True,
    )
    threads = [await town.client.add_topic(FORUM, name) for name in ("Сводки", "Споры")]
    for thread in threads:
        in_topic = Reader(town, chief.id, FORUM, thread)
        await in_topic.sends("/subscribe")
        if thread == threads[0]:
            await in_topic.presses("Подписаться")
        else:
            await in_topic.sends("/start")
    [listed, _] = await chief.sends("/groups")
    assert "когда в ней отправят /subscribe" in listed.text
    first, second = (f"Группа «Форум», тема {thread}" for thread in threads)
    assert list(listed.buttons) == [first, f"{second}: без подписки"]
    await chief.presses(f"{second}: без подписки")
    await chief.presses("Расписание")
    await chief.presses("Подписаться")
    assert await rule(town, FORUM, threads[1]) == NINE_ON_MONDAYS
    town.clock.now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    await town.application.ticks.deliver()
    arrived = {m.get("message_thread_id") for m in await town.client.messages(FORUM)}
    assert set(threads) <= arrived


async def test_whoever_is_no_longer_an_administrator_changes_nothing(
    town: Town, chief: Reader
) -> None:
    screen = await opens(chief, "Группа «Отдел»")
    [shown] = await chief.presses("Слова")
    # Somebody else runs it now.
    await town.client.leave(chief.id, GROUP)
    await town.client.join(chief.id, GROUP)
    for data in ("w:silent:on", "w:topic:+energy", "c:unsubscribe", "s:done:d:0:1:9:0:UTC"):
        await chief.forges(shown, data)
        assert "администратор" in await chief.last_toast(), data
    for said in ("/include нефть", "/pause 01.12.2026", "/zone Лондон", "/unsubscribe"):
        [refused] = await replies(town, chief, shown, said)
        assert "Только администратор" in refused.text, said
    [listed, _] = await chief.sends("/groups")
    await chief.presses("Группа «Отдел»", on=listed)
    assert "администратор" in await chief.last_toast()
    [refused] = await chief.sends("/start chat-" + str((await subscriber(town, GROUP)).id))
    assert "Только администратор" in refused.text
    assert await wishes(town, GROUP) == Wishes()
    assert await rule(town, GROUP) == NINE_ON_MONDAYS
    assert screen.text


async def test_a_stranger_opens_nothing_by_forged_buttons_and_links(
    town: Town, chief: Reader
) -> None:
    stranger = await town.reader()
    [mine] = await stranger.sends("/settings")
    row = await subscriber(town, CHANNEL)
    await stranger.forges(mine, f"go:{row.id}")
    assert "Только администратор" in await stranger.last_toast()
    for data in ("go:999999", "go:-1", f"go:{'9' * 30}"):
        await stranger.forges(mine, data)
        assert await stranger.last_toast()
    for payload in ("chat-999999", f"chat-{row.id}", "chat-", "chat-x", "chat-" + "9" * 50):
        for answer in await stranger.sends(f"/start {payload}"):
            assert "Лента" not in answer.text
    # Nobody else's private chat is opened either.
    await chief.sends("/settings")
    own = await subscriber(town, chief.chat)
    await stranger.forges(mine, f"go:{own.id}")
    assert "устарела" in await stranger.last_toast()
    assert await wishes(town, CHANNEL) == Wishes()


async def test_a_person_cannot_make_a_screen_of_their_own(town: Town, chief: Reader) -> None:
    stranger = await town.reader()
    row = await subscriber(town, CHANNEL)
    await stranger.sends(f"https://t.me/vestnik_bot?start=chat-{row.id}")
    written = (await town.client.messages(stranger.chat))[-2]
    before = await town.last_event()
    await town.client.say(stranger.id, "/include нефть", reply_to=written["message_id"])
    await town.answers(stranger.chat, before)
    assert await wishes(town, CHANNEL) == Wishes()


async def test_somebody_is_followed_for_a_channel_by_a_reply_to_its_screen(
    town: Town, chief: Reader, add_article: AddArticle
) -> None:
    archive, name = town.application.archive, "Ерлан Тестов"
    await add_article(f"{name} прибыл в Астану.", title="Прибыл")
    article = await archive.analyses.next(ANALYSIS_VERSION)
    assert article is not None
    span = Span(0, len(name))
    sentence = FoundSentence(f"{name} прибыл в Астану.", span)
    findings = Findings(people=(FoundPerson(name, None, ((name, span),), (), sentence),))
    await archive.analyses.keep(article, findings, version=ANALYSIS_VERSION, now=town.clock.now)
    await opens(chief, "Канал «Лента»")
    [shown] = await chief.presses("Люди")
    assert "ответом на это сообщение" in shown.text

    [dossier] = await replies(town, chief, shown, f"/person {name}")
    assert dossier.text.startswith("Канал «Лента»")
    await chief.presses("Следить")

    row = await subscriber(town, CHANNEL)
    assert [one.name for one in await archive.wishes.followed(row.id)] == [name]
    assert (await wishes(town, chief.chat)).people == frozenset()


@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "https://t.me/other_bot", "http://["]
)
async def test_a_link_that_leads_elsewhere_names_no_chat(
    town: Town, chief: Reader, address: str
) -> None:
    row = await subscriber(town, CHANNEL)
    link = {"type": "text_link", "offset": 0, "length": 5, "url": f"{address}?start=chat-{row.id}"}
    message = Message(
        message_id=1,
        date=town.clock.now,
        chat=Chat(id=chief.chat, type="private"),
        from_user=await town.application.bot.me(),
        text="Лента",
        entities=[MessageEntity(**link)],  # type: ignore[arg-type]
    )
    assert await subscriber_in(message, town.application.bot) is None
