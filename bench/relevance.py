"""How well and how fast articles are told to be on the beat or not, and how the weights came."""

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.beat import load_beat
from bot.settings import PROJECT
from summarizer.relevance import features, score
from summarizer.terms import Terms
from tests.relevance.labelled import APART, LEARN, Labelled, labelled

ROUNDS = 20
STEPS = 6_000
PACE = 0.5
RESTRAINT = 0.002
"""How much a weight costs: the larger, the less the weights follow single texts."""


async def relevance() -> None:
    """Print precision and recall by half, rightness by kind and language, and the speed."""
    terms = load_beat(PROJECT / "beats" / "kz-us.toml").terms
    started = time.process_time()
    score("Астана", "Вашингтон", terms)
    print(f"making the terms ready                 {time.process_time() - started:6.2f} s")
    texts = [*labelled(LEARN), *labelled(APART)]
    for half in (LEARN, APART):
        _tell(half, labelled(half), terms)
    long_text = "\n".join(text.text for text in texts[:6])
    started = time.process_time()
    for _ in range(ROUNDS):
        for text in texts:
            score(text.title, long_text, terms)
    took = time.process_time() - started
    words = len(long_text.split())
    rate = ROUNDS * len(texts) / took
    print(f"articles of {words} words a second of one core {rate:8.0f}")


async def relevance_weights() -> None:
    """Fit the weights on the learning half and print them as summarizer/relevance.py has them."""
    terms = load_beat(PROJECT / "beats" / "kz-us.toml").terms
    for name, weight in learn(labelled(LEARN), terms).items():
        print(f'    "{name}": {weight:.2f},')


def _tell(half: str, texts: Sequence[Labelled], terms: Terms) -> None:
    said = [(text, score(text.title, text.text, terms).on_beat) for text in texts]
    right = sum(text.on_beat and on for text, on in said)
    precision = right / max(1, sum(on for _, on in said))
    recall = right / max(1, sum(text.on_beat for text, _ in said))
    print(f"{half:<6} {len(texts)} texts   precision {precision:.3f}   recall {recall:.3f}")
    groups: dict[str, list[bool]] = defaultdict(list)
    for text, on in said:
        groups[f"{'on the beat' if text.on_beat else 'beside it'}: {text.kind}"].append(
            on == text.on_beat
        )
        groups[f"language: {text.language}"].append(on == text.on_beat)
    for name, rights in sorted(groups.items()):
        print(f"    {name:<36} {sum(rights):3} of {len(rights):3} right")


def learn(texts: Iterable[Labelled], terms: Terms) -> Mapping[str, float]:
    """Fit the weights: logistic regression with a cost on large weights, by gradient descent."""
    rows = [(features(text.title, text.text, terms), text.on_beat) for text in texts]
    weights = dict.fromkeys(rows[0][0], 0.0)
    for _ in range(STEPS):
        slope = {name: RESTRAINT * weight for name, weight in weights.items()} | {"bias": 0.0}
        for found, on_beat in rows:
            sum_ = sum(weights[name] * value for name, value in found.items())
            miss = 1 / (1 + math.exp(-sum_)) - on_beat
            for name, value in found.items():
                slope[name] += miss * value / len(rows)
        weights = {name: weight - PACE * slope[name] for name, weight in weights.items()}
    return weights
