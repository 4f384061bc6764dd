"""Feeds of every kind and in every state: what can be read is read, and why the rest is not."""

import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.dates import read_date
from bot.intake.entries import Feed, FeedEntry
from bot.intake.feeds import MOST_ENTRIES, parse_feed
from bot.intake.listings import feeds_of_page, parse_listing
from bot.intake.markup import plain_text
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.sitemaps import parse_sitemap

BASE = "https://news.example.org/feed"
ALMATY = timezone(timedelta(hours=5))
RSS = "<rss version='2.0'><channel><title>Проба</title>{}</channel></rss>"
ITEM = "<item><title>{0}</title><link>https://news.example.org/{0}</link></item>"


def feed(text: str | bytes, content_type: str = "application/xml") -> Feed:
    return parse_feed(
        text.encode("utf-8", "replace") if isinstance(text, str) else text, content_type, BASE
    )


def only(text: str | bytes) -> FeedEntry:
    [entry] = feed(text).entries
    return entry


def problem_of(text: str | bytes) -> FetchProblem:
    with pytest.raises(FetchError) as raised:
        feed(text)
    return raised.value.problem


def test_rss() -> None:
    entry = only(
        RSS.format(
            "<item><title>Встреча &amp; переговоры</title><link>/1?utm_source=rss</link>"
            "<guid isPermaLink='false'>n1</guid><author>a@b.kz (А. Омаров)</author>"
            "<pubDate>Sun, 22 Nov 2026 10:00:00 +0500</pubDate>"
            "<description>&lt;p&gt;Коротко.&lt;/p&gt;&lt;p&gt;Ясно.&lt;/p&gt;</description></item>"
        )
    )

    assert entry.url == "https://news.example.org/1?utm_source=rss"
    assert (entry.title, entry.guid) == ("Встреча & переговоры", "n1")
    assert entry.published == datetime(2026, 11, 22, 10, 0, tzinfo=ALMATY)
    assert entry.text == "Коротко.\n\nЯсно."


def test_atom_with_its_whole_content() -> None:
    entry = only(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Проба</title><entry><title>Да</title>"
        "<link href='https://news.example.org/2'/><id>urn:2</id><updated>2026-11-22T05:00:00Z"
        f"</updated><summary>Нет</summary><content type='html'>{'Слово ' * 300}</content></entry>"
        "</feed>"
    )

    assert entry.url == "https://news.example.org/2"
    assert entry.published == datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    assert entry.is_whole


def test_json_feed() -> None:
    entry = only(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [
                    {
                        "id": 7,
                        "url": "/7",
                        "title": "Да",
                        "content_html": "<p>Текст</p>",
                        "date_published": "2026-11-22T10:00:00+05:00",
                        "authors": [{"name": "А. Омаров"}],
                    }
                ],
            }
        )
    )

    assert (entry.url, entry.guid, entry.text) == ("https://news.example.org/7", "7", "Текст")
    assert entry.author == "А. Омаров"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings_with_and_without_a_declaration(encoding: str, *, declared: bool) -> None:
    titles = "".join(ITEM.format(f"Министр-иностранных-дел-Казахстана-{n}") for n in range(5))
    head = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>" if declared else ""

    found = feed((head + RSS.format(titles)).encode(encoding))

    assert found.entries[0].title == "Министр-иностранных-дел-Казахстана-0"


def test_a_declaration_that_lies_is_not_believed() -> None:
    text = "<?xml version='1.0' encoding='windows-1251'?>" + RSS.format(ITEM.format("Астана"))

    assert only(text.encode()).title == "Астана"


def test_a_feed_that_breaks_off_gives_what_it_has_and_says_so() -> None:
    text = RSS.format(ITEM.format("a") + ITEM.format("b") + ITEM.format("c"))

    found = feed(text[: text.index("<link>https://news.example.org/c")])

    assert [entry.title for entry in found.entries] == ["a", "b"]
    assert "not well-formed" in found.problems[0]


BOMB = (
    "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'ха-ха-ха'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)


def test_an_entity_bomb_does_not_go_off() -> None:
    entry = only(BOMB + RSS.format(ITEM.format("&j;")))

    assert len(entry.title or "") < 100


def test_an_entity_does_not_read_files() -> None:
    xml = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>" + RSS.format(ITEM.format("&f;"))

    assert "root:" not in (only(xml).title or "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", FetchProblem.NOT_A_FEED),
        ("<html><body>Войдите</body></html>", FetchProblem.NOT_A_FEED),
        ("Просто текст", FetchProblem.NOT_A_FEED),
        ("{}", FetchProblem.NOT_A_FEED),
        ('{"items": []}', FetchProblem.NOT_A_FEED),
        ("{broken", FetchProblem.BROKEN_FEED),
        ('{"a":' * 100_000, FetchProblem.BROKEN_FEED),
        ("<rss><channel><item><title>", FetchProblem.BROKEN_FEED),
    ],
)
def test_what_is_no_feed_has_a_reason(text: str, problem: FetchProblem) -> None:
    assert problem_of(text) is problem


