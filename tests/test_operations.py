"""What a command does when its surroundings are not as they should be: one sentence each."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import SettingsError, TelegramRefusedError, VestnikError
from bot.operations import open_archive, serve, serve_sandbox
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.settings import Settings, load_settings
from bot.terminal_session import chat_in_terminal
from tests.operating import clean_environment

TOKEN = "1234567890:AAsecret_token-of-nobody_0123456789"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Telegram, as far as the bot can see; it knows TOKEN alone."""
    sandbox = Sandbox(TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "SettingsOf":
    return SettingsOf(monkeypatch, tmp_path)


class SettingsOf:
    """Settings as a process with this environment would have them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        self._folder = folder

    def __call__(self, **settings: str) -> Settings:
        own = {
            "SAMPLES": "false",
            "POLL": "false",
            "DATABASE_URL": f"sqlite:///{self._folder}/v.sqlite3",
        }
        clean = clean_environment(own | settings)
        for name in {field.upper() for field in Settings.model_fields} - clean.keys():
            self._monkeypatch.delenv(name, raising=False)
        for name, value in (own | settings).items():
            self._monkeypatch.setenv(name, value)
        return load_settings(None)


@pytest.mark.parametrize("token", ["123", "12:AAsecret/../b", "1 2:AAsecret", "12:", "тест:тест"])
async def test_a_token_that_is_none(sandbox: Sandbox, settings_of: SettingsOf, token: str) -> None:
    with pytest.raises(TelegramRefusedError, match="BOT_TOKEN") as refused:
        await serve(settings_of(BOT_API_URL=sandbox.url), token)
    assert token not in str(refused.value)


async def test_the_token_of_another_bot(sandbox: Sandbox, settings_of: SettingsOf) -> None:
    with pytest.raises(TelegramRefusedError, match="BOT_TOKEN"):
        await serve(settings_of(BOT_API_URL=sandbox.url), TOKEN.replace("nobody", "somebo"))


async def test_a_webhook_that_telegram_does_not_take(
    sandbox: Sandbox, settings_of: SettingsOf, unused_tcp_port: int
) -> None:
    client = SandboxClient(sandbox.url)
    words = "bad webhook: HTTPS url must be provided"
    await client.fail("400", method="setWebhook", description=words)
    await client.close()
    settings = settings_of(
        BOT_API_URL=sandbox.url,
        WEBHOOK_URL="http://127.0.0.1/telegram",
        WEBHOOK_SECRET="a-secret-of-the-webhook",
        WEBHOOK_LISTEN=f"127.0.0.1:{unused_tcp_port}",
    )
    with pytest.raises(TelegramRefusedError, match="WEBHOOK_URL") as refused:
        await serve(settings, TOKEN)
    assert words in str(refused.value)


async def test_a_port_for_the_webhook_that_is_taken(
    sandbox: Sandbox, settings_of: SettingsOf
) -> None:
    settings = settings_of(
        BOT_API_URL=sandbox.url,
        WEBHOOK_URL="http://127.0.0.1/telegram",
        WEBHOOK_SECRET="a-secret-of-the-webhook",
        WEBHOOK_LISTEN=sandbox.url.removeprefix("http://"),
    )
    with pytest.raises(SettingsError, match="WEBHOOK_LISTEN"):
        await serve(settings, TOKEN)


async def test_a_server_that_is_no_bot_api(settings_of: SettingsOf, unused_tcp_port: int) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", unused_tcp_port):
        with pytest.raises(SettingsError, match="BOT_API_URL"):
            await serve(settings_of(BOT_API_URL=f"http://127.0.0.1:{unused_tcp_port}"), TOKEN)


async def test_the_port_of_the_sandbox_is_taken(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(VestnikError, match="--port"):
        await serve_sandbox(port, limits=False, console=Console(quiet=True))


async def test_a_closed_standard_input_is_an_empty_one(
    settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    settings = settings_of()
    async with open_archive(settings) as archive:
        await chat_in_terminal(settings, archive)
    assert capsys.readouterr().out == ""
