"""How fast 100,000 articles are indexed, searched and asked, and how large the index is."""

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.search_town import ARTICLES, OUTLETS, Writer, fill
from bench.town import ask
from bot.archive import Archive
from bot.clock import system_now
from bot.search.documents import make_ready
from bot.settings import load_settings
from bot.terminal_session import sandboxed_bot

QUESTIONS = 200
ONE_PERSON_ASKS = 10
"""Fewer than the throttle lets through, so that it is the bot that is timed."""

_BATCH = 50
_WORDS = ("визы", "рудник", "соглашение", "посол", "студенты", "торговля", "встреча", "казахстан")


async def search() -> None:
    """Fill and index an archive, let people search and ask, and print the figures."""
    chance = random.Random(8)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.sqlite3")
        archive = await Archive.open(f"sqlite+aiosqlite:///{path}")
        writer = Writer(chance)
        text_bytes = await fill(archive, writer)
        before = _size(path)
        await _index(archive)
        ratio = (_size(path) - before) / text_bytes
        print(f"{'the index, as a multiple of the text':<66} {ratio:6.2f}")
        settings = load_settings(None).model_copy(update={"poll": False})
        async with sandboxed_bot(settings, archive) as bot:
            people = 2 * QUESTIONS // ONE_PERSON_ASKS + 1
            for number in range(people):
                await bot.client.add_person(id=1 + number, first_name="Reader", language_code="ru")
            await ask(bot, 1, "/start")
            for offset, command, texts in (
                (0, "/search", [_query(writer, number, chance) for number in range(QUESTIONS)]),
                (1, "/ask", [_question(writer, number, chance) for number in range(QUESTIONS)]),
            ):
                first = 2 + offset * QUESTIONS // ONE_PERSON_ASKS
                times = [
                    (await ask(bot, first + number // ONE_PERSON_ASKS, f"{command} {text}"), text)
                    for number, text in enumerate(texts)
                ]
                _print(command, times)
        await archive.close()


async def _index(archive: Archive) -> None:
    """Index as the bot does, in one process, and print how many articles a second that makes."""
    started, spent = time.perf_counter(), time.process_time()
    done = 0
    while due := await archive.search_index.due(limit=_BATCH):
        await archive.search_index.put(make_ready(due), read_at=system_now())
        done += len(due)
    took, spent = time.perf_counter() - started, time.process_time() - spent
    print(f"{'articles indexed a second':<66} {done / took:6.0f}")
    print(f"{'articles indexed a second of processor time':<66} {done / spent:6.0f}")


def _size(path: Path) -> int:
    """Measure a database with what is still in its journal."""
    return sum(part.stat().st_size for part in path.parent.glob(f"{path.name}*"))


def _query(writer: Writer, number: int, chance: random.Random) -> str:
    """Write what people search for: common words, names, phrases, with and without operators."""
    one, other = chance.sample(_WORDS, 2)
    name = chance.choice(writer.people).split()[-1]
    forms = (
        f"{one} {other}",
        name,
        f'"{chance.randrange(2, 900)} млн долларов"',
        f"{one} -{other}",
        f"{one} from:{chance.randrange(OUTLETS)} after:2026-01",
        f"{name} {one}",
        f"{one}",
        f"{name}лл",
    )
    return forms[number % len(forms)]


def _question(writer: Writer, number: int, chance: random.Random) -> str:
    """Write what people ask: half of it has an answer."""
    name = chance.choice(writer.people)
    forms = (
        f"Сколько инженеров наняла компания «Тулпар Агро {chance.randrange(997)}»?",
        f"Когда {name} прибыл в Караганду?",
        f"Что сказал {name} о рейсах?",
        f"Кто подписал договор с компанией «Самал Банк {chance.randrange(997)}»?",
        f"Где построят завод компании «Ертис Энерджи {chance.randrange(997)}»?",
        "Кто открыл выставку о соглашении с посольством?",
    )
    return forms[number % len(forms)]


def _print(command: str, times: Sequence[tuple[float, str]]) -> None:
    ordered = sorted(times)
    for share in (50, 95, 99):
        took, _ = ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
        label = f"{command} with {ARTICLES:,} articles, p{share}, over HTTP"
        print(f"{label:<66} {took * 1000:6.1f} ms")
    slowest = ", ".join(f"{text} {took * 1000:.0f} ms" for took, text in ordered[-3:])
    print(f"slowest: {slowest}", file=sys.stderr)
