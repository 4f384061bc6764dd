"""Making an article's fingerprint from its text and its analysis."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from summarizer.analysis import Analysis
from summarizer.dates import find_dates
from summarizer.lookalikes import words
from summarizer.models import Models
from summarizer.name_keys import differ_in_ending, name_words, sound, surname_sound
from summarizer.spans import Span
from summarizer.stories_embed import Encoder
from summarizer.stories_print import Fingerprint
from summarizer.stories_words import NAMES_KEPT, SENTENCES_READ, Word, WordReader, settled, weigh
from summarizer.text import ArticleText

_FIRST_SENTENCES = 3
_LEAST_DAY = len("--03-26")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_MOST_PEOPLE = 20
_WORDS_TO_TELL = 4
_MOST_NUMBERS = 40


def fingerprint(
    article: ArticleText,
    analysis: Analysis,
    models: Models,
    *,
    published: date | None = None,
    encode: Encoder | None = None,
    common: Collection[str] = (),
) -> Fingerprint:
    """Make the fingerprint of an article.

    Args:
        article: the article as read.
        analysis: what was understood of it.
        models: for the dictionary and the counts of words.
        published: the day on which it came out.
        encode: makes sentence embeddings; without it articles in two languages are compared by
            names, numbers and dates alone.
        common: dictionary forms, folded, of what every article of the desk speaks of.
    """
    reader = WordReader(
        analysis.language, models, common=common, nominatives=_nominatives(analysis)
    )
    texts = [article.title or "", *(one.text for one in article.sentences[:SENTENCES_READ])]
    title_isos = [found.iso for found in find_dates(texts[0], published=published)]
    title, *body = settled([tuple(reader.words(text)) for text in texts])
    return Fingerprint(
        language=analysis.language,
        terms=weigh(title, body),
        title=_title_names(title, body),
        names=frozenset(_names([title, *body])),
        people=frozenset(_people(analysis)),
        days=frozenset(_days(article, analysis, title_isos)),
        years=frozenset(_years(article)),
        numbers=frozenset(_numbers(texts)),
        title_days=frozenset(_only_days(title_isos)),
        vector=encode(_beginning(article)) if encode else b"",
    )


def _names(sentences: Sequence[Sequence[Word]]) -> list[str]:
    """List the names of a text, and whatever else has a capital."""
    found = dict.fromkeys(word.as_name for words in sentences for word in words if word.as_name)
    return list(found)[:NAMES_KEPT]


def _title_names(title: Sequence[Word], body: Sequence[Sequence[Word]]) -> dict[str, float]:
    """Weigh the names of the title; in one with a capital at every word, those of the text."""
    names = {word.key: word.rarity**2 for word in title if word.is_name}
    if len(names) > len(title) / 2 and len(title) >= _WORDS_TO_TELL:
        known = {word.key for words in body for word in words if word.is_name}
        names = {name: weight for name, weight in names.items() if name in known}
    return names


def _nominatives(analysis: Analysis) -> dict[str, str]:
    """Give the words of people's names as the text writes them, with their nominatives."""
    found: dict[str, str] = {}
    for person in analysis.people[:_MOST_PEOPLE]:
        parts = [part for part in name_words(person.name) if len(part) > 1]
        for surface in person.surfaces:
            for written in words(surface):
                for part in parts:
                    if differ_in_ending(sound(written), sound(part)):
                        found.setdefault(written, part)
    return found


def _people(analysis: Analysis) -> Iterator[str]:
    for person in analysis.people[:_MOST_PEOPLE]:
        if heard := surname_sound(person.name):
            yield heard


def _days(article: ArticleText, analysis: Analysis, title: Iterable[str]) -> Iterator[str]:
    """List the days that the title and the first sentences state."""
    end = _end_of_head(article)
    in_head = [found.iso for found in analysis.dates if found.span.start < end]
    return _only_days([*title, *in_head])


def _only_days(isos: Iterable[str]) -> Iterator[str]:
    for iso in isos:
        if "/" not in iso and len(iso) >= _LEAST_DAY and iso.count("-") >= 2:
            yield iso


def _years(article: ArticleText) -> Iterator[str]:
    for text in _head(article):
        yield from _YEAR.findall(text)


def _numbers(texts: Iterable[str]) -> set[str]:
    """List figures as digits alone; years and the days of dates are no figures."""
    found: dict[str, None] = {}
    for text in texts:
        shown = text
        for stated in find_dates(text):
            shown = shown.replace(stated.text, " ")
        for number in _NUMBER.findall(shown):
            if not _YEAR.fullmatch(number):
                found[re.sub(r"[\s\u00a0]", "", number).replace(",", ".")] = None
    return set(list(found)[:_MOST_NUMBERS])


def _head(article: ArticleText) -> tuple[str, ...]:
    first = article.sentences[:_FIRST_SENTENCES]
    return (article.title or "", *(sentence.text for sentence in first))


def _end_of_head(article: ArticleText) -> int:
    last: Span | None = None
    for sentence in article.sentences[:_FIRST_SENTENCES]:
        last = sentence.span
    return last.end if last else 0


def _beginning(article: ArticleText) -> str:
    return ". ".join(part for part in _head(article) if part)
