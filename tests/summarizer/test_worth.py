"""The learned scorer: a worth for every word, the same each time, for any article."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.models import Models, load_models
from summarizer.ner import tag
from summarizer.summary.encoder import Encoder, WeightsError
from summarizer.summary.parsed import Document, parse_article
from summarizer.summary.worth import WEIGHTS, LearnedScorer
from summarizer.summary.worth_features import COLUMNS, WORDS_AT_MOST, word_table
from summarizer.text import read_article

ARTICLE = """Порт Актау расширит терминал

Порт Актау построит второй терминал для зерна, сообщила в среду директор порта Анна Кожина. \
Работы начнутся в мае и обойдутся в 40 миллионов долларов.

По её словам, погода в тот день стояла хорошая. Гости пили чай и смотрели на море.
"""


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models()


@pytest.fixture(scope="module")
def scorer(models: Models) -> LearnedScorer:
    return LearnedScorer(models)


def parsed(text: str, models: Models, *, at_most: int = 40) -> Document:
    article = read_article(text)
    tagged = tag(text, models, sentences=article.sentences)
    return parse_article(article, tagged, models, at_most=at_most)


def test_every_word_has_a_chance_and_every_mark_none(models: Models, scorer: LearnedScorer) -> None:
    document = parsed(ARTICLE, models)
    worth = scorer(document, document.article.title)
    assert [len(row) for row in worth] == [len(s.words) for s in document.sentences]
    for sentence, row in zip(document.sentences, worth, strict=True):
        for word, value in zip(sentence.words, row, strict=True):
            if any(char.isalnum() for char in word.text):
                assert 0 < value < 1
            else:
                assert value == 0


def test_the_same_article_is_scored_the_same(models: Models, scorer: LearnedScorer) -> None:
    document = parsed(ARTICLE, models)
    assert scorer(document, "Порт") == LearnedScorer(models)(parsed(ARTICLE, models), "Порт")


def test_news_is_worth_more_than_the_weather(models: Models, scorer: LearnedScorer) -> None:
    document = parsed(ARTICLE, models)
    worth = scorer(document, document.article.title)
    means = [np.mean([value for value in row if value]) for row in worth]
    assert means[0] > means[1] > means[3]


def test_an_article_without_sentences_is_scored(models: Models, scorer: LearnedScorer) -> None:
    assert scorer(parsed("", models), None) == []


def test_a_huge_article_is_scored_as_far_as_is_read(models: Models, scorer: LearnedScorer) -> None:
    document = parsed(ARTICLE * 300, models, at_most=400)
    worth = scorer(document, "слово " * 10_000)
    assert [len(row) for row in worth] == [len(s.words) for s in document.sentences]
    assert any(worth[0])
    assert not any(worth[-1])
    assert sum(map(len, filter(any, worth))) <= WORDS_AT_MOST


def test_letters_that_have_no_name_are_read(models: Models, scorer: LearnedScorer) -> None:
    document = parsed("Слово 𗀀 и ещё слова здесь.", models)
    assert len(scorer(document, "𗀀")[0]) == len(document.sentences[0].words)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.text(st.sampled_from("абвеио АБ.,!?«»()-–1Яzё\n\t\u0301"), max_size=300),
    title=st.none() | st.text(max_size=80),
)
def test_any_text_has_finite_worth(text: str, title: str | None) -> None:
    models = load_models()
    document = parsed(text, models)
    for row in LearnedScorer(models)(document, title):
        assert all(0 <= value <= 1 for value in row)


def test_links_that_run_in_a_circle_do_no_harm(models: Models) -> None:
    document = parsed(ARTICLE, models)
    first = document.sentences[0]
    words = [
        type(word)(word.text, word.span, word.pos, word.feats, place ^ 1, word.relation)
        for place, word in enumerate(first.words)
    ]
    circling = type(first)(first.sentence, tuple(words), first.paragraph)
    table = word_table(Document(document.article, (circling,), document.tagged), "Порт", models)
    assert np.isfinite(table.rows).all()


def test_the_packaged_weights_are_small_and_of_this_version() -> None:
    assert WEIGHTS.stat().st_size < 20_000_000
    Encoder.load(WEIGHTS, COLUMNS)


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "worth.safetensors"
    path.write_bytes(WEIGHTS.read_bytes())
    config = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))
    config["columns"] = config["columns"][1:]
    path.with_suffix(".json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(WeightsError, match="make train"):
        Encoder.load(path, COLUMNS)
