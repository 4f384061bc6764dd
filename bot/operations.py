"""What each `vestnik` command does, from opening the archive to closing it."""

# ruff: noqa: I001
import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from rich.console import Console
from rich.progress import Progress

from bot import telegram_models  # noqa: F401 — before anything imports aiogram
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNotFound
from aiogram.types import Update

from bot.analysis.analyst import Analyst
from bot.analysis.beat_people import known_people
from bot.analysis.beat_words import common_words
from bot.analysis.worker import analyse
from bot.analysis.workshop import Workshop
from bot.app import Application
from bot.archive import Archive
from bot.archive.schema import newest_revision
from bot.beat import load_beat
from bot.clock import system_now
from bot.errors import ArchiveError, SettingsError, TelegramRefusedError, VestnikError
from bot.intake.files import find_files, read_file
from bot.intake.importing import Importer, Report
from bot.intake.judging import judge_now
from bot.intake.samples import load_samples
from bot.middlewares.refusal import WRONG_TOKEN
from bot.settings import PROJECT, Settings

# ruff: noqa: PLC0415 — the sandbox is imported where there is one

log = structlog.get_logger()
SAMPLES = PROJECT / "samples"


@asynccontextmanager
async def open_archive(settings: Settings, *, samples: bool = False) -> AsyncIterator[Archive]:
    """Open the archive for the time of a command.

    samples: whether an archive without articles is filled first, if the settings let it.
    Raises ArchiveError when the database cannot be used, SettingsError when its address holds an
    option that its driver does not know.
    """
    try:
        archive = await Archive.open(settings.archive_url)
    except ArchiveError:
        # A connection that failed to open still wants to tell the loop so, from its own thread.
        await asyncio.to_thread(_join_threads_of_connections)
        raise
    except (TypeError, ValueError) as error:
        raise SettingsError(
            "DATABASE_URL holds an option or a value that its driver does not accept: "
            "look at what follows the question mark."
        ) from error
    try:
        if samples and settings.samples:
            await _load_samples(archive, settings)
        yield archive
    finally:
        await archive.close()


async def _load_samples(archive: Archive, settings: Settings) -> int:
    added = await load_samples(archive, SAMPLES, system_now)
    if added:
        # At once, so that the very first reply leaves out what is beside the beat.
        await judge_now(archive, settings.beat, system_now)
    return added


def _join_threads_of_connections() -> None:
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(timeout=1)


async def serve(settings: Settings, token: str) -> None:
    """Run the bot until it is told to end (SIGTERM, SIGINT) or Telegram shuts it out."""
    async with open_archive(settings, samples=True) as archive:
        application = Application(settings, archive, token=token)
        try:
            await _until_signalled(_start_and_wait(application))
        finally:
            await application.stop()
            _forget_updates()


async def _start_and_wait(application: Application) -> None:
    try:
        await application.start()
    except TelegramNotFound:
        # So Telegram answers a token that is not even shaped like one.
        raise TelegramRefusedError(WRONG_TOKEN) from None
    except ClientDecodeError:
        raise SettingsError("BOT_API_URL names a server that is not a Bot API.") from None
    except TelegramAPIError as error:
        raise TelegramRefusedError(
            f"Telegram did not let the bot begin: {error.message}. Check WEBHOOK_URL if it is set; "
            "otherwise try again."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"WEBHOOK_LISTEN names an address that cannot be used: {_system_words(error)}."
        ) from error
    log.info("running", bot=(await application.bot.me()).username)
    if not application.settings.operators:
        log.warning("no_operators", so="whatever anybody sends joins the archive", set="OPERATORS")
    await application.stopped()


async def chat_in_terminal(settings: Settings) -> None:
    """Chat with the bot here, on a sandbox of its own."""
    from bot.terminal_session import chat_in_terminal as converse

    async with open_archive(settings, samples=True) as archive:
        try:
            await converse(settings, archive)
        finally:
            _forget_updates()


def _forget_updates() -> None:
    """Empty the cache in which aiogram keeps the last updates until the very end.

    Their times are of a class of pydantic's that is gone by then: Python would crash as it ends,
    and a service manager would see that instead of our exit status.
    """
    cached: Any = Update.event_type
    cached.fget.cache_clear()


async def serve_sandbox(port: int, *, limits: bool, console: Console) -> None:
    """Serve the sandbox until it is told to end.

    port: on 127.0.0.1. limits: whether Telegram's own rate limits hold.
    Raises VestnikError when the port is taken.
    """
    from bot.sandbox.server import Sandbox
    from bot.terminal_session import SANDBOX_TOKEN

    server = Sandbox(limits=limits)
    try:
        await server.start(port=port)
        console.print(f"BOT_API_URL={server.url}\nBOT_TOKEN={SANDBOX_TOKEN}")
        await _until_signalled(asyncio.Event().wait())
    except OSError as error:
        raise VestnikError(
            f"Port {port} cannot be used: {_system_words(error)}. Name another with --port."
        ) from error
    finally:
        await server.stop()


async def import_paths(settings: Settings, paths: list[Path], console: Console) -> Report:
    """Import files and folders, with progress on the console."""
    report = Report()
    async with open_archive(settings) as archive:
        importer = Importer(archive, system_now, settings.default_time_zone)
        files = list(find_files(paths))
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Importing", total=len(files))
            for path, problem in files:
                if problem is not None:
                    report.problems.append((str(path), problem))
                    progress.advance(task)
                    continue
                for found in read_file(path):
                    await importer.take([found], report)
                    # One .jsonl file may hold thousands: the articles are counted beside the files.
                    progress.update(task, description=f"Importing: {report.taken:,} articles")
                progress.advance(task)
        await judge_now(archive, settings.beat, system_now)
        await analyse_new(settings, archive, console)
    return report


async def analyse_new(
    settings: Settings, archive: Archive, console: Console, *, at_most: int | None = None
) -> None:
    """Analyse what waits for it, with progress on the console.

    at_most: do nothing where more articles wait.
    """
    beat = load_beat(settings.beat)
    analyst = Analyst(
        archive,
        Workshop(analyse),
        known_people(beat),
        system_now,
        zone=settings.default_time_zone,
        common=common_words(beat),
    )
    try:
        await analyst.prepare()
        total = await analyst.pending()
        if not total or (at_most is not None and total > at_most):
            return
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Analysing", total=total)
            await analyst.catch_up(progress=lambda: progress.advance(task))
    finally:
        await analyst.close()


async def upgrade_database(settings: Settings) -> str:
    """Bring the tables up to date; return their revision."""
    async with open_archive(settings):
        return newest_revision()


async def load_all_samples(settings: Settings) -> int:
    """Fill an archive without articles with the samples; return how many came in."""
    async with open_archive(settings) as archive:
        return await _load_samples(archive, settings)


async def remove_all_samples(settings: Settings) -> int:
    """Remove the samples; return how many there were."""
    async with open_archive(settings) as archive:
        return await archive.articles.remove_samples()


async def _until_signalled(work: Coroutine[Any, Any, object]) -> None:
    """Wait for work, or for SIGTERM or SIGINT, whichever comes first; work has ended after it."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    working, listening = asyncio.ensure_future(work), asyncio.ensure_future(told.wait())
    await asyncio.wait((working, listening), return_when=asyncio.FIRST_COMPLETED)
    has_ended = working.done()
    for task in (working, listening):
        task.cancel()
    await asyncio.gather(working, listening, return_exceptions=True)
    if has_ended:
        working.result()


def _system_words(error: OSError) -> str:
    """Say what the system said, without the address that asyncio puts into it."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
