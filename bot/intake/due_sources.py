"""The sources whose time has come: claimed a few ahead, and noted a few together."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

from bot.archive.source_rows import Polled, SourceRow
from bot.archive.sources import Sources

LEASE = timedelta(minutes=10)
"""After this, what a killed process had begun is begun again."""

_AHEAD = 16
"""Sources in one claim: none of them waits for the others longer than the lease."""

_NOTED_TOGETHER = 16


class DueSources:
    """Hands out the sources that are due at a moment, each to one who asks it.

    Most sources have nothing new most of the time. A transaction for each would take longer than
    asking them, and what is not noted when the process is killed is only asked once more.
    """

    def __init__(self, sources: Sources, now: datetime) -> None:
        self._sources = sources
        self._now = now
        self._claimed: deque[SourceRow] = deque()
        self._outcomes: list[tuple[SourceRow, Polled]] = []
        self._claiming = asyncio.Lock()

    async def next(self) -> SourceRow | None:
        """Give the next source, or None when none is due any more."""
        async with self._claiming:
            if not self._claimed:
                rows = await self._sources.claim_due(self._now, limit=_AHEAD, lease=LEASE)
                self._claimed.extend(rows)
            return self._claimed.popleft() if self._claimed else None

    async def note(self, source: SourceRow, outcome: Polled) -> None:
        """Note what asking a source came to: at once if it brought something, else with others."""
        self._outcomes.append((source, outcome))
        if outcome.new_articles or len(self._outcomes) >= _NOTED_TOGETHER:
            await self.write()

    async def write(self) -> None:
        """Write what was noted and waits."""
        outcomes, self._outcomes = self._outcomes, []
        if outcomes:
            await self._sources.polled_all(outcomes, now=self._now)
