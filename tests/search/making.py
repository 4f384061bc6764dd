"""Articles to search, made and indexed with as few words as a test needs."""

import hashlib
from datetime import datetime

from bot.archive import Archive
from bot.archive.rows import NewArticle
from bot.archive.search import Order
from bot.search.documents import make_ready
from bot.search.query import parse
from summarizer.spans import Span
from tests.archive.making import MONDAY, summary_of


async def write(
    archive: Archive,
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = "Вестник степи",
    language: str = "ru",
    published_at: datetime | None = None,
) -> int:
    """Store an article, not yet indexed; return its id."""
    article = NewArticle(
        title=title or text[:40],
        title_from_body=title is None,
        text=text,
        language=language,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        outlet=outlet,
        published_at=published_at,
    )
    whole = summary_of((text, (Span(0, len(text)),)))
    article_id = await archive.articles.add(article, whole, now=MONDAY)
    assert article_id is not None
    return article_id


async def index(archive: Archive, *, now: datetime = MONDAY) -> None:
    """Index all that waits."""
    while due := await archive.search_index.due(limit=20):
        await archive.search_index.put(make_ready(due), read_at=now)
    while await archive.search_index.forget():
        pass


async def found(archive: Archive, text: str, *, order: Order = Order.NEWEST) -> list[int]:
    """Search; give the ids of what is found."""
    result = await archive.search.find(parse(text, "Asia/Almaty"), order=order, limit=50)
    assert result.total == len(result.articles)
    return [article.id for article in result.articles]
