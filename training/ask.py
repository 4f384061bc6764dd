"""How surely a sentence answers a question: the weights of `summarizer.ask`, fitted and tried."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]
from sklearn.pipeline import Pipeline, make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from bot.archive import Archive
from summarizer.ask import MOST_ANSWERS
from summarizer.ask_finding import SURE, ranked
from summarizer.ask_likeness import load_likeness
from summarizer.ask_question import read_question
from tests.search.asking import Asked, fill, questions

_ROUNDS, _FOLDS = 8, 6
_PENALTY = 0.5


@dataclass(frozen=True)
class Tried:
    """A question, what its first candidate was rated by, and whether the first three are right."""

    asked: Asked
    seen: NDArray[np.float64] | None
    is_right: bool


def fit_ask() -> None:
    """Print the weights that the questions which are not held apart give, and how they do.

    The archive is that of tests/search: the samples, and the seeds where they are.
    """
    tried = asyncio.run(_try([one for one in questions() if not one.held]))
    with_any = [one for one in tried if one.seen is not None]
    seen = np.array([one.seen for one in with_any])
    is_right = np.array([bool(one.asked.answers) and one.is_right for one in with_any])
    sure = np.zeros(len(with_any))
    for seed in range(_ROUNDS):
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(seen, is_right):
            sure[test] += _fitted(seen[train], is_right[train]).predict_proba(seen[test])[:, 1]
    said = {id(one): bool(rate / _ROUNDS >= SURE) for one, rate in zip(with_any, sure, strict=True)}
    _print(tried, said)
    weights, bias = _raw(_fitted(seen, is_right))
    sys.stdout.write(f"weights {np.round(weights, 2).tolist()}, bias {bias:.2f}\n")


async def _try(asked: Sequence[Asked]) -> list[Tried]:
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{Path(folder) / 'ask.sqlite3'}")
        has_seeds = await fill(archive)
        tried = []
        for one in asked:
            if not has_seeds and one.over != "samples":
                continue
            question = read_question(one.text)
            material = await archive.questions.material(question)
            found = ranked(question, material.known, material.sources, load_likeness())
            texts = [each.sentence for each in found[:MOST_ANSWERS]]
            is_right = any(part in text for text in texts for part in one.answers)
            tried.append(Tried(one, np.array(found[0].seen) if found else None, is_right))
        await archive.close()
    return tried


def _fitted(seen: NDArray[np.float64], is_right: NDArray[np.bool_]) -> Pipeline:
    model = LogisticRegression(C=_PENALTY, class_weight="balanced")
    return make_pipeline(StandardScaler(), model).fit(seen, is_right)


def _raw(fitted: Pipeline) -> tuple[NDArray[np.float64], float]:
    """Give the weights of the features as they come, unscaled."""
    scaler, model = fitted[0], fitted[-1]
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def _print(tried: Sequence[Tried], said: dict[int, bool]) -> None:
    for name in sorted({one.asked.wording for one in tried}):
        group = [one for one in tried if one.asked.wording == name]
        with_answer = [one for one in group if one.asked.answers]
        without = [one for one in group if not one.asked.answers]
        found = sum(one.is_right for one in with_answer)
        right = sum(one.is_right and said.get(id(one), False) for one in with_answer)
        silent = sum(not said.get(id(one), False) for one in without)
        sys.stdout.write(
            f"{name}: among the first three {found} of {len(with_answer)}, said {right}; "
            f"rightly silent {silent} of {len(without)}\n"
        )
