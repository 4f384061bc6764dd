"""What each `vestnik sources` command does."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.archive import Archive
from bot.archive.source_rows import SourceRow
from bot.beat import load_beat
from bot.clock import system_now
from bot.errors import VestnikError
from bot.intake.client import GuardedClient
from bot.intake.poller import Poller
from bot.intake.source import SourceKind, SourceSpec
from bot.intake.trial import Trial
from bot.operations import open_archive
from bot.settings import Settings
from summarizer.language import detect_language

TRIED_AT_ONCE = 8

_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 40


@dataclass(frozen=True)
class Wish:
    """What an operator says of a source to add; the rest is found out."""

    url: str
    kind: SourceKind = "feed"
    id: str | None = None
    outlet: str | None = None
    language: str | None = None
    selector: str | None = None
    time_zone: str | None = None


async def listed(settings: Settings) -> list[SourceRow]:
    """List the sources."""
    async with _sources(settings) as (archive, _):
        return await archive.sources.listed()


async def check(settings: Settings, ids: Sequence[str]) -> AsyncIterator[Trial]:
    """Try sources, those named or all, and give what each answers as it comes.

    Raises VestnikError when there is no source of a name.
    """
    async with _sources(settings) as (archive, poller):
        specs = [row.spec for row in await archive.sources.listed()]
        unknown = set(ids) - {spec.id for spec in specs}
        if unknown:
            raise VestnikError(_unknown(", ".join(sorted(unknown))))
        free = asyncio.Semaphore(TRIED_AT_ONCE)

        async def try_one(spec: SourceSpec) -> Trial:
            async with free:
                return await poller.try_source(spec)

        wanted = [spec for spec in specs if not ids or spec.id in ids]
        for trial in asyncio.as_completed([try_one(spec) for spec in wanted]):
            yield await trial


async def add(settings: Settings, wish: Wish, *, force: bool) -> tuple[Trial, bool]:
    """Try a source, and follow it when it answers, or when it is to be followed all the same.

    Returns what the trial found, and whether the source was added.
    Raises VestnikError when its id or address is taken.
    """
    async with _sources(settings) as (archive, poller):
        spec = _spec(wish, settings)
        if wish.kind == "feed":
            trial = await poller.try_address(wish.url, spec)
        else:
            trial = await poller.try_source(spec)
        trial = replace(trial, spec=_completed(trial, wish))
        if not trial.answers and not force:
            return trial, False
        if not await archive.sources.add(trial.spec, now=system_now()):
            raise VestnikError(
                f"There is a source {trial.spec.id}, or one at {trial.spec.url}: "
                "see `vestnik sources list`, or give another id with --id."
            )
        return trial, True


async def pause(settings: Settings, source_id: str) -> None:
    """Stop asking a source."""
    async with _sources(settings) as (archive, _):
        _require(await archive.sources.pause(source_id), source_id)


async def resume(settings: Settings, source_id: str) -> None:
    """Ask a source again."""
    async with _sources(settings) as (archive, _):
        _require(await archive.sources.resume(source_id, now=system_now()), source_id)


async def remove(settings: Settings, source_id: str) -> None:
    """Remove a source; its articles stay."""
    async with _sources(settings) as (archive, _):
        _require(await archive.sources.remove(source_id, now=system_now()), source_id)


@asynccontextmanager
async def _sources(settings: Settings) -> AsyncIterator[tuple[Archive, Poller]]:
    async with open_archive(settings) as archive:
        client = GuardedClient(settings.contact, allow_loopback=settings.fetch_loopback)
        poller = Poller(archive, client, load_beat(settings.beat), system_now)
        try:
            await poller.seed()
            yield archive, poller
        finally:
            await poller.close()


def _spec(wish: Wish, settings: Settings) -> SourceSpec:
    host = (urlsplit(wish.url).hostname or wish.url).removeprefix("www.")
    made = _NOT_IN_AN_ID.sub("-", host.lower())[-_LONGEST_ID:].strip("-")
    return SourceSpec(
        id=wish.id or made or "source",
        outlet=wish.outlet or host,
        language=wish.language or settings.default_language,
        kind=wish.kind,
        url=wish.url,
        selector=wish.selector,
        time_zone=wish.time_zone or settings.default_time_zone,
    )


def _completed(trial: Trial, wish: Wish) -> SourceSpec:
    """Complete a source by what the trial found: its name, its language."""
    spec = replace(trial.spec, tried=trial.answers)
    if wish.outlet is None and trial.title:
        spec = replace(spec, outlet=trial.title[:200])
    titles = " ".join(entry.title or "" for entry in trial.entries)
    if wish.language is None and titles.strip():
        spec = replace(spec, language=detect_language(titles))
    return spec


def _require(done: bool, source_id: str) -> None:
    if not done:
        raise VestnikError(_unknown(source_id))


def _unknown(ids: str) -> str:
    return f"There is no source {ids}: see `vestnik sources list`."
