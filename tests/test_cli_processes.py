"""The `vestnik` command as a process: its input and output, its signals, and two of them at once.

Each of these starts Python anew, a second or two: what can be tried without is in test_cli.py.
"""

import asyncio
import json
import os
import pty
import shlex
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from subprocess import DEVNULL

import aiohttp
import pytest

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.settings import PROJECT
from tests.operating import Ended, clean_environment, running, vestnik

TOKEN = "1234567890:AAsecret_token-of-nobody_0123456789"
SEEDS = PROJECT.parent / "shared" / "data" / "seeds"
PERSON = 501


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Telegram, as far as the command can see; it knows TOKEN alone."""
    sandbox = Sandbox(TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def on(sandbox: Sandbox) -> dict[str, str]:
    """The settings of a bot that the sandbox knows."""
    return {"BOT_TOKEN": TOKEN, "BOT_API_URL": sandbox.url}


def one_sentence(ended: Ended) -> str:
    """Check that a command ended as one with a wrong set-up does; give what it said."""
    assert ended.status == 2
    assert ended.is_tidy
    assert "AAsecret" not in ended.out + ended.err
    said = [line for line in ended.err.splitlines() if line.startswith("vestnik: ")]
    assert len(said) == 1
    return said[0]


async def shell(folder: Path, line: str) -> Ended:
    """Run a line of shell in which "vestnik" stands for the command."""
    command = f"{shlex.quote(sys.executable)} -m bot"
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-c",
        f'set -o pipefail; vestnik() {{ {command} "$@"; }}; {line}',
        cwd=folder,
        env=clean_environment({}),
        stdin=DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


class TestInputAndOutput:
    @pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not part of the product")
    async def test_imported_news_read_like_a_note_of_a_desk_officer(self, tmp_path: Path) -> None:
        imported = await vestnik(tmp_path, "import", str(SEEDS))
        assert imported == Ended(0, "Added 5, known already 0, not readable 0.\n", "")

        told = await vestnik(tmp_path, "run", stdin=b"/latest 5\n/digest\n")

        assert (told.status, told.err) == (0, "")
        for headline in (
            "Маулен Ашимбаев встретился с сенатором Конгресса США",
            "Ержан Казыхан совершил рабочий визит в Вашингтон",
            "Америка заявила о готовности содействовать демократическим преобразованиям",
        ):
            assert headline in told.out
        assert "Специальный представитель Президента" in told.out
        assert "Kazpravda.kz · 26 марта 2024" in told.out
        assert "Неделя: " in told.out
        assert "Читайте также" not in told.out
        # An archive with real articles gets no invented ones.
        assert "учебная статья" not in told.out
        assert "Полынь-информ" not in told.out

    async def test_an_empty_input_ends_the_chat_at_once(self, tmp_path: Path) -> None:
        assert await shell(tmp_path, "vestnik run </dev/null") == Ended(0, "", "")

    async def test_bytes_that_are_no_text_do_not_disturb_the_chat(self, tmp_path: Path) -> None:
        told = await vestnik(tmp_path, "run", stdin=b"\0\xff\xfe\x1b[2J\n\n/help\xff\n/help")
        assert (told.status, told.err) == (0, "")
        assert "/subscribe" in told.out
        assert "\x1b" not in told.out
        assert "\0" not in told.out

    async def test_whoever_reads_only_the_first_line_gets_it(self, tmp_path: Path) -> None:
        ended = await shell(tmp_path, r"printf '/latest\n/digest\n' | vestnik run | head -1")
        assert ended.out == "› /latest\n"
        assert ended.err == ""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    async def test_a_full_disk_behind_the_output_is_told(self, tmp_path: Path) -> None:
        ended = await shell(tmp_path, "vestnik digest >/dev/full")
        assert (ended.status, ended.is_tidy) == (1, True)
        assert ended.err.startswith("vestnik: The system refused something: ")

    async def test_ctrl_c_ends_the_chat(self, tmp_path: Path) -> None:
        async with running(tmp_path, "chat", settings={}) as command:
            await command.types("/help")
            await command.output_with("/subscribe")
            ended = await command.ends(signal.SIGINT)
        assert (ended.status, ended.is_tidy) == (130, True)


async def test_ctrl_c_ends_an_import_and_what_came_in_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    texts = (f"Посол номер {number} прибыл в Астану. Он уедет." for number in range(20_000))
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "import", str(path)),
        cwd=tmp_path,
        env=clean_environment({"TERM": "xterm"}),
        stdout=asyncio.subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while b" articles" not in shown:
        shown += await asyncio.to_thread(os.read, ours, 1_000)
    process.send_signal(signal.SIGINT)
    await process.communicate()
    os.close(ours)
    assert process.returncode == 130
    with sqlite3.connect(tmp_path / "data" / "vestnik.sqlite3") as stored:
        articles, summaries, told = stored.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM summaries),"
            " (SELECT count(DISTINCT sentence_id) FROM evidence)"
        ).fetchone()
    stored.close()
    assert 0 < articles < 20_000
    assert summaries == articles
    assert told >= articles


class TestTelegram:
    async def test_a_wrong_token(self, tmp_path: Path, sandbox: Sandbox) -> None:
        wrong = TOKEN.replace("nobody", "somebo")
        ended = await vestnik(tmp_path, "run", BOT_TOKEN=wrong, BOT_API_URL=sandbox.url)
        assert "BOT_TOKEN" in one_sentence(ended)

    async def test_a_second_bot_on_the_same_token(self, tmp_path: Path, sandbox: Sandbox) -> None:
        async with (
            running(tmp_path, "run", settings=on(sandbox)) as command,
            aiohttp.ClientSession() as rival,
        ):
            polling = asyncio.ensure_future(_poll_for_ever(rival, sandbox))
            ended = await command.ends()
            polling.cancel()
        assert "Another program" in one_sentence(ended)


@pytest.mark.parametrize(
    ("way", "ending"), [("polling", signal.SIGTERM), ("webhook", signal.SIGINT)]
)
async def test_the_sandbox_and_the_bot_in_two_processes(
    tmp_path: Path, way: str, ending: signal.Signals
) -> None:
    async with running(tmp_path, "sandbox", "--port", "0", settings={}) as sandbox:
        settings = {"LOG_LEVEL": "debug"}
        for name in ("BOT_API_URL", "BOT_TOKEN"):
            settings[name] = (await sandbox.output_with(name)).strip().partition("=")[2]
        if way == "webhook":
            settings["WEBHOOK_LISTEN"] = f"127.0.0.1:{free_port()}"
            settings["WEBHOOK_URL"] = f"http://{settings['WEBHOOK_LISTEN']}/telegram"
            settings["WEBHOOK_SECRET"] = "a-secret-of-the-webhook"
        async with running(tmp_path, "run", settings=settings) as bot:
            await bot.line_with("event='running'")
            assert "/subscribe" in await _answer_to_help(settings["BOT_API_URL"])
            ended = await bot.ends(ending)
        assert (ended.status, ended.is_tidy) == (0, True)
        for secret in (settings["BOT_TOKEN"], "a-secret-of-the-webhook"):
            assert secret not in ended.out + ended.err
        ended = await sandbox.ends(ending)
        assert (ended.status, ended.is_tidy) == (0, True)


async def _answer_to_help(url: str) -> str:
    client = SandboxClient(url)
    try:
        await client.add_person(id=PERSON, first_name="Айгерим", language_code="ru")
        await client.say(PERSON, "/help")
        seen = 0
        while True:
            for event in await client.events(seen, chat=PERSON, wait=20):
                seen = event.seq
                if event.kind == "message" and event.body["from"]["is_bot"]:
                    return str(event.body["text"])
    finally:
        await client.close()


async def _poll_for_ever(session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    while True:
        async with session.post(
            f"{sandbox.url}/bot{TOKEN}/getUpdates", json={"timeout": 30}
        ) as response:
            await response.read()
