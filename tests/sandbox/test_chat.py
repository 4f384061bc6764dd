"""Talking with a bot in the terminal: by hand, and from a script."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.sandbox.chat import ChatError, TerminalChat, settled_over_http
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.terminal_keyboard import CommandCompleter

READER, COLLEAGUE, GROUP = 100, 101, -500
COMMANDS = [
    {"command": "latest", "description": "Новые статьи"},
    {"command": "language", "description": "Язык"},
    {"command": "digest", "description": "Неделя"},
]
LANGUAGES = [[{"text": "Русский", "callback_data": "ru"}, {"text": "Сайт", "url": "https://e.org"}]]
FOLDING = "<blockquote expandable>Строка 1\nСтрока 2\nСтрока 3\nСтрока 4</blockquote>"


class Bot:
    """A bot that polls the sandbox, answers as `on` says, and otherwise repeats what it hears."""

    def __init__(self, url: str) -> None:
        self.heard: list[str] = []
        self.on: dict[str, Callable[[], Awaitable[object]]] = {
            "/start": lambda: self.send("Выберите язык.", inline_keyboard=LANGUAGES),
            "/digest": lambda: self.send(FOLDING),
        }
        self._url = f"{url}/bot1:token/"
        self._session = aiohttp.ClientSession()
        self._chat = READER

    async def call(self, method: str, **params: Any) -> Any:
        async with self._session.post(self._url + method, json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def send(self, html: str, **markup: Any) -> int:
        fields = {"text": html, "parse_mode": "HTML", "reply_markup": markup}
        sent = await self.call("sendMessage", chat_id=self._chat, **fields)
        return int(sent["message_id"])

    async def delete(self, message_id: int) -> None:
        await self.call("deleteMessage", chat_id=self._chat, message_id=message_id)

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                await self._hear(update)

    async def close(self) -> None:
        await self._session.close()

    async def _hear(self, update: dict[str, Any]) -> None:
        if query := update.get("callback_query"):
            self.heard.append(f"[{query['data']}]")
            await self._pressed(query)
        elif asked := update.get("inline_query"):
            await self._asked(asked)
        elif message := update.get("message"):
            await self._told(message)

    async def _told(self, message: dict[str, Any]) -> None:
        self._chat = message["chat"]["id"]
        self.heard.append(message["text"])
        answer = self.on.get(message["text"], lambda: self.send(f"Эхо: {message['text']}"))
        await answer()

    async def _asked(self, query: dict[str, Any]) -> None:
        self.heard.append("@" + "+".join(filter(None, (query["query"], query["offset"]))))
        content = {"message_text": f"Итог: {query['query']}"}
        result = {"type": "article", "id": "7", "title": "Итог", "description": "Проба"}
        await self.call(
            "answerInlineQuery",
            inline_query_id=query["id"],
            results=[result | {"input_message_content": content}],
            next_offset="20",
            button={"text": "Искать в боте", "start_parameter": "find"},
        )

    async def _pressed(self, query: dict[str, Any]) -> None:
        toast: dict[str, Any] = {"text": f"Сохранено: {query['from']['first_name']}"}
        if query["data"] == "alert":
            toast = {"text": "Уже готово", "show_alert": True}
        elif query["data"] == "open":
            toast = {"url": "https://t.me/vestnik?start=1"}
        await self.call("answerCallbackQuery", callback_query_id=query["id"], **toast)
        message = query["message"]
        place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        if query["data"] == "ru":
            await self.call("editMessageText", text="Язык: русский.", **place)


class Paper(io.StringIO):
    """A terminal's paper: one can wait until something stands on it."""

    def __init__(self) -> None:
        super().__init__()
        self._written = asyncio.Event()

    def write(self, text: str) -> int:
        self._written.set()
        return super().write(text)

    async def shows(self, words: str) -> None:
        async with asyncio.timeout(20):
            while words not in self.getvalue():
                self._written.clear()
                await self._written.wait()


