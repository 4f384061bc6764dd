"""Making documents of editions, stories and people, a few at a time, each once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.briefings.charts import LIGHT, Chart
from bot.briefings.documents.dossier import DossierReader, DossierWords
from bot.briefings.documents.make import DocumentMaker, Format, PaperFormat
from bot.briefings.documents.pdf import Picture
from bot.briefings.edition import Edition
from bot.briefings.edition_key import EditionKey
from bot.briefings.edition_words import EditionWords
from bot.briefings.pictures import pictures_of

LONGEST_SECONDS = 30.0
AT_ONCE = 2
"""Documents that are made at the same time: as many as there are cores."""
_WAITING_AT_MOST = 8
_KEPT = 32


class BusyError(Exception):
    """Too many documents are being made."""


@dataclass
class Press:
    """Makes documents a few at a time, each once: the last ones are kept.

    A document is known by what it says, so that one which has changed is made anew.
    """

    archive: Archive
    briefings: Briefings
    maker: DocumentMaker
    _made: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _presses: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _waiting: int = 0

    async def edition(self, key: EditionKey, reader: Reader, format_: Format) -> tuple[str, bytes]:
        """Make an edition as a document; return the name of its file and its bytes.

        Raises BusyError, and TimeoutError after LONGEST_SECONDS.
        """
        return await self.print(await self.briefings.edition(key, reader), reader, format_)

    async def print(self, edition: Edition, reader: Reader, format_: Format) -> tuple[str, bytes]:
        """Make a composed edition as a document; returns and raises as `edition` does."""
        said = self.briefings.said(edition, reader)
        first, last = said.days
        written = await self._make(said, format_, has_pictures=format_ is not Format.JSON)
        return f"vestnik-{first:%Y-%m-%d}-{last:%Y-%m-%d}.{format_}", written

    async def story(
        self, story_id: int, reader: Reader, format_: Format
    ) -> tuple[str, bytes] | None:
        """Make a story as a document; None when it is gone. Raises as `edition` does."""
        found = await self.briefings.composer.story(story_id, zone=reader.time_zone)
        if found is None:
            return None
        row, edition = found[0], await self.briefings.translated(found[1], reader)
        said = self.briefings.said(edition, reader, heading=_heading(edition, row.headline))
        return f"vestnik-story-{row.id}.{format_}", await self._make(said, format_)

    async def person(
        self, person_id: int, reader: Reader, format_: PaperFormat
    ) -> tuple[str, bytes] | None:
        """Make a person's dossier as a document; None when they are gone. Raises as `edition`."""
        person = await self.archive.people.get(person_id)
        if person is None:
            return None
        now = self.maker.renderer.now
        dossier = await DossierReader(self.archive, now).read(person)
        said = DossierWords(dossier, reader, now())

        async def write() -> bytes:
            return await asyncio.to_thread(self.maker.dossier, said, format_)

        known = f"{format_} {reader} {hash(dossier)} {said.as_of}"
        return f"vestnik-person-{person.id}.{format_}", await self._kept(known, write)

    async def pictures(self, said: EditionWords) -> tuple[Chart, ...]:
        """Draw the pictures of an edition."""
        material = await self.briefings.composer.material(said.edition.start, said.edition.end)
        return await pictures_of(said, material, self.archive, LIGHT)

    async def _make(
        self, said: EditionWords, format_: Format, *, has_pictures: bool = False
    ) -> bytes:
        async def write() -> bytes:
            charts = await self.pictures(said) if has_pictures else ()
            pictures = [Picture(chart.png, chart.caption) for chart in charts]
            return await asyncio.to_thread(self.maker.make, said, format_, pictures)

        known = f"{format_} {said.reader} {hash(said.edition)} {has_pictures}"
        return await self._kept(known, write)

    async def _kept(self, known: str, write: Callable[[], Awaitable[bytes]]) -> bytes:
        """Give a document as it is kept, or write it when its turn has come."""
        if known in self._made:
            self._made.move_to_end(known)
            return self._made[known]
        if self._waiting >= _WAITING_AT_MOST:
            raise BusyError
        self._waiting += 1
        try:
            async with self._presses, asyncio.timeout(LONGEST_SECONDS):
                written = await write()
        finally:
            self._waiting -= 1
        self._made[known] = written
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return written


def _heading(edition: Edition, headline: str) -> str:
    """Give the headline of an edition of one story, as the edition has it."""
    return next((story.headline for story in edition.stories), headline)
