"""Composing an edition: from the stories of a period to what is told of them, and in what order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from bot.archive.rows import EvidenceRow, SentenceRow
from bot.archive.story_rows import EncounterRow, StoryArticleRow, StoryQuoteRow
from bot.briefings.edition import (
    DifferenceView,
    Edition,
    FigureView,
    Line,
    MeetingView,
    PersonView,
    QuoteView,
    Reason,
    SourceView,
    Statement,
    StoryView,
    UpcomingView,
)
from bot.briefings.material import EditionFilter, Material, Weighed, matches, phrase_forms
from bot.briefings.ranking import choose_stories
from summarizer.name_keys import surname_sound
from summarizer.seniority import seniority

MOST_STORIES = 12
MOST_MEETINGS = 8
MOST_QUOTES = 5
MOST_DIFFERENCES = 6
MOST_UPCOMING = 8
MOST_FIGURES = 6
BRIEF_LINES = 3

_LISTED_SOURCES = 8
"""Of one story; those that a sentence rests on are always listed."""
_PEOPLE_SHOWN = 6
# "о 14 тысячах листов": out of its sentence the figure would stand in a wrong case.
_OBLIQUE = re.compile(r"\w(?:[ая]х|[ая]м|[ая]ми)(?!\w)")
_SHORTEST_QUOTE, _LONGEST_QUOTE = 40, 420


def select(material: Material, wanted: EditionFilter) -> list[Weighed]:
    """List the stories of a period that a reader wants to hear of, the weightiest first."""
    include = {phrase: phrase_forms(phrase) for phrase in wanted.include}
    exclude = {phrase: phrase_forms(phrase) for phrase in wanted.exclude}
    is_open = not (wanted.topics or wanted.people or include)
    return [
        story
        for story in material.stories
        if story.standing.importance >= wanted.least_importance
        and (
            is_open
            or story.topic in wanted.topics
            or not wanted.people.isdisjoint(story.people)
            or matches(story.words, include)
        )
        and not matches(story.words, exclude)
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """The stories that an edition tells, how many it leaves out, and of how many articles."""

    told: tuple[Weighed, ...]
    left_out: int
    articles: int


def choose(material: Material, wanted: EditionFilter, *, most: int = MOST_STORIES) -> Choice:
    """Choose the stories that an edition tells for what a reader wants."""
    selected = select(material, wanted)
    ranked = [(story.standing.importance, story.topic, story) for story in selected]
    told = choose_stories(ranked, most)
    return Choice(tuple(told), len(selected) - len(told), _articles(material, selected))


def _articles(material: Material, selected: Sequence[Weighed]) -> int:
    """Count the articles of the period that the stories rest on; for everybody's edition all."""
    if len(selected) == len(material.stories):
        return material.articles
    inside = (
        article.id
        for story in selected
        for article in story.row.articles
        if material.start <= article.listed_at < material.end
    )
    return len(set(inside))


def compose(
    material: Material,
    choice: Choice,
    *,
    today: date,
    topic: str | None = None,
    person: PersonView | None = None,
) -> Edition:
    """Compose an edition of the stories that were chosen.

    today: the reader's day at the end of the period; what lies ahead begins there.
    topic, person: what the edition is narrowed to, for its heading.
    """
    told = choice.told
    maker = _Maker(material, _Numbering(), told)
    stories = tuple(map(maker.story, told))
    if all(story.is_new for story in stories):
        # Said of every story it would tell nothing.
        stories = tuple(
            replace(story, reasons=tuple(r for r in story.reasons if r is not Reason.NEW))
            for story in stories
        )
    return Edition(
        start=material.start,
        end=material.end,
        brief=tuple(
            Line(story.headline, story.lines[0].evidence, story.lines[0].sources)
            for story in stories[:BRIEF_LINES]
            if story.lines
        ),
        stories=stories,
        left_out=choice.left_out,
        meetings=tuple(maker.meetings())[:MOST_MEETINGS],
        quotes=tuple(maker.quotes())[:MOST_QUOTES],
        differences=tuple(maker.differences())[:MOST_DIFFERENCES],
        upcoming=tuple(maker.upcoming(today))[:MOST_UPCOMING],
        figures=tuple(maker.figures())[:MOST_FIGURES],
        sources=maker.numbering.sources,
        articles=choice.articles,
        topic=topic,
        person=person,
    )


