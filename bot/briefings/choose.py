"""Choosing what a briefing tells: the articles of its period, a reprint told once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.rows import ArticleRow

PERIOD = timedelta(days=7)
MOST_ITEMS = 12
"""What fits two screens; the rest is counted and can be asked for."""

_MOST_READ = 300


@dataclass(frozen=True)
class Item:
    """One thing that the briefing tells: an article, and the outlets that reprinted it."""

    article: ArticleRow
    reprints: tuple[ArticleRow, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """The composed edition of start ≤ t < end."""

    start: datetime
    end: datetime
    items: tuple[Item, ...]
    left_out: int
    articles: int


async def choose(archive: Archive, start: datetime, end: datetime) -> Briefing:
    """Compose the briefing of a period; both moments aware."""
    found = await archive.articles.between(start, end, limit=_MOST_READ)
    items = fold_reprints(found)
    return Briefing(
        start=start,
        end=end,
        items=tuple(items[:MOST_ITEMS]),
        left_out=max(0, len(items) - MOST_ITEMS),
        articles=len(found),
    )


def fold_reprints(articles: list[ArticleRow]) -> list[Item]:
    """Put reprints under their original; the order of the list, from new to old, is kept.

    When the original is not in the list, the reprint that appeared first stands for it.
    """
    groups: dict[int, list[ArticleRow]] = {}
    for article in articles:
        groups.setdefault(article.original_id or article.id, []).append(article)
    return [_item(original_id, group) for original_id, group in groups.items()]


def _item(original_id: int, group: list[ArticleRow]) -> Item:
    told = next((article for article in group if article.id == original_id), group[-1])
    return Item(told, tuple(article for article in reversed(group) if article is not told))
