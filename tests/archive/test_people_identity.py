"""One person across articles: two people of one surname stay two, one of three spellings is one."""

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.archive import Archive
from bot.archive.people_rows import KnownPerson
from bot.archive.people_tables import AppearanceTable
from summarizer.analysis import Gender
from summarizer.findings import FoundPerson
from tests.archive.people_making import article_with, person

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("identity_cases.toml").read_text(encoding="utf-8")
)["case"]

Pairs = set[frozenset[str]]


def described(words: str) -> FoundPerson:
    name, post, gender = (*map(str.strip, words.split("|")), "", "")[:3]
    known: dict[str, Gender] = {"m": "m", "f": "f"}
    return person(name, *([post] if post else []), gender=known.get(gender))


async def joined(archive: Archive, case: dict[str, Any]) -> tuple[Pairs, Pairs]:
    """Let the articles of a case arrive; give the pairs joined, and those that should be."""
    beat = [KnownPerson(name, latin, tuple(more)) for name, latin, *more in case.get("beat", ())]
    await archive.people.take_over(beat)
    labels: dict[int, int] = {}
    for number, people in enumerate(case["articles"], start=1):
        article = await article_with(archive, *map(described, people))
        labels[article.id] = number
    people_of: dict[int, set[str]] = {}
    query = select(AppearanceTable.article_id, AppearanceTable.person_id, AppearanceTable.name)
    async with archive.database.reading() as connection:
        for row in await connection.execute(query):
            label = f"{labels[row.article_id]}: {row.name}"
            people_of.setdefault(row.person_id, set()).add(label)
    found = {frozenset(pair) for names in people_of.values() for pair in combinations(names, 2)}
    right = {frozenset(pair) for names in case["people"] for pair in combinations(names, 2)}
    return found, right


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
async def test_nobody_is_taken_for_somebody_else(
    sqlite_archive: Archive, case: dict[str, Any]
) -> None:
    found, right = await joined(sqlite_archive, case)
    assert found == right


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
