"""The archive: what is stored, and every question that can be asked of it."""

from dataclasses import dataclass
from typing import Self

from bot.archive.analyses import Analyses
from bot.archive.arrivals import Arrivals
from bot.archive.articles import Articles
from bot.archive.company import Companies
from bot.archive.deliveries import Deliveries
from bot.archive.dossiers import Dossiers
from bot.archive.dues import Dues
from bot.archive.editions import Editions
from bot.archive.engine import Database, make_engine
from bot.archive.people import People
from bot.archive.periods import Periods
from bot.archive.personal import Personal
from bot.archive.relevance import Relevances
from bot.archive.schema import upgrade
from bot.archive.search import Search
from bot.archive.search_ask import Questions
from bot.archive.search_index import SearchIndex
from bot.archive.searches import Searches
from bot.archive.sources import Sources
from bot.archive.statistics import Statistics
from bot.archive.stories import Stories
from bot.archive.subscribers import Subscribers
from bot.archive.summaries import Summaries
from bot.archive.wishes import StoredWishes


@dataclass(frozen=True)
class Archive:
    """The archive as one object; its parts hold the queries of one subject each."""

    database: Database
    articles: Articles
    arrivals: Arrivals
    sources: Sources
    subscribers: Subscribers
    dues: Dues
    editions: Editions
    deliveries: Deliveries
    analyses: Analyses
    people: People
    dossiers: Dossiers
    companies: Companies
    relevance: Relevances
    stories: Stories
    periods: Periods
    search: Search
    search_index: SearchIndex
    searches: Searches
    questions: Questions
    summaries: Summaries
    wishes: StoredWishes
    personal: Personal
    statistics: Statistics

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
            Dues(database),
            Editions(database),
            Deliveries(database),
            Analyses(database),
            People(database),
            Dossiers(database),
            Companies(database),
            Relevances(database),
            Stories(database),
            Periods(database),
            Search(database),
            SearchIndex(database),
            Searches(database),
            Questions(database),
            Summaries(database),
            StoredWishes(database),
            Personal(database),
            Statistics(database),
        )

    async def close(self) -> None:
        """Let go of all connections."""
        await self.database.engine.dispose()
