"""Handing one message to Telegram, and doing what its answer means."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    InputRichMessage,
    LinkPreviewOptions,
    Message,
    MessageEntity,
)

from bot.access import Access
from bot.archive import Archive
from bot.archive.rows import DeliveryRow, DeliveryState, Ended, Fate
from bot.clock import Now
from bot.delivery.answers import Meaning, meaning
from bot.delivery.editions import ReadyPart
from bot.delivery.owners import Owners
from bot.delivery.pacing import had_turn

log = structlog.get_logger()

MOST_UNKNOWN = 12
"""So often a message is sent without learning whether it arrived, over seven hours; then it is
taken as delivered or lost: each time more may have been one time too many."""
UNKNOWN_PAUSE = timedelta(seconds=30)
"""Before the second try of such a message; it doubles each time."""
_LONGEST_UNKNOWN_PAUSE = timedelta(hours=1)
_UNREACHED_PAUSE = timedelta(seconds=5)
_LONGEST_UNREACHED_PAUSE = timedelta(minutes=5)


_OUR_MISTAKES = (Meaning.UNPARSED, Meaning.REFUSED)
_UPLOADED_KEPT = 200


@dataclass(frozen=True)
class Post:
    """Sends single messages of deliveries.

    paid: whether Telegram may take Stars for what goes beyond its free pace.
    """

    bot: Bot
    archive: Archive
    owners: Owners
    access: Access
    now: Now
    paid: bool = False
    _uploaded: dict[tuple[str, int], str] = field(default_factory=dict)
    """What Telegram calls the documents that it was given, by name and the hash of their bytes."""

    async def send(self, delivery: DeliveryRow, part: ReadyPart) -> Ended:
        """Send one message, whose turn it is and which is noted as begun; say what became of it."""
        turn = had_turn.set(True)
        try:
            message = await self._request(delivery, part)
        except Exception as error:
            had_turn.reset(turn)
            return await self._failed(delivery, part, error)
        had_turn.reset(turn)
        return Ended(delivery.id, part.position, Fate.SENT, message.message_id)

    async def _request(self, delivery: DeliveryRow, part: ReadyPart) -> Message:
        if part.file is not None:
            return await self._hand_over(delivery, part.file_name or "vestnik.pdf", part.file)
        try:
            if part.rich is not None:
                return await self._say_rich(delivery, part.rich, part.keyboard)
            return await self._say(delivery, part, part.entities)
        except TelegramBadRequest as error:
            if part.rich is not None and meaning(error) in _OUR_MISTAKES:
                log.error("rich_message_refused", delivery=delivery.id, reason=error.message)
                return await self._say(delivery, part, part.entities)
            if meaning(error) is not Meaning.UNPARSED:
                raise
            log.error("entities_refused", delivery=delivery.id, part=part.position)
            return await self._say(delivery, part, [])

    async def _say(
        self, delivery: DeliveryRow, part: ReadyPart, entities: list[MessageEntity]
    ) -> Message:
        return await self.bot.send_message(
            delivery.subscriber.chat_id,
            part.text,
            message_thread_id=delivery.subscriber.thread_id,
            entities=entities,
            reply_markup=part.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            disable_notification=self._is_silent(delivery) or None,
            allow_paid_broadcast=self.paid or None,
        )

    async def _say_rich(
        self, delivery: DeliveryRow, html: str, keyboard: InlineKeyboardMarkup | None
    ) -> Message:
        return await self.bot.send_rich_message(
            delivery.subscriber.chat_id,
            InputRichMessage(html=html),
            reply_markup=keyboard,
            message_thread_id=delivery.subscriber.thread_id,
            disable_notification=self._is_silent(delivery) or None,
            allow_paid_broadcast=self.paid or None,
        )

    async def _hand_over(self, delivery: DeliveryRow, name: str, written: bytes) -> Message:
        """Send a document: its bytes the first time, then what Telegram called it."""
        known = (name, hash(written))
        message = await self.bot.send_document(
            delivery.subscriber.chat_id,
            self._uploaded.get(known) or BufferedInputFile(written, name),
            message_thread_id=delivery.subscriber.thread_id,
            # It comes with the words, which made the sound.
            disable_notification=True,
            allow_paid_broadcast=self.paid or None,
        )
        if message.document is not None:
            while len(self._uploaded) >= _UPLOADED_KEPT:
                del self._uploaded[next(iter(self._uploaded))]
            self._uploaded[known] = message.document.file_id
        return message

    def _is_silent(self, delivery: DeliveryRow) -> bool:
        """Tell whether it makes no sound: the subscriber said so, or it is night there."""
        quiet = delivery.wishes.quiet
        hour = self.now().astimezone(ZoneInfo(delivery.subscriber.time_zone)).hour
        return delivery.wishes.is_silent or (quiet is not None and quiet.covers(hour))

    async def _failed(self, delivery: DeliveryRow, part: ReadyPart, error: Exception) -> Ended:
        """Do what the answer means; see the table in docs/architecture.md."""
        means = meaning(error)
        said = error.message if isinstance(error, TelegramAPIError) else type(error).__name__
        log.warning("message_not_sent", delivery=delivery.id, means=means.name, reason=said)
        match means:
            case Meaning.WAIT if isinstance(error, TelegramRetryAfter):
                pause = timedelta(seconds=error.retry_after)
                return self._again(delivery, part, Fate.NOT_SENT, pause, "told to wait")
            case Meaning.MOVED if isinstance(error, TelegramMigrateToChat):
                old, new = delivery.subscriber.chat_id, error.migrate_to_chat_id
                await self.access.follow(old, new, now=self.now())
                await self.archive.subscribers.migrate(old, new)
                pause = timedelta(0) if old != new else _LONGEST_UNREACHED_PAUSE
                return self._again(delivery, part, Fate.NOT_SENT, pause, "it became a supergroup")
            case Meaning.NOT_REACHED:
                pause = _doubled(_UNREACHED_PAUSE, delivery.attempts, _LONGEST_UNREACHED_PAUSE)
                return self._again(delivery, part, Fate.NOT_SENT, pause, said)
            case Meaning.UNKNOWN:
                return self._unknown(delivery, part, said)
            case Meaning.GONE:
                await self.archive.subscribers.mark_gone(
                    delivery.subscriber.chat_id, reason=said, now=self.now()
                )
            case Meaning.BROKEN:
                await self._tell_owner(delivery, said)
        return Ended(
            delivery.id, part.position, Fate.NOT_SENT, None, DeliveryState.DEAD, error=said
        )

    def _unknown(self, delivery: DeliveryRow, part: ReadyPart, said: str) -> Ended:
        """Try again after a pause: Telegram has no way to ask whether a message arrived."""
        before = next((m.unknown for m in delivery.marks if m.position == part.position), 0)
        times = before + 1
        if times >= MOST_UNKNOWN:
            why = f"nobody knows whether it arrived, after {times} tries: {said}"
            return Ended(delivery.id, part.position, Fate.UNKNOWN, None, DeliveryState.DEAD, why)
        pause = _doubled(UNKNOWN_PAUSE, times, _LONGEST_UNKNOWN_PAUSE)
        return self._again(delivery, part, Fate.UNKNOWN, pause, f"outcome unknown: {said}")

    def _again(
        self, delivery: DeliveryRow, part: ReadyPart, fate: Fate, pause: timedelta, why: str
    ) -> Ended:
        at = self.now() + pause
        return Ended(delivery.id, part.position, fate, None, DeliveryState.FAILED, why, at)

    async def _tell_owner(self, delivery: DeliveryRow, said: str) -> None:
        subscriber = delivery.subscriber
        owner = await self.archive.subscribers.mark_broken(
            subscriber.id, reason=said, now=self.now()
        )
        if owner is not None and owner != subscriber.chat_id:
            await self.owners.tell(owner, subscriber, said)


def _doubled(pause: timedelta, times: int, longest: timedelta) -> timedelta:
    """Double a pause with each time after the first."""
    return min(pause * int(2 ** min(times - 1, 20)), longest)
