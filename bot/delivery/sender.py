"""The sender: takes deliveries out of the outbox and does what each answer of Telegram means."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.access import Access
from bot.archive import Archive
from bot.archive.rows import Begun, DeliveryRow, DeliveryState, Ended, Fate
from bot.clock import Now
from bot.delivery.claimant import Claimant
from bot.delivery.editions import Editions, ReadyEdition, ReadyPart
from bot.delivery.journal import LEASE, Journal
from bot.delivery.pace import HeldError, Pacer, Rank
from bot.delivery.post import Post
from bot.errors import ArchiveError

log = structlog.get_logger()

WINDOW = 96
"""So many deliveries are in work at once."""

_PATIENCE = 5.0
"""Seconds that a delivery waits for its chat; beyond that it goes back into the outbox."""
_BUSY_PAUSE = timedelta(seconds=2)
"""When to look again whether a chat is done with the delivery before."""
_BROKEN_PAUSE = timedelta(minutes=5)
"""When to try again what failed for a reason of our own."""
_LOOK_AGAIN_SECONDS = 1.0


@dataclass
class _InWork:
    """The chats that deliveries are being sent to; one at a time to each."""

    chats: set[int] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def room(self) -> int:
        return WINDOW - len(self.chats)

    def done(self, chat_id: int) -> None:
        self.chats.discard(chat_id)
        if self.room >= WINDOW // 2:
            self.changed.set()

    async def changes(self) -> None:
        """Wait until there is room, or it is time to look into the outbox again."""
        self.changed.clear()
        try:
            async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                await self.changed.wait()
        except TimeoutError:
            return


@dataclass
class Sender:
    """Sends what is in the outbox, many at once, each message noted before and after."""

    archive: Archive
    editions: Editions
    post: Post
    pacer: Pacer
    now: Now
    access: Access
    claimant: Claimant = field(default_factory=Claimant)
    _in_work: _InWork = field(default_factory=_InWork)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _draining: bool = False
    _stopping: bool = False

    async def drain(self) -> int:
        """Send everything whose time has come; return how many deliveries were handled.

        What comes meanwhile is sent too. While one call is at it, another returns 0 at once.
        """
        if self._draining or self._stopping:
            return 0
        self._draining = True
        self._idle.clear()
        try:
            await self._release()
            journal = Journal(self.archive, self.claimant.name, self.now)
            async with asyncio.TaskGroup() as writing:
                writing.create_task(journal.run())
                try:
                    async with asyncio.TaskGroup() as sending:
                        return await self._send_all(sending, journal)
                finally:
                    journal.close()
        finally:
            self._draining = False
            self._idle.set()

    async def stop(self) -> None:
        """Begin nothing more, and wait until what is on its way has been answered and noted."""
        self._stopping = True
        self._in_work.changed.set()
        if self._draining:
            await self._idle.wait()

    async def _release(self) -> None:
        """Give back what an ended process was sending, or an earlier call that broke off."""
        own = self.claimant.name
        released = await self.archive.deliveries.release(
            self.now(), is_gone=lambda name: name == own or self.claimant.is_gone(name)
        )
        if released:
            log.warning("deliveries_interrupted", count=released)

    async def _send_all(self, group: asyncio.TaskGroup, journal: Journal) -> int:
        handled = 0
        while not self._stopping:
            claimed: Sequence[DeliveryRow] = ()
            if self._in_work.room >= WINDOW // 2:
                try:
                    claimed = await self._claim()
                except ArchiveError as error:
                    log.error("outbox_not_read", reason=str(error))
                    break
            for delivery in claimed:
                group.create_task(self._handle(delivery, journal))
            handled += len(claimed)
            if not claimed:
                if not self._in_work.chats:
                    break
                await self._in_work.changes()
            else:
                # So that they take their chats before the next are claimed.
                await asyncio.sleep(0)
        return handled

    async def _claim(self) -> Sequence[DeliveryRow]:
        now = self.now()
        claimed = await self.archive.deliveries.claim(
            now,
            claimant=self.claimant.name,
            lease_until=now + LEASE,
            limit=self._in_work.room,
        )
        let_in = await self.access.among({one.subscriber.chat_id for one in claimed})
        return [
            one if one.subscriber.chat_id in let_in else replace(one, is_gone=True)
            for one in claimed
        ]

    async def _handle(self, delivery: DeliveryRow, journal: Journal) -> None:
        chat_id = delivery.subscriber.chat_id
        if chat_id in self._in_work.chats:
            # Another topic of the same forum: its pace is shared.
            await journal.end(self._later(delivery, DeliveryState.PENDING, _BUSY_PAUSE))
            return
        self._in_work.chats.add(chat_id)
        try:
            await self._deliver(delivery, journal)
        except Exception:
            # One delivery that fails for a reason of our own must not take the others along.
            log.exception("delivery_broken", delivery=delivery.id)
            await journal.end(
                self._later(delivery, DeliveryState.FAILED, _BROKEN_PAUSE, "see the log")
            )
        finally:
            self._in_work.done(chat_id)

    async def _deliver(self, delivery: DeliveryRow, journal: Journal) -> None:
        if delivery.is_gone:
            why = "the chat is gone, or not let in"
            await journal.end(self._ended(delivery, DeliveryState.DEAD, why))
            return
        edition = await self.editions.of(delivery)
        arrived = {mark.position for mark in delivery.marks if mark.message_id is not None}
        left = [part for part in edition.parts if part.position not in arrived]
        for part in left:
            ended = await self._send(delivery, edition, part, journal)
            if ended is None:
                log.warning("delivery_taken_over", delivery=delivery.id)
                return
            if ended.fate is Fate.SENT and part is left[-1]:
                ended = Ended(
                    delivery.id, part.position, Fate.SENT, ended.message_id, DeliveryState.SENT
                )
            await journal.end(ended)
            if ended.state is not None:
                return
        if not left:
            await journal.end(self._ended(delivery, DeliveryState.SENT))

    async def _send(
        self, delivery: DeliveryRow, edition: ReadyEdition, part: ReadyPart, journal: Journal
    ) -> Ended | None:
        """Send one message in its turn; return what became of it, None when it is not ours."""
        try:
            await self.pacer.turn(delivery.subscriber.chat_id, Rank.EDITION, patience=_PATIENCE)
        except HeldError as held:
            pause = timedelta(seconds=held.seconds)
            return self._later(delivery, DeliveryState.FAILED, pause, "told to wait")
        if self._stopping:
            return self._later(delivery, DeliveryState.PENDING)
        again = any(mark.position == part.position for mark in delivery.marks)
        try:
            may_go = await journal.begin(Begun(delivery.id, edition.id, part.position, again))
        except ArchiveError as error:
            return self._later(delivery, DeliveryState.FAILED, _BUSY_PAUSE, str(error))
        return await self.post.send(delivery, part) if may_go else None

    def _later(
        self,
        delivery: DeliveryRow,
        state: DeliveryState,
        pause: timedelta = timedelta(0),
        error: str | None = None,
    ) -> Ended:
        at = self.now() + pause
        return Ended(delivery.id, 0, Fate.NOT_TRIED, None, state, error, at)

    def _ended(self, delivery: DeliveryRow, state: DeliveryState, why: str | None = None) -> Ended:
        return Ended(delivery.id, 0, Fate.NOT_TRIED, None, state, why)
