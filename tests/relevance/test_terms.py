"""A term is found in the forms it takes in Russian, Kazakh and English, with its capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.terms import Term, Terms, tokens_of

ANYTHING = Terms(("side",), (Term("it", "term", "side", 1.0, ("море", "US", "С5+1", "а б")),))


def found(form: str, text: str, *, in_kazakh: bool = False) -> int:
    terms = Terms(("side",), (Term("it", "term", "side", 1.0, (form,)),))
    return len(terms.find(tokens_of(text), in_kazakh=in_kazakh))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Казахстан", "О Казахстане говорили с Казахстаном"),
        ("казахстанский", "казахстанскими и казахстанская"),
        ("Акорда", "Акорды и Акорде"),
        ("переговоры", "переговорами о переговорах"),
        ("встретиться", "встретились и встретится"),
        ("Токаев", "Токаевым и Токаева"),
        ("Казыхан", "Казыхана и Казыханом"),
        ("Алматы", "из Алматы в Алматы"),
        ("Нур-Султан", "между Нур-Султаном и «Нур-Султан»"),
        ("поправка Джексона-Вэника", "поправку Джексона — Вэника, поправки Джексона–Вэника"),
        ("США", "США, сша и С.Ш.А. и США"),
        ("US", "The U.S. told us that US talks"),
        ("С5+1", "C5+1, С5 + 1"),
        ("visa", "visas and a visa"),
        ("investor", "investors, the investor's"),
        ("Семей", "семей в Семее и Семей"),
    ],
)
def test_each_of_two_forms_is_found(form: str, text: str) -> None:
    assert found(form, text) == 2


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Қазақстан", "Қазақстанның Қазақстандағы"),
        ("АҚШ", "АҚШ-тың АҚШпен"),
        ("АҚШ доллары", "АҚШ долларының АҚШ долларына"),
        ("Вашингтон", "Вашингтонда Вашингтоннан"),
        ("елшілік", "елшілігі елшілігінің"),
        ("келіссөз", "келіссөздер келіссөздердің"),
        ("Тоқаев", "Тоқаевтың Тоқаевқа"),
        ("инвестор", "инвесторларға инвесторлардың"),
        ("Ақ үй", "Ақ үйде Ақ үйдің"),
    ],
)
def test_each_of_two_kazakh_forms_is_found(form: str, text: str) -> None:
    assert found(form, text, in_kazakh=True) == 2


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("США", "он слышал сша"),
        ("US", "tell us about it"),
        ("РК", "рк"),
        ("Семей", "много семей"),
        ("Visa", "a visa"),
        ("Тараз", "таразы"),
        ("Казахстан", "Казахстанка"),
        ("Америка", "америка"),
    ],
)
def test_what_only_looks_like_it_is_left(form: str, text: str) -> None:
    assert found(form, text) == 0


def test_kazakh_endings_are_looked_for_in_kazakh_text_alone() -> None:
    assert found("Вашингтон", "Вашингтонда", in_kazakh=True) == 1
    assert found("Вашингтон", "Вашингтонда") == 0


def test_the_longest_phrase_wins_and_none_overlap() -> None:
    terms = Terms(
        ("side",),
        (
            Term("страна", "term", "side", 1.0, ("США",)),
            Term("валюта", "term", "nothing", 0.0, ("доллар США",)),
        ),
    )
    hits = terms.find(tokens_of("доллары США, США"), in_kazakh=False)
    assert [hit.term.name for hit in hits] == ["валюта", "страна"]


def test_a_name_with_its_capital_comes_before_a_word_written_anyhow() -> None:
    terms = Terms(
        ("side",),
        (
            Term("семья", "term", "tie", 1.0, ("семья",)),
            Term("Семей", "place", "side", 1.0, ("Семей",)),
        ),
    )
    hits = terms.find(tokens_of("Семей и много семей"), in_kazakh=False)
    assert [hit.term.name for hit in hits] == ["Семей", "семья"]


@given(st.text(max_size=300), st.booleans())
def test_any_text_can_be_searched(text: str, in_kazakh: bool) -> None:
    tokens = tokens_of(text)
    hits = ANYTHING.find(tokens, in_kazakh=in_kazakh)
    places = [hit.at for hit in hits]
    assert places == sorted(set(places))
    assert all(0 <= at < len(tokens) for at in places)


@given(st.text(max_size=300))
def test_tokens_hold_letters_and_keep_their_order(text: str) -> None:
    place = 0
    for token in tokens_of(text):
        place = text.index(token.written, place) + len(token.written)
        assert token.word
