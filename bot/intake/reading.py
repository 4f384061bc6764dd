"""What a worker process does for the poller: answers of sites → entries and articles."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.archive.source_rows import Arrival
from bot.intake.addresses import believable_canonical
from bot.intake.article import Known, UnreadableError
from bot.intake.body import decode_body
from bot.intake.entries import Feed, FeedEntry
from bot.intake.feeds import parse_feed
from bot.intake.listings import feeds_of_page, parse_listing
from bot.intake.pages import read_page
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.sitemaps import parse_sitemap
from bot.intake.source import SourceSpec
from bot.intake.statements import Statements, read_statements
from bot.intake.store import prepare

_DETECTED = ("ru", "en", "kk")
"""Languages that are told by the text; an outlet may publish in several of them."""

_FEED_IS_BETTER = 1.2
_LOGIN_PATHS = ("login", "signin", "sign-in", "auth", "subscribe", "account")


def read_listed(spec: SourceSpec, body: bytes, content_type: str, url: str) -> Feed:
    """Read what a source lists.

    url: where the body came from in the end.
    Raises FetchError.
    """
    if spec.kind == "listing":
        try:
            return parse_listing(body, content_type, url, spec.selector or "article")
        except ValueError as error:
            raise FetchError(FetchProblem.NO_LINKS, str(error)) from None
    if spec.kind == "sitemap":
        return parse_sitemap(body)
    return parse_feed(body, content_type, url)


def find_feeds(body: bytes, content_type: str, url: str) -> tuple[str, ...]:
    """List the feeds that a page names."""
    return feeds_of_page(body, content_type, url)


def article_of_entry(entry: FeedEntry, spec: SourceSpec, now: datetime) -> Arrival:
    """Make an article of the text that the feed itself gives.

    Raises UnreadableError.
    """
    known = _of_source(Known(title=entry.title, url=entry.url, author=entry.author), spec)
    known = replace(known, published=entry.published)
    return prepare(entry.text, known, outlet_zone=spec.time_zone, now=now, source_id=spec.id)


def article_of_page(
    body: bytes,
    content_type: str,
    url: str,
    now: datetime,
    outlet_zone: str,
    spec: SourceSpec | None = None,
    entry: FeedEntry | None = None,
) -> Arrival:
    """Make an article of a page, or of the feed's own text where that is more.

    url: where the body came from in the end.
    spec, entry: the source that listed it, and as what; what an entry states goes before what the
    page does, but for a time that only the page states.
    Raises FetchError for a page without an article.
    """
    if entry is not None and entry.url and _is_front_page(url, entry.url):
        raise FetchError(FetchProblem.NOT_FOUND, "it leads to the front page")
    markup = decode_body(body, content_type)
    stated = read_statements(markup)
    try:
        text, known = read_page(markup, url)
    except UnreadableError as error:
        asks = stated.asks_to_log_in or _asks_to_log_in(url)
        problem = FetchProblem.LOGIN if asks else FetchProblem.NO_ARTICLE
        raise FetchError(problem, "" if asks else str(error)) from None
    known = _complete(known, stated, entry, url)
    if entry is not None and len(entry.text) > len(text) * _FEED_IS_BETTER:
        text = entry.text
    if spec is not None:
        known = _of_source(known, spec)
    try:
        return prepare(
            text, known, outlet_zone=outlet_zone, now=now, source_id=spec.id if spec else None
        )
    except UnreadableError as error:
        raise FetchError(FetchProblem.NO_ARTICLE, str(error)) from None


def _complete(known: Known, stated: Statements, entry: FeedEntry | None, url: str) -> Known:
    known = replace(
        known,
        url=believable_canonical(stated.canonical, url) or url,
        author=stated.author or known.author,
        published=stated.published or known.published,
    )
    if entry is None:
        return known
    published = entry.published
    if not isinstance(published, datetime):
        only_page = stated.published if isinstance(stated.published, datetime) else None
        published = only_page or published or known.published
    return replace(
        known,
        title=entry.title or known.title,
        published=published,
        author=entry.author or known.author,
    )


def _of_source(known: Known, spec: SourceSpec) -> Known:
    language = None if spec.language in _DETECTED else spec.language
    return replace(known, outlet=spec.outlet, language=language)


def _is_front_page(url: str, wanted: str) -> bool:
    return urlsplit(url).path in ("", "/") and urlsplit(wanted).path not in ("", "/")


def _asks_to_log_in(url: str) -> bool:
    return any(part.startswith(_LOGIN_PATHS) for part in urlsplit(url).path.lower().split("/"))
