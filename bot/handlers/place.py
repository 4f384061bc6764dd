"""Where an update came from: a chat, or one topic of a forum."""

from dataclasses import dataclass

from bot.archive import Archive
from bot.archive.rows import SubscriberRow
from bot.briefings import Reader
from bot.clock import Now
from bot.delivery.schedule import due_after


@dataclass(frozen=True)
class Place:
    """A chat or topic; `subscriber` is what the archive knows of it, if anything."""

    chat_id: int
    thread_id: int | None
    subscriber: SubscriberRow | None


async def known(place: Place, archive: Archive, reader: Reader, now: Now) -> SubscriberRow:
    """Give the subscriber of a chat, remembering it where it is new."""
    return await archive.subscribers.remember(
        place.chat_id,
        place.thread_id,
        language=reader.language,
        time_zone=reader.time_zone,
        next_due=due_after(now()),
        now=now(),
    )
