"""A sandbox with a reader, a real aiogram bot, and a clock that the test owns."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update
from aiohttp import ClientSession

from bot.sandbox.client import Event, SandboxClient
from bot.sandbox.journal import EventKind
from bot.sandbox.server import Sandbox

TOKEN = "7000000001:AAF-sandbox-token-of-the-right-length"
BOT_ID = 7000000001
READER, COLLEAGUE, STRANGER = 101, 102, 103
GROUP, FORUM, CHANNEL = -201, -1001, -1002


class Clock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


class _Session(AiohttpSession):
    async def close(self) -> None:
        # aiogram waits a quarter of a second for TLS, which there is none of here.
        if self._session:
            await self._session.close()


@dataclass
class Stage:
    """What a test plays with."""

    sandbox: Sandbox
    people: SandboxClient
    bot: Bot
    clock: Clock
    http: ClientSession
    _offset: int = field(default=0)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method as no library would let one: parameters go as they are, in JSON."""
        url = f"{self.sandbox.url}/bot{TOKEN}/{method}"
        async with self.http.post(url, json=params) as response:
            answer: dict[str, Any] = await response.json()
        assert response.status == answer.get("error_code", 200)
        return answer

    async def refusal(self, method: str, **params: Any) -> str:
        """Call a method that must be refused, and return Telegram's words."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def sends(self, text: str = "Привет", **params: Any) -> dict[str, Any]:
        """Let the bot send a message to the reader, and return it."""
        answer = await self.call("sendMessage", **{"chat_id": READER, "text": text, **params})
        assert answer["ok"], answer
        message: dict[str, Any] = answer["result"]
        return message

    async def hears(self) -> list[Update]:
        """Let the bot fetch the updates that are there, and confirm them."""
        updates = await self.bot.get_updates(offset=self._offset)
        if updates:
            self._offset = updates[-1].update_id + 1
            await self.bot.get_updates(offset=self._offset)
        return updates

    async def hears_one(self) -> Update:
        """Let the bot fetch the one update that is there."""
        (update,) = await self.hears()
        return update

    async def until(self, true: Callable[[], bool]) -> None:
        """Go round by the server until something is true there."""
        async with asyncio.timeout(20):
            while not true():
                await self.people.confirmed()

    async def sees(self, text: str, chat: int = READER) -> dict[str, Any]:
        """Wait until a message with this text appears in a chat, and return it."""
        seq = 0
        async with asyncio.timeout(20):
            while True:
                for event in await self.people.events(seq, chat=chat, wait=20):
                    seq = event.seq
                    if event.body.get("text") == text:
                        return event.body

    async def seen(self, kind: EventKind, chat: int = READER) -> list[Event]:
        """Return what people saw in a chat, of one kind."""
        return [event for event in await self.people.events(chat=chat) if event.kind == kind]


@asynccontextmanager
async def opened() -> AsyncIterator[Stage]:
    """Open a stage: a reader who has written to the bot, a colleague who has not, and chats."""
    clock = Clock()
    sandbox = Sandbox(TOKEN, now=clock)
    await sandbox.start()
    people = SandboxClient(sandbox.url)
    session = _Session(api=TelegramAPIServer.from_base(sandbox.url))
    bot = Bot(TOKEN, session=session)
    async with ClientSession() as http:
        stage = Stage(sandbox, people, bot, clock, http)
        await _cast(people)
        await stage.hears()
        yield stage
        await asyncio.gather(people.close(), bot.session.close())
    await sandbox.stop()


async def _cast(people: SandboxClient) -> None:
    await people.add_person(id=READER, first_name="Айгуль", username="aigul", language_code="ru")
    await people.add_person(id=COLLEAGUE, first_name="Daniel", language_code="en")
    await people.add_person(id=STRANGER, first_name="Иван")
    members = [READER, COLLEAGUE]
    await people.add_chat(id=GROUP, type="group", title="Отдел", members=members)
    await people.add_chat(
        id=FORUM, type="supergroup", title="Форум", members=members, is_forum=True
    )
    await people.add_chat(
        id=CHANNEL, type="channel", title="Новости", admins=[READER], bot="administrator"
    )
    await people.say(READER, "/start")
