"""A credit says who passed the news on and is cut; who said something stays."""

import pytest

from summarizer.text import ArticleText, read_article


def read(sentence: str) -> ArticleText:
    return read_article(f"Заголовок для проверки\n\n{sentence}")


def shown(sentence: str) -> str:
    return " ".join(item.text for item in read(sentence).sentences)


@pytest.mark.parametrize(
    ("sentence", "text", "outlet"),
    [
        (
            "Спикер прилетел в США, передает МИА «Казинформ» со ссылкой на пресс-службу Акорды.",
            "Спикер прилетел в США.",
            "Казинформ",
        ),
        (
            "Стороны провели встречу, передает VRK.News со ссылкой на BaigeNews.kz.",
            "Стороны провели встречу.",
            "VRK.News",
        ),
        ("Сенатор дал интервью, передаёт Kazpravda.kz", "Сенатор дал интервью.", "Kazpravda.kz"),
        ("Посол дала интервью, – сообщает Tengrinews.kz.", "Посол дала интервью.", "Tengrinews.kz"),
        (
            "Закон принят, передает корреспондент агентства Kazinform.",
            "Закон принят.",
            "Kazinform",
        ),
        ("Закон принят, передает корреспондент Казинформа.", "Закон принят.", "Казинформ"),
        ("Закон принят, сообщает пресс-служба Мажилиса.", "Закон принят.", None),
        ("Закон принят, сообщили в пресс-службе МИД.", "Закон принят.", None),
        ("Астанада кездесу өтті, деп хабарлайды Kazinform.", "Астанада кездесу өтті.", "Kazinform"),
        (
            "The minister met senators, The Astana Times reports.",
            "The minister met senators.",
            "The Astana Times",
        ),
    ],
)
def test_a_credit_at_the_end_is_cut(sentence: str, text: str, outlet: str | None) -> None:
    article = read(sentence)
    assert article.sentences[0].text == text
    assert article.outlet == outlet


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (
            "Как сообщает пресс-служба Сената, в ходе беседы было отмечено развитие связей.",
            "В ходе беседы было отмечено развитие связей.",
        ),
        (
            'Как передаёт РИА "Новости" со ссылкой на газету "Время", суд начал слушания по делу.',
            "Суд начал слушания по делу.",
        ),
        (
            "Как сообщает агентство «Восток, Запад и Ко», суд начал слушания по делу.",
            "Суд начал слушания по делу.",
        ),
    ],
)
def test_a_credit_at_the_beginning_is_cut_and_the_rest_stands(sentence: str, text: str) -> None:
    assert shown(sentence) == text


@pytest.mark.parametrize(
    "sentence",
    [
        "Об этом сообщает Reuters.",
        "Об этом передает корреспондент агентства Kazinform.",
        "Об этом 5 мая сообщила пресс-служба правительства.",
        "Пишет ИА REGNUM.",
    ],
)
def test_a_sentence_that_is_all_credit_is_left_out(sentence: str) -> None:
    assert shown(f"Министр прилетел в Астану. {sentence}") == "Министр прилетел в Астану."


@pytest.mark.parametrize(
    "sentence",
    [
        "Суд вынес приговор, сообщил министр юстиции.",
        "Как отметил Мухтар Тлеуберди, страны развивают сотрудничество.",
        "Как сообщил журналу People представитель актёра, свадьба состоится в мае.",
        "Эмир решил передать власть сыну.",
        "Об этом сообщил президент Турции.",
        # What makes a report uncertain is a part of it.
        "Министр уйдёт в отставку, сообщают СМИ.",
        "Глава комиссии уйдёт, передает New York Times со ссылкой на неназванных чиновников.",
        "Без сомнения, пишет газета «Кларин», речь идет об убийстве.",
        # A press service quoted word for word is the speaker.
        "«Мы провели проверку и установили всех виновных лиц», – сообщили в пресс-службе полиции.",
        "Как сообщает пресс-служба, что неудивительно, молчание.",
        "Встреча, о которой сообщает Reuters, прошла 5 мая.",
    ],
)
def test_who_said_it_and_whatever_is_not_certain_stays(sentence: str) -> None:
    assert shown(sentence) == sentence


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("ВАШИНГТОН. КАЗИНФОРМ - ", "Казинформ"),
        ("АСТАНА. СТЕПНОЙ ГОНЕЦ - ", "СТЕПНОЙ ГОНЕЦ"),
        ("АСТАНА. 12 мая. КАЗИНФОРМ /Айша Серик/ - ", "Казинформ"),
        ("АСТАНА, 12 мая — Tengrinews.kz. ", "Tengrinews.kz"),
        ("МОСКВА, 3 мар — РИА Новости. ", "РИА Новости"),
        ("ПЕРМЬ, 17 мая. /ТАСС/. ", "ТАСС"),
        ("БИРОБИДЖАН, 6 ноября, ФедералПресс. ", "ФедералПресс"),
        ("РИАМО - 25 мая. ", "РИАМО"),
        ("Москва. 12 мая. INTERFAX.RU - ", "INTERFAX.RU"),
        ("ASTANA, March 3 (Reuters) — ", "Reuters"),
        ("LONDON (AP) — ", "AP"),
        ("(Reuters) - ", "Reuters"),
        ("WASHINGTON — ", None),
    ],
)
def test_a_dateline_is_cut_and_names_the_outlet(dateline: str, outlet: str | None) -> None:
    article = read(dateline + "Спикер прибыл с визитом.")
    assert article.sentences[0].text == "Спикер прибыл с визитом."
    assert article.outlet == outlet
    assert article.dated is None


@pytest.mark.parametrize(
    "sentence",
    [
        "ОБСЕ — Организация по безопасности.",
        "Астана – Столица Казахстана.",
        "АСТАНА. США - Казахстан: что дальше?",
        "12 мая Токаев подписал закон.",
        "Казахстан, 12 мая, подписал договор.",
        "Казинформ - крупнейшее агентство страны.",
    ],
)
def test_a_sentence_that_looks_like_a_dateline_stays(sentence: str) -> None:
    assert shown(sentence) == sentence
