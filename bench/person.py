"""How fast `/person NAME` is answered over HTTP with 100,000 articles and 20,000 people."""

import random
import tempfile
import time
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase

from bench.town import ask
from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive import Archive
from bot.archive.people_tables import (
    AliasTable,
    AnalysisTable,
    AppearanceTable,
    EncounterTable,
    NameWordTable,
    PersonTable,
    QuoteTable,
    RoleTable,
)
from bot.archive.relevance_tables import RelevanceTable
from bot.archive.tables import ArticleTable
from bot.clock import system_now
from bot.settings import load_settings
from bot.terminal_session import sandboxed_bot
from summarizer.name_keys import folded_name, head_and_tail, name_words, sound

ARTICLES = 100_000
PEOPLE = 20_000
PEOPLE_AN_ARTICLE = 4
QUESTIONS = 200
ONE_PERSON_ASKS = 10
"""Fewer than the throttle lets through, so that it is the bot that is timed."""

_BATCH = 5_000
_GIVEN = (
    "Айдар", "Айгуль", "Алия", "Алмас", "Арман", "Асель", "Бауыржан", "Болат", "Вера", "Дана",
    "Данияр", "Динара", "Ержан", "Ерлан", "Жанна", "Игорь", "Камила", "Кайрат", "Марат", "Мария",
    "Нурлан", "Ольга", "Павел", "Роберт", "Сауле", "Серик", "Стив", "Тимур", "Хелен", "Юлия",
)  # fmt: skip
_STARTS = (
    "Аб", "Бек", "Гал", "Дем", "Ер", "Жак", "Зам", "Ис", "Кар", "Лев", "Мур", "Нур", "Ос", "Пар",
    "Рах", "Сат", "Тем", "Ум", "Фай", "Хам", "Чер", "Шар", "Яр",
)  # fmt: skip
_MIDDLES = (
    "ал", "бан", "вел", "ген", "дар", "ер", "жан", "зин", "ик", "кен", "лан", "мат", "нис", "ор",
    "пек", "рал", "сен", "тай", "ул", "хан",
)  # fmt: skip
_ENDS = ("баев", "ов", "енко", "ин", "бергенов", "ский", "улы", "ман", "сон", "ер")


