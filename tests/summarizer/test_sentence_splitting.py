"""Sentences end where a reader would say they do."""

import pytest

from summarizer.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Реформы К.Токаева, в т.ч. закон, одобрены.", "Н. Назарбаев и др. были там."],
        ["Стороны договорились о запуске в 2022 г. двустороннего Диалога.", "Он важен."],
        ["Стороны подписали договор в ноябре 2022 г.", "Президент заявил об этом вчера."],
        ["В 2001—2009 гг. Виктор Черномырдин был послом.", "Затем он ушёл."],
        ["— Хорошо, — сказал он.", "— Приду завтра."],
        ["«Как дела?» — спросил министр.", "Ответа не было."],
        ["Он пишет для St. Louis Post-Dispatch.", "Mr. Smith left."],
        ["Проданы картины «Зима. Каток» и «Лес».", "Цена не названа."],
        ["Проведение операции г. Алматы, ул. Абая.", "Конец."],
        ["Выросло на 5 млн. долларов.", "Сайт Mail.Ru работает."],
    ],
)
def test_known_errors_are_mended(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_a_missing_space_after_a_full_stop_is_seen() -> None:
    text = "Министр вышел.Она ушла."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "Министр вышел.",
        "Она ушла.",
    ]


def test_a_mark_alone_is_no_sentence() -> None:
    text = 'Связи крепнут. (...) США помогут...(...). "'
    assert len(split_sentences(text)) == 2
