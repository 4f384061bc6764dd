"""Asking the archive questions whose answers are known, and counting how often it is right."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.archive import Archive
from bot.intake.article import Known
from bot.intake.samples import load_samples
from bot.intake.store import Store, prepare
from bot.search.documents import make_ready
from bot.settings import PROJECT
from summarizer.ask import answer
from summarizer.ask_likeness import load_likeness
from summarizer.ask_question import read_question

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
SEEDS = PROJECT.parent / "shared" / "data" / "seeds"


@dataclass(frozen=True)
class Asked:
    """A question and the parts of sentences that answer it; none: the archive does not say."""

    text: str
    answers: Sequence[str]
    over: str
    wording: str
    held: bool


def questions() -> list[Asked]:
    """Read the questions."""
    path = Path(__file__).with_name("questions.toml")
    return [Asked(**one) for one in tomllib.loads(path.read_text(encoding="utf-8"))["question"]]


async def fill(archive: Archive) -> bool:
    """Store and index the samples, and the seeds where they are; return whether they are."""
    await load_samples(archive, PROJECT / "samples", lambda: NOW)
    store = Store(archive, lambda: NOW)
    paths = sorted(SEEDS.glob("*.txt"))
    for path in paths:
        arrival = prepare(
            path.read_text(encoding="utf-8"), Known(), outlet_zone="Asia/Almaty", now=NOW
        )
        await store.put([arrival])
    while due := await archive.search_index.due(limit=100):
        await archive.search_index.put(make_ready(due), read_at=NOW)
    return bool(paths)


async def said(archive: Archive, text: str) -> list[str]:
    """Ask; give the sentences of the answer."""
    question = read_question(text)
    material = await archive.questions.material(question)
    return [one.text for one in answer(question, material.known, material.sources, load_likeness())]
