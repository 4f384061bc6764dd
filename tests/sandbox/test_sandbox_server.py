"""The server itself: how calls come in, who is let in, what is recorded."""

import asyncio

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiohttp import FormData

from bot.sandbox.client import SandboxClient, SandboxError
from bot.sandbox.server import Sandbox
from tests.sandbox.stage import READER, TOKEN, Clock, Stage


async def test_an_unknown_method_is_not_found(stage: Stage) -> None:
    answer = await stage.call("sendTelepathy", chat_id=READER)
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with stage.http.get(f"{stage.sandbox.url}/nothing/here") as response:
        assert response.status == 404


async def test_the_case_of_a_method_does_not_matter(stage: Stage) -> None:
    assert (await stage.call("GETME"))["ok"]


@pytest.mark.parametrize("token", ["7000000001:wrong", "word"])
async def test_a_wrong_token_is_unauthorized(stage: Stage, token: str) -> None:
    url = f"{stage.sandbox.url}/bot{token}/getMe"
    async with stage.http.get(url) as response:
        answer = await response.json()
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_without_a_token_any_well_formed_one_will_do(stage: Stage) -> None:
    sandbox = Sandbox(now=Clock())
    await sandbox.start()
    async with stage.http.get(f"{sandbox.url}/bot42:any/getMe") as response:
        assert (await response.json())["result"]["id"] == 42
    await sandbox.stop()


async def test_parameters_come_in_every_way(stage: Stage) -> None:
    url = f"{stage.sandbox.url}/bot{TOKEN}/sendMessage"
    fields = {"chat_id": str(READER), "text": "Привет"}
    form = FormData(fields)
    form.add_field("parse_mode", "HTML", content_type="text/plain")
    bodies = ({"params": fields}, {"json": fields}, {"data": fields}, {"data": form})
    for body in bodies:
        async with stage.http.post(url, **body) as response:
            assert (await response.json())["result"]["text"] == "Привет"


async def test_a_body_that_is_no_json_object(stage: Stage) -> None:
    url = f"{stage.sandbox.url}/bot{TOKEN}/sendMessage"
    headers = {"Content-Type": "application/json"}
    for body in ("{", "[]"):
        async with stage.http.post(url, data=body, headers=headers) as response:
            assert response.status == 400
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="x", reply_markup="{")
    assert refusal == "Bad Request: can't parse reply_markup JSON object"
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="\ud83d")
    assert refusal == "Bad Request: strings must be encoded in UTF-8"


async def test_every_call_is_recorded(stage: Stage) -> None:
    stage.clock.passes(hours=1)
    await stage.sends("Сводка")
    await stage.refusal("sendMessage", chat_id=READER, text="")
    good, bad = await stage.people.calls("sendMessage")
    assert (good.status, good.answer["result"]["text"]) == (200, "Сводка")
    assert good.at == stage.clock.moment
    assert (bad.status, bad.params) == (400, {"chat_id": READER, "text": ""})


async def test_messages_carry_the_time_of_the_clock(stage: Stage) -> None:
    stage.clock.passes(days=3)
    sent = await stage.bot.send_message(READER, "x")
    assert sent.date == stage.clock.moment


async def test_events_can_be_awaited(stage: Stage) -> None:
    seen = (await stage.people.events())[-1].seq
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(stage.people.events(seen, chat=READER, wait=20))
        await stage.sends("Сводка")
    (event,) = waiting.result()
    assert (event.kind, event.seq, event.body["text"]) == ("message", seen + 1, "Сводка")
    assert await stage.people.events(event.seq) == []


async def test_the_control_api_says_what_is_wrong(stage: Stage) -> None:
    async def asked(action: str, body: object) -> str:
        async with stage.http.post(f"{stage.sandbox.url}/sandbox/{action}", json=body) as response:
            assert response.status == 400
            return str((await response.json())["error"])

    assert await asked("dance", {}) == "The control API has no action dance"
    said = await asked("say", {"text": "x"})
    assert said.startswith("say: missing a required")
    assert "'person'" in said
    assert await asked("say", []) == "The body of a request is a JSON object"


async def test_it_listens_on_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback only"):
        await Sandbox().start(host="0.0.0.0")


async def test_stopping_twice_or_before_starting_is_no_error() -> None:
    sandbox = Sandbox()
    await sandbox.stop()
    await sandbox.stop()


async def test_a_wrong_token_in_aiogram(stage: Stage) -> None:
    from aiogram import Bot

    other = Bot("7000000001:another-token", session=stage.bot.session)
    with pytest.raises(TelegramUnauthorizedError):
        await other.get_me()


async def test_a_client_of_nothing(stage: Stage) -> None:
    client = SandboxClient(stage.sandbox.url + "/")
    with pytest.raises(SandboxError, match="no chat 999"):
        await client.messages(999)
    await client.close()
