"""Failing on purpose, and flood control."""

import asyncio

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectionError

from bot.sandbox.client import SandboxError
from tests.sandbox.stage import COLLEAGUE, GROUP, READER, Stage


async def test_the_next_calls_fail_and_then_all_is_well(stage: Stage) -> None:
    await stage.people.fail("429", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as caught:
            await stage.bot.send_message(READER, "Сводка")
        assert caught.value.retry_after == 7
    assert await stage.bot.send_message(READER, "Сводка")


async def test_each_kind_of_refusal(stage: Stage) -> None:
    await stage.people.fail("403")
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await stage.bot.send_message(READER, "x")
    await stage.people.fail("400", description="not enough rights")
    with pytest.raises(TelegramBadRequest, match="Bad Request: not enough rights"):
        await stage.bot.send_message(READER, "x")
    await stage.people.fail("5xx")
    with pytest.raises(TelegramServerError, match="Bad Gateway"):
        await stage.bot.send_message(READER, "x")
    await stage.people.fail("migrate", to=-1009)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await stage.bot.send_message(GROUP, "x")
    assert caught.value.migrate_to_chat_id == -1009
    assert await stage.bot.send_message(-1009, "x")


async def test_a_fault_may_be_for_one_method_or_one_chat(stage: Stage) -> None:
    await stage.people.fail("5xx", method="sendPhoto")
    await stage.people.fail("403", chat=GROUP)
    await stage.bot.send_message(READER, "x")
    with pytest.raises(TelegramForbiddenError):
        await stage.bot.send_message(GROUP, "x")
    assert await stage.refusal("sendPhoto", chat_id=READER) == "Bad Gateway"


async def test_polls_fail_only_when_they_are_named(stage: Stage) -> None:
    await stage.people.fail("5xx")
    assert await stage.bot.get_updates() == []
    await stage.people.calm()
    await stage.people.fail("5xx", method="getUpdates")
    assert await stage.refusal("getUpdates") == "Bad Gateway"


async def test_a_dropped_call_did_nothing(stage: Stage) -> None:
    await stage.people.fail("drop")
    with pytest.raises(TelegramNetworkError):
        await stage.bot.send_message(READER, "Пропадёт")
    assert "Пропадёт" not in [m["text"] for m in await stage.people.messages(READER)]
    (call,) = await stage.people.calls("sendMessage")
    assert (call.status, call.params["text"]) == (0, "Пропадёт")


async def test_a_lost_answer_left_its_message(stage: Stage) -> None:
    await stage.people.fail("lose")
    with pytest.raises(ClientConnectionError):
        await stage.call("sendMessage", chat_id=READER, text="Дойдёт")
    assert (await stage.people.messages(READER))[-1]["text"] == "Дойдёт"
    (call,) = await stage.people.calls("sendMessage")
    assert (call.status, call.answer["ok"]) == (0, True)


async def test_a_hanging_call_is_carried_out_in_the_end(stage: Stage) -> None:
    await stage.people.fail("hang", seconds=600)
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(stage.bot.send_message(READER, "Долго"))
        await stage.until(lambda: stage.sandbox.faults.released.waiting == 1)
        assert (await stage.sends("Быстро"))["text"] == "Быстро"
        await stage.people.calm()
    assert sending.result().text == "Долго"
    assert [m["text"] for m in await stage.people.messages(READER)][1:] == ["Быстро", "Долго"]


async def test_a_fault_needs_sense(stage: Stage) -> None:
    with pytest.raises(SandboxError, match="to=NEW_CHAT_ID"):
        await stage.people.fail("migrate")
    with pytest.raises(SandboxError, match="no fault called"):
        await stage.people.fail("sleepy")  # type: ignore[arg-type]


async def waits(stage: Stage, chat: int = READER, **params: object) -> int:
    """Send a message and return how long the bot must wait instead (0: it was sent)."""
    answer = await stage.call("sendMessage", chat_id=chat, text="x", **params)
    return int(answer.get("parameters", {}).get("retry_after", 0))


async def test_without_limits_everything_goes(stage: Stage) -> None:
    assert [await waits(stage) for _ in range(50)] == [0] * 50


async def test_one_message_a_second_in_a_chat_after_a_burst_of_three(stage: Stage) -> None:
    await stage.people.limits(True)
    assert [await waits(stage) for _ in range(4)] == [0, 0, 0, 1]
    stage.clock.passes(seconds=1)
    assert [await waits(stage) for _ in range(2)] == [0, 1]
    answer = await stage.call("sendMessage", chat_id=READER, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_an_action_or_a_draft_does_not_count(stage: Stage) -> None:
    await stage.people.limits(True)
    for _ in range(5):
        await stage.bot.send_chat_action(READER, "typing")
        await stage.bot.send_message_draft(READER, 1, text="x")
    assert await waits(stage) == 0


async def test_twenty_messages_a_minute_in_a_group(stage: Stage) -> None:
    await stage.people.limits(True)
    for _ in range(20):
        assert await waits(stage, GROUP) == 0
        stage.clock.passes(seconds=1)
    assert await waits(stage, GROUP) == 40
    stage.clock.passes(seconds=40)
    assert await waits(stage, GROUP) == 0


async def test_thirty_messages_a_second_overall_and_more_for_money(stage: Stage) -> None:
    people = range(1000, 1040)
    for person in people:
        await stage.people.add_person(id=person, first_name="Читатель")
        await stage.people.say(person, "/start")
    await stage.people.limits(True)
    results = [await waits(stage, person) for person in people]
    assert results == [0] * 30 + [1] * 10
    assert await waits(stage, COLLEAGUE, allow_paid_broadcast=True) == 0


async def test_an_album_counts_for_each_of_its_parts(stage: Stage) -> None:
    await stage.people.limits(True)
    album = [{"type": "photo", "media": "unknown"}] * 3
    await stage.refusal("sendMediaGroup", chat_id=READER, media=album)
    assert await waits(stage) == 1
