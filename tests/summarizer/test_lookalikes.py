"""Letters that look the same are repaired in mixed words and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.lookalikes import fold, repair, words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Cпециальный", "Специальный"),  # a Latin C before Cyrillic letters
        ("Kазинформ", "Казинформ"),
        ("Қазaқcтан", "Қазақстан"),
        ("Rеuters", "Reuters"),  # a Cyrillic е among Latin letters
        ("СССP", "СССР"),  # nothing but look-alikes: Cyrillic
    ],
)
def test_a_word_that_mixes_scripts_gets_one(written: str, meant: str) -> None:
    assert repair(written) == meant


@pytest.mark.parametrize(
    "word", ["COVID-19", "Kazpravda.kz", "С5+1", "C5+1", "IT-компания", "BMWшный", "Сенат", "OPEC"]
)
def test_a_word_in_one_script_or_truly_in_two_is_left_alone(word: str) -> None:
    assert repair(word) == word


def test_c5_plus_1_is_the_same_in_either_script() -> None:
    assert fold("саммит C5+1") == fold("Саммит С5+1") == "саммит с5+1"


def test_yo_and_letter_case_do_not_matter() -> None:
    assert fold("Ещё РАЗ") == "еще раз"


def test_words_are_compared_without_marks() -> None:
    assert words("«Визит» — в Нур-Султан!") == ("визит", "в", "нур-султан")


@settings(deadline=None)
@given(st.text())
def test_folding_and_repairing_keep_every_offset(text: str) -> None:
    assert len(fold(text)) == len(repair(text)) == len(text)


@settings(deadline=None)
@given(st.text(alphabet="abcABCаоеАСВ5+1 -ёİßé"))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
