"""Faithful sentences and spoilt copies of them, for measuring the evidence check."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.settings import PROJECT
from summarizer.evaluation.spoil import Pool, half_of, spoil
from summarizer.evaluation.spoil_words import Sample, Spoilt
from summarizer.lookalikes import words
from summarizer.models import Models
from summarizer.names_lexicon import is_common_word
from summarizer.ner import tag
from summarizer.organisations import find_places
from summarizer.spans import Span
from summarizer.summary.evidence import Source, read_source
from summarizer.summary.evidence_words import read_lines
from summarizer.text import Sentence, read_article

BRIEFS = PROJECT.parent / "shared" / "data" / "briefs"
_TAIL = re.compile(
    r", ((?:чтобы|поскольку|так как|несмотря на|из-за|после того как|хотя|благодаря|в связи с)"
    r"\s[а-яё][^,.;:«»()\d]{12,70})[.,]"
)
_NEAREST = 25
_OWN_SENTENCES = 2


@dataclass(frozen=True)
class Example:
    """A faithful sentence, where it is from ("reference" or "article"), and its spoilt copies."""

    origin: str
    sample: Sample
    spoilt: tuple[Spoilt, ...]


@dataclass(frozen=True)
class Case:
    """An article, prepared, and its examples."""

    id: str
    half: int
    source: Source
    examples: tuple[Example, ...]


def rows() -> list[dict[str, Any]]:
    """Read the articles with their references; none when the shared data are absent."""
    if not BRIEFS.is_dir():
        return []
    found = []
    for name in ("dev.jsonl", "train.jsonl"):
        for line in (BRIEFS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append({**row, "references": row.get("summaries") or [row["summary"]]})
    return found


def cases(models: Models, half: int | None = None, limit: int | None = None) -> Iterator[Case]:
    """Prepare the articles of one half, or all, and spoil their references and own sentences.

    Args:
        models: the language models.
        half: 0 for tuning, 1 for the figure; both when not given.
        limit: at most so many articles.
    """
    every = rows()
    chosen = [row for row in every if half is None or half_of(row["text"]) == half][:limit]
    topics = [_topic(row["text"]) for row in every]
    counts = Counter(word for topic in topics for word in topic)
    sources = {row["id"]: read_source(row["text"], models) for row in chosen}
    people = [person for source in sources.values() for person in source.people]
    strangers = tuple(person for person in people if len(person.name.split()) == 2)[:800]
    places = tuple(
        sorted(
            {
                place.name
                for source in sources.values()
                for place in find_places(source.tagged, source.people)
                if " " not in place.name
            }
        )
    )[:400]
    for row in chosen:
        near = _nearest(row["id"], _topic(row["text"]), every, topics, counts)
        pool = Pool(
            strangers,
            places,
            tuple(clause for other in near for clause in _clauses(other["text"], models)),
            tuple(tail for other in near for tail in _TAIL.findall(other["text"])),
        )
        source = sources[row["id"]]
        yield Case(row["id"], half_of(row["text"]), source, tuple(_examples(row, source, pool)))


def _examples(row: dict[str, Any], source: Source, pool: Pool) -> Iterator[Example]:
    for origin, texts in (
        ("reference", [s for each in row["references"] for s in sentences(each)]),
        ("article", _own(source)),
    ):
        lines = read_lines(texts, source.models)
        for text, line in zip(texts, lines, strict=True):
            tagged = tag(text, source.models, sentences=[Sentence(text, Span(0, len(text)))])
            if not tagged.sentences or len(tagged.sentences[0]) != len(line.words):
                continue
            sample = Sample(text, line, tagged, source)
            yield Example(origin, sample, tuple(spoil(sample, pool)))


def sentences(summary: str) -> list[str]:
    """Split a summary into its sentences."""
    return [sentence.text for sentence in read_article(f"\n\n{summary}", title="-").sentences]


def _own(source: Source) -> list[str]:
    """Take an article's second sentence and one from its middle."""
    told = [each.text for each in source.article.sentences if 6 <= len(each.text.split()) <= 40]
    return [told[at] for at in sorted({1, len(told) // 2}) if at < len(told)][:_OWN_SENTENCES]


def _topic(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in words(text) if len(word) > 4)


def _nearest(
    own: str,
    topic: frozenset[str],
    every: Sequence[dict[str, Any]],
    topics: Sequence[frozenset[str]],
    counts: Counter[str],
) -> list[dict[str, Any]]:
    """Find the articles that share most rare words with one, so that their clauses fit it."""
    scores = [
        (sum(1 / counts[word] for word in topic & other) / len(other or "-"), number)
        for number, other in enumerate(topics)
        if every[number]["id"] != own
    ]
    return [every[number] for _, number in sorted(scores, reverse=True)[:_NEAREST]]


def _clauses(text: str, models: Models) -> Iterator[str]:
    """List the short sentences of an article, as clauses: with a small letter, without a stop."""
    for sentence in read_article(text).sentences:
        said = sentence.text
        parts = said.split()
        if not 4 <= len(parts) <= 11 or any(mark in said for mark in '«»:;()—–"'):
            continue
        if is_common_word(parts[0].strip(","), models):
            yield said[0].lower() + said[1:].rstrip(".!?…")
