"""What a page states about itself in its head: when it was published, by whom, at which address."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.intake.dates import read_date

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='publish-date' or @name='parsely-pub-date']/@content",
    "//article//time/@datetime",
)
_CANONICAL = "//link[@rel='canonical']/@href"
_AUTHOR = "//meta[@name='author']/@content"
_PASSWORD = "//input[@type='password']"  # noqa: S105
_LONGEST_SCRIPT = 200_000
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Statements:
    """What a page states; None where it states nothing that can be read."""

    published: datetime | str | None = None
    canonical: str | None = None
    author: str | None = None
    asks_to_log_in: bool = False


def read_statements(markup: str) -> Statements:
    """Read what a page states about itself; a page that cannot be parsed states nothing."""
    # Only pages need it.
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = html.HTMLParser(encoding="utf-8")
    try:
        tree = html.document_fromstring(
            markup.replace("\x00", "").encode("utf-8", "replace"), parser=parser
        )
    except (LxmlError, ValueError):
        return Statements()
    article = next(_articles(tree), {})
    dates = [article.get("datePublished"), *(value for q in _PUBLISHED for value in tree.xpath(q))]
    moments = [read_date(date) for date in dates if isinstance(date, str)]
    return Statements(
        published=_best(moments),
        canonical=next(iter(tree.xpath(_CANONICAL)), None),
        author=_author(article) or next(iter(tree.xpath(_AUTHOR)), None),
        asks_to_log_in=bool(tree.xpath(_PASSWORD)),
    )


def _best(moments: list[datetime | str | None]) -> datetime | str | None:
    """Prefer the first with a time to the first day without one."""
    stated = [moment for moment in moments if moment is not None]
    with_time = (moment for moment in stated if isinstance(moment, datetime))
    return next(with_time, stated[0] if stated else None)


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        if len(script) > _LONGEST_SCRIPT:
            continue
        try:
            content = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _with_date(content, 0)


def _with_date(content: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, dict):
        if isinstance(content.get("datePublished"), str):
            yield content
        content = content.get("@graph")
    if isinstance(content, list):
        for part in content:
            yield from _with_date(part, depth + 1)


def _author(article: dict[str, Any]) -> str | None:
    author = article.get("author")
    first = author[0] if isinstance(author, list) and author else author
    name = first.get("name") if isinstance(first, dict) else first
    return name if isinstance(name, str) else None
