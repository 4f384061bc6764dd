"""What each `vestnik` command does, from opening the archive to closing it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import Progress

from bot.app import Application
from bot.archive import Archive
from bot.archive.schema import newest_revision
from bot.briefings import Briefings, Reader, Renderer
from bot.clock import system_now
from bot.intake.files import find_files, read_file
from bot.intake.importing import Importer, Report
from bot.intake.samples import load_samples
from bot.settings import PROJECT, Settings

# ruff: noqa: PLC0415 — the sandbox is imported where there is one

log = structlog.get_logger()
SAMPLES = PROJECT / "samples"


@asynccontextmanager
async def open_archive(settings: Settings, *, samples: bool = False) -> AsyncIterator[Archive]:
    """Open the archive for the time of a command.

    samples: whether an archive without articles is filled first, if the settings let it.
    """
    archive = await Archive.open(settings.archive_url)
    try:
        if samples and settings.samples:
            await load_samples(archive, SAMPLES, system_now)
        yield archive
    finally:
        await archive.close()


async def serve(settings: Settings, token: str) -> None:
    """Run the bot until it is told to end (SIGTERM, SIGINT) or Telegram shuts it out."""
    async with open_archive(settings, samples=True) as archive:
        application = Application(settings, archive, token=token)
        try:
            await _until_signalled(_start_and_wait(application))
        finally:
            await application.stop()


async def _start_and_wait(application: Application) -> None:
    await application.start()
    log.info("running", bot=(await application.bot.me()).username)
    await application.stopped()


async def chat_in_terminal(settings: Settings) -> None:
    """Chat with the bot here, on a sandbox of its own."""
    from bot.terminal_session import chat_in_terminal as converse

    async with open_archive(settings, samples=True) as archive:
        await converse(settings, archive)


async def serve_sandbox(port: int, *, limits: bool, console: Console) -> None:
    """Serve the sandbox until it is told to end."""
    from bot.sandbox.server import Sandbox
    from bot.terminal_session import SANDBOX_TOKEN

    server = Sandbox(limits=limits)
    await server.start(port=port)
    console.print(f"BOT_API_URL={server.url}\nBOT_TOKEN={SANDBOX_TOKEN}")
    try:
        await _until_signalled(asyncio.Event().wait())
    finally:
        await server.stop()


async def import_paths(settings: Settings, paths: list[Path], console: Console) -> Report:
    """Import files and folders, with progress on the console."""
    report = Report()
    async with open_archive(settings) as archive:
        importer = Importer(archive, system_now, settings.default_time_zone)
        files = list(find_files(paths))
        with Progress(console=console, disable=not sys.stderr.isatty()) as progress:
            for path, problem in progress.track(files, description="Importing"):
                if problem is not None:
                    report.problems.append((str(path), problem))
                else:
                    await importer.take(read_file(path), report)
    return report


async def print_digest(settings: Settings, language: str, console: Console) -> None:
    """Print this week's briefing as text."""
    async with open_archive(settings, samples=True) as archive:
        briefings = Briefings(archive, Renderer(settings.templates_dir, system_now))
        briefing = await briefings.compose(system_now())
        reader = Reader(language, settings.default_time_zone)
        for part in briefings.digest(briefing, reader):
            console.print(part.text, markup=False)


async def upgrade_database(settings: Settings) -> str:
    """Bring the tables up to date; return their revision."""
    async with open_archive(settings):
        return newest_revision()


async def load_all_samples(settings: Settings) -> int:
    """Fill an archive without articles with the samples; return how many came in."""
    async with open_archive(settings) as archive:
        return await load_samples(archive, SAMPLES, system_now)


async def remove_all_samples(settings: Settings) -> int:
    """Remove the samples; return how many there were."""
    async with open_archive(settings) as archive:
        return await archive.articles.remove_samples()


async def _until_signalled(work: object) -> None:
    """Wait for work, or for SIGTERM or SIGINT, whichever comes first."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    waiting = [asyncio.ensure_future(work), asyncio.ensure_future(told.wait())]  # type: ignore[call-overload]
    done, pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    for task in done:
        task.result()
