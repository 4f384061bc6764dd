"""What an edition is narrowed to: the topic or the person that somebody's words name."""

from dataclasses import dataclass

from bot.archive import Archive
from bot.briefings.topics import Topics


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A topic's id, or a person's; neither means everything."""

    topic: str | None = None
    person: int | None = None


async def narrow(words: str, archive: Archive, topics: Topics) -> Narrowed | None:
    """Find the topic or the person that words name; None when they name neither."""
    if not words.strip():
        return Narrowed()
    if topic := topics.called(words):
        return Narrowed(topic=topic)
    found = await archive.people.find(words)
    if found.people and not found.is_guess:
        return Narrowed(person=found.people[0].id)
    topic = topics.named(words)
    return Narrowed(topic=topic) if topic else None
