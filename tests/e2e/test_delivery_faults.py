"""What Telegram answers when something is wrong, and what the bot makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.archive.rows import (
    Begun,
    DeliveryRow,
    DeliveryState,
    Ended,
    Fate,
    Frequency,
    PartRow,
    Rule,
)
from bot.delivery.post import MOST_UNKNOWN
from tests.e2e.town import Bubble, Reader, Town

pytestmark = pytest.mark.usefixtures("samples")


@pytest.fixture
async def reader(town: Town) -> Reader:
    """A subscriber whose hour has come."""
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("Подписаться")
    town.clock.now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    return reader


async def due_reader(town: Town) -> Reader:
    """One more subscriber whose hour is this."""
    reader = await town.reader()
    await reader.sends("/start")
    subscribers = town.application.archive.subscribers
    known = await subscribers.find(reader.chat, None)
    assert known is not None
    rule = Rule(Frequency.WEEKLY, 9, "Asia/Almaty")
    await subscribers.subscribe(known.id, rule, next_due_at=town.clock.now, now=town.clock.now)
    return reader


async def delivery(town: Town, reader: Reader) -> DeliveryRow:
    subscriber = await town.application.archive.subscribers.find(reader.chat, None)
    assert subscriber is not None
    [found] = await town.application.archive.deliveries.of_subscriber(subscriber.id)
    return found


async def arrived(reader: Reader) -> list[Bubble]:
    """What came by itself or was answered, without the preview that follows a subscription."""
    return [b for b in await reader.screen() if "рассказала бы сводка сейчас" not in b.text]


async def briefings_seen(reader: Reader) -> int:
    return sum("Неделя:" in bubble.text for bubble in await arrived(reader))


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
    deliveries = town.application.archive.deliveries
    now = town.clock.now
    lease = now + timedelta(minutes=3)
    [claimed] = await deliveries.claim(now, claimant="another", lease_until=lease, limit=1)
    parts = [PartRow(position, f"Часть {position}", "[]") for position in range(3)]
    edition = await town.application.archive.editions.keep("long", parts, now=now)
    for begun, ended in (
        ([Begun(claimed.id, edition.id, 0, again=False)], []),
        ([], [Ended(claimed.id, 0, Fate.SENT, 5)]),
    ):
        await deliveries.record(begun, ended, claimant="another", lease_until=lease, now=now)
    # That other machine is never heard of again. Until its lease is over it may still go on.
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.SENDING
    town.clock.now = lease
    await town.application.ticks.deliver()
    sent = [call.params["text"] for call in (await town.client.calls("sendMessage"))[calls_before:]]
    assert sent == [part.text for part in edition.parts[1:]]
    assert (await delivery(town, reader)).state is DeliveryState.SENT


async def test_a_message_of_which_the_answer_was_lost_may_come_twice_and_is_counted(
    town: Town, reader: Reader
) -> None:
    await town.client.fail("lose", method="sendMessage")
    await town.application.ticks.deliver()
    found = await delivery(town, reader)
    assert (found.state, found.error) == (
        DeliveryState.FAILED,
        "outcome unknown: ServerDisconnectedError: Server disconnected",
    )
    town.clock.passes(seconds=30)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 2
    assert await town.application.archive.deliveries.unknown() == 1


async def test_an_answer_that_never_comes_is_given_up_after_hours(
    town: Town, reader: Reader
) -> None:
    await town.client.fail("drop", method="sendMessage", times=1_000)
    for _ in range(MOST_UNKNOWN):
        await town.application.ticks.deliver()
        town.clock.passes(hours=1)
    found = await delivery(town, reader)
    assert found.state is DeliveryState.DEAD
    assert f"after {MOST_UNKNOWN} tries" in str(found.error)
    assert await briefings_seen(reader) == 0


async def test_entities_that_telegram_refuses_go_out_as_plain_text(
    town: Town, reader: Reader
) -> None:
    await town.client.fail("400", method="sendMessage", description="can't parse entities: bad")
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.SENT
    plain = next(bubble for bubble in await arrived(reader) if "Неделя:" in bubble.text)
    assert plain.marked("bold") == []


async def test_a_message_that_is_refused_for_another_reason_does_not_end_the_subscription(
    town: Town, reader: Reader
) -> None:
    await town.client.fail("400", method="sendMessage", description="message is too long")
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.DEAD
    town.clock.passes(days=7)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 1


async def test_a_closed_topic_is_told_to_whoever_subscribed_it_once(town: Town) -> None:
    chief = await town.reader()
    await chief.sends("/start")
    await town.client.add_chat(
        id=-850,
        type="supergroup",
        title="Форум",
        members=[chief.id],
        admins=[chief.id],
        is_forum=True,
    )
    topic = Reader(town, chief.id, -850, await town.client.add_topic(-850, "Сводки"))
    await topic.sends("/subscribe")
    await topic.presses("Подписаться")
    await town.client.close_topic(-850, topic.thread or 0)
    for _ in range(3):
        town.clock.passes(days=7)
        await town.application.ticks.deliver()
    told = [bubble.text for bubble in await chief.screen() if "Форум" in bubble.text]
    assert told == [
        "Сводки больше нельзя отправлять в «Форум»: тема закрыта или удалена. "
        "Исправьте это, а затем отправьте там /subscribe. До тех пор туда ничего не придёт."
    ]


async def test_a_flood_ban_of_one_chat_leaves_the_others_alone(town: Town, reader: Reader) -> None:
    beside = await due_reader(town)
    await town.client.fail("429", method="sendMessage", chat=reader.chat, retry_after=43_200)
    await town.application.ticks.deliver()
    assert await briefings_seen(beside) == 1
    town.clock.passes(seconds=43_199)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 0
    town.clock.passes(seconds=1)
    await town.application.ticks.deliver()
    assert await briefings_seen(reader) == 1


async def test_what_was_missed_in_three_days_comes_once_with_its_period(
    town: Town, reader: Reader
) -> None:
    subscriber = await town.application.archive.subscribers.find(reader.chat, None)
    assert subscriber is not None
    rule = Rule(Frequency.DAILY, 9, "Asia/Almaty")
    await town.application.archive.subscribers.subscribe(
        subscriber.id, rule, next_due_at=town.clock.now, now=town.clock.now
    )
    town.clock.passes(days=3, hours=2)
    await town.application.ticks.deliver()
    found = await delivery(town, reader)
    assert (found.period_start, found.period_end) == (
        datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
        datetime(2026, 11, 26, 4, 0, tzinfo=UTC),
    )
    assert await headings(reader) == ["22–26 нояб. 2026\u202fг."]


async def headings(reader: Reader) -> list[str]:
    """The periods of the editions that a reader got."""
    lines = [bubble.text.splitlines()[0] for bubble in await arrived(reader)]
    return [line.split(": ", 1)[1] for line in lines if "нояб. 2026" in line]


async def test_while_telegram_is_away_for_days_editions_become_one(
    town: Town, reader: Reader
) -> None:
    await town.client.fail("429", method="sendMessage", retry_after=9 * 86_400)
    await town.application.ticks.deliver()
    town.clock.passes(days=7)
    await town.application.ticks.deliver()
    town.clock.passes(days=3)
    await town.application.ticks.deliver()
    assert (await delivery(town, reader)).state is DeliveryState.SENT
    assert await headings(reader) == ["16–30 нояб. 2026\u202fг."]


async def test_many_readers_of_the_same_edition_share_its_words(town: Town, reader: Reader) -> None:
    others = [await due_reader(town) for _ in range(3)]
    await town.application.ticks.deliver()
    ids = {(await delivery(town, one)).edition_id for one in (reader, *others)}
    assert len(ids) == 1


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
