"""What the sender begins and ends, written down many at a time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.archive import Archive
from bot.archive.rows import Begun, Ended
from bot.clock import Now
from bot.errors import ArchiveError

log = structlog.get_logger()

LEASE = timedelta(minutes=3)
"""More than a request may take: whoever does not come back within it is taken for dead."""

_PAUSE_SECONDS = 0.5


@dataclass
class Journal:
    """Stores notes in the order in which they come, all that wait in one transaction.

    While one transaction is stored the next notes gather, so that it is as quick for one message
    as it is cheap for a thousand a second. `run` does the work until `close`.
    """

    archive: Archive
    claimant: str
    now: Now
    _begun: list[tuple[Begun, asyncio.Future[bool]]] = field(default_factory=list)
    _ended: list[tuple[Ended, asyncio.Future[None]]] = field(default_factory=list)
    _waits: asyncio.Event = field(default_factory=asyncio.Event)
    _closing: bool = False

    async def begin(self, begun: Begun) -> bool:
        """Note that a message is about to go out; return whether it may, once that is stored.

        It may not where somebody else has taken the delivery over. Raises ArchiveError.
        """
        stored = asyncio.get_running_loop().create_future()
        self._begun.append((begun, stored))
        self._waits.set()
        return bool(await stored)

    async def end(self, ended: Ended) -> None:
        """Note what became of a message; it waits until that is stored, however long it takes."""
        stored = asyncio.get_running_loop().create_future()
        self._ended.append((ended, stored))
        self._waits.set()
        await stored

    def close(self) -> None:
        """Let `run` end once everything is stored."""
        self._closing = True
        self._waits.set()

    async def run(self) -> None:
        """Store what comes, until it is closed."""
        while True:
            await self._waits.wait()
            self._waits.clear()
            if self._closing and not self._begun and not self._ended:
                return
            begun, self._begun = self._begun, []
            ended, self._ended = self._ended, []
            try:
                await self._store(begun, ended)
            except ArchiveError as error:
                # Nothing new is sent meanwhile; what was sent must not be forgotten.
                log.error("outbox_not_written", reason=str(error))
                for _, waits in begun:
                    waits.set_exception(ArchiveError(str(error)))
                self._ended = ended + self._ended
                self._waits.set()
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _store(
        self,
        begun: Sequence[tuple[Begun, asyncio.Future[bool]]],
        ended: Sequence[tuple[Ended, asyncio.Future[None]]],
    ) -> None:
        now = self.now()
        ours = await self.archive.deliveries.record(
            [begin for begin, _ in begun],
            [end for end, _ in ended],
            claimant=self.claimant,
            lease_until=now + LEASE,
            now=now,
        )
        for _, stored in ended:
            if not stored.done():
                stored.set_result(None)
        for begin, may_go in begun:
            if not may_go.done():
                may_go.set_result(begin.delivery_id in ours)
