"""Sentences of a summary stand by themselves: posts, things, pronouns; neighbours are joined."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.models import load_models
from summarizer.ner import tag
from summarizer.summary import Summary
from summarizer.summary.condense import Condenser
from summarizer.summary.parsed import Document
from summarizer.summary.retelling import dated
from summarizer.text import read_article


class Favourite:
    """Finds worth telling only what stands in sentences with certain words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def __call__(self, document: Document, title: str | None) -> list[list[float]]:
        return [
            [
                0.9 if any(said in sentence.sentence.text for said in self._words) else 0.05
                for _ in sentence.words
            ]
            for sentence in document.sentences
        ]


def condenser(text: str, *favourites: str, title: str | None = "Новости дня") -> Condenser:
    models = load_models()
    article = read_article(text, title=title)
    tagged = tag(text, models, sentences=article.sentences)
    return Condenser(article, tagged, models, scorer=Favourite(*favourites))


def told(text: str, *favourites: str, words: int = 60) -> Summary:
    return condenser(text, *favourites).summary(max_words=words)


VISIT = """\
Министр иностранных дел Казахстана Мухтар Тлеуберди прибыл в столицу Грузии с рабочим визитом.

В ходе переговоров министр предложил открыть в Батуми торговое представительство.

По словам экспертов, грузинская сторона давно ждала от министра такого предложения.
"""


def test_a_post_becomes_the_name_when_the_sentence_that_names_its_holder_is_left_out() -> None:
    summary = told(VISIT, "Батуми", words=12)
    assert summary.text == (
        "В ходе переговоров Мухтар Тлеуберди предложил открыть в Батуми торговое представительство."
    )


def test_a_post_stays_after_the_sentence_that_names_its_holder() -> None:
    text = told(VISIT, "Мухтар", "Батуми").text
    assert "Мухтар Тлеуберди прибыл" in text
    assert "министр предложил" in text


def test_a_post_in_a_case_in_which_the_article_never_has_the_name_is_not_told_alone() -> None:
    summary = told(VISIT, "эксперт", words=14)
    assert "от министра" not in summary.text


TWO_MINISTERS = """\
Министр обороны Руслан Жаксылыков и министр финансов Ерулан Жамаубаев выступили в парламенте.

Министр предупредил депутатов о нехватке денег на ремонт казарм в приграничных областях.
"""


def test_a_post_that_two_hold_becomes_nobodys_name() -> None:
    for words in (12, 15, 30, 60):
        text = told(TWO_MINISTERS, "казарм", words=words).text
        assert "Жаксылыков предупредил" not in text
        assert "Жамаубаев предупредил" not in text


BOOK = """\
На встрече с читателями в Алматы прошла презентация новой книги историков из Вашингтона.

Книга является первым исследованием торговли между двумя странами за тридцать лет.
"""


def test_a_thing_is_not_told_of_before_it_was_introduced() -> None:
    assert not told(BOOK, "первым", words=11).text.startswith("Книга является")
    assert "Книга является" in told(BOOK, "презентация", "первым").text


@pytest.mark.parametrize(
    "kept", ["Президент избирается на семь лет.", "Марат Беков стал министром."]
)
def test_an_office_is_not_taken_for_its_holder(kept: str) -> None:
    text = f"Президент Казахстана Касым-Жомарт Токаев выступил с речью в парламенте.\n\n{kept}"
    summary = told(text, kept.rsplit(maxsplit=1)[-1], words=5)
    assert "Токаев избирается" not in summary.text
    assert "стал Токаев" not in summary.text


CHAIN = """\
Дмитрий Белов рассказал студентам университета о своём детстве и о первых годах службы в банке.

Он вспомнил о трудностях девяностых годов и о старших товарищах.

Он возглавит Национальный банк Казахстана.
"""


def test_a_pronoun_becomes_the_name_past_a_sentence_with_the_same_pronoun() -> None:
    assert told(CHAIN, "возглавит", words=7).text == (
        "Дмитрий Белов возглавит Национальный банк Казахстана."
    )


MEETING = """\
Ержан Казыхан встретился с сенатором Стивом Дэйнсом.

Казыхан обсудил поставки урана.
"""


