"""What `vestnik digest` does: composes an edition, and prints it or makes a document of it."""

import asyncio
from dataclasses import dataclass

from rich.console import Console

from bot.archive import Archive
from bot.beat import load_beat
from bot.briefings import Briefings, Edition, Reader, Renderer
from bot.briefings.composer import Composer
from bot.briefings.documents.make import DocumentMaker, Format
from bot.briefings.edition_key import EditionKey
from bot.briefings.narrowing import narrow
from bot.briefings.periods import PeriodError, read_period
from bot.clock import system_now
from bot.command_line import complaints
from bot.errors import VestnikError
from bot.operations import analyse_new, open_archive
from bot.settings import Settings

_ANALYSED_FIRST = 300
"""So many new articles are analysed before composing; more are for the bot, in its time."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Which edition: a period as people name it, a topic or person, and the language."""

    period: str
    about: str | None
    language: str


async def print_edition(settings: Settings, asked: AskedFor, console: Console) -> None:
    """Print an edition as messages; on paper or in a pipe each link with its address."""
    from bot.sandbox.terminal_text import blocks  # noqa: PLC0415 — the sandbox is not for documents

    async with open_archive(settings, samples=True) as archive:
        briefings = _briefings(settings, archive)
        edition, reader = await _compose(settings, archive, briefings, asked)
    for part in briefings.digest(edition, reader):
        for block in blocks(
            part.text, part.entities, addresses=not console.is_terminal, unveiled=True
        ):
            console.print(block.text)


async def write_edition(settings: Settings, asked: AskedFor, format_: str) -> bytes:
    """Make a document of an edition, or with "telegram" its messages as text."""
    async with open_archive(settings, samples=True) as archive:
        briefings = _briefings(settings, archive)
        edition, reader = await _compose(settings, archive, briefings, asked)
    if format_ == "telegram":
        return "\n\n".join(part.text for part in briefings.digest(edition, reader)).encode()
    maker = DocumentMaker(briefings.renderer, load_beat(settings.beat).about)
    return await asyncio.to_thread(maker.make, briefings.said(edition, reader), Format(format_))


def _briefings(settings: Settings, archive: Archive) -> Briefings:
    renderer = Renderer(settings.templates_dir, system_now)
    return Briefings(archive, renderer, Composer(archive, load_beat(settings.beat)))


async def _compose(
    settings: Settings, archive: Archive, briefings: Briefings, asked: AskedFor
) -> tuple[Edition, Reader]:
    await analyse_new(settings, archive, complaints, at_most=_ANALYSED_FIRST)
    reader = Reader(asked.language, settings.default_time_zone)
    try:
        named = read_period(asked.period, reader.time_zone, system_now())
    except PeriodError as error:
        raise VestnikError(f"There is no such period: {error}.") from None
    if named.period is None or named.words:
        raise VestnikError(
            f"“{asked.period}” is no period. Examples: 7, 2026-W12, 2026-03, "
            "2026-03-01..2026-03-15."
        )
    about = await narrow(asked.about or "", archive, briefings.topics)
    if about is None:
        known = ", ".join(briefings.topics.names("en"))
        raise VestnikError(f"“{asked.about}” is neither a topic nor a person. Topics: {known}.")
    key = EditionKey.of(named.period, about.topic, about.person)
    return await briefings.edition(key, reader), reader
