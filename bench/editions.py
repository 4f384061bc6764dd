"""How fast an edition is composed of a week of 2,000 articles, rendered, and set as a PDF."""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bench.person import people_of_many
from bot.archive import Archive
from bot.archive.people_tables import AppearanceTable, PersonTable, QuoteTable, RoleTable
from bot.archive.relevance_tables import RelevanceTable
from bot.archive.story_tables import Placed, StoryPrintTable
from bot.archive.story_writing import MATERIAL, add_story, put, refresh_stories
from bot.archive.tables import ArticleTable, Table
from bot.beat import load_beat
from bot.briefings import Briefings, EditionFilter, Reader, Renderer
from bot.briefings.charts import LIGHT
from bot.briefings.composer import Composer
from bot.briefings.documents.make import DocumentMaker, Format
from bot.briefings.documents.pdf import Picture
from bot.briefings.pictures import pictures_of
from bot.clock import system_now
from bot.settings import PROJECT
from summarizer.spans import Span
from summarizer.stories_material import Figure, Material, Said, Upcoming

ARTICLES = 2_000
ARTICLES_A_STORY = 3
PEOPLE = 400
EDITIONS = 10_000
_BATCH = 500
_TOPICS = ("energy", "trade", "minerals", "transport", "security", "technology", "people", "rights")
_SENTENCES = (
    "{one} и {other} обсудили в Астане {subject} на {number} млн долларов.",
    "Стороны договорились подписать документы о {subject} до конца года.",
    "{other} назвал {subject} одним из главных направлений сотрудничества.",
)
_SUBJECTS = (
    "поставки нефти и газа", "торговлю зерном", "добычу вольфрама", "перевозки по коридору",
    "безопасность границ", "цифровые технологии", "обмен студентами", "свободу слова",
)  # fmt: skip


