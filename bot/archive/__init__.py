"""The archive: what is stored, and every question that can be asked of it."""

from dataclasses import dataclass
from typing import Self

from bot.archive.alert_news import AlertNews
from bot.archive.alerts import Alerts
from bot.archive.analyses import Analyses
from bot.archive.arrivals import Arrivals
from bot.archive.articles import Articles
from bot.archive.broadcast_copies import Copies
from bot.archive.broadcasts import Broadcasts
from bot.archive.company import Companies
from bot.archive.deliveries import Deliveries
from bot.archive.dossiers import Dossiers
from bot.archive.dues import Dues
from bot.archive.editions import Editions
from bot.archive.engine import Database, make_engine
from bot.archive.guests import Guests
from bot.archive.invitations import Invitations
from bot.archive.people import People
from bot.archive.periods import Periods
from bot.archive.personal import Personal
from bot.archive.pruning import Pruning
from bot.archive.quotes import Quotes
from bot.archive.relevance import Relevances
from bot.archive.schema import upgrade
from bot.archive.search import Search
from bot.archive.search_ask import Questions
from bot.archive.search_index import SearchIndex
from bot.archive.searches import Searches
from bot.archive.sharing import Shares
from bot.archive.sources import Sources
from bot.archive.statistics import Statistics
from bot.archive.stories import Stories
from bot.archive.subscribers import Subscribers
from bot.archive.summaries import Summaries
from bot.archive.translations import Translations
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
    alerts: Alerts
    alert_news: AlertNews
    analyses: Analyses
    people: People
    dossiers: Dossiers
    companies: Companies
    quotes: Quotes
    relevance: Relevances
    stories: Stories
    periods: Periods
    search: Search
    search_index: SearchIndex
    searches: Searches
    questions: Questions
    summaries: Summaries
    translations: Translations
    wishes: StoredWishes
    personal: Personal
    statistics: Statistics
    broadcasts: Broadcasts
    copies: Copies
    pruning: Pruning
    invitations: Invitations
    guests: Guests
    shares: Shares

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
            Alerts(database),
            AlertNews(database),
            Analyses(database),
            People(database),
            Dossiers(database),
            Companies(database),
            Quotes(database),
            Relevances(database),
            Stories(database),
            Periods(database),
            Search(database),
            SearchIndex(database),
            Searches(database),
            Questions(database),
            Summaries(database),
            Translations(database),
            StoredWishes(database),
            Personal(database),
            Statistics(database),
            Broadcasts(database),
            Copies(database),
            Pruning(database),
            Invitations(database),
            Guests(database),
            Shares(database),
        )

    async def close(self) -> None:
        """Let go of all connections."""
        await self.database.engine.dispose()
