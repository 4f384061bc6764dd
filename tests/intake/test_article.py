"""What becomes of a text and of what is said about it, before it is stored."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.rows import NewArticle
from bot.intake.article import Known, UnreadableError, fingerprint, make_article, public_url

ALMATY = "Asia/Almaty"
NEWS = "Министр провёл переговоры в Вашингтоне. Стороны обсудили торговлю."


def made(text: str, **known: object) -> NewArticle:
    return make_article(text, Known(**known), outlet_zone=ALMATY)[0]  # type: ignore[arg-type]


def test_an_article_of_one_word() -> None:
    article, summary = make_article("Мир", Known(), outlet_zone=ALMATY)
    assert (article.title, article.text) == ("Мир", "Мир")
    assert [sentence.text for sentence in summary.sentences] == ["Мир"]


@pytest.mark.parametrize(
    "text",
    [" ".join(f"слово{number}" for number in range(1_000_000)), "ы" * 1_000_000],
    ids=["words", "letters"],
)
def test_an_article_of_a_million_is_stored_whole(text: str) -> None:
    article, summary = make_article(text, Known(), outlet_zone=ALMATY)
    assert article.text == text
    assert len(article.title) < 500
    assert len(summary.sentences[0].text) <= 1_001


@pytest.mark.parametrize("text", ["", "   ", "\0\0", "1234567890", "— !!! —", "😀😀"])
def test_a_text_without_a_letter_is_no_article(text: str) -> None:
    with pytest.raises(UnreadableError, match="there is no text in it"):
        made(text)


@given(text=st.text(st.characters(exclude_categories=[])), label=st.text(st.characters()))
def test_whatever_comes_is_stored_in_full_length_or_refused(text: str, label: str) -> None:
    try:
        article = made(text, title=label, outlet=label, language=label, url=label)
    except UnreadableError:
        return
    assert len(article.text) == len(text)
    for stored in (article.text, article.title, article.outlet or "", article.url or ""):
        assert "\0" not in stored
        stored.encode()
    assert len(article.outlet or "") <= 200
    assert len(article.language) <= 3


def test_what_is_said_about_an_article_counts_more_than_what_it_says_itself() -> None:
    article = made(NEWS, title="Заголовок", outlet=" Учебный \n вестник ", language="kk")
    assert (article.title, article.title_from_body) == ("Заголовок", False)
    assert (article.outlet, article.language) == ("Учебный вестник", "kk")


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("ru-RU", "ru"),
        ("EN", "en"),
        ("kk_KZ", "kk"),
        ("", "ru"),
        ("русский", "ru"),
        ("x" * 100, "ru"),
    ],
)
def test_a_language_is_a_tag_or_is_not_believed(stated: str, language: str) -> None:
    assert made(NEWS, language=stated).language == language


@pytest.mark.parametrize(
    ("stated", "moment", "has_time"),
    [
        ("2026-03-04T10:15:00+05:00", datetime(2026, 3, 4, 5, 15, tzinfo=UTC), True),
        ("2026-03-04T10:15:00Z", datetime(2026, 3, 4, 10, 15, tzinfo=UTC), True),
        ("2026-03-04 10:15", datetime(2026, 3, 4, 5, 15, tzinfo=UTC), True),
        ("2026-03-04", datetime(2026, 3, 3, 19, 0, tzinfo=UTC), False),
        ("", None, False),
    ],
)
def test_a_time_without_a_zone_is_local_at_the_outlet(
    stated: str, moment: datetime | None, has_time: bool
) -> None:
    article = made(NEWS, published=stated)
    assert (article.published_at, article.published_has_time) == (moment, has_time)


@pytest.mark.parametrize(
    "stated", ["вчера", "04.03.2026", "2026-02-30", "0001-01-01", "9999-12-31T23:59:59-12:00"]
)
def test_a_date_that_is_none_is_named(stated: str) -> None:
    with pytest.raises(UnreadableError, match="is not ISO 8601") as refused:
        made(NEWS, published=stated)
    assert stated in str(refused.value)


def test_the_same_text_is_known_by_its_letters() -> None:
    assert fingerprint("Мир, труд — май!") == fingerprint(" МИР\nтруд. Май ")
    assert fingerprint("Мир") != fingerprint("Мор")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "news.example.org/1",
        "ftp://example.org/1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://localhost/1",
        "http://[::1/1",
        "https://example.org/two words",
        "https://example.org/\u202egnp.exe",
        "https://example.org/" + "x" * 3_000,
    ],
)
def test_an_address_that_people_cannot_open_is_none(url: str | None) -> None:
    assert public_url(url) is None


def test_an_address_that_people_can_open() -> None:
    assert public_url("https://пример.рф/новость?x=1#a") == "https://пример.рф/новость?x=1#a"
