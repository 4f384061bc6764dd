"""Scorers without a network, for comparison: logistic regression and boosted trees."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from summarizer.models import Models
from summarizer.summary.choose import Scorer
from summarizer.summary.parsed import Document
from summarizer.summary.worth import per_sentence
from summarizer.summary.worth_features import word_table
from training.examples import Example


def linear_scorer(examples: Sequence[Example], models: Models) -> Scorer:
    """Fit one weight a feature, to the same answers and features as the encoder."""
    return _scorer(LogisticRegression(C=0.3, max_iter=300), examples, models)


def trees_scorer(examples: Sequence[Example], models: Models) -> Scorer:
    """Fit 150 small trees, to the same answers and features as the encoder."""
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=60,
        l2_regularization=5.0,
        random_state=0,
    )
    return _scorer(trees, examples, models)


def _scorer(learner: Any, examples: Sequence[Example], models: Models) -> Scorer:
    rows = np.concatenate([example.table.rows for example in examples])
    told = np.concatenate([example.told for example in examples])
    is_word = np.array([bool(lemma) for example in examples for lemma in example.table.lemmas])
    fitted = learner.fit(rows[is_word], told[is_word])

    def score(document: Document, title: str | None) -> Sequence[Sequence[float]]:
        table = word_table(document, title, models)
        if not table.lemmas:
            return [[0.0] * len(sentence.words) for sentence in document.sentences]
        return per_sentence(document, table, fitted.predict_proba(table.rows)[:, 1])

    return score
