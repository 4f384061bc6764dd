"""The editions of the archive: reads the stories of a period once, composes for every reader."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive import Archive
from bot.archive.story_rows import StoryDetailsRow, StoryRow
from bot.beat import Beat
from bot.briefings.compose import Choice, choose, compose
from bot.briefings.edition import Edition, PersonView
from bot.briefings.edition_key import EditionKey
from bot.briefings.material import EditionFilter, Material, Weighed, words_of
from bot.briefings.periods import Period
from bot.briefings.ranking import standing
from bot.briefings.topics import Topics
from bot.briefings.waiting import waiting_stories
from summarizer.lookalikes import fold
from summarizer.seniority import seniority

EVERYTHING = EditionFilter()

_MOST_STORIES_READ = 3_000
_PERIODS_KEPT = 4
_SHORTEST_STEM, _LONGEST_ENDING = 3, 3
_NO_DETAILS = StoryDetailsRow((), (), ())


class Composer:
    """Composes editions; what it read of a period is kept until the archive has changed."""

    def __init__(self, archive: Archive, beat: Beat) -> None:
        """Join the parts; the topics' words are made ready when first needed."""
        self.topics = Topics.of_beat(beat)
        self._archive = archive
        self._weights = {source.outlet: source.weight for source in beat.sources}
        self._kept: OrderedDict[tuple[datetime, datetime], tuple[str, Material]] = OrderedDict()
        self._reading = asyncio.Lock()

    async def edition(
        self,
        start: datetime,
        end: datetime,
        *,
        zone: str,
        wanted: EditionFilter = EVERYTHING,
        topic: str | None = None,
        person: PersonView | None = None,
    ) -> Edition:
        """Compose the edition of start ≤ t < end for what a reader wants.

        zone: the reader's, in which what lies ahead begins. topic, person: what it is narrowed to
        besides `wanted`.
        """
        material = await self.material(start, end)
        if topic is not None or person is not None:
            wanted = EditionFilter(
                topics=frozenset() if topic is None else frozenset({topic}),
                people=frozenset() if person is None else frozenset({person.id}),
                exclude=wanted.exclude,
                least_importance=wanted.least_importance,
            )
        choice = choose(material, wanted)
        await self._read_news(material, choice)
        today = end.astimezone(ZoneInfo(zone)).date()
        composed = compose(material, choice, today=today, topic=topic, person=person)
        return await self._naming_models(composed)

    async def of_key(
        self, key: EditionKey, *, zone: str, wanted: EditionFilter = EVERYTHING
    ) -> Edition:
        """Compose the edition that a key names; a person who is gone narrows nothing."""
        row = None if key.person is None else await self._archive.people.get(key.person)
        person = None if row is None else PersonView(row.id, row.name, None)
        return await self.edition(
            key.start, key.end, zone=zone, wanted=wanted, topic=key.topic, person=person
        )

    async def story(self, story_id: int, *, zone: str) -> tuple[StoryRow, Edition] | None:
        """Compose an edition of one story, whole; None when it is gone."""
        row = await self._archive.stories.get(story_id)
        if row is None:
            return None
        details = await self._archive.stories.details([row.id])
        weighed = await asyncio.to_thread(self._weigh, [row], details, row.first_at)
        material = Material(row.first_at, row.last_at, weighed, len(row.articles), details)
        today = row.last_at.astimezone(ZoneInfo(zone)).date()
        edition = compose(material, choose(material, EVERYTHING), today=today)
        # What opens an edition of many would only repeat the headline.
        return row, await self._naming_models(replace(edition, brief=()))

    async def weighed(self, story_ids: Collection[int], *, since: datetime) -> tuple[Weighed, ...]:
        """Weigh single stories as an edition of the time since a moment would, weightiest first."""
        rows = await self._archive.stories.several(story_ids)
        details = await self._archive.stories.details([row.id for row in rows])
        return await asyncio.to_thread(self._weigh, rows, details, since)

    async def _naming_models(self, edition: Edition) -> Edition:
        told = {
            place.article_id
            for story in edition.stories
            for line in story.lines
            for place in line.evidence
        }
        return replace(edition, models=await self._archive.summaries.models(told))

    async def material(self, start: datetime, end: datetime) -> Material:
        """Read and weigh the stories of a period."""
        async with self._reading:
            state = await self._archive.periods.state()
            kept = self._kept.get((start, end))
            if kept is not None and kept[0] == state:
                self._kept.move_to_end((start, end))
                return kept[1]
            material = await self._read(start, end)
            self._kept[start, end] = (state, material)
            while len(self._kept) > _PERIODS_KEPT:
                self._kept.popitem(last=False)
            return material

    async def _read(self, start: datetime, end: datetime) -> Material:
        rows = await self._archive.stories.between(start, end, limit=_MOST_STORIES_READ)
        rows += await waiting_stories(self._archive, Period(start, end))
        details = await self._archive.stories.details([row.id for row in rows if row.id > 0])
        articles = sum(start <= article.listed_at < end for row in rows for article in row.articles)
        # The words of a thousand stories are looked through: not on the event loop.
        weighed = await asyncio.to_thread(self._weigh, rows, details, start)
        return Material(start, end, weighed, articles, details)

    async def _read_news(self, material: Material, choice: Choice) -> None:
        """Read what was added to the stories that began before the period and will be told."""
        for story in choice.told:
            row = story.row
            if row.first_at < material.start and row.id not in material.news:
                news = await self._archive.stories.news(row.id, material.start)
                if news is not None:
                    material.news[row.id] = news

    def _weigh(
        self, rows: Sequence[StoryRow], details: Mapping[int, StoryDetailsRow], since: datetime
    ) -> tuple[Weighed, ...]:
        weighed = [self._weighed(row, details.get(row.id, _NO_DETAILS), since) for row in rows]
        return tuple(sorted(weighed, key=lambda story: -story.standing.importance))

    def _weighed(self, row: StoryRow, details: StoryDetailsRow, since: datetime) -> Weighed:
        texts = [row.headline, *(line.text for line in row.lines)]
        rank = _rank(details, " ".join(texts))
        return Weighed(
            row,
            standing(row, weights=self._weights, rank=rank, since=since),
            self.topics.of(row.headline, " ".join(texts[1:])),
            frozenset(person.id for person in details.people),
            words_of((*texts, *(article.title for article in row.articles))),
        )


def _rank(details: StoryDetailsRow, text: str) -> float:
    """Give the highest post of those who take part: whom the text itself names by surname.

    Articles mention presidents who were not there.
    """
    words = words_of([text])
    return max(
        (
            seniority(person.post)
            for person in details.people
            if any(_begins(word, person.name) for word in words)
        ),
        default=0.0,
    )


def _begins(word: str, name: str) -> bool:
    """Say whether a folded word is a surname in some case: all but its ending is the same."""
    surname = fold(name.rsplit(maxsplit=1)[-1])
    stem = surname[: max(_SHORTEST_STEM, len(surname) - 2)]
    return word.startswith(stem) and abs(len(word) - len(surname)) <= _LONGEST_ENDING
