"""Asking the bot things on a sandbox, and timing its answers."""

import time
from weakref import WeakKeyDictionary

from bot.terminal_session import SandboxedBot

# Where the journal was read up to: reading it from the start would time the bench, not the bot.
_READ: "WeakKeyDictionary[SandboxedBot, int]" = WeakKeyDictionary()


async def ask(bot: SandboxedBot, person: int, text: str) -> float:
    """Say something; return the seconds until the first message came back."""
    events = await bot.client.events(_READ.get(bot, 0))
    seen = events[-1].seq if events else _READ.get(bot, 0)
    _READ[bot] = seen
    started = time.perf_counter()
    await bot.client.say(person, text)
    while True:
        found = await bot.client.events(seen, chat=person, wait=5)
        if any(event.kind == "message" and event.body["from"]["is_bot"] for event in found):
            break
        seen = found[-1].seq if found else seen
    took = time.perf_counter() - started
    await bot.settled()
    return took
