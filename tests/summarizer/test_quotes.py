"""Who said what: every pattern of saying in the news, and what only looks like one."""

import pytest

from summarizer.analyze import analyze
from summarizer.models import load_models
from summarizer.quotes import find_quotes
from tests.summarizer.quoting import Case, is_right, load_cases

CASES = load_cases()


def test_the_sentences_are_many_and_a_third_of_them_traps() -> None:
    assert len(CASES) >= 120
    assert 3 * sum(case.is_trap for case in CASES) >= len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.text[-60:] for case in CASES])
def test_each_pattern_is_found_with_its_speaker(case: Case) -> None:
    quotes = find_quotes(case.text, case.people, load_models())
    assert is_right(case, quotes), [(q.speaker, q.direct, q.text) for q in quotes]


def test_nineteen_of_twenty_are_right_when_the_people_are_found_too() -> None:
    russian = [case for case in CASES if not case.is_english]
    wrong = [case.text for case in russian if not is_right(case, analyze(case.text).quotes)]
    assert len(wrong) <= len(russian) / 20, wrong


def test_interrupted_speech_gives_its_parts_without_the_words_between() -> None:
    text = "«Мы ждём гостей, — сказал директор завода. — Приезжайте!»"
    quotes = find_quotes(text, (), load_models())
    assert [quote.text for quote in quotes] == ["Мы ждём гостей", "Приезжайте!"]
    assert all(quote.direct and quote.verb == "сказал" for quote in quotes)


def test_a_quote_is_verbatim_with_its_line_ends_and_look_alikes() -> None:
    text = "Больница открылась вчера.\n\n«Cпасибо всем.\n\nМы ждали», — сказал врач."
    (quote,) = find_quotes(text, (), load_models())
    assert quote.text == "Cпасибо всем.\n\nМы ждали" == text[quote.span.start : quote.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "«" * 5_000,
        '"' * 5_000,
        "– " * 5_000,
        "«слово " * 2_000,
        "сказал, что " * 3_000,
        "по словам " * 3_000 + "министра",
        "– Да, – сказал он. " * 1_500,
        "«Да, — сказал он. — Нет», — " * 1_000,
    ],
)
def test_marks_without_end_are_answered(text: str) -> None:
    quotes = find_quotes(text, (), load_models())
    assert all(text[quote.span.start : quote.span.end] == quote.text for quote in quotes)
