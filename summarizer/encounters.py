"""Meetings, calls and visits that an article tells of as past: who, with whom, where, when."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from summarizer.analysis import Analysis
from summarizer.lookalikes import fold
from summarizer.spans import Span
from summarizer.text import Sentence

_MEETING = re.compile(
    r"(?<!\w)(?:встрет|встреч|переговор|беседова|провел\w* бесед|принял|разговор|созвонил|met(?!\w)"
    r"|meeting|talks|phone call|spoke|кездес|келіссөз)"
)
# "A встретился с B", "на переговорах A с B"; else a sentence may speak of two different meetings.
_WITH = re.compile(r"(?<!\w)(?:со?|with)(?!\w)|(?<!\w)(?:принял|met)(?!\w)")
_BOTH = re.compile(
    r"\s*(?:встретились|созвонились|провели (?:встречу|переговоры|(?:телефонный )?разговор)"
    r"|met(?!\w)|held talks)"
)
# Only what has taken place or goes on: what is planned belongs to what lies ahead.
_VISIT = re.compile(
    r"(?<!\w)(?:(?:совершил|нанес)(?:а|и|л|ла|ли)?\s(?:[\w-]+\s){0,3}(?:визит|поездку)"
    r"|(?:прибыл|наход|пребыва)\w*\s(?:[\w-]+\s){0,3}с\s(?:[\w-]+\s){0,3}визитом"
    r"|посетил(?:а|и)?|побывал(?:а|и)?"
    r"|(?:visited|paid an?\s(?:[\w-]+\s){0,3}visit|made an?\s(?:[\w-]+\s){0,3}visit)"
    r"|сапармен\s(?:келді|барды|болды))(?!\w)"
)
_NOT = re.compile(r"(?<!\w)(?:не|not|never)\s$")
_INTO = re.compile(r"(?:(?<!\w)(?:в|во|на|in|to)\s+(?:(?:город|г\.|столиц\w+)\s*)?)$")
_VISITED = re.compile(r"(?:посетил(?:а|и)?|visited)\s+(?:город\s+)?$")
_DAY = len("2026-03-26")
_MOST_VISITORS = 4


class EncounterKind(StrEnum):
    """What it was."""

    MEETING = "meeting"
    """By telephone too."""
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class FoundEncounter:
    """A sentence about a meeting or a visit, and who takes part (places in `Analysis.people`).

    `place` and `day` (ISO) are what that sentence states, or None.
    """

    kind: EncounterKind
    sentence: Sentence
    people: tuple[int, ...]
    place: str | None
    day: str | None


def find_encounters(
    text: str, sentences: Sequence[Sentence], analysis: Analysis
) -> Iterator[FoundEncounter]:
    """Find sentences, outside quotes, that tell of two people that they met, or of a visit.

    Args:
        text: the article's original text, which all spans index.
        sentences: its sentences in order.
        analysis: its people, places, dates and quotes.
    """
    quoted = [quote.span for quote in analysis.quotes if quote.direct]
    for number, named in sorted(_named(sentences, analysis).items()):
        sentence = sentences[number]
        if any(_overlap(sentence.span, span) for span in quoted):
            continue
        if len(named) == 2 and _have_met(text, sentence, named):
            kind, people = EncounterKind.MEETING, tuple(named)
        elif visitors := _visitors(text, sentence, named):
            kind, people = EncounterKind.VISIT, visitors
        else:
            continue
        place, day = _place(text, sentence, analysis), _day(sentence, analysis)
        yield FoundEncounter(kind, sentence, people, place, day)


def _named(sentences: Sequence[Sentence], analysis: Analysis) -> dict[int, dict[int, Span]]:
    """List for sentences who is named there, in that order, with the first mention."""
    starts = [sentence.span.start for sentence in sentences]
    mentions = sorted(
        (
            (span.start, span, index)
            for index, one in enumerate(analysis.people)
            for span in one.mentions
        ),
        key=lambda mention: mention[0],
    )
    found: dict[int, dict[int, Span]] = {}
    for start, span, index in mentions:
        number = bisect_right(starts, start) - 1
        if number >= 0 and _within(sentences[number], span):
            found.setdefault(number, {}).setdefault(index, span)
    return found


def _have_met(text: str, sentence: Sentence, named: dict[int, Span]) -> bool:
    if not _MEETING.search(fold(sentence.text)):
        return False
    first, second = named.values()
    between = fold(text[first.end : second.start])
    after = fold(text[second.end : sentence.span.end])
    return bool(_WITH.search(between) or _BOTH.match(after))


def _visitors(text: str, sentence: Sentence, named: dict[int, Span]) -> tuple[int, ...]:
    """Give who is named before the words that tell of a visit: its subject stands there."""
    shown = fold(text[sentence.span.start : sentence.span.end])
    visit = _VISIT.search(shown)
    if visit is None or _NOT.search(shown[: visit.start()]):
        return ()
    at = sentence.span.start + visit.start()
    before = tuple(index for index, span in named.items() if span.end <= at)
    # A clause between may have another subject: "Тестов заявил, что Пробин посетил Астану".
    if not before or len(before) > _MOST_VISITORS:
        return ()
    since_name = shown[named[before[-1]].end - sentence.span.start : visit.start()]
    return () if "," in since_name or _begins_clause(shown[: visit.start()]) else before


def _begins_clause(before: str) -> bool:
    return re.search(r",\s(?:что|чтобы|как|котор\w+|that|which)\s", before) is not None


def _place(text: str, sentence: Sentence, analysis: Analysis) -> str | None:
    """Give the one place that the sentence says it was in."""
    found = set()
    for place in analysis.places:
        for span in place.mentions:
            before = fold(text[sentence.span.start : span.start])
            if _within(sentence, span) and (_INTO.search(before) or _VISITED.search(before)):
                found.add(place.name)
    return found.pop() if len(found) == 1 else None


def _day(sentence: Sentence, analysis: Analysis) -> str | None:
    """Give the one day (or span of days) that the sentence states."""
    found = {
        stated.iso
        for stated in analysis.dates
        if _within(sentence, stated.span)
        and len(stated.iso.partition("/")[0]) == _DAY
        and not stated.iso.startswith("--")
    }
    return found.pop() if len(found) == 1 else None


def _within(sentence: Sentence, span: Span) -> bool:
    return sentence.span.start <= span.start < sentence.span.end


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
