"""An archive of 100,000 articles to search: invented, varied, as long as news usually is."""

import random
import re
import tomllib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from bench.person import people_of_many
from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive import Archive
from bot.archive.people_tables import AnalysisTable
from bot.archive.relevance_tables import RelevanceTable
from bot.archive.tables import ArticleTable
from bot.clock import system_now
from bot.settings import PROJECT

ARTICLES = 100_000
PEOPLE = 20_000
OUTLETS = 30

_BATCH = 5_000
_PLAIN_SENTENCES = 14
_WORDS_A_SENTENCE = 15
_PLACES = (
    "Астане", "Алматы", "Актау", "Вашингтоне", "Чикаго", "Караганде", "Семее", "Денвере", "Таразе",
    "Кокшетау", "Павлодаре", "Нью-Йорке", "Бостоне", "Шымкенте", "Атырау", "Туркестане",
)  # fmt: skip
_FACTS = (
    "{person} сообщил, что «{company}» вложит {number} млн долларов в завод в {place}.",
    "Министр {person} прибыл в {place} с рабочим визитом {day} ноября.",
    "«Мы откроем {number} новых рейсов», — сказал {person} в {place}.",
    "Компания «{company}» наняла {number} инженеров в {place}.",
    "Договор с компанией «{company}» {person} подписал {day} октября.",
)
_COMPANIES = ("Тулпар", "Кентамыр", "Жулдыз", "Алтай", "Ертис", "Самал", "Орлеан", "Медео")
_COMPANY_ENDS = ("Минералз", "Ресорс", "Энерджи", "Логистик", "Агро", "Эйрлайнс", "Фарм", "Банк")


class Writer:
    """Writes articles out of the words of the samples, each with facts of its own."""

    def __init__(self, chance: random.Random) -> None:
        self.people = people_of_many(PEOPLE, chance)
        self._chance = chance
        text = " ".join(
            article["text"]
            for path in sorted((PROJECT / "samples").glob("*.toml"))
            for article in tomllib.loads(path.read_text(encoding="utf-8"))["article"]
            if article["language"] == "ru"
        )
        self._words = re.findall(r"[а-яё]{1,30}", text.lower())

    def facts(self, number: int) -> list[str]:
        """Give the sentences that article alone holds; the same at every call."""
        chance = random.Random(number)
        names = {
            "person": chance.choice(self.people),
            "company": f"{chance.choice(_COMPANIES)} {chance.choice(_COMPANY_ENDS)} {number % 997}",
            "number": chance.randrange(2, 900),
            "place": chance.choice(_PLACES),
            "day": chance.randrange(1, 29),
        }
        return [fact.format(**names) for fact in chance.sample(_FACTS, 3)]

    def article(self, number: int) -> dict[str, Any]:
        """Make the row of an article; they come five minutes apart."""
        sentences = self.facts(number)
        for _ in range(_PLAIN_SENTENCES):
            words = self._chance.choices(self._words, k=_WORDS_A_SENTENCE)
            sentences.insert(
                self._chance.randrange(len(sentences) + 1), " ".join(words).capitalize() + "."
            )
        paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
        moment = system_now() - timedelta(minutes=5 * number)
        return {
            "id": number, "url": f"https://bench.example/{number}",
            "title": " ".join(self._chance.choices(self._words, k=8)).capitalize(),
            "title_from_body": False, "outlet": f"Проба {number % OUTLETS}", "language": "ru",
            "text": "\n\n".join(paragraphs), "fingerprint": str(number), "published_at": moment,
            "published_has_time": True, "added_at": moment, "listed_at": moment,
            "is_sample": False,
        }  # fmt: skip


async def fill(archive: Archive, writer: Writer, articles: int = ARTICLES) -> int:
    """Store articles that need neither judging nor analysing; return the bytes of their texts."""
    now = system_now()
    size = 0
    for start in range(1, articles + 1, _BATCH):
        rows = [writer.article(one) for one in range(start, min(start + _BATCH, articles + 1))]
        size += sum(len(row["title"].encode()) + len(row["text"].encode()) for row in rows)
        ids: Sequence[int] = [row["id"] for row in rows]
        async with archive.database.writing() as connection:
            await connection.execute(insert(ArticleTable), rows)
            await connection.execute(insert(RelevanceTable), [
                {"article_id": one, "score": 1.0, "on_beat": True, "reasons": "[]",
                 "judged_at": now}
                for one in ids
            ])  # fmt: skip
            await connection.execute(insert(AnalysisTable), [
                {"article_id": one, "version": ANALYSIS_VERSION, "attempts": 0, "finished_at": now}
                for one in ids
            ])  # fmt: skip
    return size
