"""Pages that list articles, for outlets without a feed, and the feeds that a page names."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from cssselect import HTMLTranslator, SelectorError

from bot.intake.body import decode_body
from bot.intake.dates import read_date
from bot.intake.entries import Feed, FeedEntry
from bot.intake.problems import FetchError, FetchProblem

MOST_LINKS = 100

_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
)


def parse_listing(body: bytes, content_type: str, base_url: str, selector: str) -> Feed:
    """Read the links that a CSS selector finds, or that stand inside of what it finds.

    A <time datetime> inside of it dates the article.
    Raises FetchError when there are none; ValueError for a selector that cannot be read.
    """
    tree = _tree(body, content_type)
    entries: dict[str, FeedEntry] = {}
    for element in tree.xpath(_xpath(selector)):
        links = [element] if element.get("href") else element.xpath(".//a[@href]")
        moments = element.xpath(".//time/@datetime")
        for link in links[:1]:
            url = _absolute(link.get("href"), base_url)
            title = " ".join(" ".join(link.itertext()).split()) or link.get("title")
            if url and url not in entries and len(entries) < MOST_LINKS:
                entries[url] = FeedEntry(url, None, title, _date(moments))
    if not entries:
        raise FetchError(FetchProblem.NO_LINKS, selector)
    return Feed(_title(tree), tuple(entries.values()))


def feeds_of_page(body: bytes, content_type: str, base_url: str) -> tuple[str, ...]:
    """List the addresses of the feeds that a page names with <link rel=alternate>."""
    found: list[str] = []
    for link in _tree(body, content_type).xpath("//link[@href and @type]"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        url = _absolute(link.get("href"), base_url)
        if "alternate" in relations and kind in _FEED_TYPES and url and url not in found:
            found.append(url)
    # The feed of comments is never the one that is meant.
    return tuple(sorted(found, key=lambda url: "comment" in url.lower()))


def _tree(body: bytes, content_type: str) -> Any:
    # Only pages need it.
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = decode_body(body, content_type).replace("\x00", "")
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        raise FetchError(FetchProblem.UNREADABLE) from None


def _xpath(selector: str) -> str:
    try:
        return HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"the selector {selector!r} cannot be read: {error}") from None


def _title(tree: Any) -> str | None:
    return " ".join((tree.findtext(".//title") or "").split()) or None


def _date(moments: list[str]) -> datetime | str | None:
    return read_date(moments[0]) if moments else None


def _absolute(link: str, base_url: str) -> str | None:
    try:
        joined = urljoin(base_url, link.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None
