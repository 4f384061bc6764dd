"""A chat in the terminal: one types what one would type in Telegram and sees what it would show."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from typing import Any, Protocol

import aiohttp
from rich.console import Console

from bot.sandbox.errors import SandboxError
from bot.sandbox.terminal_buttons import Act, Button, Translate
from bot.sandbox.terminal_screen import Screen
from bot.sandbox.terminal_text import clean

LONGEST_MESSAGE = 4096
_NUMBER = re.compile("[0-9]{1,9}")
# Whatever name is typed, there is one bot here.
_NAMED = re.compile(r"@\w*\s*")
_PAST_SHOWN = 5
_LISTEN_SECONDS = 25


class Happening(Protocol):
    """One event in the sandbox."""

    @property
    def seq(self) -> int:
        """Its place in the order of all events, counted from 1."""

    @property
    def kind(self) -> str:
        """What happened: "message", "edit", "delete", "callback_answer" and others."""

    @property
    def body(self) -> dict[str, Any]:
        """What it happened with: a Bot API Message object, an answer."""


class ChatClient(Protocol):
    """The part of the sandbox's client that a chat needs."""

    async def say(self, person: int, text: str, *, chat: int | None = None) -> int:
        """Send a text as this person; returns the update's id."""

    async def press(
        self, person: int, message_id: int, data: str, *, chat: int | None = None
    ) -> int:
        """Press the inline button with this callback data; returns the update's id."""

    async def type_inline(
        self, person: int, query: str, *, chat: int | None = None, offset: str = ""
    ) -> object:
        """Type the bot's name and words in a chat."""

    async def choose(
        self, person: int, inline_query_id: str, result_id: str, *, chat: int | None = None
    ) -> int:
        """Send one of the results that the bot offers; returns the update's id."""

    async def messages(self, chat: int) -> list[dict[str, Any]]:
        """List the messages of a chat as it stands, oldest first."""

    async def events(
        self, after: int = 0, *, chat: int | None = None, wait: float = 0
    ) -> Sequence[Happening]:
        """List the events after a number, waiting up to so many seconds for the first."""

    async def confirmed(self) -> bool:
        """Tell whether the bot has taken every update."""

    async def commands(self, language: str | None) -> list[dict[str, str]]:
        """List the commands that a person of this language is offered."""


class ChatError(Exception):
    """The chat cannot go on; the message is a sentence for the person."""


