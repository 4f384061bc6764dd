"""Meetings and visits: told only where a sentence tells of one that took place."""

import pytest

from summarizer.encounters import EncounterKind
from summarizer.stories_material import Encounter
from tests.stories.prints import material_of

M, V = EncounterKind.MEETING, EncounterKind.VISIT


def encounters(text: str) -> list[tuple[EncounterKind, tuple[str, ...], str | None, str | None]]:
    return [(one.kind, one.people, one.place, one.day) for one in told(text)]


def told(text: str) -> tuple[Encounter, ...]:
    return material_of("Новости дипломатии", text).encounters


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Министр Ерлан Сатпаев совершил рабочий визит в Вашингтон.", "Вашингтон"),
        ("Министр Ерлан Сатпаев посетил Вашингтон с официальным визитом.", "Вашингтон"),
        ("Министр Ерлан Сатпаев прибыл в Астану с двухдневным визитом.", "Астана"),
        ("Министр Ерлан Сатпаев находится с рабочим визитом в Вашингтоне.", "Вашингтон"),
    ],
)
def test_a_visit_has_its_visitor_and_its_place(text: str, place: str) -> None:
    assert encounters(text) == [(V, ("Ерлан Сатпаев",), place, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Министр Ерлан Сатпаев совершит рабочий визит в Вашингтон.",
        "Министр Ерлан Сатпаев планирует посетить Вашингтон.",
        "Министр Ерлан Сатпаев не посетил Вашингтон.",
        "Ерлан Сатпаев рассказал, что сенатор посетил Вашингтон.",
        "Сенатор посетил Вашингтон, сообщил Ерлан Сатпаев.",
        "«Министр Ерлан Сатпаев совершил визит в Вашингтон», — сказал Джон Харт.",
    ],
)
def test_what_is_planned_denied_or_done_by_another_is_no_visit(text: str) -> None:
    assert encounters(text) == []


def test_a_meeting_has_its_day_and_place() -> None:
    text = "3 марта 2026 года Ерлан Сатпаев встретился с Джоном Хартом в Астане."
    [(kind, people, place, day)] = encounters(text)
    assert (kind, place, day) == (M, "Астана", "2026-03-03")
    assert set(people) == {"Ерлан Сатпаев", "Джон Харт"}


def test_of_two_places_nobody_says_which() -> None:
    text = "В Астане и в Алматы Ерлан Сатпаев встретился с Джоном Хартом."
    [(_, _, place, _)] = encounters(text)
    assert place is None


def test_the_sentence_is_where_it_says() -> None:
    text = "Погода хороша. В частности, Ерлан Сатпаев встретился с Джоном Хартом."
    [one] = told(text)
    [span] = one.said.spans
    assert text[span.start : span.end].startswith("В частности, ")
    # By itself it leans on nothing.
    assert one.said.text == "Ерлан Сатпаев встретился с Джоном Хартом."


@pytest.mark.parametrize(
    ("opened", "alone"),
    [
        ("Также Ерлан Сатпаев встретился с Джоном Хартом.", "Ерлан"),
        ("Вместе с тем Ерлан Сатпаев встретился с Джоном Хартом.", "Ерлан"),
        ("Так называемый посредник Ерлан Сатпаев встретился с Джоном Хартом.", "Так"),
    ],
)
def test_a_sentence_by_itself_does_not_begin_with_also(opened: str, alone: str) -> None:
    [one] = told(opened)
    assert one.said.text.startswith(alone)


def test_a_call_counts() -> None:
    text = "Ерлан Сатпаев провёл телефонный разговор с Джоном Хартом."
    assert [one.kind for one in told(text)] == [M]