def test_an_empty_feed_is_a_note_and_no_failure() -> None:
    found = feed(RSS.format(""))

    assert found.entries == ()
    assert found.problems == ("The feed has no entries.",)


def test_entries_without_title_id_or_link_are_kept_as_far_as_they_say_something() -> None:
    found = feed(
        RSS.format(
            "<item><description>Только текст.</description></item><item></item>"
            "<item><guid>https://news.example.org/g</guid></item><item><title>Имя</title></item>"
        )
    )

    assert [(entry.url, entry.text) for entry in found.entries] == [
        (None, "Только текст."),
        ("https://news.example.org/g", ""),
    ]
    assert found.problems == ("Entries with neither link nor text: 2.",)


def test_control_characters_cost_nothing() -> None:
    assert only(RSS.format(ITEM.format("a\x00\x08b\x1f"))).title == "ab"


def test_a_feed_of_thousands_is_read_as_far_as_is_sensible() -> None:
    found = feed(RSS.format("".join(ITEM.format(n) for n in range(3_000))))

    assert len(found.entries) == MOST_ENTRIES


def test_one_entry_of_megabytes_is_read() -> None:
    big = RSS.format(f"<item><link>/1</link><description>{'Слово ' * 400_000}</description></item>")

    assert only(big).is_whole


def test_the_same_entry_has_the_same_key_whatever_its_guid_and_tracking() -> None:
    def entry(url: str, guid: str) -> FeedEntry:
        return FeedEntry(url, guid, "Да", None)

    one = entry("https://m.example.org/1?utm_source=rss#top", "a1")
    assert one.key == entry("https://example.org/1", "b2").key
    assert one.key != entry("https://example.org/2", "a1").key


def test_a_change_gives_another_stamp_but_a_clock_does_not() -> None:
    now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def stamp(updated: datetime | None, text: str = "Да") -> str:
        entry = FeedEntry("https://example.org/1", None, "Да", None, updated=updated, text=text)
        return entry.stamp(unstable_after=now - timedelta(minutes=2))

    assert stamp(now) == stamp(now - timedelta(minutes=1)) == stamp(None)
    assert stamp(now - timedelta(hours=1)) != stamp(None)
    assert stamp(None, "Нет") != stamp(None)


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("Sun, 22 Nov 2026 10:00:00 +0500", datetime(2026, 11, 22, 10, tzinfo=ALMATY)),
        ("Sun, 22 Nov 2026 10:00:00", datetime(2026, 11, 22, 10)),  # noqa: DTZ001
        ("2026-11-22T10:00:00+05:00", datetime(2026, 11, 22, 10, tzinfo=ALMATY)),
        ("2026-11-22 10:00", datetime(2026, 11, 22, 10)),  # noqa: DTZ001
        ("2026-11-22", "2026-11-22"),
        ("Вс, 22 ноября 2026 10:00:00 +0500", datetime(2026, 11, 22, 10, tzinfo=ALMATY)),
        ("22 ноября 2026 г.", "2026-11-22"),
        ("2026 жыл 22 қараша 10:00", datetime(2026, 11, 22, 10)),  # noqa: DTZ001
        ("November 22, 2026 10:00 UTC", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("22. November 2026 10:00", datetime(2026, 11, 22, 10)),  # noqa: DTZ001
        ("22 novembre 2026", "2026-11-22"),
        ("22 Kasım 2026 10:00", datetime(2026, 11, 22, 10)),  # noqa: DTZ001
        ("22 листопада 2026", "2026-11-22"),
        ("Sun, 07 Feb 2106 06:28:15 GMT", datetime(2106, 2, 7, 6, 28, 15, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("вчера", None),
        ("", None),
        ("3/4/2026", None),
    ],
)
def test_dates_in_many_forms_and_unknown_ones_stay_unknown(
    stated: str, read: datetime | str | None
) -> None:
    assert read_date(stated) == read


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("a.title", ["/1"]),
        ("div.news > a", ["/1"]),
        (".news a[href*='/world/']", ["/world/2"]),
        ("h3, a[href^='/1']", ["/1", "/3"]),
        ("article", ["/4"]),
    ],
)
def test_a_listing_gives_the_links_that_its_selector_finds(selector: str, found: list[str]) -> None:
    page = (
        "<div class='big news'><a class='title' href='/1'>Раз</a><p><a href='/world/2'>Два</a></p>"
        "</div><h3 id='x'><a href='/3'>Три</a></h3>"
        "<article><a href='/4'>Четыре</a><time datetime='2026-11-22T10:00:00Z'></time></article>"
    )

    listed = parse_listing(page.encode(), "text/html", "https://news.example.org/", selector)

    assert [entry.url for entry in listed.entries] == [
        f"https://news.example.org{path}" for path in found
    ]