async def person() -> None:
    """Fill an archive, let people ask for others one after another, and print the percentiles."""
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        names = await _fill(archive, chance)
        settings = load_settings(None).model_copy(update={"poll": False})
        async with sandboxed_bot(settings, archive) as bot:
            for number in range(QUESTIONS // ONE_PERSON_ASKS + 1):
                await bot.client.add_person(id=1 + number, first_name="Reader", language_code="ru")
            await ask(bot, 1, "/start")
            times = []
            for number in range(QUESTIONS):
                asked = _asked(names, number, chance)
                reader = 2 + number // ONE_PERSON_ASKS
                times.append((await ask(bot, reader, f"/person {asked}"), asked))
        await archive.close()
    times.sort()
    for share in (50, 95, 99):
        took, _ = times[min(len(times) - 1, len(times) * share // 100)]
        label = f"/person with {ARTICLES:,} articles, {PEOPLE:,} people, p{share}, over HTTP"
        print(f"{label:<66} {took * 1000:6.1f} ms")
    print("slowest:", ", ".join(f"{name} {took * 1000:.0f} ms" for took, name in times[-3:]))


def _asked(names: list[str], number: int, chance: random.Random) -> str:
    """Ask for the most mentioned as often as for anybody, in all sorts of forms."""
    name = (
        names[min(int(chance.expovariate(1 / 40)), PEOPLE - 1)]
        if number % 2
        else (chance.choice(names))
    )
    given, surname = name.split()
    forms = (
        name,
        surname,
        f"{given[0]}. {surname}",
        f"{surname}а",
        sound(surname),
        f"{surname[:3]}{surname[4:]}",
    )
    return forms[number % len(forms)]


def people_of_many(number: int, chance: random.Random) -> list[str]:
    """Invent so many names, no two the same."""
    names: dict[str, None] = {}
    while len(names) < number:
        surname = chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
        names[f"{chance.choice(_GIVEN)} {surname}"] = None
    return list(names)


async def _fill(archive: Archive, chance: random.Random) -> list[str]:
    """Write the rows that the analysis of so many articles would; return the names by rank."""
    started = time.perf_counter()
    now = system_now()
    ranked = people_of_many(PEOPLE, chance)
    articles = [
        {"id": number, "listed_at": now - timedelta(minutes=5 * number)}
        for number in range(1, ARTICLES + 1)
    ]
    await insert_all(archive, ArticleTable, [_article(row) for row in articles])
    most = await name_people(archive, ranked, articles, chance)
    await insert_all(archive, RelevanceTable, [
        {"article_id": row["id"], "score": 1.0, "on_beat": True, "reasons": "[]", "judged_at": now}
        for row in articles
    ])  # fmt: skip
    await insert_all(archive, AnalysisTable, [
        {"article_id": row["id"], "version": ANALYSIS_VERSION, "attempts": 0, "finished_at": now}
        for row in articles
    ])  # fmt: skip
    took = time.perf_counter() - started
    print(f"filled in {took:.0f} s; the most mentioned is named in {most:,} articles")
    return ranked


async def name_people(
    archive: Archive, ranked: list[str], articles: list[dict[str, Any]], chance: random.Random
) -> int:
    """Let articles name people, with posts, words and meetings.

    ranked: their names, the most mentioned first. articles: rows with `id` and `listed_at`.
    Returns how many articles name the first of them.
    """
    named = _named(articles, chance)
    await insert_all(archive, PersonTable, _people(ranked, named))
    await insert_all(archive, AliasTable, [
        {"person_id": i, "kind": "seen", "name": name, "folded": folded_name(name)}
        for i, name in enumerate(ranked, start=1)
    ])  # fmt: skip
    await insert_all(archive, NameWordTable, [
        {"person_id": i, "sound": word, "head": head_and_tail(word)[0],
         "tail": head_and_tail(word)[1]}
        for i, name in enumerate(ranked, start=1)
        for word in {sound(part) for part in name_words(name)}
    ])  # fmt: skip
    appearances: list[dict[str, Any]] = [
        {
            "id": number, "article_id": article, "person_id": who, "name": ranked[who - 1],
            "folded": folded_name(ranked[who - 1]), "is_weak": False, "reason": "same-name",
            "seen_at": moment, "sentence": f"{ranked[who - 1]} прибыл в Астану.",
            "sentence_start": 0, "sentence_end": 20,
        }
        for number, (article, who, moment) in enumerate(named, start=1)
    ]  # fmt: skip
    await insert_all(archive, AppearanceTable, appearances)
    await insert_all(archive, RoleTable, [
        {"appearance_id": row["id"], "position": 0, "title": title, "folded": title,
         "start": 0, "end": 5}
        for row in appearances
        for title in (f"министр дела номер {row['person_id'] % 50 + row['id'] % 4}",)
    ])  # fmt: skip
    await insert_all(archive, QuoteTable, [
        {"article_id": row["article_id"], "speaker_id": row["id"], "text": "Мы продолжаем работу.",
         "start": 0, "end": 21, "verb": "сказал", "direct": row["id"] % 4 > 0}
        for row in appearances if row["id"] % 2
    ])  # fmt: skip
    await insert_all(archive, EncounterTable, [
        {"appearance_id": one["id"], "other_id": other["id"], "sentence": "Они встретились."}
        for one, other in pairwise(appearances)
        if one["article_id"] == other["article_id"]
    ])  # fmt: skip
    return sum(who == 1 for _, who, _ in named)


def _named(
    articles: list[dict[str, Any]], chance: random.Random
) -> list[tuple[int, int, datetime]]:
    """Choose who is named where: a few people everywhere, most people seldom."""
    named = []
    for row in articles:
        people: dict[int, None] = {}
        while len(people) < PEOPLE_AN_ARTICLE:
            people[min(PEOPLE, int(chance.paretovariate(0.35)))] = None
        named += [(row["id"], who, row["listed_at"]) for who in people]
    return named


def _article(row: dict[str, Any]) -> dict[str, Any]:
    number = row["id"]
    text = f"Стороны провели встречу номер {number} в Астане. " * 40
    return {
        "id": number, "url": f"https://bench.example/{number}", "title": f"Встреча {number}",
        "title_from_body": False, "outlet": f"Проба {number % 30}", "language": "ru", "text": text,
        "fingerprint": str(number), "published_at": row["listed_at"], "published_has_time": True,
        "added_at": row["listed_at"], "listed_at": row["listed_at"], "is_sample": False,
    }  # fmt: skip


def _people(ranked: list[str], named: list[tuple[int, int, datetime]]) -> list[dict[str, Any]]:
    moments: dict[int, list[datetime]] = {}
    for _, who, moment in named:
        moments.setdefault(who, []).append(moment)
    return [
        {
            "id": i, "name": name, "is_beat": False, "articles": len(moments.get(i, ())),
            "first_seen_at": min(moments.get(i, ()), default=None),
            "last_seen_at": max(moments.get(i, ()), default=None),
        }
        for i, name in enumerate(ranked, start=1)
    ]  # fmt: skip


async def insert_all(
    archive: Archive, table: type[DeclarativeBase], rows: list[dict[str, Any]]
) -> None:
    """Insert rows, some thousands at a time."""
    for start in range(0, len(rows), _BATCH):
        async with archive.database.writing() as connection:
            await connection.execute(insert(table), rows[start : start + _BATCH])
