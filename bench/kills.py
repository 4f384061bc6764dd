"""Killing the bot at random moments of a broadcast: nothing lost, and what came twice counted."""

import asyncio
import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.sending import FIRST_CHAT, BotProcess, fill_outbox, let_join, start_bot
from bot.archive import Archive
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import Sandbox

SUBSCRIBERS = 5_000
KILLS = 200
FAULTY = 0.02
_FAULTS: tuple[FaultKind, ...] = ("429", "5xx", "drop", "lose")
_AHEAD_AT_EACH_START = 40
"""Seconds that the bot's clock is moved on, more than the first pause after an unknown outcome."""

_LONGEST_SECONDS = 1_800
"""What is not sent by then is lost."""

Ends = Callable[[BotProcess], Awaitable[object]]


class Fill(Protocol):
    """Prepares what is to be sent to so many subscribers, in so many parts."""

    def __call__(self, archive: Archive, subscribers: int, *, parts: int) -> Awaitable[object]:
        """Fill the archive."""


@dataclass(frozen=True)
class Outcome:
    """What a broadcast with interruptions came to.

    unknown: how often the bot noted that it does not know whether a message arrived, by cause;
    unexplained: messages that came oftener than the bot itself thinks possible.
    """

    ends: int
    lost: int
    repeats: int
    unexplained: int
    unknown_at_ends: int
    unknown_at_faults: int


async def interrupted_broadcast(
    folder: Path,
    *,
    subscribers: int,
    ends: int,
    how: Ends,
    pace: str,
    faulty: float,
    longest_life: float,
    parts: int = 1,
    seed: int = 1,
    fill: Fill = fill_outbox,
) -> Outcome:
    """Send a broadcast with a bot that is ended again and again, then to its end.

    fill: prepares what is to be sent. how: ends the process. longest_life: seconds from the first
    message of a life to its end. faulty: the share of calls that run into a fault of Telegram or of
    the connection.
    """
    dice = random.Random(seed)
    archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/vestnik.sqlite3")
    await fill(archive, subscribers, parts=parts)
    sandbox = Sandbox()
    let_join(sandbox.world, subscribers)
    await sandbox.start()
    for kind in _FAULTS if faulty else ():
        fault = Fault(kind, "sendmessage", chance=faulty / len(_FAULTS))
        sandbox.faults.add(fault, 1_000_000_000)
    in_flight, done = 0, 0
    try:
        for life in range(ends + 1):
            (folder / "ahead").write_text(str(life * _AHEAD_AT_EACH_START))
            bot = start_bot(folder, sandbox.url, pace=pace)
            if life == ends:
                await _until_finished(archive, folder, life)
                await bot.stops()
                break
            if not await _first_message(sandbox, archive):
                await bot.stops()
                break
            await asyncio.sleep(dice.uniform(0, longest_life))
            await how(bot)
            done += 1
            in_flight += _in_flight(folder)
        return _outcome(sandbox, folder, subscribers, parts, done, in_flight)
    finally:
        await archive.close()
        await sandbox.stop()


async def _first_message(sandbox: Sandbox, archive: Archive) -> bool:
    """Wait until the bot sends something; return False when there is nothing left to send."""
    before = len(sandbox.world.journal.calls)
    while not any(
        call.method == "sendMessage" for call in list(sandbox.world.journal.calls)[before:]
    ):
        await asyncio.sleep(0.02)
        if await _left(archive) == 0:
            return False
    return True


async def _left(archive: Archive) -> int:
    counts = await archive.deliveries.counts()
    waiting = sum(n for state, n in counts.items() if state not in ("sent", "dead"))
    # A broadcast is not over before all its copies are made, and counted.
    return waiting + len(await archive.broadcasts.under_way())


async def _until_finished(archive: Archive, folder: Path, life: int) -> None:
    ahead = life * _AHEAD_AT_EACH_START
    async with asyncio.timeout(_LONGEST_SECONDS):
        while await _left(archive):
            await asyncio.sleep(1)
            ahead += 20
            (folder / "ahead").write_text(str(ahead))


def _in_flight(folder: Path) -> int:
    """Count the messages that were begun and not noted as answered when the bot ended."""
    with sqlite3.connect(folder / "vestnik.sqlite3") as database:
        found = database.execute(
            "SELECT count(*) FROM delivery_parts JOIN deliveries ON deliveries.id = delivery_id "
            "WHERE state = 'sending' AND sending_at IS NOT NULL AND message_id IS NULL"
        ).fetchone()
    database.close()
    return int(found[0])


def _outcome(
    sandbox: Sandbox, folder: Path, subscribers: int, parts: int, ends: int, in_flight: int
) -> Outcome:
    came = Counter(
        (chat.id, int(posted.body["text"].split("(")[1].split("/")[0]) - 1)
        for chat in sandbox.world.chats.values()
        for posted in chat.messages.values()
        if posted.by_bot
    )
    with sqlite3.connect(folder / "vestnik.sqlite3") as database:
        unknown = {
            (chat, position): times
            for chat, position, times in database.execute(
                "SELECT subscriber_id, position, unknown FROM delivery_parts "
                "JOIN deliveries ON deliveries.id = delivery_id"
            )
        }
    database.close()
    wanted = [
        (chat, part)
        for chat in range(FIRST_CHAT, FIRST_CHAT + subscribers)
        for part in range(parts)
    ]
    return Outcome(
        ends=ends,
        lost=sum(came[one] == 0 for one in wanted),
        repeats=sum(max(0, came[one] - 1) for one in wanted),
        unexplained=sum(max(0, came[one] - 1 - unknown.get(one, 0)) for one in wanted),
        unknown_at_ends=in_flight,
        unknown_at_faults=sum(unknown.values()) - in_flight,
    )


async def kills() -> None:
    """Kill the bot at 200 moments of a broadcast with faults; then stop it in order, without."""
    for title, how, faulty, ends, pace, life in (
        ("killed, 28 messages/s, 2 % faults", BotProcess.dies, FAULTY, KILLS, "telegram", 1.6),
        ("killed, unlimited, 2 % faults", BotProcess.dies, FAULTY, KILLS // 5, "unlimited", 0.2),
        ("stopped in order, unlimited, no faults", BotProcess.stops, 0.0, 20, "unlimited", 0.2),
    ):
        with tempfile.TemporaryDirectory() as folder:
            found = await interrupted_broadcast(
                Path(folder),
                subscribers=SUBSCRIBERS,
                ends=ends,
                how=how,
                pace=pace,
                faulty=faulty,
                longest_life=life,
            )
        print(f"{title}: {found.ends} times in {SUBSCRIBERS:,} deliveries")
        print(f"  lost                                               {found.lost:>6}")
        print(f"  came twice                                         {found.repeats:>6}")
        print(f"  of these without the bot's knowledge               {found.unexplained:>6}")
        print(f"  in flight when it ended, counted by the bot        {found.unknown_at_ends:>6}")
        print(f"  unknown because of faults, counted by the bot      {found.unknown_at_faults:>6}")
