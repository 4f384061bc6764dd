"""How surely articles about one event find each other, and how fast."""

import asyncio
import json
import math
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from bot.archive.rows import NewArticle
from bot.settings import PROJECT
from summarizer.analyze import analyze
from summarizer.findings import Findings
from summarizer.models import load_models
from summarizer.spans import Span
from summarizer.stories import Timed, measures, same_event
from summarizer.stories_embed import load_encoder
from summarizer.stories_material import Material, Said
from summarizer.stories_print import Fingerprint
from summarizer.stories_reading import fingerprint
from summarizer.summary import Summary, SummarySentence
from summarizer.text import read_article
from tests.stories.streaming import Reported, b_cubed, story_of, stream, tell

PAIRS = PROJECT.parent / "shared" / "data" / "pairs" / "same_event_dev.jsonl"
SHUFFLES = 5
ARTICLES, EVENTS, DAYS = 10_000, 3_500, 35
NOW = datetime(2026, 11, 23, tzinfo=UTC)
STEPS, PACE, RESTRAINT = 4_000, 0.5, 0.01
SAME_WEIGHT, APART_WEIGHT = 0.6, 0.15
"""What a pair of the stream counts beside a labelled pair; most pairs of a stream are apart."""

MEASURES = ("title", "words", "plain", "meaning", "other_day", "other_title_day")


@dataclass(frozen=True, slots=True)
class Pair:
    """What was measured of two articles, whether they are one event, and how much they count."""

    measured: Mapping[str, float]
    same: bool
    weight: float = 1.0


async def stories() -> None:
    """Print F1 on the pairs, B-cubed F1 on the stream in several orders, and articles a second."""
    prints = await asyncio.to_thread(_prints_of_pairs)
    if prints:
        _tell_pairs(prints)
    await _tell_stream()
    await _tell_speed()


async def stories_weights() -> None:
    """Fit the weights on the pairs and half of the stream; print them as summarizer/stories.py."""
    prints = await asyncio.to_thread(_prints_of_pairs)
    rows = _rows(prints) + _stream_rows(half=0)
    for name, weight in learn(rows).items():
        print(f'    "{name}": {weight:.2f},')
    apart = _stream_rows(half=1)
    weights = learn(rows)
    print(f"F1 of pairs in the other half of the stream {_f1(apart, weights):.3f}")


def _prints_of_pairs() -> list[tuple[Fingerprint, Fingerprint, bool]]:
    if not PAIRS.is_file():
        print(f"pairs: skipped, no {PAIRS}")
        return []
    models, encode = load_models(), load_encoder()
    found = []
    spent = 0.0
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        both = []
        for side in ("first", "second"):
            text, title = row[side]["text"], row[side]["title"]
            analysis = analyze(text, title=title, models=models)
            article = read_article(text, title=title)
            started = time.process_time()
            both.append(fingerprint(article, analysis, models, encode=encode))
            spent += time.process_time() - started
        found.append((both[0], both[1], bool(row["same"])))
    print(f"fingerprints a second of one core            {2 * len(rows) / spent:8.0f}")
    return found


def _rows(prints: Sequence[tuple[Fingerprint, Fingerprint, bool]]) -> list[Pair]:
    return [Pair(measures(one, other), same) for one, other, same in prints]


def _tell_pairs(prints: Sequence[tuple[Fingerprint, Fingerprint, bool]]) -> None:
    said = [
        (same, same_event(Timed(one, None), Timed(other, None)).probability >= 0.5)
        for one, other, same in prints
    ]
    rows = _rows(prints)
    lexical = [replace(row, measured={**row.measured, "meaning": 0.5}) for row in rows]
    print(f"{len(prints)} pairs, weights as they stand         F1 {_score(said):.3f}  (goal .900)")
    print(f"  weights and threshold fitted on four fifths, other fifth  F1 {_crossed(rows):.3f}")
    print(f"  the same without sentence embeddings                      F1 {_crossed(lexical):.3f}")


