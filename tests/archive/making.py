"""Rows for the archive's tests, made with as few words as a test needs."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.archive import Archive
from bot.archive.rows import (
    DeliveryRow,
    Frequency,
    NewArticle,
    Rule,
    SubscriberRow,
    Turn,
)
from bot.archive.tables import SubscriberTable, SubscriptionTable
from summarizer.spans import Span
from summarizer.summary import Summary, SummarySentence

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Monday, 09:00 in Almaty."""

WEEK = timedelta(days=7)

Opens = Callable[[str], Awaitable[Archive]]
"""Opens the archive at an address for the time of a test."""


def sqlite_url(path: Path) -> str:
    """Address a SQLite file as the settings would."""
    return f"sqlite+aiosqlite:///{path}"


def new_article(
    text: str = "Министры встретились в Астане.",
    *,
    url: str | None = None,
    published_at: datetime | None = None,
    is_sample: bool = False,
) -> NewArticle:
    """Make an article that differs from others by its text."""
    return NewArticle(
        title=text[:40],
        title_from_body=True,
        text=text,
        language="ru",
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        url=url,
        outlet="Вестник степи",
        published_at=published_at,
        published_has_time=published_at is not None,
        is_sample=is_sample,
    )


def summary_of(*sentences: tuple[str, tuple[Span, ...]]) -> Summary:
    """Make a summary of sentences with their evidence."""
    return Summary(tuple(SummarySentence(*sentence) for sentence in sentences), "lead")


async def add(archive: Archive, article: NewArticle, *, now: datetime = MONDAY) -> int:
    """Store an article that is new, its whole text as the only sentence; return its id."""
    whole = summary_of((article.text, (Span(0, len(article.text)),)))
    article_id = await archive.articles.add(article, whole, now=now)
    assert article_id is not None
    return article_id


NINE_ON_MONDAYS = Rule(Frequency.WEEKLY, 9, "Asia/Almaty", weekday=0)
GROUP, SUPERGROUP = -4_000_000_000, -1_002_000_000_000
SENDER = "here:1:one"
LEASE = timedelta(minutes=3)


def week_later(_rule: Rule) -> datetime:
    """The next moment of any rule, as far as these tests care."""
    return MONDAY + WEEK


async def subscriber(
    archive: Archive, chat_id: int = 100, thread_id: int | None = None
) -> SubscriberRow:
    """Let a chat be known."""
    return await archive.subscribers.remember(
        chat_id,
        thread_id,
        language="ru",
        time_zone="Asia/Almaty",
        next_due=week_later,
        now=MONDAY - WEEK,
    )


async def subscribed(
    archive: Archive,
    chat_id: int = 100,
    thread_id: int | None = None,
    *,
    due_at: datetime = MONDAY,
) -> SubscriberRow:
    """Let a chat be subscribed to Mondays, 09:00."""
    row = await subscriber(archive, chat_id, thread_id)
    await archive.subscribers.subscribe(
        row.id, NINE_ON_MONDAYS, next_due_at=due_at, now=MONDAY - WEEK
    )
    return row


def weekly_turn(_rule: Rule, due_at: datetime) -> Turn:
    """A due moment becomes the edition of the week before it."""
    return Turn(due_at - WEEK, due_at, due_at + WEEK)


async def hand_over(archive: Archive, *, now: datetime = MONDAY, limit: int = 100) -> int:
    """Make the deliveries that are due; return how many."""
    return (await archive.dues.hand_over(now, weekly_turn, limit=limit)).made


async def delivery_made(archive: Archive, chat_id: int = 100) -> SubscriberRow:
    """Subscribe a chat, and make its delivery of this Monday."""
    row = await subscribed(archive, chat_id)
    assert await hand_over(archive) == 1
    return row


async def claim(
    archive: Archive, *, now: datetime = MONDAY, by: str = SENDER, limit: int = 100
) -> list[DeliveryRow]:
    """Take what waits in the outbox."""
    return await archive.deliveries.claim(now, claimant=by, lease_until=now + LEASE, limit=limit)


async def due_chats(archive: Archive, now: datetime = MONDAY) -> list[int]:
    """Who would get a delivery now; nothing is changed."""
    async with archive.database.reading() as connection:
        found = await connection.execute(
            select(SubscriptionTable.subscriber_id)
            .join(SubscriberTable)
            .where(SubscriptionTable.next_due_at <= now, SubscriberTable.gone_at.is_(None))
        )
        return list(found.scalars())