def test_a_listing_without_links_is_a_reason() -> None:
    with pytest.raises(FetchError, match="selector finds"):
        parse_listing(b"<p>.</p>", "text/html", "https://news.example.org/", "a.title")


@pytest.mark.parametrize("selector", ["", "a >", "> a", "a[", "a,,b", "a:unheard-of"])
def test_a_selector_that_cannot_be_read_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        parse_listing(b"<a href='/1'>.</a>", "text/html", "https://news.example.org/", selector)


def test_a_page_names_its_feeds_comments_last() -> None:
    page = (
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed'>"
        "<link rel='alternate' type='application/atom+xml' href='/atom'>"
        "<link rel='alternate' hreflang='kk' href='/kk'><link rel='stylesheet' href='/x.css'>"
    )

    assert feeds_of_page(page.encode(), "text/html", "https://e.org/") == (
        "https://e.org/atom",
        "https://e.org/comments/feed",
    )


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://e.org/old</loc><lastmod>2026-11-01</lastmod></url>
<url><loc>https://e.org/new</loc><news:news><news:title>Новое</news:title>
<news:publication_date>2026-11-22T10:00:00+05:00</news:publication_date></news:news></url></urlset>"""


def test_a_news_sitemap_newest_first() -> None:
    found = parse_sitemap(SITEMAP.encode())

    assert [(entry.url, entry.title) for entry in found.entries] == [
        ("https://e.org/new", "Новое"),
        ("https://e.org/old", None),
    ]


def test_an_index_of_sitemaps_names_its_newest_parts() -> None:
    parts = "".join(
        f"<sitemap><loc>https://e.org/{n}.xml</loc><lastmod>2026-11-0{n}</lastmod></sitemap>"
        for n in range(1, 5)
    )

    assert parse_sitemap(f"<sitemapindex>{parts}</sitemapindex>".encode()).more == (
        "https://e.org/4.xml",
        "https://e.org/3.xml",
    )


@pytest.mark.parametrize("body", [b"", b"<html/>", b"\x00\x01", gzip.compress(b"x", mtime=0)])
def test_what_is_no_sitemap_has_a_reason(body: bytes) -> None:
    with pytest.raises(FetchError):
        parse_sitemap(body)


def test_a_bomb_in_a_sitemap_does_not_go_off() -> None:
    found = parse_sitemap((BOMB + SITEMAP.split("?>", 1)[1].replace("Новое", "&j;")).encode())

    assert all(len(entry.title or "") < 100 for entry in found.entries)


PIECES = (
    "<rss>|<channel>|<item>|</item>|<title>|</title>|<link>|/1|</link>|<![CDATA[|]]>|&amp;|&nope;"
)
pieces = st.lists(st.sampled_from(PIECES.split("|")) | st.text(max_size=8), max_size=30)


@given(parts=pieces, framed=st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_a_feed_holds_it_is_read_or_refused(parts: list[str], framed: bool) -> None:
    text = "".join(parts)
    with suppress(FetchError):
        found = feed(RSS.replace("{}", text) if framed else text)
        assert all(entry.url or entry.text for entry in found.entries)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_come_they_are_read_or_refused(body: bytes) -> None:
    with suppress(FetchError):
        parse_feed(body, "", BASE)
    with suppress(FetchError):
        parse_sitemap(body)


@given(st.text(max_size=300))
def test_plain_text_has_no_more_letters_than_its_markup(markup: str) -> None:
    text = plain_text(markup.replace("&", ""))
    assert sum(map(str.isalpha, text)) <= sum(map(str.isalpha, markup))


@given(st.text(max_size=60))
def test_whatever_a_date_says_it_is_read_or_unknown(stated: str) -> None:
    read = read_date(stated)
    assert read is None or isinstance(read, datetime) or datetime.fromisoformat(read)
