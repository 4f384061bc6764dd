"""The pictures of an edition: what is read for each, and drawn beside the event loop."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from bot.archive import Archive
from bot.briefings.charts import (
    Chart,
    Encounter,
    Palette,
    Visit,
    WeekCount,
    encounters_chart,
    visits_chart,
    weeks_chart,
)
from bot.briefings.edition import Edition
from bot.briefings.edition_words import EditionWords
from bot.briefings.material import Material

WEEKS = 8
_FEWEST_VISITS = 2
_FEWEST_ENCOUNTERS = 2
_FEWEST_WEEKS = 2


async def pictures_of(
    said: EditionWords, material: Material, archive: Archive, palette: Palette
) -> tuple[Chart, ...]:
    """Draw what an edition has enough of to be worth a picture.

    material: what the edition was composed from.
    """
    words = said.wording
    draw: list[Callable[[], Chart]] = []
    weeks = await _weeks(said, archive)
    if sum(week.stories > 0 for week in weeks) >= _FEWEST_WEEKS:
        draw.append(lambda: weeks_chart(weeks, words, palette))
    visits = _visits(said.edition)
    if len(visits) >= _FEWEST_VISITS:
        draw.append(lambda: visits_chart(visits, words, palette))
    pairs = _encounters(material, {story.id for story in said.edition.stories})
    if len(pairs) >= _FEWEST_ENCOUNTERS:
        draw.append(lambda: encounters_chart(pairs, words, palette))
    return tuple([await asyncio.to_thread(one) for one in draw])


async def _weeks(said: EditionWords, archive: Archive) -> list[WeekCount]:
    zone = ZoneInfo(said.reader.time_zone)
    counted = await archive.periods.weeks(said.edition.end, number=WEEKS)
    weeks = [WeekCount(start.astimezone(zone).date(), *counts) for start, *counts in counted]
    # An archive that is younger begins with its first week.
    first = next((at for at, week in enumerate(weeks) if week.articles), len(weeks))
    return weeks[first:]


def _visits(edition: Edition) -> list[Visit]:
    headlines = {story.id: story.headline for story in edition.stories}
    return [
        Visit(day, headlines[meeting.story_id])
        for meeting in edition.meetings
        if (day := _day(meeting.happened_on)) and meeting.story_id in headlines
    ]


def _encounters(material: Material, told: set[int]) -> list[Encounter]:
    names = {
        person.id: person.name
        for story_id, details in material.details.items()
        if story_id in told
        for person in details.people
    }
    pairs: Counter[tuple[int, int]] = Counter()
    for story_id, details in material.details.items():
        if story_id in told:
            pairs.update({_ordered(pair) for pair in details.met})
    return [
        Encounter(names[one], names[other], stories)
        for (one, other), stories in pairs.most_common()
        if one in names and other in names
    ]


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    one, other = pair
    return (one, other) if one <= other else (other, one)


def _day(iso: str | None) -> date | None:
    if iso is None:
        return None
    try:
        return date.fromisoformat(iso.partition("/")[0])
    except ValueError:
        return None
