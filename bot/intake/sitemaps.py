"""News sitemaps → entries."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.intake.dates import read_date
from bot.intake.entries import Feed, FeedEntry
from bot.intake.problems import FetchError, FetchProblem

MOST_ENTRIES = 200
MOST_PARTS = 2
"""How many parts of a sitemap index are read: the newest."""

_NEWS = "{*}news/{*}"


def parse_sitemap(body: bytes) -> Feed:
    """Read a sitemap, newest first, or the parts that a sitemap index names.

    Raises FetchError when it is none.
    """
    # Only sitemaps need it.
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

    # No entities, no document types, nothing from the network: a sitemap needs none of it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise FetchError(FetchProblem.BROKEN_FEED) from None
    kind = etree.QName(root).localname if root is not None else ""
    if kind == "sitemapindex":
        return Feed(None, (), more=tuple(_parts(root)))
    if kind != "urlset":
        raise FetchError(FetchProblem.NOT_A_FEED, "it is no sitemap")
    entries = sorted(_entries(root), key=_moment, reverse=True)[:MOST_ENTRIES]
    problems = () if entries else (f"{FetchProblem.EMPTY_FEED}.",)
    return Feed(None, tuple(entries), problems)


def _entries(root: Any) -> Iterator[FeedEntry]:
    for element in root.iterfind("{*}url"):
        address = (element.findtext("{*}loc") or "").strip()
        if not address.startswith(("http://", "https://")):
            continue
        changed = read_date(element.findtext("{*}lastmod") or "")
        published = read_date(element.findtext(f"{_NEWS}publication_date") or "")
        title = " ".join((element.findtext(f"{_NEWS}title") or "").split())
        yield FeedEntry(address, None, title or None, published, updated=changed)


def _parts(root: Any) -> list[str]:
    dated = [
        (part.findtext("{*}lastmod") or "", (part.findtext("{*}loc") or "").strip())
        for part in root.iterfind("{*}sitemap")
    ]
    newest = sorted(dated, key=lambda part: part[0], reverse=True)
    return [url for _, url in newest if url.startswith(("http://", "https://"))][:MOST_PARTS]


def _moment(entry: FeedEntry) -> datetime:
    stated = entry.published or entry.updated
    if isinstance(stated, str):
        stated = datetime.fromisoformat(stated)
    if stated is None:
        return datetime.min.replace(tzinfo=UTC)
    return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
