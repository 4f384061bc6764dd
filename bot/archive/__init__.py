"""The archive: what is stored, and every question that can be asked of it."""

from dataclasses import dataclass
from typing import Self

from bot.archive.analyses import Analyses
from bot.archive.arrivals import Arrivals
from bot.archive.articles import Articles
from bot.archive.company import Companies
from bot.archive.deliveries import Deliveries
from bot.archive.dossiers import Dossiers
from bot.archive.engine import Database, make_engine
from bot.archive.people import People
from bot.archive.relevance import Relevances
from bot.archive.schema import upgrade
from bot.archive.sources import Sources
from bot.archive.subscribers import Subscribers


@dataclass(frozen=True)
class Archive:
    """The archive as one object; its parts hold the queries of one subject each."""

    database: Database
    articles: Articles
    arrivals: Arrivals
    sources: Sources
    subscribers: Subscribers
    deliveries: Deliveries
    analyses: Analyses
    people: People
    dossiers: Dossiers
    companies: Companies
    relevance: Relevances

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database, bring its tables up to date, and check that it can be written.

        url: with an async driver, as `Settings.archive_url` gives it.
        Raises ArchiveError, a sentence for the operator.
        """
        database = Database(make_engine(url))
        try:
            await upgrade(database)
        except BaseException:
            await database.engine.dispose()
            raise
        return cls(
            database,
            Articles(database),
            Arrivals(database),
            Sources(database),
            Subscribers(database),
            Deliveries(database),
            Analyses(database),
            People(database),
            Dossiers(database),
            Companies(database),
            Relevances(database),
        )

    async def close(self) -> None:
        """Let go of all connections."""
        await self.database.engine.dispose()
