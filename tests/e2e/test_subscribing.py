"""A reader subscribes, and the briefing comes by itself."""

from datetime import UTC, datetime

from bot.archive.rows import DeliveryState
from tests.e2e.town import Reader, Town

MONDAY_NINE_IN_ALMATY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


async def subscribed(town: Town) -> Reader:
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("Подписаться")
    return reader


async def states(town: Town, reader: Reader) -> list[DeliveryState]:
    subscriber = await town.application.archive.subscribers.find(reader.chat, reader.thread)
    assert subscriber is not None
    found = await town.application.archive.deliveries.of_subscriber(subscriber.id)
    return [delivery.state for delivery in found]


async def test_the_usual_schedule_is_monday_at_nine(town: Town) -> None:
    reader = await town.reader()
    [offer] = await reader.sends("/subscribe")
    assert "по понедельникам в 09:00 (Алматы, UTC+5)" in offer.text
    done, _ = await reader.presses("Подписаться")
    assert "Первая: понедельник, 23 ноября, 09:00" in done.text
    [running] = await reader.sends("/subscribe")
    assert "Следующая: понедельник, 23 ноября, 09:00" in running.text


async def test_three_taps_suffice_and_a_preview_follows(town: Town, samples: int) -> None:
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("По рабочим дням")
    await reader.presses("18:00")
    done, preview = await reader.presses("Лондон, UTC")
    assert "по рабочим дням в 18:00 (Лондон, UTC)" in done.text
    assert "Первая: понедельник, 23 ноября, 18:00" in done.text
    assert "Вкратце о том, что рассказала бы сводка сейчас" in preview.text


async def test_day_and_minute_are_chosen_in_place(town: Town) -> None:
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("Каждую неделю")
    await reader.presses("Пт")
    await reader.presses(":30")
    await reader.presses("07:30")
    done, _ = await reader.presses("✓ Алматы, UTC+5")
    assert "по пятницам в 07:30 (Алматы, UTC+5)" in done.text
    assert "пятница, 27 ноября, 07:30" in done.text
    await reader.presses("Изменить")
    await reader.presses("Каждый месяц")
    await reader.presses("посл.")
    await reader.presses("09:30")
    done, _ = await reader.presses("✓ Алматы, UTC+5")
    assert "в последний день месяца в 09:30" in done.text
    assert "понедельник, 30 ноября, 09:30" in done.text


async def test_the_clock_is_chosen_by_a_city_an_offset_or_a_location(town: Town) -> None:
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("Каждый день")
    await reader.presses("✓ 09:00")
    begun, question = await reader.presses("Другой город…")
    assert "каждый день в 09:00 (Алматы, UTC+5)" in begun.text
    assert "Ответьте названием города" in question.text
    [moved] = await reader.sends("/zone в Вашингтоне")
    assert "каждый день в 09:00 (Нью-Йорк, UTC−5)" in moved.text
    [moved] = await reader.sends("/zone UTC+5:30")
    assert "UTC+5:30" in moved.text
    for bad in ("/zone 😀", "/zone " + "ы" * 4_000, "/zone +99"):
        [answer] = await reader.sends(bad)
        assert "Не знаю такого города" in answer.text


async def test_the_briefing_comes_at_its_hour_and_once(town: Town, samples: int) -> None:
    reader = await subscribed(town)
    before = len(await reader.screen())
    town.clock.now = datetime(2026, 11, 23, 3, 59, tzinfo=UTC)
    await town.application.ticks.deliver()
    assert len(await reader.screen()) == before
    town.clock.now = MONDAY_NINE_IN_ALMATY
    await town.application.ticks.deliver()
    await town.application.ticks.deliver()
    arrived = (await reader.screen())[before:]
    assert arrived[0].text.startswith("Неделя: 16–23 нояб. 2026\u202fг.")
    assert [bubble.text for bubble in arrived].count(arrived[0].text) == 1
    assert await states(town, reader) == [DeliveryState.SENT]
    [running] = await reader.sends("/subscribe")
    assert "понедельник, 30 ноября, 09:00" in running.text


