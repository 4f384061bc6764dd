"""Dates as news writes them, in ISO form with what is known and no more."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.dates import find_dates

TUESDAY = date(2024, 3, 26)

STATED = [
    ("Встреча прошла 26 марта 2024 года.", ["2024-03-26"]),
    ("26.03.2024 06:02", ["2024-03-26"]),
    ("Обновлено 2024-03-26.", ["2024-03-26"]),
    ("Прибыл вечером 1 февраля.", ["--02-01"]),
    ("Поездка 5 января. Однако 2 января её отменили.", ["--01-05", "--01-02"]),
    ("Запуск в 2022 г. двустороннего диалога", ["2022"]),
    ("к концу 2030 года, а не в 2026-м году", ["2030", "2026"]),
    ("План до 2030, не позже.", ["2030"]),
    ("в 2024⁄25 учебном году", ["2024/2025"]),
    ("в 2023–2024 учебном году", ["2023/2024"]),
    ("в 2018–2020 годах", ["2018/2020"]),
    ("с 14 по 16 января", ["--01-14/--01-16"]),
    ("14–16 января 2026 года", ["2026-01-14/2026-01-16"]),
    ("с 28 декабря по 2 января 2026 года", ["2025-12-28/2026-01-02"]),
    ("30 марта – 2 апреля 2025 года", ["2025-03-30/2025-04-02"]),
    ("в марте 2025 года", ["2025-03"]),
    ("за январь–март 2025 года", ["2025-01/2025-03"]),
    ("3 сентября 1996 г. родился", ["1996-09-03"]),
    ("12 мая 2024, в 2025 году", ["2024-05-12", "2025"]),
    ("On March 26, 2024 and on 26 April", ["2024-03-26", "--04-26"]),
    ("in May 2025", ["2025-05"]),
    ("Sept. 3, 2024", ["2024-09-03"]),
    ("by 2030.", ["2030"]),
    ("2026 жылғы 5 наурызда", ["2026-03-05"]),
    ("2026 жылы 5 наурызда", ["2026-03-05"]),
    ("до 2106 года", ["2106"]),
]

RELATIVE = [
    ("в сентябре прошлого года", ["2023-09"]),
    ("вечером 1 февраля", ["2024-02-01"]),
    ("1 декабря вступил в силу", ["2023-12-01"]),
    ("завтра, а не вчера и не сегодня", ["2024-03-27", "2024-03-25", "2024-03-26"]),
    ("на прошлой неделе", ["2024-03-18/2024-03-24"]),
    ("на следующей неделе", ["2024-04-01/2024-04-07"]),
    ("в прошлом году", ["2023"]),
    ("в этом году, как и в будущем году", ["2024", "2025"]),
    ("в следующем месяце", ["2024-04"]),
    ("министр прибыл в понедельник", ["2024-03-25"]),
    ("встреча состоится в среду", ["2024-03-27"]),
    ("в прошлую пятницу", ["2024-03-22"]),
    ("в среду, 27 марта", ["2024-03-27"]),
    ("в мае", ["2024-05"]),
    ("next week, not last month", ["2024-04-01/2024-04-07", "2024-02"]),
    ("с 14 по 16 января", ["2024-01-14/2024-01-16"]),
    ("29 февраля", ["2024-02-29"]),
]

NOT_DATES = [
    "30-летие Независимости",
    "XXI век, в 1990-х годах",
    "2024 тенге и 2500 человек",
    "+7 (7172) 2024-25",
    "тел. 8 727 2024 2025",
    "улица 8 Марта",
    "31 февраля",
    "45 марта",
    "матч закончился 10:30, счёт 12.05",
    "майор 5 батальона",
    "You may go, they march.",
    "в 1789 году",
    "через 3000 лет, в 3024 году",
    "версия 10.15.2021.3",
    "завтра и в понедельник",
    "в мае",
    "С5+1",
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_what_the_text_states_is_enough(text: str, expected: list[str]) -> None:
    assert [found.iso for found in find_dates(text)] == expected


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_the_day_of_publication_tells_the_rest(text: str, expected: list[str]) -> None:
    assert [found.iso for found in find_dates(text, published=TUESDAY)] == expected


@pytest.mark.parametrize("text", NOT_DATES)
def test_numbers_that_are_no_dates_are_left_alone(text: str) -> None:
    assert find_dates(text) == ()


def test_a_day_near_new_year_belongs_to_the_nearer_year() -> None:
    iso = [
        find_dates(text, published=published)[0].iso
        for text, published in [
            ("28 декабря", date(2026, 1, 9)),
            ("5 января", date(2025, 12, 20)),
            ("1 июля", date(2026, 1, 9)),
        ]
    ]
    assert iso == ["2025-12-28", "2026-01-05", "2026-07-01"]


def test_the_preposition_is_not_part_of_the_date() -> None:
    assert find_dates("Запуск в 2022 г. начат")[0].text == "2022 г."


pieces = st.sampled_from(
    [
        "5", "31", "2024", "99", "1900", "мая", "март", "января", "may", "наурыз", " ", ".", "-",
        "–", "/", ",", " года", " г.", "с ", " по ", "в ", "прошлого", "следующей", "неделе",
        "завтра", "понедельник", "\n", "\u00a0", "İ", "Cреду", "👩‍🚀",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(pieces, max_size=25).map("".join),
    st.none() | st.dates(),
)
def test_every_date_stands_in_the_text_and_in_the_calendar(
    text: str, published: date | None
) -> None:
    end = 0
    for found in find_dates(text, published=published):
        assert end <= found.span.start < found.span.end
        end = found.span.end
        assert text[found.span.start : found.span.end] == found.text
        for part in found.iso.split("/"):
            whole = part.replace("--", "2000-")
            numbers = [int(number) for number in whole.split("-")]
            date(*[*numbers, 1, 1][:3])
