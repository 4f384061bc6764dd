"""What people send, and what channels post → articles in the archive."""

from dataclasses import dataclass

from bot.archive import Archive
from bot.archive.source_rows import Arrival, Polled, SourceRow
from bot.clock import Now
from bot.intake.addresses import canonical
from bot.intake.article import Known
from bot.intake.client import GuardedClient
from bot.intake.documents import article_of_document
from bot.intake.reading import article_of_page
from bot.intake.source import SourceSpec
from bot.intake.store import Store, prepare
from bot.intake.worker import Worker
from summarizer.language import detect_language

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Inbox:
    """Takes in what people send; nothing is noted about who sent it."""

    archive: Archive
    store: Store
    client: GuardedClient
    worker: Worker
    now: Now
    outlet_zone: str
    """The zone in which outlets state local times (IANA)."""

    async def link(self, url: str) -> int:
        """Take in the article at an address, and return its id; a known one is not fetched again.

        Raises FetchError, and DocumentError for a PDF that cannot be read.
        """
        known = await self.archive.articles.at(canonical(url))
        if known is not None:
            return known
        fetched = await self.client.get(url, kind="page", human=True)
        if fetched.body.startswith(_PDF):
            return await self.document(".pdf", fetched.body, url=fetched.url_final)
        return await self._put(
            await self.worker.run(
                article_of_page,
                fetched.body,
                fetched.content_type,
                fetched.url_final,
                self.now(),
                self.outlet_zone,
            )
        )

    async def document(self, name: str, content: bytes, *, url: str | None = None) -> int:
        """Take in a file, and return the id of its article.

        url: where it was fetched from, if it was.
        Raises DocumentError, and FetchError when reading it breaks the process that reads.
        """
        return await self._put(
            await self.worker.run(article_of_document, name, content, self.now(), self.outlet_zone)
        )

    async def text(self, text: str, known: Known) -> int:
        """Take in a text of a message, and return the id of its article.

        Raises UnreadableError.
        """
        return await self._put(prepare(text, known, outlet_zone=self.outlet_zone, now=self.now()))

    async def post(self, text: str, known: Known, channel: SourceSpec) -> int | None:
        """Take in a post of a channel, which becomes a source with its first one.

        Returns the id of the article, or None while the channel is paused.
        Raises UnreadableError.
        """
        source = await self._channel(channel)
        if source is None or source.paused:
            return None
        now = self.now()
        article_id = await self._put(
            prepare(
                text, known, outlet_zone=source.spec.time_zone, now=now, source_id=source.spec.id
            )
        )
        came = Polled(next_poll_at=source.next_poll_at, every=source.every, new_articles=1)
        await self.archive.sources.polled(source, came, now=now)
        return article_id

    async def _channel(self, channel: SourceSpec) -> SourceRow | None:
        """Find the source that a channel is, under its own id or as the beat names it."""
        for source in await self.archive.sources.listed():
            is_it = source.spec.id == channel.id or (
                source.spec.kind == "channel" and source.spec.url.lower() == channel.url.lower()
            )
            if is_it:
                return source
        await self.archive.sources.add(channel, now=self.now())
        return await self.archive.sources.get(channel.id)

    async def _put(self, arrival: Arrival) -> int:
        [arrived] = await self.store.put([arrival])
        return arrived.article_id


def channel_source(
    chat_id: int, username: str | None, title: str, text: str, *, outlet_zone: str
) -> SourceSpec:
    """Describe a channel as a source.

    text: a post of it, which tells its language.
    """
    return SourceSpec(
        id=f"channel{chat_id}",
        outlet=title,
        language=detect_language(text),
        kind="channel",
        url=f"@{username}" if username else str(chat_id),
        time_zone=outlet_zone,
        tried=True,
    )
