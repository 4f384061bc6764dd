"""An article prepared once, so that many sentences can be held against it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from summarizer.analysis import Person, Quote
from summarizer.language import detect_language
from summarizer.lookalikes import fold, words
from summarizer.models import Models
from summarizer.name_keys import name_words, sound
from summarizer.names_words import is_initial
from summarizer.ner import Kind as NameKind
from summarizer.ner import Tagged, Token, tag
from summarizer.people import find_people
from summarizer.quotes import find_quotes
from summarizer.spans import Span
from summarizer.summary.evidence_bag import Bag
from summarizer.summary.evidence_grammar import Part, is_denied, part_of
from summarizer.summary.evidence_numbers import Quantity, find_quantities
from summarizer.summary.evidence_times import Moment, find_moments
from summarizer.summary.evidence_words import Line, lines_of, linked, units_of
from summarizer.summary.parsed import Document, Word, parse_article
from summarizer.text import ArticleText, read_article

READ_AT_MOST = 200
"""Sentences of an article that are compared word by word; a verbatim one is found anywhere."""

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that the article names: folded words, and the lines that name it."""

    kind: NameKind
    words: frozenset[str]
    lines: frozenset[int]


@dataclass(frozen=True)
class Source:
    """An article, prepared once to be asked whether it says something.

    `lines` are its sentences (the title too, when the text itself gives it), `spans` their places
    in the original, `bag` their words; `said` are the words of each sentence, folded, for finding
    a verbatim one; `quotes` and `people` as the analysis found them.
    """

    article: ArticleText
    tagged: Tagged
    language: str
    models: Models
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    bag: Bag
    named: tuple[Named, ...]
    quantities: tuple[tuple[Quantity, ...], ...]
    moments: tuple[tuple[Moment, ...], ...]
    people: tuple[Person, ...]
    quotes: tuple[Quote, ...]
    said: tuple[tuple[str, ...], ...]
    published: date | None
    _denied: dict[int, bool] = field(default_factory=dict, repr=False)
    _parts: dict[int, Part] = field(default_factory=dict, repr=False)

    @cached_property
    def columns(self) -> dict[tuple[int, int], int]:
        """The bag's column of each unit, by line and place of the word."""
        units, owners = self.bag.units, self.bag.owner.tolist()
        return {
            (at, unit.index): column
            for column, (at, unit) in enumerate(zip(owners, units, strict=True))
        }

    def denied(self, column: int) -> bool:
        """Say whether the source denies the word in a column of the bag."""
        if column not in self._denied:
            at = int(self.bag.owner[column])
            self._denied[column] = is_denied(self.lines[at], self.bag.units[column].index)
        return self._denied[column]

    def part(self, column: int) -> Part:
        """Tell which part the word in a column of the bag takes, and in what."""
        if column not in self._parts:
            at = int(self.bag.owner[column])
            self._parts[column] = part_of(self.lines[at], self.bag.units[column].index)
        return self._parts[column]

    @cached_property
    def whole(self) -> frozenset[tuple[str, ...]]:
        """The words of each sentence and of the title."""
        return frozenset((*self.said, words(self.article.title or "")))

    @cached_property
    def flat(self) -> str:
        """All words of the article in a row, with a space before and after each."""
        told = (*words(self.article.title or ""), *(word for said in self.said for word in said))
        return f" {' '.join(told)} "

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the article's words, for languages without taggers."""
        return frozenset(stem(word) for word in self.flat.split())

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers in figures that the article has."""
        return frozenset(_FIGURES.findall(self.article.original))

    @cached_property
    def linked(self) -> list[list[list[int]]]:
        """For each line the words that each word is linked to by syntax."""
        return [linked(line) for line in self.lines]


def prepare(
    document: Document,
    *,
    people: Sequence[Person] | None = None,
    quotes: Sequence[Quote] | None = None,
    published: date | None = None,
) -> Source:
    """Prepare an article for the check from what its analysis knows.

    Args:
        document: the article, parsed (`parse_article`).
        people: who is in it; found here when not given.
        quotes: what was said; found here when not given.
        published: the day it came out, to which "вчера" refers; when it is not given, the one
            that the article states about itself.

    Returns:
        The source, good for any number of sentences.
    """
    article, tagged = document.article, document.tagged
    models = tagged.models
    language = detect_language(" ".join(each.text for each in article.sentences[:40]))
    if people is None:
        people = find_people(article.original, models, tagged=tagged)
    if quotes is None:
        quotes = find_quotes(article.original, people, models, article=article)
    lines = _lines(document) if language == "ru" else _plain_lines(tagged)
    spans = tuple(
        Span(tokens[0].span.start, tokens[-1].span.end)
        for tokens in tagged.sentences[:READ_AT_MOST]
    )
    published = published or (article.dated.date() if article.dated else None)
    moments = tuple(
        tuple(find_moments(article.original, line.words, published=published)) for line in lines
    )
    if published and moments:
        # The day it came out is a part of an article, though no sentence tells it.
        day = Moment(-1, -1, published.year, published.month, published.day, published.weekday())
        moments = ((*moments[0], day), *moments[1:])
    return Source(
        article=article,
        tagged=tagged,
        language=language,
        models=models,
        lines=lines,
        spans=spans,
        bag=Bag(lines, models),
        named=tuple(_named(tagged, people, spans)),
        quantities=tuple(
            tuple(undated(find_quantities(line.words, models), found))
            for line, found in zip(lines, moments, strict=True)
        ),
        moments=moments,
        people=tuple(people),
        quotes=tuple(quotes),
        said=tuple(words(each.text) for each in article.sentences),
        published=published,
    )


def undated(quantities: Iterable[Quantity], moments: Sequence[Moment]) -> Iterator[Quantity]:
    """Leave out the numbers that are a part of a date."""
    dated = {place for moment in moments for place in range(moment.first, moment.last + 1)}
    return (each for each in quantities if each.first not in dated)


def read_source(
    text: str, models: Models, *, title: str | None = None, published: date | None = None
) -> Source:
    """Read, tag and prepare a text that nobody analysed yet; see `prepare`."""
    article = read_article(text, title=title)
    tagged = tag(text, models)
    return prepare(parse_article(article, tagged, models), published=published)


def stem(word: str) -> str:
    """Cut a word to what its forms share: its first five letters, by sound."""
    folded = fold(word)
    return (sound(folded) or folded)[:_STEM]


def _lines(document: Document) -> tuple[Line, ...]:
    """Take the words that are parsed already; parse the title and what was left."""
    models = document.tagged.models
    known = {
        sentence.words[0].span.start: sentence.words
        for sentence in document.sentences
        if sentence.words
    }
    tokens = document.tagged.sentences[:READ_AT_MOST]
    missing = [each for each in tokens if each[0].span.start not in known]
    parsed = dict(
        zip((each[0].span.start for each in missing), lines_of(missing, models), strict=True)
    )
    return tuple(
        Line(found, tuple(units_of(found, models)))
        if (found := known.get(each[0].span.start))
        else parsed[each[0].span.start]
        for each in tokens
    )


def _plain_lines(tagged: Tagged) -> tuple[Line, ...]:
    return tuple(plain_line(tokens, tagged.models) for tokens in tagged.sentences[:READ_AT_MOST])


def plain_line(tokens: Sequence[Token], models: Models) -> Line:
    """Read a sentence of a language that the taggers do not know: words alone."""
    found = tuple(Word(token.text, token.span, "X", {}, -1, "dep") for token in tokens)
    return Line(found, tuple(units_of(found, models)))


def _named(tagged: Tagged, people: Sequence[Person], spans: Sequence[Span]) -> Sequence[Named]:
    """List people by identity, and organisations and places by their words."""
    found = [
        Named(
            "PER",
            frozenset(word for word in name_words(person.name) if not is_initial(word)),
            frozenset(line for span in person.mentions for line in _lines_at(spans, span)),
        )
        for person in people
    ]
    others: dict[tuple[NameKind, tuple[str, ...]], set[int]] = {}
    for name in tagged.names:
        if name.kind == "PER" or name.sentence >= len(spans):
            continue
        tokens = tagged.sentences[name.sentence][name.first : name.last + 1]
        key = tuple(
            _lemma(token.text, tagged.models) for token in tokens if token.text[:1].isalpha()
        )
        if key:
            others.setdefault((name.kind, key), set()).add(name.sentence)
    found += [
        Named(kind, frozenset(key), frozenset(lines)) for (kind, key), lines in others.items()
    ]
    return found


def _lines_at(spans: Sequence[Span], place: Span) -> Sequence[int]:
    return [n for n, span in enumerate(spans) if span.start <= place.start < span.end]


def _lemma(word: str, models: Models) -> str:
    folded = fold(word)
    parses = models.parse(folded)
    return fold(parses[0].lemma) if parses and parses[0].known else folded
