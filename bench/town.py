"""Asking the bot things on a sandbox, and timing its answers."""

import time

from bot.terminal_session import SandboxedBot


async def ask(bot: SandboxedBot, person: int, text: str) -> float:
    """Say something; return the seconds until the first message came back."""
    events = await bot.client.events()
    seen = events[-1].seq if events else 0
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