async def test_the_briefing_that_came_opens_its_stories_and_is_passed_on(
    town: Town, samples: int
) -> None:
    reader = await subscribed(town)
    town.clock.now = MONDAY_NINE_IN_ALMATY
    await town.application.ticks.deliver()
    last = (await reader.screen())[-1]
    assert {"1", "Поделиться"} <= set(last.buttons)
    assert last.buttons["Поделиться"]["switch_inline_query_chosen_chat"]["query"].startswith("e")
    [story] = await reader.presses("1", on=last)
    assert "Источник" in story.buttons


async def test_after_a_long_sleep_one_briefing_comes_not_three(town: Town, samples: int) -> None:
    reader = await subscribed(town)
    town.clock.passes(days=20)
    await town.application.ticks.deliver()
    assert await states(town, reader) == [DeliveryState.SENT]


async def test_unsubscribing_ends_it_and_one_press_brings_it_back(town: Town) -> None:
    reader = await subscribed(town)
    [ended] = await reader.sends("/unsubscribe")
    assert "больше не придёт" in ended.text
    town.clock.passes(days=8)
    await town.application.ticks.deliver()
    assert await states(town, reader) == []
    [offer] = await reader.presses("Подписаться снова")
    assert "Могу присылать" in offer.text


async def test_unsubscribing_twice_is_answered_kindly(town: Town) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("/unsubscribe")
    assert "Подписки здесь нет" in answer.text


async def test_a_forged_schedule_button_changes_nothing(town: Town) -> None:
    reader = await town.reader()
    [offer] = await reader.sends("/subscribe")
    message_id = offer.message["message_id"]
    for data in (
        "s:done:w:9:1:9:0:Asia/Almaty",
        "s:done:w:0:1:9:0:Mars/Base",
        "s:done:w:0:1:99:0:UTC",
        "s:done:x:0:1:9:0:UTC",
        "s:done:m:0:32:9:0:UTC",
        "s:done:0:9:UTC",
        "sz:Mars/Base",
        "s:x",
        "zz",
    ):
        await town.client.press(reader.id, message_id, data, chat=reader.chat, forged=True)
        await town.settled()
        assert await reader.last_toast()
    subscriber = await town.application.archive.subscribers.find(reader.chat, None)
    assert subscriber is None


async def test_in_a_group_only_an_administrator_subscribes(town: Town, samples: int) -> None:
    chief, member = await town.reader(), await town.reader()
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[chief.id, member.id], admins=[chief.id]
    )
    chief.chat = member.chat = -700
    [refused] = await member.sends("/subscribe")
    assert "только администратор" in refused.text
    [offer] = await chief.sends("/subscribe")
    assert await member.presses("Подписаться", on=offer) == []
    assert "только администратор" in await member.last_toast()
    [done] = await chief.presses("Подписаться", on=offer)
    assert "Готово" in done.text
    await chief.sends("/language")
    await member.presses("English")
    assert "только администратор" in await member.last_toast()
    town.clock.now = MONDAY_NINE_IN_ALMATY
    await town.application.ticks.deliver()
    assert await states(town, chief) == [DeliveryState.SENT]


async def test_a_topic_has_a_subscription_of_its_own(town: Town, samples: int) -> None:
    chief = await town.reader()
    await town.client.add_chat(
        id=-800,
        type="supergroup",
        title="Форум",
        members=[chief.id],
        admins=[chief.id],
        is_forum=True,
    )
    chief.chat, chief.thread = -800, await town.client.add_topic(-800, "Сводки")
    await chief.sends("/subscribe")
    await chief.presses("Подписаться")
    town.clock.now = MONDAY_NINE_IN_ALMATY
    await town.application.ticks.deliver()
    arrived = (await chief.screen())[-1]
    assert arrived.message["message_thread_id"] == chief.thread
    assert await town.application.archive.subscribers.find(-800, None) is None
