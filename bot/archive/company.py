"""Queries about who is named together with a person, and who met them."""

from collections import Counter
from dataclasses import dataclass
from math import log

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.archive.engine import Database
from bot.archive.people_rows import Company, Meeting
from bot.archive.people_sources import sources_of
from bot.archive.people_tables import (
    AnalysisTable,
    AppearanceTable,
    EncounterTable,
    PersonTable,
)
from bot.archive.tables import ArticleTable

_NEWEST_READ = 300
"""Of somebody named in thousands of articles, so many of the newest tell the company."""


@dataclass(frozen=True)
class Companies:
    """Who is named with whom."""

    database: Database

    async def of(self, person_id: int, *, limit: int) -> list[Company]:
        """List whom the newest articles name together with the person, the most telling first.

        Whoever is named in every other article (a president) tells little of this person: shared
        articles count the less, the more articles name the other one.
        """
        newest = (
            select(AppearanceTable.article_id)
            .where(AppearanceTable.person_id == person_id)
            .order_by(AppearanceTable.seen_at.desc())
            .limit(_NEWEST_READ)
        )
        together = (
            select(AppearanceTable.article_id, AppearanceTable.person_id)
            .where(AppearanceTable.article_id.in_(newest), AppearanceTable.person_id != person_id)
            .distinct()
        )
        async with self.database.reading() as connection:
            shared = Counter(row.person_id for row in await connection.execute(together))
            people = select(PersonTable.id, PersonTable.name, PersonTable.articles).where(
                PersonTable.id.in_(shared)
            )
            found = (await connection.execute(people)).all()
            analysed = select(func.count()).select_from(AnalysisTable)
            articles = (await connection.execute(analysed)).scalar_one()
        weights = {row.id: shared[row.id] * log(1 + articles / row.articles) for row in found}
        names = {row.id: row.name for row in found}
        met = await self.met(person_id)
        order = sorted(weights, key=lambda other: (-weights[other], names[other]))[:limit]
        return [Company(other, names[other], shared[other], met.get(other)) for other in order]

    async def met(self, person_id: int) -> dict[int, str]:
        """Give, for each person met, the newest sentence about a meeting that names both."""
        other = aliased(AppearanceTable)
        query = (
            select(other.person_id, EncounterTable.sentence)
            .join(AppearanceTable, AppearanceTable.id == EncounterTable.appearance_id)
            .join(other, other.id == EncounterTable.other_id)
            .where(AppearanceTable.person_id == person_id)
            .order_by(AppearanceTable.seen_at.desc())
            .limit(_NEWEST_READ)
        )
        met: dict[int, str] = {}
        async with self.database.reading() as connection:
            for row in await connection.execute(query):
                met.setdefault(row.person_id, row.sentence)
        return met

    async def meetings(self, person_id: int, *, limit: int) -> list[Meeting]:
        """List the sentences about meetings of a person, the newest first, without reprints.

        limit: how many sentences at most.
        """
        other = aliased(AppearanceTable)
        query = (
            select(AppearanceTable.article_id, EncounterTable.sentence, PersonTable.name)
            .join(AppearanceTable, AppearanceTable.id == EncounterTable.appearance_id)
            .join(other, other.id == EncounterTable.other_id)
            .join(PersonTable, PersonTable.id == other.person_id)
            .join(ArticleTable, ArticleTable.id == AppearanceTable.article_id)
            .where(
                AppearanceTable.person_id == person_id,
                other.person_id != person_id,
                ArticleTable.original_id.is_(None),
            )
            .order_by(AppearanceTable.seen_at.desc(), AppearanceTable.article_id, other.id)
            .limit(_NEWEST_READ)
        )
        met: dict[tuple[int, str], dict[str, None]] = {}
        async with self.database.reading() as connection:
            for row in await connection.execute(query):
                met.setdefault((row.article_id, row.sentence), {})[row.name] = None
            shown = list(met.items())[:limit]
            sources = await sources_of(connection, [article for (article, _), _ in shown])
        return [
            Meeting(tuple(names), sentence, sources[article])
            for (article, sentence), names in shown
        ]
