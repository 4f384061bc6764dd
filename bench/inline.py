"""How fast the bot answers what is typed after its name: 100,000 articles, 50,000 stories."""

import random
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.person import insert_all, name_people
from bench.search_town import ARTICLES, Writer, fill
from bot.archive import Archive
from bot.archive.story_tables import StoryArticleTable, StoryTable
from bot.archive.story_writing import TOLD, StoredTold
from bot.archive.tables import EvidenceTable, SummarySentenceTable, SummaryTable
from bot.clock import system_now
from bot.search.documents import make_ready
from bot.settings import load_settings
from bot.terminal_session import SandboxedBot, sandboxed_bot
from summarizer.spans import Span
from summarizer.stories_material import Said
from summarizer.story_summary import Line, Told

QUERIES = 240
ONE_PERSON_TYPES = 10
"""Fewer than the throttle lets through, so that it is the bot that is timed."""

_BATCH = 50
_WORDS = ("визы", "рудник", "соглашение", "посол", "студенты", "торговля", "встреча", "казахстан")


async def inline() -> None:
    """Fill an archive, let people type one query after another, and print the percentiles."""
    chance = random.Random(8)
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{Path(folder, 'bench.sqlite3')}")
        writer = Writer(chance)
        await _fill(archive, writer, chance)
        settings = load_settings(None).model_copy(update={"poll": False})
        async with sandboxed_bot(settings, archive) as bot:
            for number in range(QUERIES // ONE_PERSON_TYPES + 1):
                await bot.client.add_person(id=1 + number, first_name="Reader", language_code="ru")
            await _asked(bot, 1, "")
            times: dict[str, list[tuple[float, str]]] = defaultdict(list)
            for number in range(QUERIES):
                kind, query = _query(writer, number, chance)
                took = await _asked(bot, 2 + number // ONE_PERSON_TYPES, query)
                times[kind].append((took, query))
                times["all"].append((took, query))
        await archive.close()
    for kind, taken in times.items():
        _print(kind, taken)


async def _asked(bot: SandboxedBot, person: int, query: str) -> float:
    """Type something in a chat; return the seconds until the bot's answer came."""
    events = await bot.client.events(chat=person)
    seen = events[-1].seq if events else 0
    started = time.perf_counter()
    await bot.client.type_inline(person, query)
    while not any(
        e.kind == "inline_answer" for e in await bot.client.events(seen, chat=person, wait=5)
    ):
        pass
    took = time.perf_counter() - started
    await bot.settled()
    return took


def _query(writer: Writer, number: int, chance: random.Random) -> tuple[str, str]:
    """Write what people type: nothing, names, words, items, and what is not there."""
    one, other = chance.sample(_WORDS, 2)
    name = chance.choice(writer.people[:2_000]).split()[-1]
    row = chance.randrange(1, ARTICLES)
    forms = (
        ("the latest", ""),
        ("a person", name),
        ("a person", f"{name}а"),
        ("words", f"{one} {other}"),
        ("words", one),
        ("words", f"{one} -{other}"),
        ("an item", f"s{row // 2 + 1}"),
        ("an item", f"a{row}"),
        ("an item", f"p{chance.randrange(1, 2_000)}"),
        ("an item", f"q{row}"),
        ("nothing", f"{one} абракадабра"),
        ("nothing", f"{name}щщ"),
    )
    return forms[number % len(forms)]


def _print(kind: str, times: list[tuple[float, str]]) -> None:
    ordered = sorted(times)
    for share in (50, 95, 99) if kind == "all" else (95,):
        took, _ = ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
        label = f"inline ({kind}) with {ARTICLES:,} articles, p{share}, over HTTP"
        print(f"{label:<66} {took * 1000:6.1f} ms")
    slowest = ", ".join(f"{text!r} {took * 1000:.0f} ms" for took, text in ordered[-3:])
    print(f"slowest: {slowest}", file=sys.stderr)


async def _fill(archive: Archive, writer: Writer, chance: random.Random) -> None:
    """Write what analysing and indexing so many articles would, two articles to a story."""
    await fill(archive, writer)
    rows = [_brief(writer.article(number)) for number in range(1, ARTICLES + 1)]
    await _summarise(archive, rows)
    await name_people(archive, writer.people, rows, chance)
    stories = range(1, ARTICLES // 2 + 1)
    await insert_all(
        archive, StoryTable, [_story(rows[2 * n - 2], rows[2 * n - 1], n) for n in stories]
    )
    await insert_all(archive, StoryArticleTable, [
        {"article_id": row["id"], "story_id": (row["id"] + 1) // 2, "reason": "same-event",
         "score": 0.9, "is_fixed": False}
        for row in rows
    ])  # fmt: skip
    while due := await archive.search_index.due(limit=_BATCH):
        await archive.search_index.put(make_ready(due), read_at=system_now())


def _brief(row: dict[str, Any]) -> dict[str, Any]:
    """Keep what the rest needs: the texts of all articles would fill the memory."""
    return {
        "id": row["id"], "title": row["title"], "listed_at": row["listed_at"],
        "lead": row["text"][:150],
    }  # fmt: skip


async def _summarise(archive: Archive, rows: list[dict[str, Any]]) -> None:
    now = system_now()
    await insert_all(archive, SummaryTable, [
        {"id": row["id"], "article_id": row["id"], "maker": "lead", "created_at": now}
        for row in rows
    ])  # fmt: skip
    await insert_all(archive, SummarySentenceTable, [
        {"id": row["id"], "summary_id": row["id"], "position": 0, "text": row["lead"]}
        for row in rows
    ])  # fmt: skip
    await insert_all(archive, EvidenceTable, [
        {"sentence_id": row["id"], "position": 0, "article_id": row["id"], "start": 0, "end": 150}
        for row in rows
    ])  # fmt: skip


def _story(newer: dict[str, Any], older: dict[str, Any], number: int) -> dict[str, Any]:
    """Make the row of a story; articles come newest first."""
    text = older["lead"]
    line = Line(text, ((0, Said(text, (Span(0, len(text)),))),))
    told = StoredTold((older["id"],), Told(older["title"], (line,), None, (), (), (), ()))
    return {
        "id": number, "headline": older["title"], "told": TOLD.dump_json(told).decode(),
        "first_at": older["listed_at"], "last_at": newer["listed_at"], "articles": 2,
        "is_sample": False, "merged_into": None,
    }  # fmt: skip
