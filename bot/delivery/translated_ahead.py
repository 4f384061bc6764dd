"""Having the news translated before an edition is due, so that it goes out translated."""

from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.scheduling import every

EVERY_SECONDS = 300


@dataclass(frozen=True)
class TranslatedAhead:
    """Asks for the translations of the week's edition in the languages of the subscribers.

    zone: an IANA zone, in which what lies ahead begins.
    """

    archive: Archive
    briefings: Briefings
    now: Now
    zone: str

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Add the tick, when there is somebody to translate."""
        translations = self.briefings.translations
        if translations is not None and translations.model is not None:
            every(scheduler, self.look, EVERY_SECONDS, name="translate-ahead", at_once=True)

    async def look(self) -> None:
        """Compose the week's edition and ask for what of it is not translated yet."""
        languages = await self.archive.subscribers.languages()
        if not languages:
            return
        edition = await self.briefings.compose(self.now(), zone=self.zone)
        for language in sorted(languages):
            await self.briefings.translated(edition, Reader(language, self.zone))
