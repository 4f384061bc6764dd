"""The bot without Telegram: on a sandbox on this machine, with a chat in the terminal."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import AnyHttpUrl
from rich.console import Console

from bot.app import Application
from bot.archive import Archive
from bot.clock import Now, system_now
from bot.delivery.pace import UNLIMITED, Pacer
from bot.errors import VestnikError
from bot.locales.wording import LANGUAGES, wording
from bot.sandbox.chat import ChatError, TerminalChat
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.terminal_lines import lines_from
from bot.settings import Settings

PERSON = 1_000_001
SANDBOX_TOKEN = "1234567890:sandbox-token-of-nobody-at-all-0000"  # noqa: S105 — opens nothing

_ASK_AGAIN_SECONDS = 10.0


@dataclass(frozen=True)
class SandboxedBot:
    """A running bot on a sandbox of its own, and the client through which people speak with it."""

    application: Application
    client: SandboxClient

    async def settled(self) -> None:
        """Wait until the bot has done everything about what was said so far."""
        while not await self.client.confirmed(wait=_ASK_AGAIN_SECONDS):
            pass
        await self.application.in_flight.idle()


@asynccontextmanager
async def sandboxed_bot(
    settings: Settings, archive: Archive, *, now: Now = system_now
) -> AsyncIterator[SandboxedBot]:
    """Start a sandbox and the bot on it; stop both at the end."""
    sandbox = Sandbox(SANDBOX_TOKEN, now=now)
    await sandbox.start()
    client = SandboxClient(sandbox.url)
    on_sandbox = settings.model_copy(
        update={"bot_api_url": AnyHttpUrl(sandbox.url), "webhook_url": None}
    )
    # Nobody is flooded here, and whoever types or reads a script is not to be kept waiting.
    pacer = Pacer(UNLIMITED)
    application = Application(on_sandbox, archive, token=SANDBOX_TOKEN, now=now, pacer=pacer)
    try:
        await application.start()
        yield SandboxedBot(application, client)
    finally:
        await application.stop()
        await client.close()
        await sandbox.stop()


async def chat_in_terminal(settings: Settings, archive: Archive) -> None:
    """Let a person talk with the bot: line by line from a script, or at a terminal.

    Raises VestnikError when the chat cannot go on.
    """
    language = _language_of_terminal(settings.default_language)
    # None: the program was started with its standard input closed.
    is_person = sys.stdin is not None and sys.stdin.isatty()
    if not is_person:
        # A script waits for no news.
        settings = settings.model_copy(update={"poll": False})
    async with sandboxed_bot(settings, archive) as bot:
        await bot.client.add_person(id=PERSON, first_name="Вы", language_code=language)
        chat = TerminalChat(
            bot.client,
            person=PERSON,
            chat=PERSON,
            language=language,
            settled=bot.settled,
            console=Console(highlight=False),
            translate=wording(language).translations.gettext,
        )
        try:
            if is_person:
                await chat.converse()
            elif sys.stdin is None:
                await chat.recite(())
            else:
                await chat.recite(lines_from(sys.stdin.fileno()))
        except ChatError as error:
            raise VestnikError(str(error)) from error


def _language_of_terminal(default: str) -> str:
    """Take the language of the terminal where it is Kazakh or Russian; English is anybody's."""
    code = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    return code if code in LANGUAGES and code != "en" else default
