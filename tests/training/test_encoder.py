"""Training the scorer: what is told, a few steps on invented articles, the same sums in numpy."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from summarizer.evaluation.references import Reference
from summarizer.models import load_models
from summarizer.summary.encoder import Encoder
from summarizer.summary.worth import LearnedScorer
from summarizer.summary.worth_features import COLUMNS

torch = pytest.importorskip("torch", reason="training needs the extra `train`")
pytest.importorskip("transformers", reason="training needs the extra `train`")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from training.encoder import Course, WorthNet, encoder_of, fit, save
    from training.examples import Example, folds, make_example

TINY = Course(width=16, layers=2, heads=2, passes=3, batch=2)

TEXT = """Город {city} построит мост

Мэр города {city} {name} объявил в среду о строительстве моста. Мост обойдётся в {sum} миллионов.

Погода стояла хорошая. Гости пили чай. Мост через реку строили и раньше, но чай был другой.
"""
TOLD = "{name}, мэр города {city}, объявил о строительстве моста за {sum} миллионов."


def examples() -> list[Example]:
    models = load_models()
    places = [("Тараз", "Олег Ким", 3), ("Атырау", "Иван Ли", 40), ("Актау", "Пётр Цой", 7)]
    return [
        make_example(
            Reference(
                city,
                TEXT.format(city=city, name=name, sum=cost),
                (TOLD.format(city=city, name=name, sum=cost),),
                (),
            ),
            models,
        )
        for city, name, cost in places
    ]


@pytest.fixture(scope="module", name="made")
def _made() -> list[Example]:
    return examples()


def words_marked(example: Example, marks: np.ndarray) -> set[str]:
    return {lemma for lemma, mark in zip(example.table.lemmas, marks, strict=True) if mark}


def test_words_of_the_reference_are_told_and_others_are_not(made: list[Example]) -> None:
    told = words_marked(made[0], made[0].told)
    assert {"мэр", "тараз", "мост", "миллион", "3"} <= told
    assert not {"чай", "погода", "среда", ""} & told


def test_a_word_comes_from_where_its_neighbours_are(made: list[Example]) -> None:
    example = made[0]
    places = [place for place, lemma in enumerate(example.table.lemmas) if lemma == "мост"]
    assert example.told[places].all()
    assert example.aligned[places].sum() == 1
    assert example.aligned[places[0]] == 1


def test_every_article_is_held_out_once() -> None:
    parts = folds(13)
    assert sorted(n for _, held_out in parts for n in held_out) == list(range(13))
    assert all(not set(learned) & set(held_out) for learned, held_out in parts)


def test_numpy_computes_what_transformers_computes(made: list[Example]) -> None:
    net = WorthNet(TINY).eval().half().float()
    table = made[0].table
    vectors = torch.from_numpy(table.vectors)[None]
    rows = torch.zeros(1, len(table.vectors), len(COLUMNS))
    rows[0, table.titled :] = torch.from_numpy(table.rows)
    kinds = (torch.arange(len(table.vectors)) < table.titled).long()[None]
    with torch.inference_mode():
        wanted = net(vectors, rows, kinds, torch.ones_like(kinds))[0, table.titled :].numpy()
    found = encoder_of(net, TINY).logits(table.vectors, table.rows)
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-4)


def test_a_few_steps_learn_what_is_told_and_are_kept(made: list[Example], tmp_path: Path) -> None:
    course = Course(width=16, layers=1, heads=2, passes=30, batch=3, dropout=0.0, pace=1e-2)
    net = fit(made, course)
    path = tmp_path / "worth.safetensors"
    save(net, course, path)
    scorer = LearnedScorer(load_models(), Encoder.load(path, COLUMNS))
    example = made[1]
    worth = np.concatenate(scorer(example.document, example.article.title))
    is_word = np.array([bool(lemma) for lemma in example.table.lemmas])
    told = example.told > 0
    assert worth[told].mean() > 0.6 > 0.4 > worth[is_word & ~told].mean()


def test_the_same_seed_gives_the_same_weights(made: list[Example]) -> None:
    first, second = (fit(made, TINY).tensors() for _ in range(2))
    assert first.keys() == second.keys()
    assert all((first[name] == second[name]).all() for name in first)
