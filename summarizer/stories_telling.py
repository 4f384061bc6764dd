"""Making of an article the material that its story is told from."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from summarizer.analysis import Analysis, DateMention, Person
from summarizer.encounters import find_encounters
from summarizer.figures import FoundFigure, find_figures
from summarizer.headline import headline
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.name_keys import surname_sound
from summarizer.spans import Span
from summarizer.stories_material import (
    Encounter,
    Figure,
    Holder,
    Material,
    Said,
    StatedDay,
    StatedKind,
    StatedNumber,
)
from summarizer.stories_stems import HEADLINE_WORDS, stems
from summarizer.summary.cuts_words import BARE_OPENERS, INTRODUCTIONS
from summarizer.summary.model import Summary
from summarizer.text import ArticleText, Sentence
from summarizer.upcoming import find_upcoming

_SENTENCES = 25
_HEAD = 4
_MOST_NUMBERS = 12
_MOST_FIGURES = 5
_MOST_PLACES = 4
_MOST_ENCOUNTERS = 5
_TELLING = 1_000.0
"""A count from which on it is worth telling; money and shares always are."""

_KINDS = (
    ("video", re.compile(r"видеоконференц\w*|по видеосвязи|в режиме онлайн|в онлайн-формате")),
    ("call", re.compile(r"телефонн\w+ (?:разговор|беседа|переговор)\w*|\w+ по телефону|созвонил\w*"
                        r"|phone call|spoke by phone|телефон арқылы")),
    ("meeting", re.compile(r"встрети\w+|встреч[аиуе]\w*|met with|(?<!\w)met(?!\w)|кездес\w+")),
)  # fmt: skip
# "Встреча прошла по видеосвязи": the event by itself, without the names of those who met.
_EVENT = re.compile(
    r"^(?:встреча|беседа|разговор|переговоры)(?!\w)[^,]{0,60}(?:прош|состоял|проходил)"
)
_ONE_HOLDER = re.compile(
    r"^(?:президент|премьер-министр|министр|посол|госсекретарь|государственный секретарь|глава"
    r"|председатель|спикер|аким|губернатор|мэр|спецпосланник|спецпредставитель)\s\S+"
)
_CLAUSE = re.compile(r"[,;:—–]\s|\s[—–-]\s|\s(?:и|а|но)\s")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_OPENER = 4
# "Так называемый", "А также": without their syntax these are not surely openers.
_BARE_OPENERS = BARE_OPENERS - {"так", "так же", "тогда", "теперь", "а", "и", "но"}
_OPENER = re.compile(r"([^,]{2,40}), (?=\w)")


def material(
    article: ArticleText,
    analysis: Analysis,
    models: Models,
    *,
    line: str | None = None,
    brief: Summary | None = None,
    published: date | None = None,
) -> Material:
    """Collect what a story may tell of an article.

    Args:
        article: the article as read.
        analysis: what was understood of it; its summary gives the sentences.
        models: for the Russian dictionary.
        line: a neutral headline; the article's own title, shortened, when there is none.
        brief: a longer summary, taken instead of the analysis's own.
        published: the day on which it came out.
    """
    sentences = article.sentences[:_SENTENCES]
    summary = brief or analysis.summary
    return Material(
        language=analysis.language,
        headline=line or headline(article, words=HEADLINE_WORDS).text,
        sentences=tuple(Said(one.text, one.evidence) for one in summary.sentences if one.evidence),
        places=_places(analysis, sentences),
        happened_on=_happened_on(analysis.dates, sentences[:_HEAD], published),
        day=_day(analysis, sentences[:_HEAD], models, published),
        kind=_kind(analysis.people, sentences[:_HEAD]),
        numbers=tuple(_numbers(analysis, sentences, models))[:_MOST_NUMBERS],
        holders=tuple(_holders(analysis.people, sentences)),
        upcoming=find_upcoming(sentences, analysis.dates, published),
        figures=tuple(_figures(analysis, sentences, models))[:_MOST_FIGURES],
        encounters=tuple(_encounters(article, analysis))[:_MOST_ENCOUNTERS],
    )


def _said(sentence: Sentence) -> Said:
    """Tell a sentence by itself: "В частности, …" leans on one that is not told."""
    return Said(_without_opener(sentence.text), (sentence.span,))


def _without_opener(text: str) -> str:
    comma = _OPENER.match(text)
    if comma is not None and fold(comma[1]) in INTRODUCTIONS:
        return _capital(text[comma.end() :])
    words = text.split(" ", _LONGEST_OPENER)
    for size in range(len(words) - 1, 0, -1):
        if fold(" ".join(words[:size])) in _BARE_OPENERS:
            return _capital(text[len(" ".join(words[:size])) + 1 :])
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _places(analysis: Analysis, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """List the places that the beginning names, in order."""
    end = sentences[min(_HEAD, len(sentences)) - 1].span.end if sentences else 0
    return tuple(
        place.name for place in analysis.places if any(span.start < end for span in place.mentions)
    )[:_MOST_PLACES]


def _in(sentence: Sentence, span: Span) -> bool:
    return sentence.span.start <= span.start < sentence.span.end


def _happened_on(
    dates: Sequence[DateMention], sentences: Sequence[Sentence], published: date | None
) -> str | None:
    """Give the first day or span of days that the beginning states and that is not to come."""
    for sentence in sentences:
        for stated in dates:
            is_day = stated.iso.count("-") >= 2 and not stated.iso.startswith("--")
            is_over = published is None or stated.iso[:10] <= published.isoformat()
            if is_day and is_over and _in(sentence, stated.span):
                return stated.iso
    return None


def _day(
    analysis: Analysis, sentences: Sequence[Sentence], models: Models, published: date | None
) -> StatedDay | None:
    """Find the first sentence with one day, past, and one verb in the past that it belongs to."""
    if analysis.language != "ru" or published is None:
        return None
    for sentence in sentences:
        days = [
            stated
            for stated in analysis.dates
            if _in(sentence, stated.span) and len(stated.iso) == 10 and stated.iso[0] != "-"
        ]
        verbs = _past_verbs(sentence.text, models)
        if len(days) == 1 and len(verbs) == 1 and days[0].iso <= published.isoformat():
            about = tuple(stem for stem in stems(sentence.text) if stem not in stems(days[0].text))
            return StatedDay(days[0].iso, days[0].text, verbs[0], about, _said(sentence))
    return None


def _past_verbs(text: str, models: Models) -> list[str]:
    found = []
    for word in _WORD.findall(fold(text)):
        parse = models.parse(word)[0]
        if {"VERB", "past"} <= parse.marks:
            found.append(parse.lemma)
    return found


def _kind(people: Sequence[Person], sentences: Sequence[Sentence]) -> StatedKind | None:
    """Find the first sentence that calls the event a call or a meeting.

    It names two people or more, or speaks of the event itself; then all count who are named.
    """
    by_sentence = [_heard(people, sentence) for sentence in sentences]
    everybody = [*dict.fromkeys(chain(*by_sentence))]
    events = [(one, everybody) for one in sentences if _EVENT.search(fold(one.text))]
    for sentence, named in (*events, *zip(sentences, by_sentence, strict=True)):
        shown = fold(sentence.text)
        if len(named) < 2:
            continue
        for kind, pattern in _KINDS:
            if match := pattern.search(shown):
                text = sentence.text[match.start() : match.end()]
                return StatedKind(kind, text, tuple(named), _said(sentence))
    return None


def _heard(people: Sequence[Person], sentence: Sentence) -> list[str]:
    """List the surnames (sounds) that a sentence names."""
    return [
        heard
        for person in people
        if any(_in(sentence, span) for span in person.mentions)
        and (heard := surname_sound(person.name))
    ]


def _found(
    analysis: Analysis, sentences: Sequence[Sentence], models: Models
) -> Iterator[tuple[Sentence, FoundFigure]]:
    dictionary = models if analysis.language == "ru" else None
    for sentence in sentences:
        for figure in find_figures(sentence.text, dictionary):
            yield sentence, figure


def _numbers(
    analysis: Analysis, sentences: Sequence[Sentence], models: Models
) -> Iterator[StatedNumber]:
    if analysis.language != "ru":
        return
    for sentence, figure in _found(analysis, sentences, models):
        yield StatedNumber(
            figure.value,
            figure.amount,
            figure.unit,
            stems(_clause(sentence.text, figure.start, figure.end)),
            figure.is_about,
            figure.is_least,
            _said(sentence),
        )


def _clause(text: str, start: int, end: int) -> str:
    """Give the clause around a figure, without the figure."""
    begins = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    ends = next((match.start() for match in _CLAUSE.finditer(text, end)), len(text))
    return f"{text[begins:start]} {text[end:ends]}"


def _figures(analysis: Analysis, sentences: Sequence[Sentence], models: Models) -> Iterator[Figure]:
    told: set[str] = set()
    for sentence, figure in _found(analysis, sentences, models):
        is_money = figure.unit in {"$", "€", "₸", "₽", "¥", "£", "%"}
        if (is_money or figure.amount >= _TELLING) and figure.value not in told:
            told.add(figure.value)
            yield Figure(figure.bounded, _said(sentence))


def _encounters(article: ArticleText, analysis: Analysis) -> Iterator[Encounter]:
    for one in find_encounters(article.original, article.sentences[:_SENTENCES], analysis):
        names = tuple(analysis.people[index].name for index in one.people)
        yield Encounter(one.kind, names, one.place, one.day, _said(one.sentence))


def _holders(people: Sequence[Person], sentences: Sequence[Sentence]) -> Iterator[Holder]:
    for person in people:
        for role in person.roles:
            post = fold(role.title)
            if not _ONE_HOLDER.match(post) or not (heard := surname_sound(person.name)):
                continue
            for sentence in sentences:
                if _in(sentence, role.span):
                    yield Holder(post, heard, person.name, _said(sentence))
                    break
