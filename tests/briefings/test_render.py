"""Rendering: whatever an article holds, Telegram accepts the message and nothing is lost."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive.rows import ArticleRow, EvidenceRow, SentenceRow
from bot.briefings.render import Reader, Renderer
from bot.briefings.reprints import fold_reprints
from bot.settings import PROJECT

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
RENDERER = Renderer(PROJECT / "templates", lambda: NOW)

anything = st.text(max_size=300)
titles = st.text(min_size=1, max_size=300)
moments = st.one_of(
    st.none(),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
readers = st.builds(
    Reader,
    st.sampled_from(["ru", "en", "kk"]),
    st.sampled_from(["Asia/Almaty", "America/New_York", "Pacific/Kiritimati", "UTC"]),
)


@st.composite
def articles(draw: st.DrawFn) -> ArticleRow:
    sentences = draw(st.lists(anything, max_size=4))
    return ArticleRow(
        id=draw(st.integers(1, 10**9)),
        title=draw(titles),
        title_from_body=draw(st.booleans()),
        outlet=draw(st.one_of(st.none(), titles)),
        url=draw(st.one_of(st.none(), st.just("https://x.example/?a=1&b=\"<2>'"))),
        language="ru",
        published_at=draw(moments),
        published_has_time=draw(st.booleans()),
        added_at=NOW,
        is_sample=draw(st.booleans()),
        summary=tuple(SentenceRow(text, (EvidenceRow(1, 0, 1),)) for text in sentences),
    )


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(articles(), readers)
@settings(max_examples=150)
def test_a_card_of_any_article_is_accepted_and_whole(article: ArticleRow, reader: Reader) -> None:
    card = RENDERER.message("telegram/article.html.j2", reader, article=article)
    assert letters(article.title) in letters(card.text)
    assert not any(char in card.text for char in "\x00\x1b\u202e")


def test_a_template_that_telegram_would_refuse_comes_out_as_plain_text(tmp_path: Path) -> None:
    (tmp_path / "bad.j2").write_text("<p>Важно: <b>{{ value }}</p>", encoding="utf-8")
    message = Renderer(tmp_path, lambda: NOW).message("bad.j2", Reader("ru", "UTC"), value="<x>")
    assert message.text == "Важно: <x>"
    assert message.entities == ()


def article(number: int, *, original_id: int | None = None) -> ArticleRow:
    return ArticleRow(
        number, f"Заголовок {number}", False, "Издание", None, "ru", None, False, NOW, False, (),
        original_id=original_id,
    )  # fmt: skip


def folded(*articles: ArticleRow) -> list[tuple[int, list[int]]]:
    items = fold_reprints(list(articles))
    return [(item.article.id, [reprint.id for reprint in item.reprints]) for item in items]


def test_reprints_are_folded_under_their_original_where_the_newest_of_them_stands() -> None:
    newest_first = (article(4, original_id=1), article(3), article(2, original_id=1), article(1))

    assert folded(*newest_first) == [(1, [2, 4]), (3, [])]


def test_a_reprint_stands_for_an_original_of_another_week() -> None:
    assert folded(article(9, original_id=1), article(8, original_id=1)) == [(8, [9])]