@dataclass
class Desk:
    """A terminal at which the reader chats with the bot over a real sandbox."""

    sandbox: Sandbox
    client: SandboxClient
    bot: Bot
    polling: asyncio.Task[None]
    paper: Paper
    errors: io.StringIO

    def chat(self, person: int = READER, chat: int = READER) -> TerminalChat:
        return TerminalChat(
            self.client,
            person=person,
            chat=chat,
            language="ru",
            settled=self.settled,
            console=Console(file=self.paper, width=80, _environ={}),
            errors=Console(file=self.errors, width=80, _environ={}),
            translate=str,
            zone=UTC,
        )

    async def settled(self) -> None:
        # The bot confirms an update when it has answered it.
        if self.polling.done():
            await settled_over_http(self.client, quiet=0.001, patience=0.02)
        assert await self.client.confirmed(wait=20)

    async def recites(self, *lines: str) -> str:
        await self.chat().recite(lines)
        return self.paper.getvalue()

    async def stops_the_bot(self) -> None:
        self.polling.cancel()
        with suppress(asyncio.CancelledError):
            await self.polling


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    sandbox = Sandbox(now=lambda: datetime(2025, 11, 13, 10, 33, tzinfo=UTC))
    await sandbox.start()
    client, bot = SandboxClient(sandbox.url), Bot(sandbox.url)
    await client.add_person(id=READER, first_name="Читатель")
    await bot.call("setMyCommands", commands=COMMANDS)
    await bot.call("setMyName", name="Вестник")
    desk = Desk(sandbox, client, bot, asyncio.ensure_future(bot.run()), Paper(), io.StringIO())
    yield desk
    await desk.stops_the_bot()
    await bot.close()
    await client.close()
    await sandbox.stop()


