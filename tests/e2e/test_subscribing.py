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
    [done] = await reader.presses("Подписаться")
    assert "Первая: понедельник, 23 ноября, 09:00" in done.text
    [running] = await reader.sends("/subscribe")
    assert "Следующая: понедельник, 23 ноября, 09:00" in running.text


async def test_day_hour_and_zone_are_chosen_by_buttons(town: Town) -> None:
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("День")
    await reader.presses("Пятница")
    await reader.presses("Час")
    await reader.presses("18:00")
    await reader.presses("Часовой пояс")
    [offer] = await reader.presses("Лондон, UTC")
    assert "по пятницам в 18:00 (Лондон, UTC)" in offer.text
    [done] = await reader.presses("Подписаться")
    assert "пятница, 27 ноября, 18:00" in done.text
    assert len(await reader.screen()) == 1


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
    for data in ("s:done:9:9:Asia/Almaty", "s:done:0:9:Mars/Base", "s:done:0:99:UTC", "s:x", "zz"):
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
