"""Articles as a list tells them: a reprint under its original."""

from dataclasses import dataclass

from bot.archive.rows import ArticleRow


@dataclass(frozen=True)
class Item:
    """An article that is told, and those that reprint it."""

    article: ArticleRow
    reprints: tuple[ArticleRow, ...] = ()


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
