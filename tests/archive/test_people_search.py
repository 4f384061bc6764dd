"""Finding a person by any form of the name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archive import Archive
from bot.archive.people_rows import KnownPerson
from summarizer.name_keys import differ_in_ending, folded_name, name_words, sound, take_apart
from tests.archive.people_making import article_with, person, who

NAMES = (
    "Ержан Казыханов",
    "Роберт Адерхольтер",
    "Майк Помпетти",
    "Касым-Мурат Тестаев",
    "Сауле Омарбекова",
    "Достоевский Фёдоров",
    "У. Зеева",
)


async def filled(archive: Archive) -> Archive:
    await article_with(archive, *map(person, NAMES))
    return archive


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("Казыханов", "Ержан Казыханов"),
        ("казыханов", "Ержан Казыханов"),
        ("КАЗЫХАНОВ", "Ержан Казыханов"),
        ("kazykhanov", "Ержан Казыханов"),
        ("Erzhan Kazykhanov", "Ержан Казыханов"),
        ("Yerzhan Kazykhanov", "Ержан Казыханов"),
        ("Казыханову", "Ержан Казыханов"),
        ("о Ержане Казыханове", "Ержан Казыханов"),
        ("с Казыхановым", "Ержан Казыханов"),
        ("Казыханов Ержан", "Ержан Казыханов"),
        ("Е. Казыханов", "Ержан Казыханов"),
        ("Е.Казыханов", "Ержан Казыханов"),
        ("Е.Казыхановым", "Ержан Казыханов"),
        ("Казыхонов", "Ержан Казыханов"),
        ("Козыханов", "Ержан Казыханов"),
        ("Казханов", "Ержан Казыханов"),
        ("Казыхановв", "Ержан Казыханов"),
        ("kazikhanov", "Ержан Казыханов"),
        ("Ержан", "Ержан Казыханов"),
        ("посол Казыханов", "Ержан Казыханов"),
        ("Р. Адерхольтер", "Роберт Адерхольтер"),
        ("R. Aderholter", "Роберт Адерхольтер"),
        ("Aderholter", "Роберт Адерхольтер"),
        ("Адерхольтера", "Роберт Адерхольтер"),
        ("Адерхольтэр", "Роберт Адерхольтер"),
        ("Адрехольтер", "Роберт Адерхольтер"),
        ("Помпетти", "Майк Помпетти"),
        ("Помпети", "Майк Помпетти"),
        ("Pompetti", "Майк Помпетти"),
        ("Майка Помпетти", "Майк Помпетти"),
        ("Тестаев", "Касым-Мурат Тестаев"),
        ("Тестаевым", "Касым-Мурат Тестаев"),
        ("Касыммурат Тестаев", "Касым-Мурат Тестаев"),
        ("К.-М. Тестаев", "Касым-Мурат Тестаев"),
        ("Тестаевтың", "Касым-Мурат Тестаев"),
        ("Омарбековой", "Сауле Омарбекова"),
        ("Сауле Омарбекову", "Сауле Омарбекова"),
        ("Зеева", "У. Зеева"),
        ("Узра Зеева", "У. Зеева"),
        ("Зееву", "У. Зеева"),
    ],
)
async def test_any_form_of_a_name_finds_the_person(
    sqlite_archive: Archive, asked: str, answers: str
) -> None:
    assert await who(await filled(sqlite_archive), asked) == [answers]


@pytest.mark.parametrize("asked", ["", " ", "…", "12", "Е.", "Ы", "Незнамов"])
async def test_a_name_that_nobody_bears_finds_nobody(sqlite_archive: Archive, asked: str) -> None:
    assert await who(await filled(sqlite_archive), asked) == []


async def test_a_slip_of_a_letter_is_a_guess(archive: Archive) -> None:
    await filled(archive)
    assert (await archive.people.find("Казыхонов")).is_guess
    assert (await archive.people.find("John Казыханов")).is_guess
    assert not (await archive.people.find("Казыхановым")).is_guess


async def test_several_bearers_come_with_the_most_mentioned_first(archive: Archive) -> None:
    await article_with(archive, person("Юрий Кимов"), person("Денис Кимов"))
    await article_with(archive, person("Денис Кимов"))
    assert await who(archive, "Кимов") == ["Денис Кимов", "Юрий Кимов"]
    assert await who(archive, "Ю. Кимов") == ["Юрий Кимов"]


async def test_the_name_as_it_stands_comes_before_its_cases(archive: Archive) -> None:
    await article_with(archive, person("Ержан Омаров"), person("Сауле Омарова"))
    assert await who(archive, "Омарова") == ["Сауле Омарова"]
    assert await who(archive, "Омаров") == ["Ержан Омаров"]
    assert await who(archive, "Омаровым") == ["Ержан Омаров"]


async def test_people_of_the_beat_are_known_before_any_article(archive: Archive) -> None:
    await archive.people.take_over([KnownPerson("Касым Токанов", "Kassym Tokanov", ("Қасым",))])
    [row] = (await archive.people.find("tokanov")).people
    assert (row.name, row.latin, row.articles) == ("Касым Токанов", "Kassym Tokanov", 0)


ANYTHING = st.text(max_size=40) | st.text("абвёЁқҚ aбZ.-’'ʼDżİ", max_size=40)


@given(ANYTHING)
def test_taking_names_apart_never_fails(text: str) -> None:
    for word in name_words(text):
        assert sound(word).isascii()
    parts = take_apart(text)
    assert (parts is None) == (not name_words(text))
    assert folded_name(folded_name(text)) == folded_name(text)


@given(ANYTHING, ANYTHING)
def test_differing_in_an_ending_is_mutual(one: str, other: str) -> None:
    left, right = sound(one), sound(other)
    assert differ_in_ending(left, right) == differ_in_ending(right, left)
    assert differ_in_ending(left, left)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(asked=ANYTHING)
async def test_asking_for_anything_gives_an_answer(sqlite_archive: Archive, asked: str) -> None:
    await sqlite_archive.people.find(asked)
