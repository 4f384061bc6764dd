"""The stream of labelled articles: understood once, and sorted into stories by the archive."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from bot.analysis.beat_people import known_people, surnames
from bot.analysis.beat_words import common_words
from bot.analysis.jobs import Job
from bot.analysis.worker import analyse
from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from bot.archive.rows import NewArticle
from bot.beat import load_beat
from bot.settings import PROJECT
from summarizer.findings import Findings
from summarizer.spans import Span
from summarizer.summary import Summary, SummarySentence

VERSION = 1


@dataclass(frozen=True, slots=True)
class Reported:
    """An article of the stream, with what was understood of it."""

    event: str
    article: NewArticle
    findings: Findings


@lru_cache(maxsize=1)
def stream() -> tuple[Reported, ...]:
    """Read the stream and understand every article, as the worker does."""
    beat = load_beat(PROJECT / "beats" / "kz-us.toml")
    people = known_people(beat)
    common = common_words(beat)
    rows = tomllib.loads(Path(__file__).with_name("stream.toml").read_text(encoding="utf-8"))
    found = []
    for row in rows["article"]:
        moment = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
        known = surnames(people, everybody=row["language"] == "kk")
        job = Job(row["text"], row["title"], moment.date(), known, common)
        article = NewArticle(
            title=row["title"],
            title_from_body=False,
            text=row["text"],
            language=row["language"],
            fingerprint=hashlib.sha256(row["text"].encode()).hexdigest(),
            outlet="Вестник степи",
            published_at=moment,
            published_has_time=True,
        )
        found.append(Reported(row["event"], article, analyse(job)))
    return tuple(found)


async def tell(archive: Archive, reported: Iterable[Reported], *, now: datetime) -> dict[int, str]:
    """Let articles arrive one after another; give the event of each by its id."""
    events = {}
    for one in reported:
        whole = Summary((SummarySentence(one.article.text, (Span(0, 1),)),), "lead")
        article_id = await archive.articles.add(one.article, whole, now=now)
        assert article_id is not None
        pending = PendingArticle(
            article_id,
            one.article.title,
            one.article.text,
            one.article.published_at,
            one.article.fingerprint,
        )
        await archive.analyses.keep(pending, one.findings, version=VERSION, now=now)
        await archive.stories.place(article_id)
        events[article_id] = one.event
    return events


async def story_of(archive: Archive, events: Mapping[int, str]) -> dict[int, int]:
    """Give the story of each article by its id."""
    stories = {}
    for article_id in events:
        story = await archive.stories.of_article(article_id)
        assert story is not None
        stories[article_id] = story.id
    return stories


def b_cubed(events: Mapping[int, str], stories: Mapping[int, int]) -> tuple[float, float, float]:
    """Compare a sorting with the truth: B-cubed precision, recall and F1 (Bagga, Baldwin 1998)."""
    precision = _mean_share(stories, events)
    recall = _mean_share(events, stories)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _mean_share(groups: Mapping[int, object], others: Mapping[int, object]) -> float:
    shares: list[float] = []
    for one in groups:
        beside: Sequence[int] = [other for other in groups if groups[other] == groups[one]]
        shares.append(sum(others[other] == others[one] for other in beside) / len(beside))
    return sum(shares) / len(shares)
