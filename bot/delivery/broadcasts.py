"""Broadcasts under way: their copies put into the outbox or called off, and how they go, shown."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
)
from aiogram.types import InlineKeyboardMarkup, MessageEntity
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.archive.broadcast_rows import BroadcastRow, BroadcastState, Progress
from bot.briefings import Reader
from bot.clock import Now
from bot.formatting import FormattedText
from bot.scheduling import every

log = structlog.get_logger()

EVERY_SECONDS = 4
"""How often is looked; and the least time between two edits of the message that shows it."""

BATCH = 1_000
"""Subscribers in one transaction: some milliseconds, after which others may write."""
_BATCHES_AT_ONCE = 20
"""Five thousand copies a second: more than the pace takes out, and the display does not wait."""
_COUNTED_A_SECOND = 5_000
"""Copies for each second between two looks: to count a million takes a second of its own."""

Screen = Callable[
    [BroadcastRow, Progress, Reader], tuple[FormattedText, InlineKeyboardMarkup | None]
]
"""(a broadcast, what became of its copies, who looks) → how that is shown."""


@dataclass(frozen=True)
class Broadcasting:
    """Takes broadcasts further, again and again; all that it knows is in the archive.

    default: who is spoken to where the operator's chat is not known.
    """

    bot: Bot
    archive: Archive
    screen: Screen
    default: Reader
    now: Now
    _look_at: dict[int, datetime] = field(default_factory=dict)
    _shown: dict[int, str] = field(default_factory=dict)

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Go on with what is under way from now on."""
        every(scheduler, self.go_on, EVERY_SECONDS, name="broadcasts", at_once=True)

    async def go_on(self) -> None:
        """Take each broadcast that is under way further."""
        for broadcast in await self.archive.broadcasts.under_way():
            if broadcast.state is BroadcastState.FILLING:
                await self._fill(broadcast)
            elif broadcast.state is BroadcastState.STOPPING:
                await self._call_off(broadcast)
            elif self._looked_just_now(broadcast.id):
                continue
            await self._look(broadcast.id)

    def _looked_just_now(self, broadcast_id: int) -> bool:
        again_at = self._look_at.get(broadcast_id)
        return again_at is not None and self.now() < again_at

    async def _fill(self, broadcast: BroadcastRow) -> None:
        for _ in range(_BATCHES_AT_ONCE):
            if not await self.archive.copies.fill(broadcast.id, limit=BATCH, now=self.now()):
                return

    async def _call_off(self, broadcast: BroadcastRow) -> None:
        while await self.archive.copies.call_off(broadcast, limit=BATCH, now=self.now()):
            pass

    async def _look(self, broadcast_id: int) -> None:
        """Count what became of the copies, show it, and note the end when it has come."""
        broadcast = await self.archive.broadcasts.get(broadcast_id)
        if broadcast is None:
            return
        progress = await self.archive.copies.progress(broadcast)
        pause = timedelta(seconds=broadcast.receivers / _COUNTED_A_SECOND)
        self._look_at[broadcast.id] = self.now() + pause
        is_over = not progress.waiting and broadcast.state in _END
        shown = replace(broadcast, state=_END[broadcast.state]) if is_over else broadcast
        # Shown before it is noted: who ends in between shows it again.
        if await self._show(shown, progress) and is_over:
            await self.archive.broadcasts.finish(broadcast, progress, self.now())
            self._look_at.pop(broadcast.id, None)
            self._shown.pop(broadcast.id, None)

    async def _show(self, broadcast: BroadcastRow, progress: Progress) -> bool:
        """Edit the message that shows how it goes; False where it is worth to try again."""
        chat_id, message_id = broadcast.chat_id, broadcast.message_id
        if chat_id is None or message_id is None:
            return True
        text, keyboard = self.screen(broadcast, progress, await self._reader(chat_id))
        if self._shown.get(broadcast.id) == text.text:
            return True
        entities = [MessageEntity(**entity) for entity in text.entities]
        try:
            await self.bot.edit_message_text(
                text.text,
                chat_id=chat_id,
                message_id=message_id,
                entities=entities,
                reply_markup=keyboard,
            )
        except TelegramBadRequest as error:
            if "message is not modified" not in error.message:
                log.info("broadcast_not_shown", broadcast=broadcast.id, reason=error.message)
        except TelegramForbiddenError as error:
            log.info("broadcast_not_shown", broadcast=broadcast.id, reason=error.message)
        except TelegramAPIError as error:
            log.warning("broadcast_not_shown", broadcast=broadcast.id, reason=str(error))
            return False
        self._shown[broadcast.id] = text.text
        return True

    async def _reader(self, chat_id: int) -> Reader:
        known = await self.archive.subscribers.find(chat_id, None)
        return Reader(known.language, known.time_zone) if known else self.default


_END = {
    BroadcastState.SENDING: BroadcastState.FINISHED,
    BroadcastState.STOPPING: BroadcastState.CANCELLED,
}
