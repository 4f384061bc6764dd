"""Bringing texts into the archive, one by one: none comes in twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.archive import Archive
from bot.archive.source_rows import ArrivalKind
from bot.clock import Now
from bot.intake.article import UnreadableError
from bot.intake.files import Found
from bot.intake.store import Store, prepare


@dataclass
class Report:
    """What became of the texts of an import."""

    added: int = 0
    known: int = 0
    revised: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(where, why) of each text that could not be read."""

    @property
    def taken(self) -> int:
        """How many articles are in the archive now, from before or newly."""
        return self.added + self.known + self.revised


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
        store = Store(self.archive, self.now)
        for text in found:
            if text.problem is not None:
                report.problems.append((text.where, text.problem))
                continue
            try:
                arrival = prepare(
                    text.text, text.known, outlet_zone=self.outlet_zone, now=self.now()
                )
            except UnreadableError as error:
                report.problems.append((text.where, str(error)))
                continue
            [arrived] = await store.put([arrival])
            if arrived.kind is ArrivalKind.KNOWN:
                report.known += 1
            elif arrived.kind is ArrivalKind.REVISED:
                report.revised += 1
            else:
                report.added += 1
