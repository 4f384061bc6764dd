"""The language of an article is told by its letters, also where it quotes another language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language import detect_language

RU = "Министр иностранных дел провёл переговоры в Вашингтоне и вернулся в Астану. "
EN = "The foreign minister held talks in Washington and flew back to Astana. "
KK = "Сыртқы істер министрі Вашингтонда келіссөз жүргізіп, Астанаға қайтып оралды. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RU, "ru"),
        (EN, "en"),
        (KK, "kk"),
        (RU.upper(), "ru"),
        (KK.upper(), "kk"),
        (RU * 3 + EN, "ru"),
        (EN * 3 + RU, "en"),
        (KK * 2 + RU * 2, "kk"),
        (KK * 3 + EN, "kk"),
        (RU * 3 + "Газета «Егемен Қазақстан», аким Қайрат Нұртай, посёлок Шөптікөл.", "ru"),
        (EN * 2 + "The party «Аманат» and the newspaper «Егемен Қазақстан» agreed.", "en"),
        ("Токаев в США: C5+1, Boeing, SpaceX и Chevron", "ru"),
        ("Да", "ru"),
        ("Yes", "en"),
        ("Иә, әрине", "kk"),
    ],
)
def test_by_what_most_of_it_is_written_in(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "2026", "— … 😀", "新华社", "العربية"])
def test_where_there_is_nothing_to_tell_by_it_is_the_language_of_most_sources(text: str) -> None:
    assert detect_language(text) == "ru"


@given(st.text())
def test_it_is_always_one_of_the_languages_of_the_product(text: str) -> None:
    assert detect_language(text) in {"ru", "en", "kk"}
