"""The whole bot in processes of its own: an edition comes at its minute, by itself, once."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bench.sending import FIRST_CHAT, let_join, start_bot
from bot.archive import Archive
from bot.archive.rows import Frequency, Rule
from bot.clock import system_now
from bot.delivery.schedule import due_after, next_due
from bot.sandbox.server import Sandbox


def messages(sandbox: Sandbox) -> int:
    return sum(posted.by_bot for posted in sandbox.world.chats[FIRST_CHAT].messages.values())


async def asked(sandbox: Sandbox, method: str) -> None:
    """Wait until a bot calls a method once more."""
    before = sum(call.method == method for call in sandbox.world.journal.calls)
    async with asyncio.timeout(60):
        while sum(call.method == method for call in sandbox.world.journal.calls) == before:
            await asyncio.sleep(0.05)


async def subscribed_in_two_minutes(archive: Archive) -> float:
    """Subscribe somebody daily; return how far ahead a clock is that shows two minutes before."""
    row = await archive.subscribers.remember(
        FIRST_CHAT,
        None,
        language="ru",
        time_zone="UTC",
        next_due=due_after(system_now()),
        now=system_now(),
    )
    wanted = system_now() + timedelta(hours=12)
    rule = Rule(Frequency.DAILY, wanted.hour, "UTC", minute=wanted.minute)
    due = next_due(rule, after=system_now())
    await archive.subscribers.subscribe(row.id, rule, next_due_at=due, now=system_now())
    return (due - timedelta(minutes=2) - system_now()).total_seconds()


async def test_set_for_in_two_minutes_it_comes_then_though_the_bot_was_killed_between(
    tmp_path: Path,
) -> None:
    archive = await Archive.open(f"sqlite+aiosqlite:///{tmp_path}/vestnik.sqlite3")
    sandbox = Sandbox()
    let_join(sandbox.world, 1)
    await sandbox.start()
    clock = tmp_path / "ahead"
    ahead = await subscribed_in_two_minutes(archive)
    clock.write_text(str(ahead))

    first = start_bot(tmp_path, sandbox.url)
    await asked(sandbox, "setMyCommands")
    await first.dies()
    assert messages(sandbox) == 0

    second = start_bot(tmp_path, sandbox.url)
    await asked(sandbox, "setMyCommands")
    assert messages(sandbox) == 0
    clock.write_text(str(ahead + 120))
    async with asyncio.timeout(60):
        while set(await archive.deliveries.counts()) != {"sent"}:
            await asyncio.sleep(0.05)
    assert messages(sandbox) == 1
    await second.dies()

    third = start_bot(tmp_path, sandbox.url)
    await asked(sandbox, "setMyCommands")
    clock.write_text(str(ahead + 3_600))
    await third.stops()
    assert messages(sandbox) == 1
    await archive.close()
    await sandbox.stop()