def _crossed(rows: Sequence[Pair]) -> float:
    """Cross-validate: five parts, five shuffles; the mean F1 of the parts left out."""
    found = []
    for seed in range(SHUFFLES):
        order = list(rows)
        random.Random(seed).shuffle(order)
        said = []
        for part in range(5):
            left_out = order[part::5]
            learnt = [row for number, row in enumerate(order) if number % 5 != part]
            weights = learn(learnt)
            said += [(row.same, _logit(row, weights) >= 0) for row in left_out]
        found.append(_score(said))
    return sum(found) / len(found)


def learn(rows: Sequence[Pair]) -> Mapping[str, float]:
    """Fit the weights: logistic regression with a cost on large weights, by gradient descent."""
    mean = {name: sum(row.measured[name] for row in rows) / len(rows) for name in MEASURES}
    spread = {
        name: math.sqrt(sum((row.measured[name] - mean[name]) ** 2 for row in rows) / len(rows))
        or 1.0
        for name in MEASURES
    }
    scaled = [
        [1.0, *((row.measured[name] - mean[name]) / spread[name] for name in MEASURES)]
        for row in rows
    ]
    total = sum(row.weight for row in rows)
    weights = [0.0] * (len(MEASURES) + 1)
    for _ in range(STEPS // 10):
        slope = [0.0, *(RESTRAINT * weight for weight in weights[1:])]
        for row, values in zip(rows, scaled, strict=True):
            logit = sum(weight * value for weight, value in zip(weights, values, strict=True))
            miss = row.weight * (1 / (1 + math.exp(-max(-30, min(30, logit)))) - row.same) / total
            slope = [one + miss * value for one, value in zip(slope, values, strict=True)]
        weights = [one - PACE * two for one, two in zip(weights, slope, strict=True)]
    plain = {
        name: weight / spread[name] for name, weight in zip(MEASURES, weights[1:], strict=True)
    }
    bias = weights[0] - sum(plain[name] * mean[name] for name in MEASURES)
    return {"bias": bias, **plain}


def _logit(row: Pair, weights: Mapping[str, float]) -> float:
    return weights["bias"] + sum(weights[name] * row.measured[name] for name in MEASURES)


def _f1(rows: Sequence[Pair], weights: Mapping[str, float]) -> float:
    return _score([(row.same, _logit(row, weights) >= 0) for row in rows])


def _score(said: Sequence[tuple[bool, bool]]) -> float:
    right = sum(same and found for same, found in said)
    return 2 * right / max(1, sum(same for same, _ in said) + sum(found for _, found in said))


def _stream_rows(*, half: int) -> list[Pair]:
    """Pair the articles of every second event of the stream, one language each."""
    events = sorted({one.event for one in stream()})[half::2]
    reported = [one for one in stream() if one.event in events]
    rows = []
    for number, one in enumerate(reported):
        for other in reported[:number]:
            ours, theirs = _timed(one), _timed(other)
            if ours.fingerprint.language != theirs.fingerprint.language:
                continue
            same = one.event == other.event
            measured = measures(ours.fingerprint, theirs.fingerprint)
            rows.append(Pair(measured, same, SAME_WEIGHT if same else APART_WEIGHT))
    return rows


def _timed(one: Reported) -> Timed:
    assert one.findings.fingerprint is not None
    return Timed(one.findings.fingerprint, one.article.published_at)


async def _tell_stream() -> None:
    reported = list(stream())
    languages = sorted({one.article.language for one in reported})
    events = len({one.event for one in reported})
    print(f"stream: {len(reported)} articles, {events} events, {', '.join(languages)}")
    for seed in range(SHUFFLES + 1):
        order = list(reported)
        if seed:
            random.Random(seed).shuffle(order)
        with tempfile.TemporaryDirectory() as folder:
            archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
            told = await tell(archive, order, now=NOW)
            scores = b_cubed(told, await story_of(archive, told))
            await archive.close()
        name = f"shuffled, {seed}" if seed else "by time"
        print(f"  {name:<12} B-cubed precision {scores[0]:.3f}  recall {scores[1]:.3f}"
              f"  F1 {scores[2]:.3f}  (goal .950)")  # fmt: skip


async def _tell_speed() -> None:
    """Sort made-up articles as they come: of fingerprints made before, the archive's part."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{Path(folder)}/bench.sqlite3")
        ids = await _fill(archive)
        started, spent = time.perf_counter(), time.process_time()
        slowest = 0.0
        for article_id in ids:
            begun = time.perf_counter()
            await archive.stories.place(article_id)
            slowest = max(slowest, time.perf_counter() - begun)
        took, spent = time.perf_counter() - started, time.process_time() - spent
        found = len(await archive.stories.between(NOW - timedelta(days=90), NOW, limit=99_999))
        await archive.close()
    print(f"{len(ids)} articles of {EVENTS} events sorted one by one into {found} stories:")
    print(
        f"  {len(ids) / took:.0f} a second (goal 50), {len(ids) / spent:.0f} of one core; "
        f"the slowest {1000 * slowest:.0f} ms"
    )


async def _fill(archive: Archive) -> list[int]:
    """Store articles with fingerprints that share words and people as those of one beat do."""
    chance = random.Random(7)
    words = [f"слово{number}" for number in range(8_000)]
    people = [f"person{number}" for number in range(600)]
    events = [_event(chance, words, people) for _ in range(EVENTS)]
    ids = []
    for number in range(ARTICLES):
        base, at = events[min(EVENTS - 1, int(chance.paretovariate(0.8)) * 7 % EVENTS)]
        if chance.random() < 0.7:
            base, at = chance.choice(events)
        terms = {
            term: weight * chance.uniform(0.7, 1.3)
            for term, weight in base.terms.items()
            if chance.random() < 0.75
        }
        length = math.sqrt(sum(weight * weight for weight in terms.values())) or 1.0
        made = replace(base, terms={term: weight / length for term, weight in terms.items()})
        ids.append(await _store(archive, number, made, at + timedelta(hours=chance.random() * 40)))
    chance.shuffle(ids)
    return ids


def _event(
    chance: random.Random, words: Sequence[str], people: Sequence[str]
) -> tuple[Fingerprint, datetime]:
    named = {people[min(len(people) - 1, int(chance.paretovariate(0.6)))] for _ in range(3)}
    names = {f"~{person}" for person in named}
    terms = {word: chance.uniform(0.05, 0.3) for word in chance.sample(words, 32)}
    terms |= dict.fromkeys(names, 0.3)
    vector = bytes(chance.randrange(256) for _ in range(512))
    moment = NOW - timedelta(days=chance.random() * DAYS + 2)
    title = dict.fromkeys(sorted(names)[:2], 0.5)
    return Fingerprint(
        "ru", terms, title, frozenset(names), frozenset(named), vector=vector
    ), moment  # fmt: skip


async def _store(archive: Archive, number: int, made: Fingerprint, at: datetime) -> int:
    text = f"Стороны провели встречу номер {number} в Астане и обсудили торговлю."
    span = Span(0, len(text))
    article = NewArticle(
        f"Встреча {number}", False, text, "ru", str(number), outlet=f"Проба {number % 30}",
        published_at=at, published_has_time=True,
    )  # fmt: skip
    summary = Summary((SummarySentence(text, (span,)),), "lead")
    article_id = await archive.articles.add(article, summary, now=at)
    assert article_id is not None
    findings = Findings(
        fingerprint=made,
        material=Material("ru", f"Встреча {number}", (Said(text, (span,)),)),
    )
    pending = PendingArticle(article_id, article.title, text, at, str(number))
    await archive.analyses.keep(pending, findings, version=1, now=at)
    return article_id