async def editions() -> None:
    """Fill a week, compose it, render it for many readers, and set one edition as a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        end = system_now().replace(second=0, microsecond=0)
        await _fill(archive, end, random.Random(7))
        composer = Composer(archive, load_beat(PROJECT / "beats" / "kz-us.toml"))
        briefings = Briefings(archive, Renderer(PROJECT / "templates", system_now), composer)
        # The words of the topics are made ready once in the life of a process.
        await composer.edition(end - timedelta(days=400), end - timedelta(days=399), zone="UTC")
        await asyncio.to_thread(composer.topics.of, "Нефть", "нефть")
        started = time.perf_counter()
        edition = await composer.edition(end - timedelta(days=7), end, zone="Asia/Almaty")
        composed = time.perf_counter() - started
        _print(f"a week of {ARTICLES:,} articles composed, from the tables", composed, "s")
        await _render_many(briefings, end)
        said = briefings.said(edition, Reader("ru", "Asia/Almaty"))
        material = await composer.material(edition.start, edition.end)
        charts = await pictures_of(said, material, archive, LIGHT)
        maker = DocumentMaker(briefings.renderer, {"ru": "отношения Казахстана и США"})
        pictures = [Picture(chart.png, chart.caption) for chart in charts]
        for format_ in (Format.PDF, Format.DOCX):
            started = time.perf_counter()
            written = maker.make(said, format_, pictures)
            label = f"{format_} with {len(pictures)} pictures, {len(written) // 1024} KB"
            _print(label, time.perf_counter() - started, "s")
        await archive.close()


async def _render_many(briefings: Briefings, end: datetime) -> None:
    """Compose and render editions for as many different wishes."""
    chance = random.Random(5)
    times = []
    for _ in range(EDITIONS):
        wanted = EditionFilter(
            topics=frozenset(chance.sample(_TOPICS, chance.randint(1, 4))),
            people=frozenset(chance.sample(range(1, PEOPLE + 1), chance.randint(0, 5))),
            exclude=tuple(chance.sample(("спорт", "погода", "вольфрам"), chance.randint(0, 2))),
            least_importance=chance.choice((0.0, 0.3, 0.5)),
        )
        reader = Reader(chance.choice(("ru", "en", "kk")), "Asia/Almaty")
        started = time.perf_counter()
        edition = await briefings.compose(
            end, start=end - timedelta(days=7), zone=reader.time_zone, wanted=wanted
        )
        briefings.digest(edition, reader)
        times.append(time.perf_counter() - started)
    _print(f"{EDITIONS:,} editions, each another filter: mean", statistics.mean(times) * 1000, "ms")
    _print("  p95", statistics.quantiles(times, n=20)[-1] * 1000, "ms")


def _print(label: str, figure: float, unit: str) -> None:
    print(f"{label:<66} {figure:7.2f} {unit}")


async def _fill(archive: Archive, end: datetime, chance: random.Random) -> None:
    """Write the rows that the analysis of a week would."""
    names = people_of_many(PEOPLE, chance)
    await _insert(archive, PersonTable, [
        {"id": i, "name": name, "is_beat": i <= 80, "articles": 1}
        for i, name in enumerate(names, start=1)
    ])  # fmt: skip
    made = list(_articles(end, names, chance))
    for table in (
        ArticleTable,
        RelevanceTable,
        StoryPrintTable,
        AppearanceTable,
        RoleTable,
        QuoteTable,
    ):
        await _insert(archive, table, [row for one in made for row in one[table]])
    stories = []
    async with archive.database.writing() as connection:
        for first in range(1, ARTICLES + 1, ARTICLES_A_STORY):
            story = await add_story(connection, end, is_sample=False)
            stories.append(story)
            for article in range(first, min(first + ARTICLES_A_STORY, ARTICLES + 1)):
                await put(connection, article, story, Placed.SAME_EVENT, 1.0)
        await refresh_stories(connection, stories)


def _articles(
    end: datetime, names: list[str], chance: random.Random
) -> Iterator[dict[type[Table], list[dict[str, Any]]]]:
    for number in range(1, ARTICLES + 1):
        story = (number - 1) // ARTICLES_A_STORY
        fixed = random.Random(story)
        subject = _SUBJECTS[story % len(_SUBJECTS)]
        who = fixed.sample(range(1, PEOPLE + 1), 2)
        one, other = (names[place - 1] for place in who)
        listed = end - timedelta(minutes=5 * number)
        sentences = [
            text.format(one=one, other=other, subject=subject, number=10 + story % 90)
            for text in _SENTENCES
        ]
        said = [Said(text, (Span(0, len(text)),)) for text in sentences]
        title = f"{one} и {other}: {subject}"
        material = Material(
            "ru", title, tuple(said), places=("Астана",), happened_on=listed.date().isoformat(),
            upcoming=(Upcoming("2030-01-01", "2030-01-02", said[1]),),
            figures=(Figure(f"{10 + story % 90} млн долларов", said[0]),),
        )  # fmt: skip
        appearances = [
            {
                "id": 2 * number + place, "article_id": number, "person_id": person,
                "name": names[person - 1], "folded": names[person - 1].lower(), "is_weak": False,
                "reason": "same-name", "seen_at": listed, "sentence": sentences[0],
                "sentence_start": 0, "sentence_end": len(sentences[0]),
            }
            for place, person in enumerate(who)
        ]  # fmt: skip
        post = chance.choice(("министр энергетики", "посол США", "президент", "директор завода"))
        yield {
            ArticleTable: [{
                "id": number, "url": f"https://bench.example/{number}", "title": title,
                "title_from_body": False, "outlet": f"Проба {number % 30}", "language": "ru",
                "text": " ".join(sentences), "fingerprint": str(number), "published_at": listed,
                "published_has_time": True, "added_at": listed, "listed_at": listed,
                "is_sample": False,
            }],
            RelevanceTable: [{
                "article_id": number, "score": 1.0, "on_beat": True, "reasons": "[]",
                "judged_at": listed,
            }],
            StoryPrintTable: [{
                "article_id": number, "print": b"",
                "material": MATERIAL.dump_json(material).decode(),
            }],
            AppearanceTable: appearances,
            RoleTable: [
                {"appearance_id": row["id"], "position": 0, "title": post, "folded": post,
                 "start": 0, "end": 5}
                for row in appearances
            ],
            QuoteTable: [{
                "article_id": number, "speaker_id": appearances[0]["id"], "start": 0, "end": 50,
                "text": f"Мы договорились о том, что {subject} останутся в центре внимания сторон",
                "verb": "сказал", "direct": True,
            }],
        }  # fmt: skip


async def _insert(archive: Archive, table: type[Table], rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), _BATCH):
        async with archive.database.writing() as connection:
            await connection.execute(insert(table), rows[at : at + _BATCH])
