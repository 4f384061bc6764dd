"""From the analysis of an article to what the archive keeps of it about people."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis import Analysis, Person
from summarizer.encounters import EncounterKind, find_encounters
from summarizer.findings import (
    Findings,
    FoundDate,
    FoundMeeting,
    FoundPerson,
    FoundQuote,
    FoundSentence,
)
from summarizer.spans import Span
from summarizer.text import Sentence, read_article

MOST_PEOPLE = 200
"""People kept of one article; a list of thousands of names says nothing of anybody."""


def find(text: str, analysis: Analysis, *, title: str | None) -> Findings:
    """Choose what is kept of an analysis.

    Args:
        text: the article's original text, which all spans index.
        analysis: what was understood of it.
        title: the title that was given apart from the text, if one was.
    """
    return _Finder(text, analysis, title).findings()


class _Finder:
    """Puts people, quotes and dates beside the sentences they stand in."""

    def __init__(self, text: str, analysis: Analysis, title: str | None) -> None:
        self._text = text
        self._analysis = replace(analysis, people=analysis.people[:MOST_PEOPLE])
        self._people = self._analysis.people
        self._sentences = read_article(text, title=title).sentences
        self._starts = [sentence.span.start for sentence in self._sentences]
        self._named: dict[int, list[int]] = {}
        for place, person in enumerate(self._people):
            for span in person.mentions:
                if (number := self._sentence_at(span.start)) is not None:
                    self._named.setdefault(number, []).append(place)

    def findings(self) -> Findings:
        return Findings(
            tuple(map(self._person, self._people)),
            tuple(self._quotes()),
            tuple(self._dates()),
            tuple(self._meetings()),
            self._analysis.summary,
            headline=self._analysis.headline or None,
            brief=self._analysis.brief,
        )

    def _sentence_at(self, offset: int) -> int | None:
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self._sentences[number].span.end:
            return None
        return number

    def _person(self, person: Person) -> FoundPerson:
        mentions = tuple((self._text[span.start : span.end], span) for span in person.mentions)
        first = self._first(person)
        return FoundPerson(
            person.name,
            person.gender,
            mentions,
            person.roles,
            FoundSentence(first.text, first.span) if first else None,
        )

    def _first(self, person: Person) -> Sentence | None:
        """Find the first sentence in the outlet's own words that names the person."""
        quoted = [quote.span for quote in self._analysis.quotes if quote.direct]
        for span in sorted(person.mentions, key=lambda span: span.start):
            number = self._sentence_at(span.start)
            if number is not None and not _touches(self._sentences[number].span, quoted):
                return self._sentences[number]
        return None

    def _quotes(self) -> list[FoundQuote]:
        places = {person.name: place for place, person in enumerate(self._people)}
        found = []
        for quote in self._analysis.quotes:
            about = [
                place
                for place, person in enumerate(self._people)
                if any(
                    quote.span.start <= span.start and span.end <= quote.span.end
                    for span in person.mentions
                )
            ]
            speaker = None if quote.speaker is None else places.get(quote.speaker)
            found.append(FoundQuote(quote, speaker, tuple(about)))
        return found

    def _dates(self) -> list[FoundDate]:
        found = []
        for date in self._analysis.dates:
            number = self._sentence_at(date.span.start)
            people = self._named.get(number, []) if number is not None else []
            if number is not None and people:
                sentence = self._sentences[number].text
                found.append(FoundDate(date, sentence, tuple(dict.fromkeys(people))))
        return found

    def _meetings(self) -> list[FoundMeeting]:
        found = find_encounters(self._text, self._sentences, self._analysis)
        return [
            FoundMeeting(one.sentence.text, one.people)
            for one in found
            if one.kind is EncounterKind.MEETING
        ]


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
