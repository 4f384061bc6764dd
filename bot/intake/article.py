"""From a text and what is known about it to an article that can be stored."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.archive.rows import NewArticle
from summarizer.headline import headline
from summarizer.language import detect_language
from summarizer.lookalikes import fold
from summarizer.summary import Summary
from summarizer.summary.lead import lead_summary
from summarizer.text import ArticleText, read_article

MOST_CHARACTERS = 20_000_000
"""A text longer than this is no article; the archive keeps all of what it accepts."""

_LONGEST_LINE = 200
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]*)?")


class UnreadableError(Exception):
    """There is no article in it; `str()` says why, for the person who brought it."""


@dataclass(frozen=True)
class Known:
    """What is known about a text from outside it; anything may be missing."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: str | datetime | None = None
    """ISO 8601, or a datetime; without a zone it is local time at the outlet."""
    is_sample: bool = False
    author: str | None = None


def make_article(
    text: str, known: Known, *, outlet_zone: str, now: datetime | None = None
) -> tuple[NewArticle, Summary]:
    """Read a text, and complete what is known about it by what it states itself.

    outlet_zone: the IANA zone in which outlets state local times.
    now: when it arrives, UTC; an article that claims to be of a later time is of this one.
    Raises UnreadableError when there is no article to be made of it.
    """
    new, summary, _ = make_and_read(text, known, outlet_zone=outlet_zone, now=now)
    return new, summary


def make_and_read(
    text: str, known: Known, *, outlet_zone: str, now: datetime | None = None
) -> tuple[NewArticle, Summary, ArticleText]:
    """Do what `make_article` does, and give the text as it was read too."""
    text = _storable(text)
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError("the text is longer than any article")
    if not any(char.isalpha() for char in text):
        raise UnreadableError("there is no text in it")
    article = read_article(text, title=_storable(known.title or "").strip() or None)
    head = headline(article)
    summary = lead_summary(article, skip_headline=head.from_body)
    published, has_time = _published(known.published, outlet_zone)
    if published is None and article.dated is not None:
        published, has_time = _local(article.dated, outlet_zone), article.dated_has_time
    if now is not None and published is not None and published > now:
        published = now
    new = NewArticle(
        title=head.text,
        title_from_body=head.from_body,
        text=text,
        language=_language(known.language) or detect_language(text),
        fingerprint=fingerprint(text),
        url=public_url(known.url),
        outlet=_line(known.outlet) or article.outlet,
        published_at=published,
        published_has_time=has_time,
        is_sample=known.is_sample,
        author=_line(known.author),
    )
    return new, summary, article


def fingerprint(text: str) -> str:
    """Name a text by its letters and digits: white space and punctuation do not make it another."""
    letters = "".join(char for char in fold(text) if char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def public_url(url: str | None) -> str | None:
    """Give an address back if people can open it: http or https at a named host."""
    if not url or len(url) > 2_048 or " " in url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and "." in host else None


def _storable(text: str) -> str:
    """Replace what a database refuses, character by character: offsets into the text stay true.

    PostgreSQL keeps no NUL, and no database half of a surrogate pair.
    """
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _line(stated: str | None) -> str | None:
    return " ".join(_storable(stated or "").split())[:_LONGEST_LINE].rstrip() or None


def _language(stated: str | None) -> str | None:
    """Take the language of a tag such as "ru-RU"; what is no tag is not believed."""
    match = _LANGUAGE.fullmatch((stated or "").strip().lower())
    return match[1] if match else None


def _published(stated: str | datetime | None, zone: str) -> tuple[datetime | None, bool]:
    if stated is None or stated == "":
        return None, False
    if isinstance(stated, datetime):
        return _local(stated, zone), True
    try:
        moment = datetime.fromisoformat(stated)
        return _local(moment, zone), len(stated) > len("2026-01-01")
    except (ValueError, OverflowError):
        raise UnreadableError(f"the date {stated[:40]!r} is not ISO 8601") from None


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC)
