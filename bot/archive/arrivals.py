"""The door of the archive: one article once, changed texts as revisions, reprints linked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.archive.arrival_batch import Batch
from bot.archive.engine import Database
from bot.archive.entry_marks import mark_entries
from bot.archive.source_rows import Arrival, Arrived
from bot.archive.source_tables import ArticleRevisionTable


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """What an article said until `replaced_at` (UTC)."""

    title: str
    text: str
    replaced_at: datetime


@dataclass(frozen=True)
class Arrivals:
    """Takes articles in."""

    database: Database

    async def take(self, arrivals: Sequence[Arrival], *, now: datetime) -> list[Arrived]:
        """Store articles, or recognise them, in one transaction with the marks of their entries.

        The same address is the same article: a changed text becomes its new one, and the earlier
        one is kept as a revision. The same text in another outlet, or nearly the same, is a reprint
        and linked to the one published first.
        Raises ValueError for a sentence without evidence; then nothing of the batch is stored.
        """
        async with self.database.writing(patient=True) as connection:
            taken = await Batch(connection, now).take_all(arrivals)
            marks = [arrival.entry for arrival in arrivals if arrival.entry is not None]
            await mark_entries(connection, marks, now)
            return taken

    async def revisions(self, article_id: int) -> list[RevisionRow]:
        """List what an article said before, oldest first."""
        query = (
            select(
                ArticleRevisionTable.title,
                ArticleRevisionTable.text,
                ArticleRevisionTable.replaced_at,
            )
            .where(ArticleRevisionTable.article_id == article_id)
            .order_by(ArticleRevisionTable.id)
        )
        async with self.database.reading() as connection:
            return [RevisionRow(*row) for row in await connection.execute(query)]
