"""Before it does anything the bot asks Telegram who it is, until there is an answer."""

from collections.abc import AsyncIterator

import pytest

from bot import telegram_models  # noqa: F401 — before anything imports aiogram

from aiogram import Bot  # isort: skip
from aiogram.client.session.aiohttp import AiohttpSession  # isort: skip
from aiogram.client.telegram import TelegramAPIServer  # isort: skip

from bot.errors import TelegramRefusedError
from bot.introduction import introduce
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox

TOKEN = "1234567890:token-of-a-test-token-of-a-test-000"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[SandboxClient]:
    client = SandboxClient(sandbox.url)
    yield client
    await client.close()


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
    yield bot
    await bot.session.close()


class Sleeps(list[float]):
    """Notes how long it was to be slept, and does not."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


async def test_it_waits_exactly_as_long_as_telegram_says(bot: Bot, telegram: SandboxClient) -> None:
    await telegram.fail("429", times=2, method="getMe", retry_after=37)
    sleeps = Sleeps()

    me = await introduce(bot, sleep=sleeps)

    assert me.is_bot
    assert sleeps == [37, 37]


async def test_it_waits_ever_longer_while_telegram_has_a_fault(
    bot: Bot, telegram: SandboxClient
) -> None:
    await telegram.fail("5xx", times=8, method="getMe")
    sleeps = Sleeps()

    await introduce(bot, sleep=sleeps)

    assert sleeps == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_wrong_token_is_not_tried_again(sandbox: Sandbox) -> None:
    server = TelegramAPIServer.from_base(sandbox.url)
    stranger = Bot("42:" + "x" * 35, session=AiohttpSession(api=server))
    sleeps = Sleeps()

    with pytest.raises(TelegramRefusedError):
        await introduce(stranger, sleep=sleeps)

    assert sleeps == []
    await stranger.session.close()
