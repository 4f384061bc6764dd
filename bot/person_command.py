"""What `vestnik person` does: a dossier on the console, as text or as JSON."""

import json
import sys
from contextlib import AbstractAsyncContextManager

from rich.console import Console

from bot.archive import Archive
from bot.archive.people_rows import PersonRow
from bot.briefings import Reader, Renderer
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
        found = await archive.people.find(name)
        if len(found.people) == 1 and not found.is_guess:
            person = found.people[0]
            if as_json:
                data = await person_json(archive, person)
                json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
                sys.stdout.write("\n")
            else:
                await _print(settings, archive, person, console)
            return True
    if not found.people:
        complaints.print(f"No article names {name!r}.", markup=False)
    else:
        complaints.print("Did you mean:" if found.is_guess else "Several people fit:")
        for person in found.people:
            complaints.print(f"  {person.name} ({person.articles})", markup=False)
    return False


async def _print(settings: Settings, archive: Archive, person: PersonRow, console: Console) -> None:
    maker = DossierMaker(archive, Renderer(settings.templates_dir, system_now), system_now)
    reader = Reader(settings.default_language, settings.default_time_zone)
    for page in Page:
        at: int | None = 0
        while at is not None:
            screen = await maker.page(person, page, reader, at=at)
            console.print(screen.text.text + "\n", markup=False)
            at = screen.following
