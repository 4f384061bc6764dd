"""The scorers side by side on articles they did not learn from: cross-validation on train."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from summarizer.evaluation.bootstrap import difference
from summarizer.evaluation.references import MEASURES, Scores
from summarizer.models import Models
from summarizer.summary.choose import Scorer
from summarizer.summary.condense import condense
from summarizer.summary.lead import lead_summary
from summarizer.summary.rules_worth import RulesScorer
from summarizer.summary.worth import LearnedScorer
from training.encoder import Course, encoder_of, fit
from training.examples import Example, folds
from training.plain import linear_scorer, trees_scorer

Told = Mapping[str, float]
Learner = Callable[[Sequence[Example]], Scorer]
MAX_WORDS = 60
PARTS = 5
SCORES = Path("eval") / "score.py"


def compare(train: Sequence[Example], dev: Sequence[Example], models: Models, data: Path) -> None:
    """Print the scores of each scorer under the same chooser.

    Two lines for each that learns: on train in five parts, each held out once, and on dev after
    learning from all of train. Decisions belong to the first.

    Args:
        train: articles with references.
        dev: other articles.
        models: the language models.
        data: the folder of the references; eval/score.py is looked for beside its parent.
    """
    scores = Scores(data.parents[1] / SCORES)
    lead_train, lead_dev = ([_lead(each, scores) for each in part] for part in (train, dev))
    _print("lead", lead_train, lead_dev, lead_train, lead_dev)
    rules = RulesScorer(models)
    ruled_train, ruled_dev = (
        [_condensed(each, rules, models, scores) for each in part] for part in (train, dev)
    )
    _print("rules", ruled_train, ruled_dev, lead_train, lead_dev)
    for name, learner in _learners(models).items():
        held_out: list[Told] = [{}] * len(train)
        for learned, apart in folds(len(train), PARTS):
            scorer = learner([train[n] for n in learned])
            for n in apart:
                held_out[n] = _condensed(train[n], scorer, models, scores)
        scorer = learner(train)
        on_dev = [_condensed(each, scorer, models, scores) for each in dev]
        _print(name, held_out, on_dev, lead_train, lead_dev)


def _learners(models: Models) -> dict[str, Learner]:
    def encoder(course: Course) -> Learner:
        def learn(examples: Sequence[Example]) -> Scorer:
            return LearnedScorer(models, encoder_of(fit(examples, course), course))

        return learn

    return {
        "encoder, 2 layers of 64": encoder(Course()),
        "linear": lambda examples: linear_scorer(examples, models),
        "trees": lambda examples: trees_scorer(examples, models),
        "encoder, 1 layer of 32": encoder(Course(width=32, layers=1)),
    }


def _lead(example: Example, scores: Scores) -> Told:
    return _scored(lead_summary(example.article, max_words=MAX_WORDS).text, example, scores)


def _condensed(example: Example, scorer: Scorer, models: Models, scores: Scores) -> Told:
    summary = condense(example.article, example.tagged, models, max_words=MAX_WORDS, scorer=scorer)
    return _scored(summary.text, example, scores)


def _scored(text: str, example: Example, scores: Scores) -> Told:
    return {**scores.of(text, example.reference), "words": float(len(text.split()))}


def _print(
    name: str,
    held_out: Sequence[Told],
    on_dev: Sequence[Told],
    lead_train: Sequence[Told],
    lead_dev: Sequence[Told],
) -> None:
    for kind, told, lead in (("held out", held_out, lead_train), ("dev", on_dev, lead_dev)):
        columns = [m for m in (*MEASURES, "words") if m in told[0]]
        means = "  ".join(f"{m} {np.mean([each[m] for each in told]):.3f}" for m in columns)
        gain, low, high = difference([_rouge(each) for each in told], [_rouge(e) for e in lead])
        sys.stdout.write(
            f"{name:<24} {kind:<9} {means}"
            f"   rouge together against lead {gain:+.3f} ({low:+.3f} to {high:+.3f})\n"
        )
    sys.stdout.flush()


def _rouge(told: Told) -> float:
    return told["r1"] + told["r2"] + told["rl"]
