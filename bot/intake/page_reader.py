"""From an address to an article: fetched by the client, read by the worker."""

from dataclasses import dataclass
from datetime import datetime

from bot.archive.source_rows import Arrival
from bot.intake.article import UnreadableError
from bot.intake.client import GuardedClient
from bot.intake.entries import FeedEntry
from bot.intake.problems import PASSING, FetchError, FetchProblem
from bot.intake.reading import article_of_entry, article_of_page
from bot.intake.source import SourceSpec
from bot.intake.worker import Worker

_TEASER_CHARACTERS = 300
"""What a feed gives of an article whose page cannot be read is kept from this length on."""


@dataclass(frozen=True)
class PageReader:
    """Reads articles off the web."""

    client: GuardedClient
    worker: Worker

    async def link(self, url: str, *, now: datetime, outlet_zone: str) -> Arrival:
        """Read the article behind a link that a person sent and waits for.

        outlet_zone: the IANA zone in which times without a zone are understood.
        Raises FetchError, a sentence.
        """
        page = await self.client.get(url, kind="page", human=True)
        return await self.worker.run(
            article_of_page, page.body, page.content_type, page.url_final, now, outlet_zone
        )

    async def entry(
        self, entry: FeedEntry, spec: SourceSpec, *, now: datetime, last_try: bool = False
    ) -> Arrival:
        """Read the article that a source listed: off the feed where that is whole, else its page.

        last_try: do not wait for a page that fails for the moment, if the feed says something.
        Raises FetchError when there is none.
        """
        if entry.url is None or entry.is_whole:
            return await self._of_feed(entry, spec, now)
        try:
            page = await self.client.get(entry.url, kind="page")
            return await self.worker.run(
                article_of_page,
                page.body,
                page.content_type,
                page.url_final,
                now,
                spec.time_zone,
                spec,
                entry,
            )
        except FetchError as error:
            waits = error.problem in PASSING and not last_try
            if waits or len(entry.text) < _TEASER_CHARACTERS:
                raise
            return await self._of_feed(entry, spec, now)

    async def _of_feed(self, entry: FeedEntry, spec: SourceSpec, now: datetime) -> Arrival:
        try:
            return await self.worker.run(article_of_entry, entry, spec, now)
        except UnreadableError as error:
            raise FetchError(FetchProblem.NO_ARTICLE, str(error)) from None
