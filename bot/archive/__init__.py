"""The archive: what is stored, and every question that can be asked of it."""

from dataclasses import dataclass
from typing import Self

from bot.archive.articles import Articles
from bot.archive.deliveries import Deliveries
from bot.archive.engine import Database, make_engine
from bot.archive.schema import upgrade
from bot.archive.subscribers import Subscribers


@dataclass(frozen=True)
class Archive:
    """The archive as one object; its parts hold the queries of one subject each."""

    database: Database
    articles: Articles
    subscribers: Subscribers
    deliveries: Deliveries

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
        return cls(database, Articles(database), Subscribers(database), Deliveries(database))

    async def close(self) -> None:
        """Let go of all connections."""
        await self.database.engine.dispose()
