"""Bringing texts into the archive, one by one: what is there already stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.archive import Archive
from bot.clock import Now
from bot.intake.article import UnreadableError, make_article
from bot.intake.files import Found


@dataclass
class Report:
    """What became of the texts of an import."""

    added: int = 0
    known: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(where, why) of each text that could not be read."""


@dataclass(frozen=True)
class Importer:
    """Puts texts into the archive, each in a transaction of its own: an interruption loses none."""

    archive: Archive
    now: Now
    outlet_zone: str

    async def take(self, found: Iterable[Found], report: Report) -> None:
        """Add what was found and note in the report what became of it.

        Raises ArchiveError when the archive fails; what was added until then stays.
        """
        for text in found:
            if text.problem is not None:
                report.problems.append((text.where, text.problem))
                continue
            try:
                article, summary = make_article(text.text, text.known, outlet_zone=self.outlet_zone)
            except UnreadableError as error:
                report.problems.append((text.where, str(error)))
                continue
            if await self.archive.articles.add(article, summary, now=self.now()) is None:
                report.known += 1
            else:
                report.added += 1
