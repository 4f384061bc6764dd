"""The default's scorer: a small BERT on frozen word embeddings, trained from scratch."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save as as_bytes
from torch import nn
from transformers import BertConfig, BertModel, set_seed

from summarizer.summary.encoder import Encoder
from summarizer.summary.worth_features import COLUMNS, TITLE_AT_MOST, VECTOR, WORDS_AT_MOST
from training.examples import Example

WORD_DROPOUT = 0.1
FEATURE_DROPOUT = 0.1
CONTENT, OTHER = 1.3, 0.7
"""What a miss costs on a word that carries content, and on another."""
ALIGNED = 0.6
"""What the second question weighs beside the first."""


@dataclass(frozen=True, slots=True)
class Course:
    """The size of the encoder and how it learns; `seed` decides everything that is random."""

    width: int = 64
    layers: int = 2
    heads: int = 4
    dropout: float = 0.15
    passes: int = 9
    batch: int = 8
    pace: float = 2e-3
    decay: float = 0.05
    seed: int = 0


class WorthNet(nn.Module):
    """BERT on projected embeddings and features, with a shortcut from the features."""

    def __init__(self, course: Course, features: int = len(COLUMNS)) -> None:
        super().__init__()
        self.words = nn.Linear(VECTOR, course.width)
        self.features = nn.Linear(features, course.width)
        self.bert = BertModel(
            BertConfig(
                vocab_size=1,
                hidden_size=course.width,
                num_hidden_layers=course.layers,
                num_attention_heads=course.heads,
                intermediate_size=2 * course.width,
                hidden_act="gelu_new",
                hidden_dropout_prob=course.dropout,
                attention_probs_dropout_prob=course.dropout,
                max_position_embeddings=WORDS_AT_MOST + TITLE_AT_MOST,
            ),
            add_pooling_layer=False,
        )
        self.drop = nn.Dropout(course.dropout)
        self.answer = nn.Linear(course.width, 2)
        self.direct = nn.Linear(features, 2)

    def forward(
        self, vectors: torch.Tensor, rows: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """Give two log odds for each word of a batch, those of titles included."""
        if self.training:
            vectors = vectors * (torch.rand(vectors.shape[:2]) > WORD_DROPOUT)[..., None]
            rows = rows * (torch.rand(rows.shape[0], 1, rows.shape[2]) > FEATURE_DROPOUT)
        state = self.words(self.drop(vectors)) + self.features(rows)
        state = self.bert(
            inputs_embeds=state, token_type_ids=kinds, attention_mask=mask
        ).last_hidden_state
        answer: torch.Tensor = self.answer(self.drop(state)) + self.direct(rows)
        return answer

    def tensors(self) -> dict[str, np.ndarray[Any, Any]]:
        """Give the weights as `Encoder` takes them, in half precision."""
        state = self.state_dict().items()
        return {
            name: tensor.numpy().astype(np.float16)
            for name, tensor in state
            if tensor.dtype == torch.float32 and "word_embeddings" not in name
        }


@dataclass(frozen=True, slots=True)
class _Batch:
    vectors: torch.Tensor
    rows: torch.Tensor
    kinds: torch.Tensor
    mask: torch.Tensor
    answers: torch.Tensor
    costs: torch.Tensor


def fit(examples: Sequence[Example], course: Course) -> WorthNet:
    """Train an encoder; on one machine and thread the same seed gives the same weights.

    Args:
        examples: at least one.
        course: size, pace and seed.
    """
    set_seed(course.seed)
    order = np.random.default_rng(course.seed)
    net = WorthNet(course)
    optimiser = torch.optim.AdamW(net.parameters(), lr=course.pace, weight_decay=course.decay)
    steps = course.passes * -(-len(examples) // course.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, course.pace, total_steps=max(2, steps), pct_start=0.15
    )
    net.train()
    for number in range(course.passes):
        losses = []
        shuffled = order.permutation(len(examples))
        for start in range(0, len(shuffled), course.batch):
            batch = _batch([examples[n] for n in shuffled[start : start + course.batch]])
            loss = _loss(net, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        sys.stderr.write(f"pass {number + 1} of {course.passes}: loss {np.mean(losses):.4f}\n")
    return net.eval()


def encoder_of(net: WorthNet, course: Course) -> Encoder:
    """Give the numpy encoder with a trained network's weights, rounded as they are shipped."""
    return Encoder(net.tensors(), course.heads)


def save(net: WorthNet, course: Course, path: Path) -> None:
    """Write the weights and, beside them, how they were made."""
    path.write_bytes(as_bytes(net.tensors()))
    config = {"columns": COLUMNS, **asdict(course)}
    path.with_suffix(".json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def _loss(net: WorthNet, batch: _Batch) -> torch.Tensor:
    logits = net(batch.vectors, batch.rows, batch.kinds, batch.mask)
    misses = nn.functional.binary_cross_entropy_with_logits(logits, batch.answers, reduction="none")
    cost = (misses[..., 0] + ALIGNED * misses[..., 1]) * batch.costs
    return cost.sum() / batch.costs.sum()


def _batch(examples: Sequence[Example]) -> _Batch:
    size = max(len(example.table.vectors) for example in examples)
    count = len(examples)
    vectors = np.zeros((count, size, VECTOR), np.float32)
    rows = np.zeros((count, size, len(COLUMNS)), np.float32)
    kinds = np.zeros((count, size), np.int64)
    mask = np.zeros((count, size), np.int64)
    answers = np.zeros((count, size, 2), np.float32)
    costs = np.zeros((count, size), np.float32)
    for n, example in enumerate(examples):
        table, end = example.table, len(example.table.vectors)
        vectors[n, :end] = table.vectors
        rows[n, table.titled : end] = table.rows
        kinds[n, : table.titled] = 1
        mask[n, :end] = 1
        answers[n, table.titled : end] = np.stack([example.told, example.aligned], 1)
        costs[n, table.titled : end] = _costs(example)
    return _Batch(*map(torch.from_numpy, (vectors, rows, kinds, mask, answers, costs)))


def _costs(example: Example) -> np.ndarray[Any, Any]:
    """Say how much each word counts: marks do not, nouns and verbs count most."""
    carries = [f"pos:{name}" for name in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV")]
    columns = [COLUMNS.index(name) for name in carries]
    is_content = example.table.rows[:, columns].any(axis=1)
    is_word = np.array([bool(lemma) for lemma in example.table.lemmas], bool)
    return np.where(is_word, np.where(is_content, CONTENT, OTHER), 0.0)
