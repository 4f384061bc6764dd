"""A stream of news is sorted into events, whatever the order in which articles come in."""

import random
from collections import defaultdict

import pytest

from bot.archive import Archive
from tests.archive.making import MONDAY
from tests.stories.streaming import b_cubed, story_of, stream, tell


async def sorted_in(archive: Archive, seed: int | None) -> tuple[dict[int, str], dict[int, int]]:
    """Let the stream come in by time, or shuffled; give events and stories by article."""
    order = list(stream())
    if seed is not None:
        random.Random(seed).shuffle(order)
    events = await tell(archive, order, now=MONDAY)
    return events, await story_of(archive, events)


def test_the_stream_is_large_and_holds_the_traps() -> None:
    events = {one.event for one in stream()}
    assert len(stream()) >= 60
    assert len(events) >= 20
    assert {one.article.language for one in stream()} == {"ru", "en", "kk"}
    # The same two people twice, the same forum a year before, one company twice.
    assert events >= {"astana-visit", "new-york", "forum", "forum-before", "locomotives", "plant"}


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
async def test_events_become_stories_in_any_order(
    sqlite_archive: Archive, seed: int | None
) -> None:
    events, stories = await sorted_in(sqlite_archive, seed)
    assert b_cubed(events, stories)[2] >= 0.95
    of_event = defaultdict(set)
    for article_id, event in events.items():
        of_event[event].add(stories[article_id])
    # Neither the same people at another meeting, nor the same words in another year.
    for one, other in (
        ("astana-visit", "new-york"),
        ("karaganda", "shymkent"),
        ("forum", "forum-before"),
        ("rate-16", "rate-17"),
        ("bill", "hearing"),
        ("visas", "visa-fee"),
        ("ministers", "business-c5"),
    ):
        assert not of_event[one] & of_event[other], (one, other)
    # A figure that differs, and a report that comes late, part nothing.
    for event in ("forum", "locomotives", "hospital", "wheat", "scandium", "flight"):
        assert len(of_event[event]) == 1, event


async def test_a_story_of_the_stream_reads_as_one(sqlite_archive: Archive) -> None:
    events, stories = await sorted_in(sqlite_archive, 7)
    story_id = next(stories[one] for one, event in events.items() if event == "locomotives")
    story = await sqlite_archive.stories.get(story_id)
    assert story is not None
    assert 0 < len(story.headline.split()) <= 12
    assert 1 <= len(story.lines) <= 3
    assert [row.listed_at for row in story.articles] == sorted(
        row.listed_at for row in story.articles
    )
    values = {one.value for difference in story.differences for one in difference.statements}
    assert values == {"4,2 млрд долларов", "4,1 млрд долларов"}
    texts = {row.id: await sqlite_archive.articles.text(row.id) for row in story.articles}
    for line in story.lines:
        for place in line.evidence:
            text = texts[place.article_id]
            assert text is not None
            assert text[place.start : place.end].strip()
