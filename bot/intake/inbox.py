"""What people send, and what channels post → articles in the archive."""

from dataclasses import dataclass, replace

from bot.archive import Archive
from bot.archive.source_rows import Arrival, Polled, SourceRow
from bot.clock import Now
from bot.intake.addresses import canonical
from bot.intake.article import Known
from bot.intake.client import GuardedClient
from bot.intake.documents import article_of_document
from bot.intake.reading import article_of_page
from bot.intake.store import Store, prepare
from bot.intake.worker import Worker

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Inbox:
    """Takes in what people send.

    `by`: the Telegram user id of who sent it, for whom alone it is then; None: whoever sent it may
    add to what all read, and nothing is noted about them.
    """

    archive: Archive
    store: Store
    client: GuardedClient
    worker: Worker
    now: Now
    outlet_zone: str
    """The zone in which outlets state local times (IANA)."""

    async def link(self, url: str, *, by: int | None) -> int:
        """Take in the article at an address, and return its id; a known one is not fetched again.

        Raises FetchError, and DocumentError for a PDF that cannot be read.
        """
        known = await self.archive.articles.at(canonical(url), sent=by is not None)
        if known is not None:
            if by is not None:
                await self.archive.articles.sent_again(known, by=by, now=self.now())
            return known
        fetched = await self.client.get(url, kind="page", human=True)
        if fetched.body.startswith(_PDF):
            return await self.document(".pdf", fetched.body, url=fetched.url_final, by=by)
        arrival = await self.worker.run(
            article_of_page,
            fetched.body,
            fetched.content_type,
            fetched.url_final,
            self.now(),
            self.outlet_zone,
        )
        return await self._put(arrival, by=by)

    async def document(
        self, name: str, content: bytes, *, by: int | None, url: str | None = None
    ) -> int:
        """Take in a file, and return the id of its article.

        url: where it was fetched from, if it was.
        Raises DocumentError, and FetchError when reading it breaks the process that reads.
        """
        arrival = await self.worker.run(
            article_of_document, name, content, self.now(), self.outlet_zone, url
        )
        return await self._put(arrival, by=by)

    async def text(self, text: str, known: Known, *, by: int | None) -> int:
        """Take in a text of a message, and return the id of its article.

        Raises UnreadableError.
        """
        arrival = prepare(text, known, outlet_zone=self.outlet_zone, now=self.now())
        return await self._put(arrival, by=by)

    async def post(self, text: str, known: Known, channel: SourceRow) -> int:
        """Take in a post of a channel that is followed, and return the id of its article.

        Raises UnreadableError.
        """
        now, spec = self.now(), channel.spec
        arrival = prepare(text, known, outlet_zone=spec.time_zone, now=now, source_id=spec.id)
        article_id = await self._put(arrival, by=None)
        came = Polled(next_poll_at=channel.next_poll_at, every=channel.every, new_articles=1)
        await self.archive.sources.polled(channel, came, now=now)
        return article_id

    async def _put(self, arrival: Arrival, *, by: int | None) -> int:
        [arrived] = await self.store.put([replace(arrival, sent_by=by)])
        return arrived.article_id
