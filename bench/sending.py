"""A broadcast to be sent: its audience, and the bot in a process of its own that sends it."""

import asyncio
import json
import logging
import multiprocessing
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from pydantic import AnyHttpUrl
from sqlalchemy import insert, update

from bot.app import Application
from bot.archive import Archive
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.rows import Frequency, PartRow, Rule
from bot.archive.tables import SubscriberTable, SubscriptionTable
from bot.clock import Now, system_now
from bot.delivery import ticks
from bot.delivery.pace import PAID, TELEGRAM, UNLIMITED, Pacer
from bot.delivery.schedule import last_due, shared_turns
from bot.logs import set_up_logs
from bot.sandbox.chats import Account, Chat
from bot.sandbox.world import World
from bot.settings import load_settings
from bot.terminal_session import SANDBOX_TOKEN

DUE = last_due(Rule(Frequency.WEEKLY, 9, "Asia/Almaty"), before=system_now())
FIRST_CHAT = 1_000
PACES = {"telegram": TELEGRAM, "paid": PAID, "unlimited": UNLIMITED}

_ITEM = (
    "Министры обсудили в Астане транзит и торговлю\n"
    "Стороны договорились увеличить число рейсов и упростить оформление грузов на границе.\n"
    "Вестник степи · 20 ноября, 17:40\n\n"
)


def edition_parts(parts: int) -> list[PartRow]:
    """Make an edition of an ordinary size: some 2,000 characters and 24 entities a message."""
    made = []
    for position in range(parts):
        text = f"Неделя: 16–23 нояб. ({position + 1}/{parts})\n\n" + _ITEM * 12
        starts = [at for at in range(len(text)) if text.startswith(_ITEM, at)]
        title = _ITEM.index("\n")
        entities = [
            entity
            for start in starts
            for entity in (
                {
                    "type": "text_link",
                    "offset": start,
                    "length": title,
                    "url": "https://example.org/news/1",
                },
                {"type": "bold", "offset": start, "length": title},
            )
        ]
        made.append(PartRow(position, text.rstrip(), json.dumps(entities)))
    return made


async def subscribe_many(
    archive: Archive, subscribers: int, *, first: int = FIRST_CHAT, due_at: datetime = DUE
) -> None:
    """Subscribe private chats; all are due at the same moment."""
    people, subscriptions = [], []
    for chat in range(first, first + subscribers):
        people.append(
            {
                "id": chat,
                "chat_id": chat,
                "thread_id": 0,
                "language": "ru",
                "time_zone": "Asia/Almaty",
                "created_at": DUE,
            }
        )
        subscriptions.append(
            {
                "subscriber_id": chat,
                "frequency": Frequency.WEEKLY,
                "weekday": 0,
                "day_of_month": 1,
                "hour": 9,
                "minute": 0,
                "created_at": DUE,
                "next_due_at": due_at,
            }
        )
    async with archive.database.writing() as connection:
        await connection.execute(insert(SubscriberTable), people)
        await connection.execute(insert(SubscriptionTable), subscriptions)


async def fill_outbox(archive: Archive, subscribers: int, *, parts: int = 1) -> None:
    """Subscribe people and make their deliveries, all of one edition."""
    await subscribe_many(archive, subscribers)
    while (await archive.dues.hand_over(DUE, shared_turns(DUE), limit=5_000)).moved:
        pass
    edition = await archive.editions.keep("bench", edition_parts(parts), now=DUE)
    async with archive.database.writing() as connection:
        await connection.execute(update(DeliveryTable).values(edition_id=edition.id))


async def begin_broadcast(archive: Archive, subscribers: int, *, parts: int = 1) -> None:
    """Let people be known, and an operator send a broadcast; its copies are not made yet."""
    await subscribe_many(archive, subscribers, due_at=DUE + timedelta(days=7))
    draft = await archive.broadcasts.draft(edition_parts(parts), made_by=1, now=DUE)
    # A message that nobody has: what is sent is looked at in the chats of subscribers.
    await archive.broadcasts.start(draft.id, chat_id=1, message_id=1, now=DUE)


def let_join(world: World, people: int, *, first: int = FIRST_CHAT) -> None:
    """Let people join a sandbox of this process; all have written to the bot before."""
    for number in range(first, first + people):
        account = Account(number, "Reader", None, "ru")
        account.has_written = True
        world.accounts[number] = account
        world.chats[number] = Chat(number, "private", "Reader", None)


_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bench.sending"])


@dataclass(frozen=True)
class BotProcess:
    """The bot in a process of its own, forked from one that has imported everything."""

    process: ForkServerProcess

    async def dies(self) -> None:
        """Kill it, whatever it is doing."""
        self.process.kill()
        await asyncio.to_thread(self.process.join)

    async def stops(self) -> None:
        """Ask it to stop in an orderly way, and wait until it has."""
        self.process.terminate()
        await asyncio.to_thread(self.process.join)


def start_bot(folder: Path, sandbox_url: str, *, pace: str = "unlimited") -> BotProcess:
    """Start the bot on the archive in a folder.

    pace: a key of PACES. Its clock is ahead by as many seconds as the file "ahead" in the folder
    says, so that pauses of minutes can be over at once.
    """
    process = _PROCESSES.Process(target=_run, args=(folder, sandbox_url, pace))
    process.start()
    return BotProcess(process)


def _run(folder: Path, sandbox_url: str, pace: str) -> None:
    set_up_logs("error")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    ticks.EVERY_SECONDS = 1
    asyncio.run(_send(folder, sandbox_url, pace))


async def _send(folder: Path, sandbox_url: str, pace: str) -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    settings = load_settings(None).model_copy(
        update={
            "bot_api_url": AnyHttpUrl(sandbox_url),
            "poll": False,
            "allow_paid_broadcast": pace == "paid",
        }
    )
    archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/vestnik.sqlite3")
    application = Application(
        settings, archive, token=SANDBOX_TOKEN, now=_clock_of(folder), pacer=Pacer(PACES[pace])
    )
    await application.start()
    await told.wait()
    await application.stop()
    await archive.close()


def _clock_of(folder: Path) -> Now:
    ahead = folder / "ahead"

    def now() -> datetime:
        seconds = float(ahead.read_text() or 0) if ahead.exists() else 0.0
        return system_now() + timedelta(seconds=seconds)

    return now
