"""Details: under each sentence of a summary the sentence of the article it rests on."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive.rows import ArticleRow, EvidenceRow, SentenceRow
from bot.briefings.details import unfold
from bot.briefings.render import Reader, Renderer
from bot.formatting import MESSAGE_LIMIT, FormattedText, utf16_length
from bot.settings import PROJECT

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
RENDERER = Renderer(PROJECT / "templates", lambda: NOW)
TEXT = (
    "Cпециальный представитель Ержан Тестов прибыл в Чикаго, передаёт агентство.\n"
    "Он встретился  с мэром.\nПереговоры длились два часа."
)


def article(
    *summary: tuple[str, tuple[int, int]], maker: str = "condensed", model: str | None = None
) -> ArticleRow:
    return ArticleRow(
        id=1,
        title="Тестов прибыл в Чикаго",
        title_from_body=False,
        outlet="Проба",
        url="https://proba.example/1",
        language="ru",
        published_at=NOW,
        published_has_time=True,
        added_at=NOW,
        is_sample=False,
        summary=tuple(SentenceRow(text, (EvidenceRow(1, *span),)) for text, span in summary),
        maker=maker,
        model=model,
    )


def details(row: ArticleRow, text: str = TEXT, language: str = "ru") -> FormattedText:
    return RENDERER.message(
        "telegram/article_details.html.j2",
        Reader(language, "Asia/Almaty"),
        article=row,
        details=unfold(row, text),
        relevance=None,
    )


def quoted(message: FormattedText) -> list[str]:
    text = message.text.encode("utf-16-le")
    return [
        text[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.entities
        if entity["type"] in ("blockquote", "expandable_blockquote")
    ]


CONDENSED = ("Специальный представитель Ержан Тестов прибыл в Чикаго.", (0, 76))
VERBATIM = ("Он встретился с мэром.", (76, 100))


def test_the_source_stands_under_the_sentence_in_its_own_spelling() -> None:
    message = details(article(CONDENSED, VERBATIM))
    source, rest = quoted(message)
    assert source == "Cпециальный представитель Ержан Тестов прибыл в Чикаго, передаёт агентство."
    assert message.text.index(CONDENSED[0]) < message.text.index(source)
    assert rest == "Переговоры длились два часа."


def test_a_sentence_that_is_the_source_is_not_said_twice() -> None:
    message = details(article(VERBATIM))
    assert message.text.count("Он встретился с мэром.") == 1
    assert "Он встретился с мэром. (дословно)" in message.text


def test_who_made_the_summary_is_said() -> None:
    assert "Сжато из предложений самой статьи" in details(article(CONDENSED)).text
    assert "Первые предложения статьи" in details(article(VERBATIM, maker="lead")).text
    written = details(article(CONDENSED, maker="model", model="tiny-1B"), language="en").text
    assert "Written by the model tiny-1B; each sentence was checked" in written


def test_a_place_outside_the_text_shows_nothing_wrong() -> None:
    message = details(article(("Сжато.", (900, 950))))
    assert "Сжато." in message.text


@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=8), st.sampled_from("щ😀 <"))
@settings(max_examples=60, deadline=None)
def test_whatever_its_length_it_fits_one_message(lengths: list[int], letter: str) -> None:
    sentences, text = [], ""
    for length in lengths:
        start = len(text)
        text += f"Слово {letter * length}. "
        sentences.append((f"Сжато {length}.", (start, len(text) - 1)))
    message = details(article(*sentences), text * 3)
    assert utf16_length(message.text) <= MESSAGE_LIMIT
