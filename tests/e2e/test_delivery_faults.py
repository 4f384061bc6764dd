"""What Telegram answers when something is wrong, and what the bot makes of it."""

from datetime import UTC, datetime

import pytest

from bot.archive.rows import DeliveryRow, DeliveryState
from tests.e2e.town import Reader, Town

pytestmark = pytest.mark.usefixtures("samples")


@pytest.fixture
async def reader(town: Town) -> Reader:
    """A subscriber whose hour has come."""
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("Подписаться")
    town.clock.now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    return reader


async def delivery(town: Town, reader: Reader) -> DeliveryRow:
    subscriber = await town.application.archive.subscribers.find(reader.chat, None)
    assert subscriber is not None
    [found] = await town.application.archive.deliveries.of_subscriber(subscriber.id)
    return found


async def briefings_seen(reader: Reader) -> int:
    return sum("Неделя:" in bubble.text for bubble in await reader.screen())


async def test_told_to_wait_it_waits_exactly_that_long(town: Town, reader: Reader) -> None:
    await town.client.fail("429", method="sendMessage", retry_after=90)
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.FAILED
    town.clock.passes(seconds=89)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 0
    town.clock.passes(seconds=1)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 1
    assert (await delivery(town, reader)).state is DeliveryState.SENT


async def test_a_blocked_bot_stops_sending_and_keeps_the_settings(
    town: Town, reader: Reader
) -> None:
    await town.client.block(reader.id)
    await town.settled()
    await town.application.ticks.deliver()
    assert await town.application.archive.deliveries.counts() == {}
    await town.client.unblock(reader.id)
    [running] = await reader.sends("/subscribe")
    assert "Следующая: понедельник, 30 ноября, 09:00" in running.text


async def test_a_block_found_out_while_sending_ends_the_delivery(
    town: Town, reader: Reader
) -> None:
    await town.client.fail("403", method="sendMessage")
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.DEAD
    town.clock.passes(days=7)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 0


async def test_a_broken_server_is_tried_again_later(town: Town, reader: Reader) -> None:
    await town.client.fail("5xx", method="sendMessage")
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.FAILED
    town.clock.passes(seconds=30)
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.SENT
    assert await briefings_seen(reader) == 1


async def test_a_group_that_migrates_gets_its_briefing_under_the_new_id(town: Town) -> None:
    chief = await town.reader()
    await town.client.add_chat(
        id=-900, type="group", title="Отдел", members=[chief.id], admins=[chief.id]
    )
    chief.chat = -900
    await chief.sends("/subscribe")
    await chief.presses("Подписаться")
    town.clock.now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    await town.client.fail("migrate", method="sendMessage", chat=-900, to=-100900)
    await town.application.ticks.deliver()
    await town.application.ticks.deliver()
    chief.chat = -100900
    assert await briefings_seen(chief) == 1


async def test_an_edition_of_several_parts_goes_on_at_the_right_one(
    town: Town, reader: Reader
) -> None:
    calls_before = len(await town.client.calls("sendMessage"))
    await town.application.ticks.make_due()
    sender = town.application.ticks.sender
    claimed = await town.application.archive.deliveries.claim(town.clock.now)
    assert claimed is not None
    parts = await sender._compose(claimed)
    await sender._send(claimed, parts[0])
    # The process ends here; the next one gives the delivery back and goes on.
    await town.application.archive.deliveries.release_interrupted(town.clock.now)
    town.clock.passes(seconds=1)
    await town.application.ticks.deliver()
    sent = [call.params["text"] for call in (await town.client.calls("sendMessage"))[calls_before:]]
    assert sent == [part.text for part in parts]


async def test_a_handler_that_fails_apologises_with_a_code(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("deep inside")

    monkeypatch.setattr("bot.archive.articles.Articles.latest", broken)
    reader = await town.reader()
    [apology] = await reader.sends("/latest")
    assert "сообщите оператору код" in apology.text
    assert "deep inside" not in apology.text
