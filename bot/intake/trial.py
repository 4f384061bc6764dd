"""Trying a source before it is followed: what it gives, or why it does not."""

from dataclasses import dataclass, replace

from bot.archive.rows import NewArticle
from bot.clock import Now
from bot.intake.entries import FeedEntry
from bot.intake.page_reader import PageReader
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.source import SourceSpec
from bot.intake.source_reader import SourceReader

_MOST_TRIED = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial found.

    `spec` is the source as it would be followed. `problem` is a sentence when it gives nothing.
    `article` is the newest one, read for a trial; `article_problem` says why it could not be.
    """

    spec: SourceSpec
    title: str | None = None
    entries: tuple[FeedEntry, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str | None = None
    article: NewArticle | None = None
    article_problem: str | None = None

    @property
    def answers(self) -> bool:
        """Whether the source lists anything."""
        return self.problem is None


@dataclass(frozen=True)
class Trials:
    """Tries sources; nothing is stored."""

    reader: SourceReader
    pages: PageReader
    now: Now

    async def of_source(self, spec: SourceSpec) -> Trial:
        """Fetch what a source lists, and its newest article."""
        if spec.kind in ("folder", "channel"):
            return Trial(spec, notes=("It is not fetched over the network.",))
        try:
            feed = (await self.reader.listed(spec)).feed
        except FetchError as error:
            return Trial(spec, problem=error.reason)
        if feed is None or not feed.entries:
            return Trial(spec, problem=f"{FetchProblem.EMPTY_FEED}.")
        trial = Trial(spec, feed.title, feed.entries, feed.problems)
        try:
            arrival = await self.pages.entry(feed.entries[0], spec, now=self.now())
        except FetchError as error:
            return replace(trial, article_problem=error.reason)
        return replace(trial, article=arrival.article)

    async def of_address(self, url: str, spec: SourceSpec) -> Trial:
        """Try an address as a feed, and where it is a page, the feeds that the page names."""
        first = await self.of_source(replace(spec, kind="feed", url=url))
        if first.answers:
            return first
        try:
            found = await self.reader.feeds_of(url)
        except FetchError:
            return first
        for address in found[:_MOST_TRIED]:
            trial = await self.of_source(replace(spec, kind="feed", url=address))
            if trial.answers:
                return trial
        return first
