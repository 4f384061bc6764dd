"""A town to test in: a sandbox over HTTP, the whole bot on it, people who talk with it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.app import Application
from bot.sandbox.client import SandboxClient

OPERATOR = 900
"""Who looks after the sources."""


@dataclass
class Clock:
    """Time that moves only when a test says so."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Bubble:
    """A message as a person sees it."""

    message: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.message.get("text", ""))

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: button for row in rows for button in row}

    @property
    def preview(self) -> str | None:
        options = self.message.get("link_preview_options", {})
        return None if options.get("is_disabled") else options.get("url")

    def marked(self, kind: str) -> list[str]:
        """The stretches of text that carry an entity of this kind."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in self.message.get("entities", [])
            if e["type"] == kind
        ]


@dataclass
class Reader:
    """A person who talks with the bot, in private or in a group."""

    town: "Town"
    id: int
    chat: int
    thread: int | None = None
    _seen: int = field(default=0)

    async def sends(self, text: str) -> list[Bubble]:
        """Write something; returns what the bot answered."""
        before = await self.town.last_event()
        await self.town.client.say(self.id, text, chat=self.chat, thread=self.thread)
        return await self.town.answers(self.chat, before)

    async def presses(self, label: str, *, on: Bubble | None = None) -> list[Bubble]:
        """Press a button of the newest message that has it; returns new and edited messages."""
        bubble = on or next(b for b in reversed(await self.screen()) if label in b.buttons)
        data = bubble.buttons[label]["callback_data"]
        return await self.presses_data(bubble, data)

    async def presses_data(self, bubble: Bubble, data: str) -> list[Bubble]:
        before = await self.town.last_event()
        await self.town.client.press(self.id, bubble.message["message_id"], data, chat=self.chat)
        return await self.town.answers(self.chat, before)

    async def forges(self, bubble: Bubble, data: str) -> list[Bubble]:
        """Press a button that the message does not have, as a tampered client can."""
        before = await self.town.last_event()
        await self.town.client.press(
            self.id, bubble.message["message_id"], data, chat=self.chat, forged=True
        )
        return await self.town.answers(self.chat, before)

    async def screen(self) -> list[Bubble]:
        """The bot's messages in the chat, as they stand now."""
        messages = await self.town.client.messages(self.chat)
        return [Bubble(m) for m in messages if m.get("from", {}).get("is_bot")]

    async def last_toast(self) -> str:
        """The words of the newest answer to a pressed button."""
        events = await self.town.client.events(chat=self.chat)
        return [str(e.body.get("text", "")) for e in events if e.kind == "callback_answer"][-1]


@dataclass
class Town:
    """The sandbox, the bot and the clock of one test."""

    client: SandboxClient
    application: Application
    clock: Clock
    _next_person: int = 100

    async def reader(self, language_code: str | None = "ru") -> Reader:
        """Let a new person join Telegram."""
        self._next_person += 1
        await self.client.add_person(
            id=self._next_person, first_name="Айгерим", language_code=language_code
        )
        return Reader(self, self._next_person, self._next_person)

    async def operator(self, language_code: str = "ru") -> Reader:
        """Let the operator join Telegram."""
        await self.client.add_person(id=OPERATOR, first_name="Болат", language_code=language_code)
        return Reader(self, OPERATOR, OPERATOR)

    async def last_event(self) -> int:
        events = await self.client.events()
        return events[-1].seq if events else 0

    async def answers(self, chat: int, after: int) -> list[Bubble]:
        """Wait until the bot has done what it does, then give its messages, new and edited."""
        await self.settled()
        return [
            Bubble(event.body)
            for event in await self.client.events(after, chat=chat)
            if event.kind in ("message", "edit") and event.body.get("from", {}).get("is_bot")
        ]

    async def settled(self) -> None:
        while not await self.client.confirmed(wait=10):
            pass
        await self.application.in_flight.idle()
