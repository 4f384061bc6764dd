"""How a query is read, and what is said when it cannot be."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.operators import Problem, QuerySyntaxError
from bot.search.query import MOST_TERMS, Query, parse, plain_query


def words(query: Query) -> list[tuple[str, ...]]:
    return [term.words for term in query.wanted.terms]


def test_words_are_looked_for_without_prepositions() -> None:
    assert words(parse("визы в США")) == [("визы",), ("сша",)]
    assert words(parse("в на")) == [("в",), ("на",)]


@pytest.mark.parametrize("quotes", ['""', "«»", "“”", "„“", '«"'])
def test_a_phrase_stands_in_any_quotation_marks(quotes: str) -> None:
    [term] = parse(f"{quotes[0]}торговые отношения{quotes[1]}").wanted.terms
    assert term.exact
    assert term.words == ("торговые", "отношения")


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("person:Токаев", "people", ("Токаев",)),
        ('кто:"У. Зея"', "people", ("У. Зея",)),
        ("лицо: Казыхан", "people", ("Казыхан",)),
        ("from:Казинформ", "outlets", ("Казинформ",)),
        ("от:«Полынь-информ»", "outlets", ("Полынь-информ",)),
        ("lang:kk", "languages", ("kk",)),
        ("язык:русский", "languages", ("ru",)),
        ("тіл:қазақ", "languages", ("kk",)),
    ],
)
def test_operators_in_each_language(text: str, field: str, value: tuple[str, ...]) -> None:
    assert getattr(parse(text).wanted, field) == value


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("after:2026-11-01", datetime(2026, 10, 31, 19, tzinfo=UTC)),
        ("после:01.11.2026", datetime(2026, 10, 31, 19, tzinfo=UTC)),
        ("after:2026-11", datetime(2026, 10, 31, 19, tzinfo=UTC)),
        ("after:2026", datetime(2025, 12, 31, 19, tzinfo=UTC)),
    ],
)
def test_days_begin_where_the_reader_lives(text: str, after: datetime) -> None:
    assert parse(text, "Asia/Almaty").after == after


def test_minus_leaves_out_words_phrases_and_what_operators_name() -> None:
    query = parse('Токаев -виза -"новый закон" -from:Проба -усть-каменогорск')
    assert words(query) == [("токаев",)]
    assert [(t.words, t.exact) for t in query.excluded.terms] == [
        (("виза",), False),
        (("новый", "закон"), True),
        (("усть", "каменогорск"), True),
    ]
    assert query.excluded.outlets == ("Проба",)


def test_initials_are_not_looked_for() -> None:
    assert words(parse("К.-Ж. Токаев")) == [("токаев",)]
    assert words(parse("U.S. visas")) == [("us",), ("visas",)]


@pytest.mark.parametrize(
    ("text", "problem", "part", "instead"),
    [
        ("", Problem.EMPTY, "", ""),
        ("--- !!! ***", Problem.EMPTY, "--- !!! ***", ""),
        ('""', Problem.EMPTY, '""', ""),
        ("\u200b\u2060", Problem.EMPTY, "\u200b\u2060", ""),
        ("-виза", Problem.ONLY_EXCLUDED, "-виза", ""),
        ('визы "для студентов', Problem.UNCLOSED, '"для студентов', "визы для студентов"),
        ("автор:Иванов", Problem.UNKNOWN_OPERATOR, "автор:", "автор Иванов"),
        ("person:", Problem.NO_VALUE, "person:", ""),
        ("person: from: after:", Problem.NO_VALUE, "person:", ""),
        ('от:""', Problem.NO_VALUE, "от:", ""),
        ("after:вчера", Problem.NO_DATE, "after:вчера", ""),
        ("after:2026-02-30", Problem.NO_DATE, "after:2026-02-30", ""),
        ("before:0001-01-01", Problem.NO_DATE, "before:0001-01-01", ""),
        ("lang:xx", Problem.UNKNOWN_LANGUAGE, "lang:xx", ""),
    ],
)
def test_what_is_wrong_is_named_with_its_part(
    text: str, problem: Problem, part: str, instead: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert (caught.value.problem, caught.value.part, caught.value.instead) == (
        problem,
        part,
        instead,
    )


def test_dates_that_leave_no_day_between_them() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("after:2026-12 before:2026-11")
    assert caught.value.problem is Problem.CROSSED_DATES


def test_more_words_than_can_be_looked_for() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(" ".join(f"слово{number}" for number in range(100)))
    assert caught.value.problem is Problem.TOO_MANY
    assert len(parse(caught.value.instead).wanted.terms) <= MOST_TERMS


def test_a_colon_after_a_word_of_a_sentence_is_no_operator() -> None:
    assert words(parse("Тема: визит")) == [("тема",), ("визит",)]
    assert words(parse("https://proba.example/1"))[0] == ("https",)


SIGNS = st.sampled_from([*"\"«»“”-−:*^(){}[]<>&|!'\\%_;. ", "person:", "от:", "after:", "AND"])


@given(st.lists(st.one_of(SIGNS, st.text(max_size=6))).map("".join))
def test_any_text_is_read_or_explained(text: str) -> None:
    try:
        query = parse(text, "Asia/Almaty")
    except QuerySyntaxError:
        return
    for term in (*query.wanted.terms, *query.excluded.terms):
        assert term.words
        assert all(word.replace("+", "").isalnum() for word in term.words)
        assert query.text[term.start : term.end] == term.written


@given(st.text(max_size=5_000))
def test_plain_words_never_fail(text: str) -> None:
    assert len(plain_query(text).wanted.terms) <= MOST_TERMS
