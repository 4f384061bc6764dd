"""Sending a broadcast: at Telegram's pace while people ask things, and as fast as possible."""

# ruff: noqa: I001
import asyncio
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.sending import FIRST_CHAT, edition_parts, fill_outbox
from bench.telegram import Telegram, telegram
from aiogram import Bot, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import LinkPreviewOptions, MessageEntity
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from pydantic import AnyHttpUrl

from bot.app import Application
from bot.archive import Archive
from bot.archive.rows import DeliveryState
from bot.delivery.pace import PAID, TELEGRAM, Pacer
from bot.sandbox.client import SandboxClient
from bot.settings import load_settings
from bot.terminal_session import SANDBOX_TOKEN

PACED = int(os.environ.get("BENCH_SUBSCRIBERS", "1500"))
"""So many take a minute; 10,000 take six."""
UNLIMITED = 3_000
ROUNDS = 3
_AT_ONCE = 100
_ASKERS = 1_000_000
"""The first id of those who ask."""
_QUESTIONS = 60


async def delivery() -> None:
    """Print how both kinds of broadcast went."""
    await _paced()
    await _unlimited()


async def _paced() -> None:
    async with telegram(PACED, limits=True) as far:
        async with _application(far, PACED, Pacer(TELEGRAM)) as (application, folder):
            await application.start()
            asking = asyncio.ensure_future(_ask(far))
            worked = time.process_time()
            await _sent(application, PACED)
            worked = time.process_time() - worked
            times = sorted(await asking)
            known = _known(folder)
        seen = await far.seen()
    at = times[min(len(times) - 1, len(times) * 95 // 100)] * 1000
    middle = statistics.median(times) * 1000
    rate = (seen.messages - 1) / seen.seconds
    _say("subscribers, Telegram's limits on", f"{PACED:,}")
    _say("messages a second, answers included", f"{rate:.2f}")
    _say(
        f"of the pace of {TELEGRAM.overall:.0f} a second (goal 97 %)",
        f"{rate / TELEGRAM.overall:.1%}",
    )
    _say("most in any second", seen.most_in_a_second)
    _say("refused as too many (goal 0)", seen.too_many)
    _say("noted as sent", f"{known:,}")
    _say("processor time a message, ms", f"{worked / PACED * 1000:.2f}")
    _say(f"/help meanwhile, {len(times)} times, p95 ms (goal 300)", f"{at:.0f}")
    _say("/help meanwhile, median ms", f"{middle:.0f}")
    print()


async def _sent(application: Application, subscribers: int) -> None:
    while (await application.archive.deliveries.counts()).get(DeliveryState.SENT, 0) < subscribers:  # noqa: ASYNC110 — as somebody who watches
        await asyncio.sleep(1)


@dataclass(frozen=True)
class _Speed:
    """Messages a second, and the milliseconds of this process's processor time for each."""

    rate: float
    cost: float


@dataclass
class _Watch:
    """Measures how fast so many messages went."""

    started: float = field(default_factory=time.perf_counter)
    worked: float = field(default_factory=time.process_time)

    def speed(self, messages: int) -> _Speed:
        took = time.perf_counter() - self.started
        cost = (time.process_time() - self.worked) / messages * 1000
        return _Speed(messages / took, cost)


async def _unlimited() -> None:
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(await _bare())
        ours.append(await _ours())
    peer = await _peer()
    share = statistics.median(one.rate / other.rate for one, other in zip(ours, bare, strict=True))
    _say(f"messages without limits, {ROUNDS} rounds of", f"{UNLIMITED:,}")
    _tell(f"a bare loop of {_AT_ONCE} at once", bare)
    _tell("ours, each noted before and after", ours)
    _tell("aiogram-broadcaster", [peer])
    _say("ours to the bare loop, median (goal 70 %)", f"{share:.0%}")


def _tell(what: str, speeds: list[_Speed]) -> None:
    _say(f"{what}, messages/s", f"{statistics.median(speed.rate for speed in speeds):.0f}")
    _say("  processor time a message, ms", f"{statistics.median(s.cost for s in speeds):.2f}")


def _say(what: str, value: object) -> None:
    print(f"{what:<60}{value:>10}")


async def _ours() -> _Speed:
    async with telegram(UNLIMITED) as far:
        async with _application(far, UNLIMITED, Pacer(PAID)) as (application, folder):
            watch = _Watch()
            await application.ticks.sender.drain()
            speed = watch.speed(UNLIMITED)
            assert _known(folder) == UNLIMITED
        assert (await far.seen()).chats == UNLIMITED
    return speed


async def _bare() -> _Speed:
    """Send the same with nothing around it: so many coroutines that take the next chat."""
    async with telegram(UNLIMITED) as far, _bot(far) as bot:
        part = edition_parts(1)[0]
        entities = [MessageEntity(**entity) for entity in json.loads(part.entities)]
        preview = LinkPreviewOptions(is_disabled=True)
        chats = iter(range(FIRST_CHAT, FIRST_CHAT + UNLIMITED))

        async def work(chats: Iterator[int]) -> None:
            for chat in chats:
                await bot.send_message(
                    chat, part.text, entities=entities, link_preview_options=preview
                )

        watch = _Watch()
        await asyncio.gather(*(work(chats) for _ in range(_AT_ONCE)))
        return watch.speed(UNLIMITED)


async def _peer() -> _Speed:
    """Send with aiogram-broadcaster, which keeps no record here and sends one after another."""
    messages = UNLIMITED // 4
    async with telegram(messages) as far, _bot(far) as bot:
        part = edition_parts(1)[0]
        entities = [MessageEntity(**entity) for entity in json.loads(part.entities)]
        # With our aiogram, whose models are built late, its own must be told where they are.
        TextContent.model_rebuild(_types_namespace=vars(types))
        mailer = await Broadcaster(bot).create_mailer(
            chats=range(FIRST_CHAT, FIRST_CHAT + messages),
            content=TextContent(text=part.text, entities=entities),
        )
        watch = _Watch()
        await mailer.start()
        return watch.speed(messages)


@asynccontextmanager
async def _application(
    far: Telegram, subscribers: int, pacer: Pacer
) -> AsyncIterator[tuple[Application, Path]]:
    """Give the bot with a full outbox, and the folder of its archive; stop it if it runs."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/vestnik.sqlite3")
        await fill_outbox(archive, subscribers)
        settings = load_settings(None).model_copy(
            update={"bot_api_url": AnyHttpUrl(far.url), "poll": False}
        )
        application = Application(settings, archive, token=SANDBOX_TOKEN, pacer=pacer)
        try:
            yield application, Path(folder)
        finally:
            await application.stop()
            await archive.close()


@asynccontextmanager
async def _bot(far: Telegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(far.url))
    bot = Bot(SANDBOX_TOKEN, session=session)
    try:
        yield bot
    finally:
        await session.close()


def _known(folder: Path) -> int:
    """Count the messages that are noted as sent."""
    database = sqlite3.connect(folder / "vestnik.sqlite3")
    found = database.execute("SELECT count(*) FROM delivery_parts WHERE message_id IS NOT NULL")
    known = int(found.fetchone()[0])
    database.close()
    return known


async def _ask(far: Telegram) -> list[float]:
    """Let people ask for help, one after another; return the seconds that each waited."""
    client = SandboxClient(far.url)
    times = []
    for person in range(_ASKERS, _ASKERS + _QUESTIONS):
        await client.add_person(id=person, first_name="Reader", language_code="ru")
        started = time.perf_counter()
        await client.say(person, "/help")
        seen = 0
        while True:
            found = await client.events(seen, chat=person, wait=5)
            if any(event.kind == "message" and event.body["from"]["is_bot"] for event in found):
                break
            seen = found[-1].seq if found else seen
        times.append(time.perf_counter() - started)
        await asyncio.sleep(0.25)
    await client.close()
    return times