class TestAScript:
    async def test_prints_each_line_and_the_answer_to_it(self, desk: Desk) -> None:
        assert await desk.recites("/latest 3\n", "\n", "   \n", "Привет") == (
            "› /latest 3\n\nВестник · 10:33\n│ Эхо: /latest 3\n\n"
            "› Привет\n\nВестник · 10:33\n│ Эхо: Привет\n\n"
        )

    async def test_without_lines_prints_nothing(self, desk: Desk) -> None:
        assert await desk.recites() == ""

    async def test_presses_buttons_by_number(self, desk: Desk) -> None:
        screen = await desk.recites("/start", "1")
        assert desk.bot.heard == ["/start", "[ru]"]
        assert "› [1] Русский\n\nСохранено: Читатель\n" in screen
        assert "Вестник · 10:33 · edited\n│ Язык: русский.\n" in screen

    async def test_says_what_a_button_does_that_sends_nothing(self, desk: Desk) -> None:
        screen = await desk.recites("/start", "2")
        assert desk.bot.heard == ["/start"]
        assert "› [2] Сайт\n\nThis button opens https://e.org/\n" in screen

    async def test_words_after_the_bots_name_show_what_it_offers_and_a_number_sends_it(
        self, desk: Desk
    ) -> None:
        screen = await desk.recites("@vestnik_sandbox_bot визы", "1", "2", "3")
        assert desk.bot.heard == ["@визы", "/start find", "Итог: визы", "@визы+20"]
        assert "The bot offers to put into this chat:" in screen
        assert "[1] Искать в боте\n[2] Итог +\n  Проба\n[3] Further …\n" in screen
        assert "Читатель · @vestnik_sandbox_bot · 10:33\n│ Итог: визы\n" in screen

    async def test_a_share_button_shows_what_would_be_put_into_a_chat(self, desk: Desk) -> None:
        share = [[{"text": "Поделиться", "switch_inline_query_chosen_chat": {"query": "s1"}}]]
        desk.bot.on["/latest"] = lambda: desk.bot.send("Сюжет", inline_keyboard=share)
        screen = await desk.recites("/latest", "1", "3")
        assert desk.bot.heard == ["/latest", "@s1", "Итог: s1"]
        assert "│ [1] Поделиться →\n" in screen

    async def test_explains_a_number_without_a_button(self, desk: Desk) -> None:
        await desk.recites("5", "/start", "99")
        assert desk.errors.getvalue() == (
            "There is no button 5. To send the number itself, type \\5\n\n"
            "There is no button 99. The newest buttons: 1, 2. To send the number itself, type\n"
            "\\99\n\n"
        )

    async def test_sends_a_number_after_a_backslash(self, desk: Desk) -> None:
        await desk.recites("\\9", "1234567890")
        assert desk.bot.heard == ["9", "1234567890"]

    async def test_presses_the_keys_of_a_reply_keyboard(self, desk: Desk) -> None:
        times = [["В 9:00", "В 18:00"]]
        desk.bot.on["/subscribe"] = lambda: desk.bot.send("Когда?", keyboard=times)
        await desk.recites("/subscribe", "2")
        assert desk.bot.heard == ["/subscribe", "В 18:00"]

    async def test_unfolds_the_last_folded_quote(self, desk: Desk) -> None:
        screen = await desk.recites("/digest", "Спасибо", ">", ">")
        folded, unfolded = screen.split("› >\n")[:2]
        assert "more lines: 1" in folded
        assert "│ ▎ Строка 4\n" in unfolded
        assert "Nothing is folded." in desk.errors.getvalue()

    async def test_shows_deletions(self, desk: Desk) -> None:
        async def digest() -> None:
            waiting = "Готовлю выпуск за неделю, это займёт минуту-другую."
            await desk.bot.delete(await desk.bot.send(waiting))

        desk.bot.on["/digest"] = digest
        assert "Deleted: Готовлю выпуск за неделю, это займёт мин…\n" in await desk.recites(
            "/digest"
        )

    async def test_shows_an_alert_in_a_box(self, desk: Desk) -> None:
        buttons = [
            [{"text": "!", "callback_data": "alert"}, {"text": "→", "callback_data": "open"}]
        ]
        desk.bot.on["/digest"] = lambda: desk.bot.send("Выпуск", inline_keyboard=buttons)
        screen = await desk.recites("/digest", "1", "2")
        assert "│ Уже готово │\n" in screen
        assert "This button opens https://t.me/vestnik?start=1\n" in screen

    async def test_in_a_group_leaves_out_what_others_are_told(self, desk: Desk) -> None:
        await desk.client.add_person(id=COLLEAGUE, first_name="Коллега")
        people = (READER, COLLEAGUE)
        await desk.client.add_chat(id=GROUP, type="group", title="Отдел", members=people)
        await desk.chat(chat=GROUP).recite(["/start"])
        sent = (await desk.client.messages(GROUP))[-1]["message_id"]

        async def meanwhile() -> AsyncIterator[str]:
            await desk.client.press(COLLEAGUE, sent, "ru", chat=GROUP)
            await desk.client.say(COLLEAGUE, "/thanks", chat=GROUP)
            yield "/latest"

        await desk.chat(chat=GROUP).recite(meanwhile())
        screen = desk.paper.getvalue()
        assert desk.bot.heard == ["/start", "[ru]", "/thanks", "/latest"]
        assert "Коллега · 10:33\n│ /thanks\n" in screen
        assert "Сохранено" not in screen

    async def test_has_no_place_for_drafts_and_typing(self, desk: Desk) -> None:
        async def digest() -> None:
            await desk.bot.call("sendChatAction", chat_id=READER, action="typing")
            await desk.bot.call("sendMessageDraft", chat_id=READER, draft_id=1, text="Гото")

        desk.bot.on["/digest"] = digest
        assert await desk.recites("/digest") == "› /digest\n\n"

    async def test_begins_after_what_was_said_before(self, desk: Desk) -> None:
        await desk.client.say(READER, "/start")
        await desk.settled()
        await desk.bot.send("Вчерашний выпуск")
        assert "Вчерашний" not in await desk.recites("/latest")

    async def test_ends_at_quit(self, desk: Desk) -> None:
        await desk.recites("раз", "!quit", "два")
        assert desk.bot.heard == ["раз"]

    async def test_can_ask_what_the_terminal_can_do(self, desk: Desk) -> None:
        assert "  !quit  ends the chat, like Ctrl-D" in await desk.recites("!help")
        assert desk.bot.heard == []

    async def test_does_not_send_what_telegram_would_cut(self, desk: Desk) -> None:
        longest = "я" * 4096
        desk.bot.on[longest] = lambda: desk.bot.send("Прочёл.")
        screen = await desk.recites(longest, "😀" * 2049, "x" * 1_000_000)
        assert desk.bot.heard == [longest]
        assert len(screen) < 2000
        assert desk.errors.getvalue().count("at most 4096 characters") == 2

    async def test_is_clean_of_control_characters(self, desk: Desk) -> None:
        screen = await desk.recites("\ufeff/lat\x00est\x1b[2J\r\n", "\x00\n")
        assert desk.bot.heard == ["/latest[2J"]
        assert "\x1b" not in screen

    async def test_passes_on_what_the_sandbox_refuses(self, desk: Desk) -> None:
        await desk.recites("/start")
        await desk.client.block(READER)
        await desk.recites("/latest")
        assert "has blocked the bot" in desk.errors.getvalue()

    async def test_explains_a_button_that_has_gone(self, desk: Desk) -> None:
        chat = desk.chat()
        await chat.recite(["/start"])
        await desk.bot.delete((await desk.client.messages(READER))[-1]["message_id"])
        await chat.recite(["1"])
        assert "There is no message" in desk.errors.getvalue()

    async def test_ends_with_a_sentence_when_the_bot_is_silent(self, desk: Desk) -> None:
        await desk.stops_the_bot()
        with pytest.raises(ChatError, match="The bot does not answer"):
            await desk.recites("/start")

    async def test_ends_with_a_sentence_when_the_sandbox_has_gone(self, desk: Desk) -> None:
        await desk.stops_the_bot()
        await desk.sandbox.stop()
        with pytest.raises(ChatError, match="The sandbox has gone"):
            await desk.recites("/start")


