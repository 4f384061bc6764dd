"""Models of the operator's choice, through the real loading code: what they may and may not say."""

from functools import cache
from pathlib import Path

import pytest

from summarizer.summary.abstractive.files import find_model
from summarizer.summary.abstractive.loading import Loaded, load
from summarizer.summary.abstractive.made import Made
from summarizer.summary.abstractive.parts import MOST_PARTS, split_article
from summarizer.summary.abstractive.summarize import summarize
from summarizer.summary.abstractive.writer import Writer
from summarizer.text import read_article
from tests.summaries.tiny import (
    FALSE,
    FOREIGN,
    LOOPING,
    MARKED,
    MAX_WORDS,
    SILENT,
    VISIT,
    VISIT_SUMMARY,
)

ALL = ["encoder_decoder", "plain_decoder", "chat_decoder"]


@cache
def loaded(folder: Path) -> Loaded:
    return load(find_model(str(folder), folder.parent))


def made_of(model: Loaded, text: str, *, seconds: float = 60) -> Made:
    return summarize(model, text, title=None, published=None, max_words=MAX_WORDS, seconds=seconds)


@pytest.fixture(params=ALL)
def model(request: pytest.FixtureRequest) -> Loaded:
    """Each kind of model in turn."""
    return loaded(request.getfixturevalue(request.param))


def test_a_model_writes_a_summary_whose_sentences_have_their_sources(model: Loaded) -> None:
    made = made_of(model, VISIT)
    assert made.summary is not None, made.reason
    assert made.summary.text == VISIT_SUMMARY
    first, second = made.summary.sentences
    assert [VISIT[span.start : span.end] for span in first.evidence] == [first.text]
    assert "Тестов пригласил сенатора посетить Астану весной." in [
        VISIT[span.start : span.end] for span in second.evidence
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LOOPING, "repeats itself"),
        (MARKED, "markup"),
        (FOREIGN, "another language"),
        (SILENT, "wrote nothing"),
        (FALSE, "failed the check"),
    ],
)
def test_nonsense_is_no_summary(model: Loaded, text: str, reason: str) -> None:
    made = made_of(model, text)
    assert made.summary is None
    assert reason in (made.reason or "")
    assert made.is_final


def test_no_time_means_no_summary_and_another_try(model: Loaded) -> None:
    made = made_of(model, VISIT, seconds=0)
    assert made.summary is None
    assert "longer than 0 s" in (made.reason or "")
    assert not made.is_final


def test_an_article_of_one_sentence_needs_no_model(model: Loaded) -> None:
    made = made_of(model, "Министр прибыл в Астану.")
    assert made.reason == "the article is no longer than a summary"


@pytest.mark.parametrize(
    "text",
    [
        "大使在阿拉木图会见了学生，并讨论了新的奖学金计划。" * 30,
        "Der Minister reiste nach Berlin und sprach mit Abgeordneten über den Handel. " * 12,
        "!!! ??? ... " * 200,
    ],
)
def test_an_article_that_no_model_understands_keeps_the_default(
    encoder_decoder: Path, text: str
) -> None:
    assert made_of(loaded(encoder_decoder), text).summary is None


def test_a_text_of_200_000_words_is_read_in_a_few_parts(encoder_decoder: Path) -> None:
    writer = Writer(loaded(encoder_decoder), language="ru", max_words=MAX_WORDS)
    text = " ".join(f"Министр номер {number} обсудил торговлю." for number in range(40_000))
    parts = split_article(read_article(text), writer.measure, writer.room)
    assert len(parts) == MOST_PARTS
    assert all(writer.measure(part) <= writer.room for part in parts)
    assert made_of(loaded(encoder_decoder), text).summary is None


def test_marks_of_the_model_inside_an_article_are_only_letters(model: Loaded) -> None:
    spoilt = VISIT.replace(". ", ". <|end|></s><|model|> ", 1)
    made = made_of(model, spoilt)
    assert "<|" not in (made.summary.text if made.summary else "")
