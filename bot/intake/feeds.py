"""RSS, Atom and JSON feeds → entries."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from bot.intake.body import decode_body
from bot.intake.dates import read_date
from bot.intake.entries import Feed, FeedEntry
from bot.intake.markup import plain_text
from bot.intake.problems import FetchError, FetchProblem

MOST_ENTRIES = 200
"""A feed with more is read as far as this; the newest come first nearly everywhere."""

_MOST_TITLE = 1_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DOCTYPE_WITHIN = 200_000
# XML 1.0 has no place for them; one in a title would cost the whole feed.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_A_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_A_FEED = re.compile(r"<(?:rss|feed|rdf:rdf|channel)\b|<\w+:(?:feed|RDF)\b", re.IGNORECASE)
_WITHIN = 10_000


def parse_feed(body: bytes, content_type: str, base_url: str) -> Feed:
    """Read a feed of whatever kind.

    content_type: the Content-Type header, for the charset.
    base_url: where it was found; relative addresses count from there.
    Raises FetchError when there is no feed, or none of its entries can be read. A feed that is
    broken further on gives the entries before that, and a problem.
    """
    text = _CONTROLS.sub("", decode_body(body, content_type)).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return _parse_json(text, base_url)
    head = text[:_WITHIN]
    if not _A_FEED.search(head):
        is_page = _A_PAGE.search(head)
        raise FetchError(FetchProblem.NOT_A_FEED, "it is a page" if is_page else "")
    return _parse_xml(text, base_url)


def _parse_xml(text: str, base_url: str) -> Feed:
    # Heavy, and only feeds need it.
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415

    # A document type can only hold entities to blow up; a declaration may state a wrong charset.
    text = _DECLARATION.sub("", text, count=1)
    text = _DOCTYPE.sub("", text[:_DOCTYPE_WITHIN], count=1) + text[_DOCTYPE_WITHIN:]
    try:
        parsed = feedparser.parse(
            text.encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # Nothing of it is shown as markup.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # Markup can break a parser in any way; it shall cost this source alone.
        raise FetchError(FetchProblem.BROKEN_FEED, type(error).__name__) from None
    title = _line(parsed.feed.get("title"))
    entries = tuple(_xml_entry(entry, base_url) for entry in parsed.entries[:MOST_ENTRIES])
    usable = tuple(entry for entry in entries if entry.url or entry.text)
    broken = bool(parsed.get("bozo"))
    if not usable:
        if broken:
            raise FetchError(FetchProblem.BROKEN_FEED, _why(parsed.get("bozo_exception")))
        return Feed(title, (), (f"{FetchProblem.EMPTY_FEED}.",))
    problems = [f"The feed is not well-formed: {_why(parsed.bozo_exception)}."] if broken else []
    if len(usable) < len(entries):
        problems.append(f"Entries with neither link nor text: {len(entries) - len(usable)}.")
    return Feed(title, usable, tuple(problems))


def _xml_entry(entry: dict[str, Any], base_url: str) -> FeedEntry:
    # Past feedparser's own lookup, which takes the one date for the other.
    updated = dict.get(entry, "updated")
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    contents.append(entry.get("summary") or "")
    link = entry.get("link") or _permalink(entry)
    return FeedEntry(
        url=_absolute(link, base_url),
        guid=_line(entry.get("id")),
        title=_line(entry.get("title")),
        published=_date(entry.get("published") or entry.get("created") or updated),
        updated=_date(updated),
        author=_line(entry.get("author")),
        text=plain_text(max(contents, key=len)),
    )


def _permalink(entry: Mapping[str, Any]) -> str | None:
    guid = entry.get("id")
    return guid if isinstance(guid, str) and guid.startswith(("http://", "https://")) else None


def _parse_json(text: str, base_url: str) -> Feed:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise FetchError(FetchProblem.BROKEN_FEED, "it is not JSON") from None
    items = content.get("items")
    if not isinstance(items, list) or "jsonfeed" not in str(content.get("version")):
        raise FetchError(FetchProblem.NOT_A_FEED, "it is JSON of another kind")
    entries = tuple(_json_entries(items[:MOST_ENTRIES], base_url))
    problems = [] if entries else [f"{FetchProblem.EMPTY_FEED}."]
    if entries and len(entries) < len(items[:MOST_ENTRIES]):
        problems.append("Some entries have neither link nor text.")
    return Feed(_line(content.get("title")), entries, tuple(problems))


def _json_entries(items: list[Any], base_url: str) -> Iterator[FeedEntry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        texts = ("content_html", "content_text", "summary")
        name = next((name for name in texts if isinstance(item.get(name), str)), None)
        content = item[name] if name else ""
        url = _absolute(item.get("url") or item.get("external_url"), base_url)
        if not url and not content:
            continue
        yield FeedEntry(
            url=url,
            guid=_line(str(item.get("id") or "")),
            title=_line(item.get("title")),
            published=_date(item.get("date_published")),
            updated=_date(item.get("date_modified")),
            author=_json_author(item),
            text=plain_text(content) if name == "content_html" else content,
        )


def _json_author(item: Mapping[str, Any]) -> str | None:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _line(first.get("name")) if isinstance(first, dict) else None


def _absolute(link: object, base_url: str) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        joined = urljoin(base_url, link.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def _date(stated: object) -> datetime | str | None:
    return read_date(stated) if isinstance(stated, str) else None


def _line(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value[:_MOST_TITLE].split()) or None


def _why(error: object) -> str:
    said = str(getattr(error, "getMessage", lambda: error)())
    return " ".join(said.split())[:200] or "no reason given"
