"""How fast `/latest` is answered over HTTP with 10,000 articles in the archive."""

import asyncio
import tempfile
import time
from datetime import timedelta

from bench.town import ask
from bot.archive import Archive
from bot.clock import system_now
from bot.intake.article import Known, make_article
from bot.settings import load_settings
from bot.terminal_session import sandboxed_bot

ARTICLES = 10_000
QUESTIONS = 200
ONE_PERSON_ASKS = 10
"""Fewer than the throttle lets through, so that it is the bot that is timed."""


async def latest() -> None:
    """Fill an archive, let people ask one after another, and print the percentiles."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        filled = await _fill(archive)
        settings = load_settings(None).model_copy(update={"poll": False})
        async with sandboxed_bot(settings, archive) as bot:
            for person in range(QUESTIONS // ONE_PERSON_ASKS + 1):
                await bot.client.add_person(id=1 + person, first_name="Reader", language_code="ru")
            await ask(bot, 1, "/start")
            times = [
                await ask(bot, 2 + number // ONE_PERSON_ASKS, "/latest 1")
                for number in range(QUESTIONS)
            ]
        await archive.close()
    times.sort()
    print(f"articles stored a second, read and summarised      {ARTICLES / filled:8.0f}")
    for share in (50, 95, 99):
        at = times[min(len(times) - 1, len(times) * share // 100)]
        print(f"/latest 1 with {ARTICLES:,} articles, p{share}, over HTTP      {at * 1000:6.1f} ms")


async def _fill(archive: Archive) -> float:
    started = time.perf_counter()
    now = system_now()
    for number in range(ARTICLES):
        known = Known(
            title=f"Встреча номер {number}",
            url=f"https://bench.example/{number}",
            outlet="Проба",
            published=now - timedelta(minutes=number),
        )
        text = f"Стороны провели встречу номер {number} в Астане. " + (
            "Обсуждены торговля, транспорт и энергетика. Переговоры продолжатся весной.\n\n" * 10
        )
        article, summary = make_article(text, known, outlet_zone="Asia/Almaty")
        await archive.articles.add(article, summary, now=now)
        if number % 100 == 0:
            await asyncio.sleep(0)
    return time.perf_counter() - started
