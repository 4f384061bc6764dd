"""How updates reach the bot: long polling and webhooks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import TelegramConflictError
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.sandbox.stage import COLLEAGUE, READER, Stage


async def test_what_is_not_confirmed_comes_again(stage: Stage) -> None:
    first = await stage.people.say(READER, "раз")
    second = await stage.people.say(READER, "два")
    assert [u.update_id for u in await stage.bot.get_updates()] == [first, second]
    assert [u.update_id for u in await stage.bot.get_updates(offset=first)] == [first, second]
    assert [u.update_id for u in await stage.bot.get_updates(offset=second)] == [second]
    assert not await stage.people.confirmed()
    assert await stage.bot.get_updates(offset=second + 1) == []
    assert await stage.people.confirmed()


async def test_a_limit_and_a_negative_offset(stage: Stage) -> None:
    ids = [await stage.people.say(READER, str(number)) for number in range(4)]
    assert [u.update_id for u in await stage.bot.get_updates(limit=2)] == ids[:2]
    assert [u.update_id for u in await stage.bot.get_updates(offset=-1)] == ids[3:]
    assert [u.update_id for u in await stage.bot.get_updates()] == ids[3:]


async def test_a_long_poll_ends_with_the_first_update(stage: Stage) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(stage.bot.get_updates(timeout=50, request_timeout=60))
        update_id = await stage.people.say(READER, "/latest")
    (update,) = poll.result()
    assert update.update_id == update_id
    assert update.message
    assert update.message.entities
    assert update.message.entities[0].type == "bot_command"


async def test_a_second_poller_ends_the_first(stage: Stage) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(stage.call("getUpdates", timeout=50))
        await _polls(stage)
        second = tasks.create_task(stage.call("getUpdates", timeout=50))
        answer = await first
        await stage.people.say(READER, "/latest")
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len(second.result()["result"]) == 1


async def test_only_the_kinds_that_were_asked_for(stage: Stage) -> None:
    message = await stage.sends()
    assert await stage.people.react(READER, message["message_id"], "👍") == 0
    await stage.bot.get_updates(allowed_updates=["message_reaction"])
    assert await stage.people.say(READER, "Привет") == 0
    await stage.people.react(READER, message["message_id"], None)
    reaction = (await stage.hears_one()).message_reaction
    assert reaction
    assert (len(reaction.old_reaction), reaction.new_reaction) == (1, [])


async def test_polling_while_a_webhook_is_set_is_a_conflict(stage: Stage) -> None:
    await stage.bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook"):
        await stage.bot.get_updates()
    await stage.bot.delete_webhook()
    assert await stage.bot.get_updates() == []


@dataclass
class Hook:
    """A bot behind a webhook, and what arrived there."""

    url: str = ""
    secrets: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@asynccontextmanager
async def hooked(bot: Bot) -> AsyncIterator[Hook]:
    hook, router = Hook(), Router()

    @router.message()
    async def hear(message: Message) -> TelegramMethod[Any]:
        hook.texts.append(message.text or "")
        return SendMessage(chat_id=message.chat.id, text=f"Эхо: {message.text}")

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False)

    async def receive(request: web.Request) -> web.StreamResponse:
        hook.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        status = hook.answers.pop(0) if hook.answers else 200
        return web.Response(status=status) if status != 200 else await handler.handle(request)

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_and_may_answer_with_a_method(
    stage: Stage,
) -> None:
    async with hooked(stage.bot) as hook:
        await stage.people.say(READER, "раз")
        await stage.bot.set_webhook(hook.url, secret_token="s3cret_-")
        await stage.people.say(READER, "два")
        assert await stage.people.confirmed(wait=20)
        await stage.bot.delete_webhook()
    assert hook.texts == ["раз", "два"]
    assert hook.secrets == ["s3cret_-"] * 2
    messages = await stage.people.messages(READER)
    echoes = [message["text"] for message in messages if message["from"]["is_bot"]]
    assert echoes == ["Эхо: раз", "Эхо: два"]


async def test_a_webhook_that_fails_gets_the_update_again(stage: Stage) -> None:
    async with hooked(stage.bot) as hook:
        hook.answers += [500, 503]
        await stage.bot.set_webhook(hook.url)
        await stage.people.say(READER, "раз")
        assert await stage.people.confirmed(wait=20)
        info = await stage.bot.get_webhook_info()
        await stage.bot.delete_webhook()
    assert hook.texts == ["раз"]
    assert len(hook.secrets) == 3
    assert (info.url, info.pending_update_count) == (hook.url, 0)
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_what_is_pending_can_be_dropped(stage: Stage) -> None:
    await stage.people.say(READER, "раз")
    await stage.bot.delete_webhook(drop_pending_updates=True)
    assert await stage.bot.get_updates() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"url": "example.org"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org", "secret_token": "с пробелом"},
            "secret token contains illegal characters",
        ),
    ],
)
async def test_bad_webhooks_are_refused(stage: Stage, fields: dict[str, str], words: str) -> None:
    assert await stage.refusal("setWebhook", **fields) == f"Bad Request: {words}"


async def test_stopping_ends_a_long_poll_at_once(stage: Stage) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(stage.call("getUpdates", timeout=50))
        await _polls(stage)
        await stage.sandbox.stop()
    assert poll.result()["result"] == []


async def test_a_dispatcher_polls_as_it_would_telegram(stage: Stage) -> None:
    router, dispatcher = Router(), Dispatcher()

    @router.message()
    async def hear(message: Message) -> None:
        await message.answer(f"Эхо: {message.text}")

    dispatcher.include_router(router)
    polling = dispatcher.start_polling(
        stage.bot, handle_signals=False, close_bot_session=False, polling_timeout=20
    )
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(polling)
        await stage.people.say(COLLEAGUE, "раз")
        echo = await stage.sees("Эхо: раз", chat=COLLEAGUE)
        await dispatcher.stop_polling()
    assert echo["from"]["is_bot"]


async def _polls(stage: Stage) -> None:
    # One waits in any case: the webhook.
    await stage.until(lambda: stage.sandbox.world.updates.arrived.waiting > 1)
