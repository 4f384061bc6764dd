"""From a text and what is known about it to an article that can be stored."""

import hashlib
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
from summarizer.text import read_article

MOST_CHARACTERS = 5_000_000
"""A text longer than this is no article; the archive keeps all of what it accepts."""


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


def make_article(text: str, known: Known, *, outlet_zone: str) -> tuple[NewArticle, Summary]:
    """Read a text, and complete what is known about it by what it states itself.

    outlet_zone: the IANA zone in which outlets state local times.
    Raises UnreadableError when there is no article to be made of it.
    """
    # NUL cannot be stored in PostgreSQL, a lone surrogate nowhere; both keep their place, so that
    # offsets into the text stay true.
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError("the text is longer than any article")
    if not any(char.isalpha() for char in text):
        raise UnreadableError("there is no text in it")
    article = read_article(text, title=known.title)
    head = headline(article)
    summary = lead_summary(article, skip_headline=head.from_body)
    published, has_time = _published(known.published, outlet_zone)
    if published is None and article.dated is not None:
        published, has_time = _local(article.dated, outlet_zone), article.dated_has_time
    new = NewArticle(
        title=head.text,
        title_from_body=head.from_body,
        text=text,
        language=known.language or detect_language(text),
        fingerprint=fingerprint(text),
        url=public_url(known.url),
        outlet=known.outlet or article.outlet,
        published_at=published,
        published_has_time=has_time,
        is_sample=known.is_sample,
    )
    return new, summary


def fingerprint(text: str) -> str:
    """Name a text by its letters and digits: white space and punctuation do not make it another."""
    letters = "".join(char for char in fold(text) if char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def public_url(url: str | None) -> str | None:
    """Give an address back if people can open it: http or https at a named host."""
    if not url or len(url) > 2_048 or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and "." in host else None


def _published(stated: str | datetime | None, zone: str) -> tuple[datetime | None, bool]:
    if stated is None or stated == "":
        return None, False
    if isinstance(stated, datetime):
        return _local(stated, zone), True
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise UnreadableError(f"the date {stated[:40]!r} is not ISO 8601") from None
    return _local(moment, zone), len(stated) > len("2026-01-01")


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC)
