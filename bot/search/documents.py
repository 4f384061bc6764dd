"""Making an article ready for the index: takes milliseconds, so a worker does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from summarizer.layout import read_layout
from summarizer.lemmas import lemmas
from summarizer.lines import read_lines
from summarizer.text import READ_AT_MOST
from summarizer.view import readable, tidy
from summarizer.words import words_of, words_of_view

MOST_WORDS = 16_000
"""Words of an article that are indexed; PostgreSQL counts no places beyond."""

KAZAKH = "kk"


@dataclass(frozen=True, slots=True)
class DueArticle:
    """An article that is to be indexed as it stands; `listed_at` aware."""

    id: int
    title: str
    text: str
    language: str
    outlet: str | None
    listed_at: datetime


@dataclass(frozen=True, slots=True)
class ReadyArticle:
    """The words of an article, apart by blanks, and the dictionary forms of each."""

    id: int
    title: str
    body: str
    language: str
    outlet: str | None
    listed_at: datetime
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)


def make_ready(articles: Sequence[DueArticle]) -> list[ReadyArticle]:
    """Take articles apart. What is no part of the article, such as links to others, is left out."""
    return [_ready(article) for article in articles]


def _ready(article: DueArticle) -> ReadyArticle:
    view = readable(article.text[:READ_AT_MOST])
    layout = read_layout(read_lines(view), tidy(article.title) or None)
    title = [word.text for word in words_of(article.title)]
    if layout.title is not None:
        own = [word.text for word in words_of_view(layout.title.text)]
        title += [] if own == title else own
    body = [word.text for line in layout.body for word in words_of_view(line.text)]
    title = title[:MOST_WORDS]
    body = body[: MOST_WORDS - len(title)]
    in_kazakh = article.language == KAZAKH
    return ReadyArticle(
        article.id,
        " ".join(title),
        " ".join(body),
        article.language,
        article.outlet,
        article.listed_at,
        {word: lemmas(word, kazakh=in_kazakh) for word in {*title, *body}},
    )