@contextmanager
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


@asynccontextmanager
async def conversing(desk: Desk) -> AsyncIterator[PipeInput]:
    """Chat by hand; the chat has to end by itself before this does."""
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        with keyboard() as keys:
            chat = tasks.create_task(desk.chat().converse())
            yield keys
            await chat


class TestByHand:
    async def test_answers_appear_and_ctrl_d_ends(self, desk: Desk) -> None:
        async with conversing(desk) as keys:
            keys.send_text("\r\r/start\r")
            await desk.paper.shows("[1] Русский")
            keys.send_text("1\r")
            await desk.paper.shows("Язык: русский.")
            keys.send_text("\x04")
        assert desk.bot.heard == ["/start", "[ru]"]
        # What was typed stands on the terminal already.
        assert "›" not in desk.paper.getvalue()

    async def test_messages_arrive_by_themselves(self, desk: Desk) -> None:
        async with conversing(desk) as keys:
            keys.send_text("/start\r")
            await desk.paper.shows("Выберите язык.")
            keys.send_text("/lat")
            await desk.bot.send("Выпуск за неделю")
            await desk.paper.shows("Выпуск за неделю")
            keys.send_text("est\r")
            await desk.paper.shows("Эхо: /latest")
            keys.send_text("!quit\r")

    async def test_opens_with_the_last_messages(self, desk: Desk) -> None:
        for number in range(1, 4):
            await desk.client.say(READER, f"/latest {number}")
            await desk.settled()
        async with conversing(desk) as keys:
            await desk.paper.shows("› /latest 3")
            await desk.paper.shows("Эхо: /latest 3")
            keys.send_text("\x04")
        assert "› /latest 1" not in desk.paper.getvalue()

    async def test_ctrl_c_drops_the_line_and_then_ends(self, desk: Desk) -> None:
        async with conversing(desk) as keys:
            keys.send_text("передумал\x03ладно\r")
            await desk.paper.shows("Эхо: ладно")
            keys.send_text("\x03")
        assert desk.bot.heard == ["ладно"]

    async def test_ends_with_a_sentence_when_the_sandbox_has_gone(self, desk: Desk) -> None:
        async def talk() -> None:
            async with conversing(desk):
                await desk.paper.shows("Begin with /start")
                await desk.stops_the_bot()
                await desk.sandbox.stop()

        with pytest.raises(ExceptionGroup) as ended:
            await talk()
        assert ended.group_contains(ChatError, match="The sandbox has gone")

    @pytest.mark.parametrize(
        ("typed", "offered"),
        [
            ("/", ["/latest", "/language", "/digest"]),
            ("/la", ["/latest", "/language"]),
            ("/latest 3", []),
            ("что", []),
            ("", []),
        ],
    )
    def test_commands_are_completed(self, typed: str, offered: list[str]) -> None:
        completer = CommandCompleter()
        completer.commands = COMMANDS
        found = list(completer.get_completions(Document(typed), CompleteEvent()))
        assert [completion.text for completion in found] == offered
        if found:
            assert found[0].display_meta_text == "Новые статьи"


class TestWaitingForABotElsewhere:
    async def test_ends_when_it_has_answered(self, desk: Desk) -> None:
        await desk.client.say(READER, "/latest")
        await settled_over_http(desk.client, quiet=0.05)
        assert (await desk.client.messages(READER))[-1]["text"] == "Эхо: /latest"

    async def test_gives_up_on_a_bot_that_is_not_there(self, desk: Desk) -> None:
        await desk.stops_the_bot()
        await desk.client.say(READER, "/latest")
        with pytest.raises(TimeoutError):
            await settled_over_http(desk.client, quiet=0.001, patience=0.02)
