"""How well people and their posts are found in annotated news, and how fast."""

import asyncio
import json
import os
import re
import subprocess
import time
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bot.settings import PROJECT
from summarizer.analysis import Person
from summarizer.lookalikes import fold
from summarizer.models import Models, load_models
from summarizer.people import find_people

SHARED = PROJECT.parent / "shared" / "data"
SEEDS = SHARED / "seeds"
SEEDS_GOLD = SHARED / "names" / "seeds_gold.json"
FACTS = SHARED / "names" / "factrueval_dev.jsonl"
PEER = Path(__file__).parent / "people_natasha.py"
_APART = re.compile(r"[\s-]+")

Pair = frozenset[str]
"""First name and surname, folded, in either order: Chinese names stand surname first."""


@dataclass(slots=True)
class Score:
    """Counts over articles, as sets: right, found but wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, gold: set[Any], found: set[Any]) -> None:
        """Count one article."""
        self.right += len(gold & found)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"{self.f1:6.3f}   ({self.right} right, {self.wrong} wrong, {self.missed} missed)"


async def people() -> None:
    """Print each measure of people and posts with its goal; say which data is absent."""
    models = load_models()
    await asyncio.to_thread(_seeds, models)
    await asyncio.to_thread(_facts, models)
    await asyncio.to_thread(_speed, models)


def _seeds(models: Models) -> None:
    """Score names and posts per article, exactly as written but for capitals."""
    if not SEEDS_GOLD.is_file():
        print(f"names and posts of the seeds: skipped, no {SEEDS_GOLD}")
        return
    gold = json.loads(SEEDS_GOLD.read_text(encoding="utf-8"))["persons"]
    known = _by_surname()
    names, roles, unhelped = Score(), Score(), Score()
    for seed in sorted({seed for person in gold for seed in person["articles"]}):
        text = next(SEEDS.glob(f"{seed}_*")).read_text(encoding="utf-8")
        expected = [person for person in gold if seed in person["articles"]]
        wanted = {fold(person["canonical"]) for person in expected}
        found = find_people(text, models, known=known)
        names.add(wanted, {fold(person.name) for person in found})
        unhelped.add(wanted, {fold(person.name) for person in find_people(text, models)})
        roles.add(
            {(fold(p["canonical"]), fold(role)) for p in expected for role in p["roles"][seed]},
            {(fold(p.name), fold(role.title)) for p in found for role in p.roles},
        )
    print(f"seeds: persons, canonical name       goal 1.000  {names}")
    print(f"  without the beat's list                        {unhelped}")
    print(f"seeds: posts, exact                  goal  .930  {roles}")


def _by_surname() -> Mapping[str, str]:
    """Give the people whom the beat knows by their surname alone."""
    with (PROJECT / "beats" / "kz-us.toml").open("rb") as file:
        sides = tomllib.load(file).get("people", {})
    people = [person for side in sides.values() for person in side]
    return {
        fold(person["name"].split()[-1]): person["name"]
        for person in people
        if person.get("by_surname")
    }


def _facts(models: Models) -> None:
    """Score first name with surname in the nominative, as a set per article.

    Counted are persons for whom the annotation gives both. Folded, ё as е; of a double name the
    first part, of a long surname the last word; in either order. A find that names an annotated
    person of whom only one of both is given counts neither way, for us and for the peer.
    """
    if not FACTS.is_file():
        print(f"names of factRuEval: skipped, no {FACTS}")
        return
    rows = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
    halves = Score(), Score()
    whole = Score()
    for number, row in enumerate(rows):
        gold, found = _gold_pairs(row), _pairs(find_people(row["text"], models))
        for score in (halves[number % 2], whole):
            score.add(gold, _judged(found, gold, row))
    print(f"factRuEval: first name and surname   goal  .930  {whole}")
    print(f"  half that was learned from                     {halves[0]}")
    print(f"  half kept apart                                {halves[1]}")
    _peer(rows, whole)


def _peer(rows: list[dict[str, Any]], ours: Score) -> None:
    python = os.environ.get("NATASHA_PYTHON")
    if not python:
        print("  natasha's own normalisation: skipped, NATASHA_PYTHON names no Python that has it")
        return
    answers = json.loads(_run(python, json.dumps([row["text"] for row in rows])))
    score = Score()
    for row, answer in zip(rows, answers, strict=True):
        gold = _gold_pairs(row)
        found = {_pair(first, last) for first, last, _ in answer if first and last}
        score.add(gold, _judged({pair for pair in found if pair}, gold, row))
    print(f"  natasha's own normalisation                    {score}")
    print(f"  ahead of it                        goal  .100  {ours.f1 - score.f1:6.3f}")


def _run(python: str, given: str) -> str:
    done = subprocess.run(
        [python, str(PEER)], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout


def _pair(first: str, last: str) -> Pair | None:
    """Reduce a name to what is compared; None for an initial."""
    first, last = fold(first), fold(last)
    if len(first.strip(".")) < 2:
        return None
    return frozenset((_APART.split(first)[0], last.split()[-1]))


def _gold_pairs(row: Mapping[str, Any]) -> set[Pair]:
    pairs = {
        _pair(person["firstname"], person["lastname"])
        for person in row["persons"]
        if person.get("firstname") and person.get("lastname")
    }
    return {pair for pair in pairs if pair}


def _pairs(found: Iterable[Person]) -> set[Pair]:
    names = [person.name for person in found if not person.initials_only]
    pairs = {_pair(name.split()[0], name.split()[-1]) for name in names if " " in name}
    return {pair for pair in pairs if pair}


def _judged(found: set[Pair], gold: set[Pair], row: Mapping[str, Any]) -> set[Pair]:
    """Leave out finds that name a person of whom the annotation gives but one name."""
    partial = [
        {word for value in person.values() for word in _APART.split(fold(value))}
        for person in row["persons"]
    ]
    return {pair for pair in found if pair in gold or not any(pair <= words for words in partial)}


def _speed(models: Models) -> None:
    """Time people and posts on the seeds, after one round to warm up."""
    if not SEEDS.is_dir():
        print(f"speed: skipped, no {SEEDS}")
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    rounds = 4
    for text in texts:
        find_people(text, models)
    started = time.perf_counter()
    for text in texts * rounds:
        find_people(text, models)
    took = time.perf_counter() - started
    memory = psutil.Process().memory_info().rss / 1e6
    print(f"people and posts, articles a second  goal   8    {len(texts) * rounds / took:6.1f}")
    print(f"memory, MB                           goal 400    {memory:6.0f}")
