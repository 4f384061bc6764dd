"""A story says what its articles say: once, with its places, and where they do not agree."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import DateMention
from summarizer.differences import DifferenceKind, differences
from summarizer.figures import find_figures
from summarizer.models import load_models
from summarizer.spans import Span
from summarizer.stories_material import Material, Said
from summarizer.story_summary import news, tell
from summarizer.text import read_article
from summarizer.upcoming import find_upcoming, period
from tests.stories.prints import DAY, material_of

ONE = material_of(
    "Компания купит 300 локомотивов",
    "Железная дорога подписала контракт на 300 локомотивов. Сумма сделки составила 4,2 млрд "
    "долларов. Поставки начнутся 1 июня 2026 года.",
)
TWO = material_of(
    "Локомотивы обойдутся в 4,1 млрд",
    "Железная дорога подписала контракт на 300 локомотивов. Сумма сделки составила 4,1 млрд "
    "долларов. Собирать машины станут на заводе в Астане, где работают две тысячи человек.",
)


def said(text: str) -> Said:
    return Said(text, (Span(0, len(text)),))


def plain(*sentences: str, language: str = "ru", headline: str = "Заголовок") -> Material:
    return Material(language, headline, tuple(map(said, sentences)))


def found(kind: DifferenceKind, *materials: Material) -> list[set[str]]:
    """Give the values that stand side by side."""
    return [
        {statement.value for statement in difference.statements}
        for difference in differences(materials)
        if difference.kind is kind
    ]


def test_lines_do_not_repeat_one_another() -> None:
    told = tell([ONE, TWO])
    texts = [line.text for line in told.lines]
    assert len(texts) == len(set(texts)) <= 3
    assert sum("300 локомотивов" in text for text in texts) == 1


def test_a_sentence_that_two_say_names_both() -> None:
    first = tell([ONE, TWO]).lines[0]
    assert {source for source, _ in first.said_by} == {0, 1}


def test_figures_that_differ_stand_side_by_side() -> None:
    assert found(DifferenceKind.NUMBER, ONE, TWO) == [{"4,2 млрд долларов", "4,1 млрд долларов"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Погибли 5 человек.", "Ранены 12 человек."),
        (
            "Сумма сделки составила около 100 млн долларов.",
            "Сумма сделки составила 97 млн долларов.",
        ),
        (
            "Сумма сделки составила более 4 млрд долларов.",
            "Сумма сделки составила 4,2 млрд долларов.",
        ),
        ("Завод построят за 3 млн долларов.", "Школу откроют за 5 млн долларов."),
        ("Сумма сделки составила 4,2 млрд долларов.", "Сумма сделки составила 4200 млн долларов."),
    ],
)
def test_what_is_another_thing_or_agrees_is_no_difference(one: str, other: str) -> None:
    assert not differences([material_of("Первый", one), material_of("Второй", other)])


def test_a_source_that_gives_both_figures_contradicts_nobody() -> None:
    both = material_of(
        "Итоги",
        "Сумма сделки составила 4,1 млрд долларов. С учетом сборов сумма сделки составила 4,2 млрд "
        "долларов.",
    )
    assert not found(DifferenceKind.NUMBER, ONE, both)


def test_a_call_beside_a_meeting() -> None:
    call = material_of("Разговор", "Ерлан Сатпаев провел телефонный разговор с Джоном Хартом.")
    meeting = material_of("Встреча", "Ерлан Сатпаев встретился с Джоном Хартом в Астане.")
    assert found(DifferenceKind.EVENT, call, meeting) == [{"телефонный разговор", "встретился"}]
    assert not found(DifferenceKind.EVENT, call, call)


def test_two_days_of_one_thing() -> None:
    one = material_of("Форум", "Форум инвесторов открылся в Алматы 5 марта 2026 года.")
    two = material_of("Форум", "Форум инвесторов открылся в Алматы 6 марта 2026 года.")
    assert found(DifferenceKind.DATE, one, two) == [{"5 марта 2026 года", "6 марта 2026 года"}]


def test_two_holders_of_one_post() -> None:
    one = material_of("Визит", "Посол США в Казахстане Джон Харт посетил Актау.")
    two = material_of("Визит", "Посол США в Казахстане Марк Доусон посетил Актау.")
    assert found(DifferenceKind.NAME, one, two) == [{"Джон Харт", "Марк Доусон"}]


def test_a_name_spelt_otherwise_is_no_difference() -> None:
    one = material_of("Визит", "Министр торговли США Говард Лютник посетил Актау.")
    two = material_of("Визит", "Министр торговли США Говард Латник посетил Актау.")
    assert not found(DifferenceKind.NAME, one, two)


def test_russian_is_told_where_there_is_russian() -> None:
    english = plain("The contract was signed in Astana.", language="en", headline="Contract signed")
    told = tell([english, ONE])
    assert told.headline == ONE.headline
    assert all(source == 1 for line in told.lines for source, _ in line.said_by)
    assert tell([english]).headline == "Contract signed"


def test_a_neutral_headline_comes_before_a_loud_one() -> None:
    loud = plain("Цены выросли на хлеб и молоко.", headline="Катастрофа! Цены выросли?")
    calm = plain("Цены выросли на хлеб и молоко.", headline="Цены на хлеб и молоко выросли")
    assert tell([loud, calm]).headline == calm.headline


def test_a_sentence_that_leans_on_another_does_not_follow() -> None:
    told = tell([plain("Завод открыли в Актау.", "Он выпустит сто машин ежегодно для экспорта.")])
    assert [line.text for line in told.lines] == ["Завод открыли в Актау."]


def test_news_is_what_nobody_said_before() -> None:
    later = plain(
        "Железная дорога подписала контракт на 300 локомотивов.",
        "Парламент потребовал проверить закупку независимыми аудиторами.",
    )
    assert [line.text for line in news([ONE, TWO], [later])] == [later.sentences[1].text]


def test_what_lies_ahead_is_told_by_day() -> None:
    told = tell([ONE])
    assert [(one.starts_on, one.said.text) for _, one in told.upcoming] == [
        ("2026-06-01", "Поставки начнутся 1 июня 2026 года.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Саммит может пройти 5 мая 2026 года.",
        "Если договорятся, саммит состоится 5 мая 2026 года.",
        "Саммит прошел 5 мая 2025 года.",
        "Саммит состоится в 2027 году.",
        "Саммит 5 мая 2026 года отменен, он не состоится.",
    ],
)
def test_what_is_not_certain_does_not_lie_ahead(text: str) -> None:
    assert not material_of("Саммит", text).upcoming


def test_without_a_publication_nothing_lies_ahead() -> None:
    sentence = read_article("Саммит состоится 5 мая 2026 года.").sentences
    stated = (DateMention("5 мая 2026 года", Span(17, 32), "2026-05-05"),)
    assert not find_upcoming(sentence, stated, None)
    assert find_upcoming(sentence, stated, DAY)


@pytest.mark.parametrize(
    ("iso", "days"),
    [
        ("2026-05-05", (date(2026, 5, 5), date(2026, 5, 5))),
        ("2026-02", (date(2026, 2, 1), date(2026, 2, 28))),
        ("2026-05-05/2026-05-07", (date(2026, 5, 5), date(2026, 5, 7))),
        ("2026", None),
        ("--05-05", None),
        ("2026-02-31", None),
        ("2026-05-07/2026-05-05", None),
    ],
)
def test_a_stated_period(iso: str, days: tuple[date, date] | None) -> None:
    assert period(iso) == days


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Контракт на 4,2 млрд долларов.", [("4,2 млрд долларов", 4.2e9, "$")]),
        ("Курс вырос на 3 процента.", [("3 процента", 3, "%")]),
        ("Подписано 13 двусторонних документов.", [("13 двусторонних документов", 13, "документ")]),
        ("Собрали 12 500 тенге.", [("12 500 тенге", 12_500, "₸")]),
        ("Worth $4.1 billion.", [("$4.1 billion", 4.1e9, "$")]),
        ("Встреча 5 марта 2026 года в 10:30.", []),
        ("Формат «С5+1» и Ту-154.", []),
        ("Указ № 25 от 05.03.2026.", []),
    ],
)
def test_a_figure_is_an_amount_of_something(
    text: str, figures: list[tuple[str, float, str]]
) -> None:
    assert [
        (one.value, one.amount, one.unit) for one in find_figures(text, load_models())
    ] == figures


@given(st.lists(st.lists(st.text(max_size=60), max_size=5), min_size=1, max_size=6))
def test_anything_can_be_told(stories: list[list[str]]) -> None:
    told = tell([plain(*sentences, headline=" ".join(sentences)) for sentences in stories])
    assert len(told.lines) <= 3
    assert len(told.headline.split()) <= 12
    for line in told.lines:
        assert line.text == line.said_by[0][1].text


def test_who_met_whom_is_told_once_by_who_says_where_and_when() -> None:
    bare = material_of("Встреча", "Ерлан Сатпаев встретился с Джоном Хартом. Стороны довольны.")
    full = material_of(
        "Переговоры", "3 марта 2026 года Сатпаев Ерлан встретился с Джоном Хартом в Астане."
    )
    [(source, one)] = tell([bare, full]).encounters
    assert source == 1
    assert (one.place, one.day) == ("Астана", "2026-03-03")


def test_a_visitor_who_met_somebody_is_told_by_the_meeting() -> None:
    text = (
        "Министр Ерлан Сатпаев совершил визит в Вашингтон. "
        "Ерлан Сатпаев встретился с Джоном Хартом."
    )
    [(_, one)] = tell([material_of("Визит", text)]).encounters
    assert set(one.people) == {"Ерлан Сатпаев", "Джон Харт"}


def test_a_figure_keeps_the_word_that_makes_it_a_bound() -> None:
    [(_, one)] = tell([material_of("Учёба", "В США учатся более 3 000 граждан.")]).figures
    assert one.value == "более 3 000 граждан"


def test_an_event_that_is_named_by_itself_is_that_of_those_named_around() -> None:
    video = material_of(
        "Переговоры",
        "О встрече договорились Ерлан Сатпаев и Джон Харт. Встреча прошла по видеосвязи.",
    )
    call = material_of("Звонок", "Ерлан Сатпаев провёл телефонный разговор с Джоном Хартом.")
    assert found(DifferenceKind.EVENT, video, call) == [{"по видеосвязи", "телефонный разговор"}]


def test_no_line_breaks_off_within_a_quotation() -> None:
    told = tell([plain("Министр открыл центр.", "«Мы начинаем. ", "Работы много», — сказал он.")])
    assert [line.text for line in told.lines] == ["Министр открыл центр."]
