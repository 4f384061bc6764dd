"""Words of a text, and the dictionary forms they are found under."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.lemmas import lemmas
from summarizer.words import LONGEST_WORD, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ёлка, ёж", ["елка", "еж"]),
        ("С5+1 и C5 + 1", ["с5+1", "и", "с5+1"]),
        ("Cпециальный", ["специальный"]),
        ("казахстанско-американский", ["казахстанско", "американский"]),
        ("К.-Ж.Токаев", ["к", "ж", "токаев"]),
        ("U.S. troops", ["us", "troops"]),
        ("3\u00a0000 граждан в 2024", ["3000", "граждан", "в", "2024"]),
        ("Но\u200bвости, сло\u00adво", ["новости", "слово"]),
        ("и\u0306од", ["йод"]),
        ("Kazakhstan's", ["kazakhstan"]),
        ("Қазақстан", ["қазақстан"]),
        ("<b>&amp;</b>", ["b", "amp", "b"]),
        ("' OR 1=1 -- \" * ^ ( ) NEAR/2", ["or", "1", "1", "near", "2"]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart(text: str, words: list[str]) -> None:
    assert [word.text for word in words_of(text)] == words


@given(st.text())
def test_words_hold_nothing_that_a_database_reads_as_a_sign(text: str) -> None:
    at = 0
    for word in words_of(text):
        assert word.text.replace("+", "").isalnum()
        assert "+" not in word.text or word.text in ("с5+1", "b5+1")
        assert len(word.text) <= LONGEST_WORD
        assert at <= word.start < word.end <= len(text)
        at = word.end


SAME = [
    ("соглашение", "соглашениями"),
    ("подписать", "подписанный"),
    ("токаев", "токаеву"),
    ("токаев", "токаева"),
    ("казыхан", "казыханом"),
    ("жусанбекова", "жусанбековой"),
    ("человек", "людей"),
    ("visas", "visa"),
    ("sign", "signed"),
    ("agree", "agreed"),
    ("елшісі", "елші"),
    ("домбыра", "домбыраны"),
]
OTHER = [("сталь", "стали"), ("казахстан", "казань"), ("минск", "министр"), ("visa", "visit")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_one_word_share_a_dictionary_form(one: str, other: str) -> None:
    in_kazakh = any(letter in "әғқңөұүһі" for letter in one + other) or one == "домбыра"
    assert lemmas(one, kazakh=in_kazakh) & lemmas(other, kazakh=in_kazakh)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_share_none(one: str, other: str) -> None:
    assert not lemmas(one) & lemmas(other)
