"""How fast an article is understood, in how much memory, and who said what in the real ones."""

import json
import os
import re
import resource
import time
from pathlib import Path
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analyze import analyze

SHARED = Path(__file__).parents[2] / "shared" / "data"
ROUNDS = 8
GOAL_PER_SECOND = 8.0
GOAL_MEGABYTES = 400
_WORD = re.compile(r"\w+")


async def analysis() -> None:
    """Print speed, memory and the scores on the gold of the real articles, beside their goals."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        print(f"skipped: the five real articles are not here ({folder})")
        return
    # The goal is for one core; more threads only get in one another's way in matrices this small.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    started = time.perf_counter()
    found = {name: analyze(text) for name, text in texts.items()}
    first = time.perf_counter() - started
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for text in texts.values():
            analyze(text)
        times.append(time.perf_counter() - started)
    speed = len(texts) / sorted(times)[len(times) // 2]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"models loaded and five articles, the first time      {first:8.1f} s")
    print(f"articles a second, one process, median    {speed:8.1f}    goal {GOAL_PER_SECOND}")
    print(f"memory at the peak                        {memory:8.0f} MB goal {GOAL_MEGABYTES}")
    print_scores(found)


def print_scores(found: dict[str, Analysis]) -> None:
    """Print precision, recall and F1 of direct quotes with their speakers.

    A quote is right when its first eight words and its speaker are those of the gold.
    """
    gold = json.loads((SHARED / "names" / "seeds_gold.json").read_text(encoding="utf-8"))
    articles = {name for person in gold["persons"] for name in person["articles"]}
    wanted = {
        (quote["seed"], quote["speaker"], _begins(quote["first8"])) for quote in gold["quotes"]
    }
    given = {
        (name, quote.speaker, _begins(quote.text))
        for name in articles
        for quote in found[name].quotes
        if quote.direct
    }
    print(_score("direct quotes with speaker, seeds", wanted, given, goal="1.00"))


def _begins(text: str) -> str:
    return " ".join(_WORD.findall(text.lower())[:8])


def _score(what: str, wanted: set[Any], given: set[Any], *, goal: str) -> str:
    right = len(wanted & given)
    precision = right / len(given) if given else 0.0
    recall = right / len(wanted) if wanted else 0.0
    f1 = 2 * right / (len(given) + len(wanted)) if given or wanted else 1.0
    return f"{what:<41} P {precision:.2f} R {recall:.2f} F1 {f1:.2f}    goal {goal}"
