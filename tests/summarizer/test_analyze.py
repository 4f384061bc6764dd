"""One call understands an article, whatever the text, and everything can be traced to it."""

import subprocess
import sys
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.analyze import analyze
from summarizer.spans import Span
from summarizer.text import READ_AT_MOST

ARTICLE = """Сенат принял делегацию

26.03.2024 06:02 Политика

Спикер Сената Анна Ветрова приняла сенатора Конгресса США Линду Моррис. Встреча прошла в Астане.

«Мы давно ждали этого визита», — сказала Анна Ветрова. Она отметила, что торговля выросла вдвое.

В сентябре прошлого года стороны подписали договор в Вашингтоне, а 5 мая встретятся снова.

Читайте также:
«Мы всё успеем», — заявил Пётр Лишний 1 января 2020 года
"""


def test_an_article_is_understood() -> None:
    found = analyze(ARTICLE)
    assert found.title == "Сенат принял делегацию"
    assert found.language == "ru"
    assert [person.name for person in found.people] == ["Анна Ветрова", "Линда Моррис"]
    said = [(quote.speaker, quote.text, quote.direct) for quote in found.quotes]
    assert said == [
        ("Анна Ветрова", "Мы давно ждали этого визита", True),
        ("Анна Ветрова", "торговля выросла вдвое", False),
    ]
    assert {place.name for place in found.places} >= {"Астана", "Вашингтон"}
    assert "Конгресс США" in [organisation.name for organisation in found.organisations]
    assert [found.iso for found in found.dates] == ["2023-09", "2024-05-05"]
    assert found.summary.text.startswith("Спикер Сената")


def test_the_day_given_goes_before_the_one_stated() -> None:
    found = analyze(ARTICLE, published=datetime(2025, 1, 2))  # noqa: DTZ001 - only the day counts
    assert [found.iso for found in found.dates] == ["2024-09", "2025-05-05"]


def test_a_title_given_apart_is_kept_and_a_paraphrase_is_no_quote() -> None:
    found = analyze("Посол Мария Кроу отметила, что дороги готовы.", title="Дороги готовы")
    assert found.title == "Дороги готовы"
    assert [(quote.text, quote.direct) for quote in found.quotes] == [("дороги готовы", False)]


def test_the_same_place_in_other_cases_is_one_and_in_the_nominative() -> None:
    found = analyze("Делегация прибыла из Нью-Йорка. В Нью-Йорке прошла встреча.")
    assert [(place.name, len(place.mentions)) for place in found.places] == [("Нью-Йорк", 2)]


def test_importing_it_loads_no_models() -> None:
    code = (
        "import sys, summarizer.analyze;"
        "sys.exit(any(name in sys.modules for name in ('slovnet', 'navec', 'pymorphy3', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _spans(found: Analysis) -> list[Span]:
    entities = (*found.organisations, *found.places)
    return [
        *(span for person in found.people for span in person.mentions),
        *(span for entity in entities for span in entity.mentions),
        *(span for sentence in found.summary.sentences for span in sentence.evidence),
        *(quote.span for quote in found.quotes),
        *(date.span for date in found.dates),
    ]


def check(text: str, found: Analysis) -> None:
    for span in _spans(found):
        assert 0 <= span.start < span.end <= len(text)
    for quote in found.quotes:
        assert text[quote.span.start : quote.span.end] == quote.text
        assert quote.speaker is None or quote.speaker in {p.name for p in found.people}
    for mention in found.dates:
        assert text[mention.span.start : mention.span.end] == mention.text
    for person in found.people:
        written = {text[span.start : span.end] for span in person.mentions}
        assert written == set(person.surfaces)


def test_every_kind_of_bad_text_is_answered() -> None:
    sentence = "Министр Иван Петров сказал, что «работа идёт по плану», 5 мая 2024 года в Астане. "
    texts = [
        "", " ", "Слово", "12345", "!!!", "你好，世界", "שלום עולם אמר השר",
        "👩‍🚀 🇰🇿 «👍» — сказал он",
        "МИНИСТР ИВАН ПЕТРОВ ЗАЯВИЛ: «МЫ ГОТОВЫ К РАБОТЕ» В АСТАНЕ",
        "министр иван петров заявил мы готовы к работе в астане пятого мая",
        "Mинистр Ивaн Пeтров скaзал: «Гoтово всё и сразу»", "\ud800 \x00 «\u202e» – \ufeff",
        ", ".join(f"Пётр Ладьин{'а' * (n % 3)}" for n in range(2_000)),
        sentence * 12_500,
        "слово " * 200_000,
    ]  # fmt: skip
    for text in texts:
        found = analyze(text)
        check(text, found)
        assert all(span.end <= READ_AT_MOST for span in _spans(found))


pieces = st.sampled_from(
    [
        "«", "»", '"', "“", "”", "„", "— ", "– ", "- ", ", ", ". ", ": ", "! ", "\n", "\n\n", " ",
        "сказал ", "отметила, что ", "добавил он", "По словам ", "по её словам, ", "Как отметил ",
        "заявил: ", "посол ", "Министр энергетики ", "Анна Ветрова", "Ерлана Сагимова", "он ",
        "Мы готовы", "С5+1", "Cпасибо", "5 мая", "2024 года", "said ", "İ", "👩‍🚀", "\u00ad",
        "\ud800", "שלום", "Читайте также:", "К. Токаев", "США ", "Сената ", "который ", "слова ",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.lists(pieces, max_size=40).map("".join),
        st.text(st.characters(exclude_categories=()), max_size=200),
    ),
    st.none() | st.dates(),
)
def test_everything_found_stands_in_the_text(text: str, published: date | None) -> None:
    found = analyze(text, published=published)
    check(text, found)
    assert analyze(text, published=published) == found