def test_neighbours_about_one_subject_become_one_sentence_with_both_sources() -> None:
    (sentence,) = told(MEETING, "Казыхан").sentences
    assert sentence.text == (
        "Ержан Казыхан встретился с сенатором Стивом Дэйнсом и обсудил поставки урана."
    )
    assert [MEETING[span.start : span.end] for span in sentence.evidence] == [
        "Ержан Казыхан встретился с сенатором Стивом Дэйнсом.",
        "Казыхан обсудил поставки урана.",
    ]


@pytest.mark.parametrize(
    "second",
    [
        "Казыхан обсудил поставки урана в прошлом году.",
        "Ранее Казыхан обсудил поставки урана.",
        "Казыхан не обсудил поставки урана.",
        "Казыхан обсудит поставки урана.",
        "Дэйнс обсудил поставки урана.",
        "Стороны обсудили поставки урана.",
    ],
)
def test_sentences_stay_two_where_one_would_say_something_else(second: str) -> None:
    text = f"Ержан Казыхан встретился с сенатором Стивом Дэйнсом.\n\n{second}\n"
    assert " и обсуд" not in told(text, "Казыхан", "урана").text


def test_a_denied_sentence_is_not_joined_to() -> None:
    text = "Ержан Казыхан не встретился с сенатором.\n\nКазыхан обсудил поставки урана.\n"
    assert len(told(text, "Казыхан").sentences) == 2


PUBLISHED = date(2024, 3, 26)


@pytest.mark.parametrize(
    ("said", "absolute"),
    [
        (
            "В сентябре прошлого года президенты встретились.",
            "В сентябре 2023 года президенты встретились.",
        ),
        ("В этом году откроют завод.", "В 2024 году откроют завод."),
        ("Саммит пройдёт в следующем году.", "Саммит пройдёт в 2025 году."),
        # Of another year's next year nobody knows from here.
        ("В 2019 году он обещал вернуться в следующем году.", None),
        ("Он сказал: «В прошлом году было хуже».", None),
        ("В конце прошлого учебного года школу закрыли.", None),
    ],
)
def test_years_are_told_by_their_number_where_it_is_certain(
    said: str, absolute: str | None
) -> None:
    assert dated(said, PUBLISHED) == (absolute or said)


def test_a_headline_drops_posts_of_both_names_rather_than_its_end() -> None:
    text = (
        "Глава МИД Казахстана Мухтар Тлеуберди и госсекретарь США Майк Помпео рассказали о планах "
        "совместного сотрудничества в ходе пресс-конференции в Нур-Султане."
    )
    line = condenser(text, "планах", title=None).one_line()
    assert len(line.split()) <= 12
    assert line.startswith("Мухтар Тлеуберди и Майк Помпео рассказали о планах")
    assert not line.endswith("…")


def test_a_headline_keeps_what_the_verb_needs() -> None:
    text = (
        "Бывший президент США Барак Обама с женой Мишель приобрели жильё в Вашингтоне недалеко от "
        "Белого дома в престижном районе столицы, где живут дипломаты и политики страны."
    )
    line = condenser(text, "жильё", title=None).one_line()
    assert len(line.split()) <= 12
    assert "приобрели жильё" in line
    assert not line.endswith("…")


_NAMES = ("Ержан Казыхан", "Мухтар Тлеуберди", "Айгуль Куспан")
_SAID = (
    "прибыл в Вашингтон", "встретился с сенаторами", "обсудил поставки урана",
    "не подписал договор", "вернулся в Астану в 2019 году", "выступил в парламенте",
)  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*_NAMES, "Он", "Она", "Министр", "Посол", "Стороны", "Книга"]),
            st.sampled_from(_SAID),
        ),
        min_size=1,
        max_size=7,
    ),
    st.integers(4, 40),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_told_rests_on_its_spans_and_no_word_is_invented(
    parts: list[tuple[str, str]], words: int
) -> None:
    text = "\n\n".join(f"{who} {did}." for who, did in parts)
    known = {word.strip(".,").lower() for word in text.split()} | {"и"}
    summary = told(text, "Казыхан", "Министр", "Он", "Книга", words=words)
    starts = [span.start for sentence in summary.sentences for span in sentence.evidence]
    assert starts == sorted(set(starts))
    for sentence in summary.sentences:
        assert {word.strip(".,").lower() for word in sentence.text.split()} <= known
        for span in sentence.evidence:
            assert text[span.start : span.end].endswith(".")
