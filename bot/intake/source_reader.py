"""What one source lists now, of whatever kind it is."""

from dataclasses import dataclass, replace

from bot.intake.client import Fetched, FetchKind, GuardedClient, Validators
from bot.intake.entries import Feed, FeedEntry
from bot.intake.problems import FetchError
from bot.intake.reading import find_feeds, read_listed
from bot.intake.source import SourceSpec
from bot.intake.worker import Worker


@dataclass(frozen=True, slots=True)
class Listed:
    """What a source lists; `feed` is None when nothing has changed since the validators."""

    feed: Feed | None
    validators: Validators


@dataclass(frozen=True)
class SourceReader:
    """Fetches the list of a feed, a listing page or a sitemap."""

    client: GuardedClient
    worker: Worker

    async def listed(self, spec: SourceSpec, validators: Validators | None = None) -> Listed:
        """Read what a source lists, the parts of a sitemap index with it.

        Raises FetchError.
        """
        fetched = await self._fetch(spec, spec.url, validators)
        if fetched.not_modified:
            return Listed(None, fetched.validators)
        feed = await self._read(spec, fetched)
        for url in feed.more:
            try:
                part = await self._read(spec, await self._fetch(spec, url, None))
            except FetchError as error:
                feed = replace(feed, problems=(*feed.problems, error.reason))
            else:
                entries = _merged(feed.entries, part.entries)
                feed = replace(feed, entries=entries, problems=(*feed.problems, *part.problems))
        return Listed(feed, fetched.validators)

    async def feeds_of(self, url: str) -> tuple[str, ...]:
        """List the feeds that a page names.

        Raises FetchError.
        """
        page = await self.client.get(url, kind="page")
        return await self.worker.run(find_feeds, page.body, page.content_type, page.url_final)

    async def _fetch(self, spec: SourceSpec, url: str, validators: Validators | None) -> Fetched:
        kind: FetchKind = "page" if spec.kind == "listing" else "feed"
        return await self.client.get(url, conditional=validators, kind=kind)

    async def _read(self, spec: SourceSpec, fetched: Fetched) -> Feed:
        return await self.worker.run(
            read_listed, spec, fetched.body, fetched.content_type, fetched.url_final
        )


def _merged(one: tuple[FeedEntry, ...], other: tuple[FeedEntry, ...]) -> tuple[FeedEntry, ...]:
    by_key = {entry.key: entry for entry in (*one, *other)}
    return tuple(by_key.values())
