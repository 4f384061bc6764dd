"""The sender: takes deliveries out of the outbox and does what each answer of Telegram means."""

import json
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import LinkPreviewOptions, MessageEntity

from bot.archive import Archive
from bot.archive.rows import DeliveryRow, DeliveryState, PartRow
from bot.briefings import Briefings, Reader
from bot.clock import Now

log = structlog.get_logger()

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Sender:
    """Sends what is in the outbox, part by part, each recorded before and after."""

    bot: Bot
    archive: Archive
    briefings: Briefings
    now: Now

    async def drain(self) -> int:
        """Send everything whose time has come; return how many deliveries were handled."""
        handled = 0
        while (delivery := await self.archive.deliveries.claim(self.now())) is not None:
            await self._deliver(delivery)
            handled += 1
        return handled

    async def _deliver(self, delivery: DeliveryRow) -> None:
        try:
            for part in delivery.parts or await self._compose(delivery):
                if part.message_id is None:
                    await self._send(delivery, part)
        except TelegramAPIError as error:
            await self._failed(delivery, error)
        else:
            await self.archive.deliveries.finish(delivery.id, DeliveryState.SENT, now=self.now())
            log.info("delivered", delivery=delivery.id, subscriber=delivery.subscriber.id)

    async def _compose(self, delivery: DeliveryRow) -> tuple[PartRow, ...]:
        """Compose the edition once; a later try sends the same words."""
        briefing = await self.briefings.compose(delivery.period_end, start=delivery.period_start)
        reader = Reader(delivery.subscriber.language, delivery.subscriber.time_zone)
        parts = tuple(
            PartRow(position, part.text, json.dumps(part.entities, ensure_ascii=False))
            for position, part in enumerate(self.briefings.digest(briefing, reader))
        )
        await self.archive.deliveries.keep_parts(delivery.id, parts)
        return parts

    async def _send(self, delivery: DeliveryRow, part: PartRow) -> None:
        message = await self.bot.send_message(
            delivery.subscriber.chat_id,
            part.text,
            message_thread_id=delivery.subscriber.thread_id,
            entities=[MessageEntity(**entity) for entity in json.loads(part.entities)],
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        await self.archive.deliveries.part_sent(
            delivery.id, part.position, message_id=message.message_id, now=self.now()
        )

    async def _failed(self, delivery: DeliveryRow, error: TelegramAPIError) -> None:
        """Do what the answer means; see the table in docs/architecture.md."""
        log.warning("delivery_failed", delivery=delivery.id, reason=str(error))
        chat_id = delivery.subscriber.chat_id
        if isinstance(error, TelegramMigrateToChat):
            await self.archive.subscribers.migrate(chat_id, error.migrate_to_chat_id)
            await self._again(delivery, timedelta(0), "the group became a supergroup")
        elif isinstance(error, TelegramRetryAfter):
            await self._again(delivery, timedelta(seconds=error.retry_after), "told to wait")
        elif isinstance(error, TelegramNetworkError | TelegramServerError):
            pause = min(FIRST_PAUSE * 2 ** (delivery.attempts - 1), LONGEST_PAUSE)
            await self._again(delivery, pause, f"{type(error).__name__}: outcome unknown")
        else:
            if isinstance(error, TelegramForbiddenError | TelegramNotFound | TelegramBadRequest):
                await self.archive.subscribers.mark_gone(
                    chat_id, reason=error.message, now=self.now()
                )
            await self._give_up(delivery, error.message)

    async def _again(self, delivery: DeliveryRow, pause: timedelta, reason: str) -> None:
        if delivery.attempts >= MOST_ATTEMPTS:
            await self._give_up(delivery, f"given up after {delivery.attempts} tries: {reason}")
            return
        await self.archive.deliveries.finish(
            delivery.id,
            DeliveryState.FAILED,
            now=self.now(),
            error=reason,
            next_try_at=self.now() + pause,
        )

    async def _give_up(self, delivery: DeliveryRow, reason: str) -> None:
        await self.archive.deliveries.finish(
            delivery.id, DeliveryState.DEAD, now=self.now(), error=reason
        )