class _Numbering:
    """Numbers the sources of an edition as they are first told, from 1."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._sources: list[SourceView] = []

    @property
    def sources(self) -> tuple[SourceView, ...]:
        return tuple(self._sources)

    def number(self, row: StoryArticleRow) -> int:
        known = self._numbers.get(row.id)
        if known is not None:
            return known
        number = len(self._sources) + 1
        self._numbers[row.id] = number
        self._sources.append(
            SourceView(
                number=number,
                article_id=row.id,
                outlet=row.outlet,
                title=row.title,
                # Whatever came in by file or by hand: only what a browser may open.
                url=row.url if row.url and row.url.startswith(("https://", "http://")) else None,
                language=row.language,
                published_at=row.published_at,
                published_has_time=row.published_has_time,
                is_sample=row.is_sample,
            )
        )
        return number


@dataclass(frozen=True)
class _Maker:
    """Makes the parts of one edition from the stories it tells."""

    material: Material
    numbering: _Numbering
    told: Sequence[Weighed]

    def story(self, weighed: Weighed) -> StoryView:
        row = weighed.row
        lines = tuple(self._line(weighed, sentence) for sentence in self.material.lines(row))
        rested = {evidence.article_id for line in lines for evidence in line.evidence}
        listed = [a for a in row.articles if a.id in rested] + [
            a for a in row.articles if a.id not in rested
        ]
        shown = {article.id for article in listed[:_LISTED_SOURCES]} | rested
        is_new = row.first_at >= self.material.start
        return StoryView(
            id=row.id,
            headline=row.headline,
            lines=lines,
            people=tuple(self._people(weighed).values())[:_PEOPLE_SHOWN],
            places=row.places,
            happened_on=row.happened_on,
            sources=tuple(self.numbering.number(a) for a in row.articles if a.id in shown),
            outlets=len(row.outlets),
            importance=weighed.standing.importance,
            reasons=(*weighed.standing.reasons, *((Reason.NEW,) if is_new else ())),
            topic=weighed.topic,
            is_new=is_new,
        )

    def meetings(self) -> Iterable[MeetingView]:
        for weighed in self.told:
            yield from (self._meeting(weighed, one) for one in weighed.row.encounters)

    def _meeting(self, weighed: Weighed, encounter: EncounterRow) -> MeetingView:
        row = weighed.row
        people = self._people(weighed).values()
        named = (_named(name, people) for name in encounter.people)
        # Of several places nobody said which one it was.
        place = encounter.place or (row.places[0] if len(row.places) == 1 else None)
        return MeetingView(
            story_id=row.id,
            happened_on=encounter.day or row.happened_on,
            place=place,
            people=tuple(person for person in named if person),
            line=self._line(weighed, encounter.sentence),
        )

    def quotes(self) -> Iterable[QuoteView]:
        """Give one quote a story, those of the highest posts first."""
        best = []
        for weighed in self.told:
            details = self.material.details.get(weighed.row.id)
            fitting = [
                quote
                for quote in (details.quotes if details else ())
                if quote.speaker is not None
                and _SHORTEST_QUOTE <= len(quote.text) <= _LONGEST_QUOTE
            ]
            shown = [self._quote(weighed, quote) for quote in fitting]
            if shown:
                best.append(max(shown, key=_height))
        yield from sorted(best, key=_height, reverse=True)

    def _quote(self, weighed: Weighed, quote: StoryQuoteRow) -> QuoteView:
        speaker = None
        if quote.speaker is not None and quote.speaker_id is not None:
            known = self._people(weighed).get(quote.speaker_id)
            speaker = PersonView(
                quote.speaker_id, quote.speaker, quote.post or (known.post if known else None)
            )
        [source] = self._sources(weighed, (quote.article_id,)) or (0,)
        return QuoteView(quote.id, quote.text, speaker, source, weighed.row.id)

    def differences(self) -> Iterable[DifferenceView]:
        for weighed in self.told:
            for difference in weighed.row.differences:
                yield DifferenceView(
                    difference.kind,
                    weighed.row.id,
                    tuple(
                        Statement(statement.value, self._line(weighed, statement.sentence))
                        for statement in difference.statements
                    ),
                )

    def upcoming(self, today: date) -> Iterable[UpcomingView]:
        """Give what is still ahead, the nearest first; one day of one story once."""
        found = {
            (weighed.row.id, event.starts_on): (weighed, event)
            for weighed in reversed(self.told)
            for event in weighed.row.upcoming
            if event.ends_on >= today
        }
        for weighed, event in sorted(found.values(), key=lambda entry: entry[1].starts_on):
            yield UpcomingView(
                weighed.row.id,
                event.starts_on,
                event.ends_on,
                self._line(weighed, event.sentence),
            )

    def figures(self) -> Iterable[FigureView]:
        for weighed in self.told:
            fitting = (f for f in weighed.row.figures if not _OBLIQUE.search(f.value))
            for figure in islice(fitting, 1):
                yield FigureView(weighed.row.id, figure.value, self._line(weighed, figure.sentence))

    def _line(self, weighed: Weighed, sentence: SentenceRow) -> Line:
        return Line(sentence.text, sentence.evidence, self._evidence(weighed, sentence.evidence))

    def _evidence(self, weighed: Weighed, evidence: Sequence[EvidenceRow]) -> tuple[int, ...]:
        return self._sources(weighed, dict.fromkeys(row.article_id for row in evidence))

    def _sources(self, weighed: Weighed, articles: Iterable[int]) -> tuple[int, ...]:
        known = {row.id: row for row in weighed.row.articles}
        return tuple(self.numbering.number(known[id_]) for id_ in articles if id_ in known)

    def _people(self, weighed: Weighed) -> dict[int, PersonView]:
        details = self.material.details.get(weighed.row.id)
        return {
            person.id: PersonView(person.id, person.name, person.post)
            for person in (details.people if details else ())
        }


def _height(quote: QuoteView) -> float:
    return seniority(quote.speaker.post if quote.speaker else None)


def _named(name: str, people: Iterable[PersonView]) -> PersonView | None:
    """Find whom an article means by a name; the archive may know them by a fuller one."""
    heard = surname_sound(name)
    return next(
        (one for one in people if one.name == name),
        next((one for one in people if heard and surname_sound(one.name) == heard), None),
    )