class TerminalChat:
    """One person's chat with the bot, by hand (`converse`) or from a script (`recite`).

    person, chat: their ids in the sandbox. language: IETF tag, chooses the bot's command list.
    settled: returns when the bot has done all it does about what was said so far.
    console: where the chat appears. errors: where what went wrong does (None: standard error).
    translate: a gettext for the chat's own words. zone: of the times shown (None: the system's).
    """

    def __init__(
        self,
        client: ChatClient,
        *,
        person: int,
        chat: int,
        language: str,
        settled: Callable[[], Awaitable[None]],
        console: Console,
        translate: Translate,
        errors: Console | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        self._client = client
        self._person = person
        self._chat = chat
        self._language = language
        self._settled = settled
        self._say = translate
        self._screen = Screen(
            console,
            errors or Console(stderr=True, highlight=False),
            person=person,
            say=translate,
            zone=zone,
        )
        self._seen = 0

    async def converse(self) -> None:
        """Talk with a person at the keyboard until Ctrl-D or !quit.

        Raises ChatError when the sandbox is gone.
        """
        # Not at the top: a script needs no input line and starts sooner without it.
        from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

        with self._in_words(), patch_stdout(raw=True):
            await self._open()
            try:
                async with asyncio.TaskGroup() as tasks:
                    listening = tasks.create_task(self._listen())
                    await self._talk()
                    listening.cancel()
            except ExceptionGroup as group:
                raise group.exceptions[0] from None

    async def recite(self, lines: AsyncIterator[str] | Iterable[str]) -> None:
        """Say line after line, print each with the answers to it, and return after the last.

        Raises ChatError when the bot does not answer or the sandbox is gone.
        """
        with self._in_words():
            await self._pass_over_past()
            async for line in _each(lines):
                if not await self._take(line, echo=True):
                    return
                await self._await_bot()
                await self._show_new()

    async def _open(self) -> None:
        self._screen.quiet(
            self._say("This is Telegram in a terminal. Begin with /start; !help tells more.")
        )
        await self._pass_over_past()
        for message in (await self._client.messages(self._chat))[-_PAST_SHOWN:]:
            self._screen.past(message)

    async def _talk(self) -> None:
        from bot.sandbox.terminal_keyboard import Keyboard  # noqa: PLC0415

        keyboard = Keyboard(self._say("a message, the number of a button, or !help"))
        while True:
            # Asked for each line anew: the bot may change its commands.
            commands = await self._client.commands(self._language)
            line = await keyboard.line(commands)
            if line is None:
                return
            self._screen.gap()
            if not await self._take(line, echo=False):
                return

    async def _listen(self) -> None:
        while True:
            await self._show_new(wait=_LISTEN_SECONDS)

    async def _take(self, line: str, *, echo: bool) -> bool:
        """Do what one typed line asks for; tell whether the chat goes on."""
        line = clean(line.removeprefix("\ufeff")).strip()
        if not line:
            return True
        screen = self._screen
        is_number = _NUMBER.fullmatch(line) is not None
        if echo and is_number:
            screen.pressed(line, screen.numbers.find(int(line)))
        elif echo:
            screen.said(line)
        if is_number:
            await self._press(line)
        elif line == ">":
            screen.unfold()
        elif line == "!help":
            screen.guide()
        elif line == "!quit":
            return False
        elif line.startswith("@"):
            query = _NAMED.sub("", line, count=1)
            await self._try(self._client.type_inline(self._person, query, chat=self._chat))
        else:
            await self._send(line.removeprefix("\\"))
        return True

    async def _press(self, number: str) -> None:
        button = self._screen.numbers.find(int(number))
        if button is None:
            self._screen.no_such_button(number)
        elif button.act is Act.SAY:
            await self._send(button.value)
        elif (done := self._done_by(button)) is not None:
            await self._try(done)
        else:
            self._screen.quiet(button.explain(self._say))

    def _done_by(self, button: Button) -> Awaitable[object] | None:
        """Begin what a button does in the sandbox; None where it does something elsewhere."""
        client, person, chat = self._client, self._person, self._chat
        match button.act:
            case Act.CALLBACK:
                return client.press(person, button.message_id, button.value, chat=chat)
            case Act.SHARE | Act.INLINE:
                # There is no other chat to choose: what is shared is offered here.
                return client.type_inline(person, button.value, chat=chat)
            case Act.FURTHER:
                offset, _, query = button.value.partition(" ")
                return client.type_inline(person, query, chat=chat, offset=offset)
            case Act.CHOOSE:
                query_id, _, result_id = button.value.partition(" ")
                return client.choose(person, query_id, result_id, chat=chat)
        return None

    async def _try(self, done: Awaitable[object]) -> None:
        try:
            await done
        except SandboxError as refusal:
            self._screen.problem(str(refusal))

    async def _send(self, text: str) -> None:
        if len(text.encode("utf-16-le")) // 2 > LONGEST_MESSAGE:
            sentence = self._say(
                "Not sent: a message in Telegram holds at most {limit} characters. Shorten it."
            )
            self._screen.problem(sentence.format(limit=LONGEST_MESSAGE))
            return
        await self._try(self._client.say(self._person, text, chat=self._chat))

    async def _await_bot(self) -> None:
        try:
            await self._settled()
        except TimeoutError as silence:
            raise ChatError(self._say("The bot does not answer. Is it running?")) from silence

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as loss:
            raise ChatError(self._say("The sandbox has gone. Start it again.")) from loss

    async def _show_new(self, wait: float = 0) -> None:
        for event in await self._client.events(self._seen, chat=self._chat, wait=wait):
            self._seen = event.seq
            self._screen.event(event.kind, event.body)

    async def _pass_over_past(self) -> None:
        for event in await self._client.events(chat=self._chat):
            self._seen = event.seq


async def settled_over_http(
    client: ChatClient, *, quiet: float = 0.4, patience: float = 60
) -> None:
    """Return when a bot in another process seems to have done all it does about what was said.

    That is when it has taken every update and then nothing has happened for a while.
    quiet: for how many seconds; patience: after how many it raises TimeoutError.
    """
    seen = 0
    async with asyncio.timeout(patience):
        while True:
            taken = await client.confirmed()
            events = await client.events(seen, wait=quiet)
            if events:
                seen = events[-1].seq
            elif taken:
                return


async def _each(lines: AsyncIterator[str] | Iterable[str]) -> AsyncIterator[str]:
    if isinstance(lines, AsyncIterator):
        async for line in lines:
            yield line
    else:
        for line in lines:
            yield line
