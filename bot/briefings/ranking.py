"""How much a story weighs in an edition, and why; which ones are told when not all can be."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.archive.story_rows import StoryRow
from bot.briefings.edition import Reason

# Shares of importance. Judged by hand on the samples: who told it and who is in it matter most.
_OUTLETS, _RANK, _BEAT, _NEW = 0.35, 0.30, 0.25, 0.10
USUAL_WEIGHT = 0.5
"""Of an outlet that is no source of the beat."""
_ENOUGH_WEIGHT = 2.5
_MANY_OUTLETS = 3
_HIGH_RANK = 0.8
_SQUARELY = 0.9
_UNJUDGED = 0.5
_CROWD = 0.8
"""What every story of a topic takes from the next one of it: no topic crowds out the others."""


Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Standing:
    """How much a story weighs (0 to 1; only the order means something), and why."""

    importance: float
    reasons: tuple[Reason, ...]


def standing(
    story: StoryRow, *, weights: Mapping[str, float], rank: float, since: datetime
) -> Standing:
    """Weigh a story.

    weights: of outlets by name, 0 to 1. rank: the highest post in it, 0 to 1.
    since: when the period began, aware.
    """
    outlets = story.outlets
    told = sum(weights.get(outlet, USUAL_WEIGHT) for outlet in outlets)
    judged = [row.relevance for row in story.articles if row.relevance is not None]
    beat = max(judged, default=_UNJUDGED)
    is_new = story.first_at >= since
    reasons = (
        (Reason.OUTLETS, len(outlets) >= _MANY_OUTLETS),
        (Reason.RANK, rank >= _HIGH_RANK),
        (Reason.BEAT, beat >= _SQUARELY),
    )
    importance = (
        _OUTLETS * (1 - math.exp(-told / _ENOUGH_WEIGHT))
        + _RANK * rank
        + _BEAT * beat
        + _NEW * is_new
    )
    return Standing(importance, tuple(reason for reason, holds in reasons if holds))


def choose_stories(ranked: Sequence[tuple[float, str | None, Told]], most: int) -> list[Told]:
    """Choose what is told by importance, each topic's next story weighing less than the last.

    ranked: importance, topic and story.
    Returns at most `most` stories, the weightiest first.
    """
    waiting: dict[str | None, deque[tuple[float, Told]]] = {}
    for importance, topic, story in sorted(ranked, key=lambda entry: -entry[0]):
        waiting.setdefault(topic, deque()).append((importance, story))
    weight = dict.fromkeys(waiting, 1.0)
    chosen: list[Told] = []
    while waiting and len(chosen) < most:
        # Only the first of each topic can be the next.
        topic = max(waiting, key=lambda topic: waiting[topic][0][0] * weight[topic])
        chosen.append(waiting[topic].popleft()[1])
        if not waiting[topic]:
            del waiting[topic]
        if topic is not None:
            weight[topic] *= _CROWD
    return chosen
