"""What `vestnik person` does: a dossier on the console, as text or as JSON, or as a document."""

import asyncio
import json
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from rich.console import Console

from bot.archive import Archive
from bot.archive.people_rows import PersonRow
from bot.beat import load_beat
from bot.briefings import Reader, Renderer
from bot.briefings.documents.dossier import DossierReader, DossierWords
from bot.briefings.documents.make import DocumentMaker, Format, PaperFormat
from bot.briefings.dossier import DossierMaker, Page
from bot.briefings.person_json import person_json
from bot.clock import system_now
from bot.settings import Settings


async def print_person(
    settings: Settings,
    opening: AbstractAsyncContextManager[Archive],
    name: str,
    *,
    as_json: bool,
    console: Console,
    complaints: Console,
) -> bool:
    """Print the dossier of the one who answers to a name; return whether there is exactly one.

    opening: opens the archive. Several who answer, or names that are near, are listed on
    `complaints`.
    """
    async with opening as archive:
        person = await _find(archive, name, complaints)
        if person is None:
            return False
        if as_json:
            data = await person_json(archive, person)
            json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")
        else:
            await _print(settings, archive, person, console)
        return True


async def write_person(
    settings: Settings,
    opening: AbstractAsyncContextManager[Archive],
    name: str,
    path: Path,
    *,
    language: str,
    complaints: Console,
) -> bool:
    """Write the dossier of the one who answers to a name; return whether there is exactly one.

    path: the ending, .pdf or .docx, says as what. Raises OSError when it cannot be written.
    """
    format_: PaperFormat = Format.PDF if path.suffix.lower() == ".pdf" else Format.DOCX
    async with opening as archive:
        person = await _find(archive, name, complaints)
        if person is None:
            return False
        dossier = await DossierReader(archive, system_now).read(person)
    maker = DocumentMaker(
        Renderer(settings.templates_dir, system_now), load_beat(settings.beat).about
    )
    said = DossierWords(dossier, Reader(language, settings.default_time_zone), system_now())
    written = await asyncio.to_thread(maker.dossier, said, format_)
    await asyncio.to_thread(path.write_bytes, written)
    return True


async def _find(archive: Archive, name: str, complaints: Console) -> PersonRow | None:
    """Find the one who answers to a name, or say who comes near."""
    found = await archive.people.find(name)
    if len(found.people) == 1 and not found.is_guess:
        return found.people[0]
    if not found.people:
        complaints.print(f"No article names {name!r}.", markup=False)
    else:
        complaints.print("Did you mean:" if found.is_guess else "Several people fit:")
        for person in found.people:
            complaints.print(f"  {person.name} ({person.articles})", markup=False)
    return None


async def _print(settings: Settings, archive: Archive, person: PersonRow, console: Console) -> None:
    maker = DossierMaker(archive, Renderer(settings.templates_dir, system_now), system_now)
    reader = Reader(settings.default_language, settings.default_time_zone)
    for page in Page:
        at: int | None = 0
        while at is not None:
            screen = await maker.page(person, page, reader, at=at)
            console.print(screen.text.text + "\n", markup=False)
            at = screen.following
