"""Where an update came from: a chat, or one topic of a forum."""

from dataclasses import dataclass

from bot.archive.rows import SubscriberRow


@dataclass(frozen=True)
class Place:
    """A chat or topic; `subscriber` is what the archive knows of it, if anything."""

    chat_id: int
    thread_id: int | None
    subscriber: SubscriberRow | None
