"""The channels that the bot is a member of, as sources."""

from dataclasses import dataclass

from bot.archive import Archive
from bot.archive.source_rows import SourceRow
from bot.clock import Now
from bot.intake.source import SourceSpec
from summarizer.language import detect_language


@dataclass(frozen=True)
class Channels:
    """Decides which channels are sources.

    has_operators: somebody looks after this bot. A channel then becomes a source by an operator
    alone: anybody can make the bot a member of a channel, and would write what all read. A bot
    without operators is one person's own, and follows whatever channel it is put into.
    """

    archive: Archive
    now: Now
    outlet_zone: str
    """The zone in which outlets state local times (IANA)."""

    has_operators: bool

    def describe(self, chat_id: int, username: str | None, title: str, text: str) -> SourceSpec:
        """Describe a channel as a source.

        text: what tells its language: a post of it, or, before there is one, its title.
        """
        return SourceSpec(
            id=id_of(chat_id),
            outlet=title,
            language=detect_language(text),
            kind="channel",
            url=f"@{username}" if username else str(chat_id),
            time_zone=self.outlet_zone,
            tried=True,
        )

    async def followed(self, channel: SourceSpec) -> SourceRow | None:
        """Give the source that a channel is, under its own id or as the beat names it.

        A channel that is met for the first time becomes a source, or is held. None: it is held,
        paused, or was removed.
        """
        source = await self._find(channel)
        if source is None:
            await self.archive.sources.meet(channel, now=self.now(), held=self.has_operators)
            source = await self.archive.sources.get(channel.id)
        return None if source is None or source.paused else source

    async def is_source(self, chat_id: int, username: str | None) -> bool:
        """Tell whether a channel is a source already, and not one that is held."""
        names = {id_of(chat_id), str(chat_id), f"@{username}".lower() if username else ""}
        return any(
            source.held_since is None
            and source.spec.kind == "channel"
            and (source.spec.id in names or source.spec.url.lower() in names)
            for source in await self.archive.sources.listed()
        )

    async def take_in(self, channel: SourceSpec) -> None:
        """Follow a channel, since an operator has put the bot into it."""
        source = await self._find(channel)
        if source is None:
            await self.archive.sources.add(channel, now=self.now())
        elif source.held_since is not None:
            await self.archive.sources.resume(source.spec.id, now=self.now())

    async def _find(self, channel: SourceSpec) -> SourceRow | None:
        for source in await self.archive.sources.listed():
            if source.spec.id == channel.id or (
                source.spec.kind == "channel" and source.spec.url.lower() == channel.url.lower()
            ):
                return source
        return None


def id_of(chat_id: int) -> str:
    """Name the source that a channel is."""
    return f"channel{chat_id}"
