"""Choosing what a briefing tells: the articles of its period, a reprint told once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from summarizer.lookalikes import words

PERIOD = timedelta(days=7)
MOST_ITEMS = 12
"""What fits two screens; the rest is counted and can be asked for."""

_MOST_READ = 300
_REPRINT_SIMILARITY = 0.5


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
    """Put reprints under the article that appeared first; the order of the list is kept.

    Two articles are one text when their summaries share more than half of their word triples
    (Jaccard): who rewrites a text keeps few of them, who reprints it keeps nearly all.
    """
    groups: list[list[ArticleRow]] = []
    triples: list[frozenset[tuple[str, ...]]] = []
    for article in articles:
        own = _triples(article)
        for group, first in zip(groups, triples, strict=True):
            if _similarity(own, first) >= _REPRINT_SIMILARITY:
                group.append(article)
                break
        else:
            groups.append([article])
            triples.append(own)
    # The list runs from new to old, so the last of a group appeared first.
    return [Item(group[-1], tuple(reversed(group[:-1]))) for group in groups]


def _triples(article: ArticleRow) -> frozenset[tuple[str, ...]]:
    found = words(" ".join(sentence.text for sentence in article.summary) or article.title)
    return frozenset(zip(found, found[1:], found[2:], strict=False)) or frozenset([found])


def _similarity(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 0.0
