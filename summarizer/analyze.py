"""Understanding an article: one call that gives people, quotes, dates and the rest."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from summarizer.analysis import Analysis, DateMention
from summarizer.dates import find_dates
from summarizer.language import detect_language
from summarizer.text import ArticleText, Sentence, read_article

if TYPE_CHECKING:
    from summarizer.models import Models

# The models and their libraries are heavy; who only imports this module does not pay for them.
# ruff: noqa: PLC0415

_BRIEF_WORDS = 150


def analyze(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    known: Mapping[str, str] | None = None,
    models: "Models | None" = None,
) -> Analysis:
    """Find out who is in an article, which posts they hold, what they said, and when.

    The title and the body are read, boilerplate is not; of a long text the first 200,000
    characters, and names in the first 100,000 of them. No text is an error.

    Args:
        text: the text as it came.
        title: the title, when it was given apart from the text.
        published: the day on which it came out, in the outlet's zone; when it is not known, the
            date that the text states about itself.
        known: canonical names by folded surname, for people whom the desk follows.
        models: the language models; the shared ones are loaded when not given.

    Returns:
        The analysis; all spans are code points into `text`.

    Raises:
        ModelsMissingError: the language models are not installed.
    """
    from summarizer.models import load_models
    from summarizer.ner import tag
    from summarizer.organisations import find_organisations, find_places
    from summarizer.people import find_people
    from summarizer.quotes import find_quotes
    from summarizer.summary.condense import Condenser

    models = models or load_models()
    article = read_article(text, title=title)
    tagged = tag(text, models, sentences=_with_title(article))
    people = find_people(text, models, tagged=tagged, known=known)
    day = _day(published) or _day(article.dated)
    condenser = Condenser(article, tagged, models, published=day, people=people)
    return Analysis(
        title=article.title,
        language=detect_language(" ".join(sentence.text for sentence in article.sentences[:40])),
        people=people,
        quotes=find_quotes(text, people, models, article=article),
        organisations=find_organisations(tagged, people),
        places=find_places(tagged, people),
        dates=_dates(article, day),
        summary=condenser.summary(),
        headline=condenser.one_line(),
        brief=condenser.summary(max_words=_BRIEF_WORDS),
    )


def _with_title(article: ArticleText) -> Sequence[Sentence]:
    """List the sentences, and before them the title's line, when the text itself gives it."""
    place = article.title_span
    sentences = article.sentences
    if place is None or any(
        place.start < sentence.span.end and sentence.span.start < place.end
        for sentence in sentences
    ):
        return sentences
    shown = Sentence(article.title or "", place)
    return sorted([shown, *sentences], key=lambda sentence: sentence.span.start)


def _day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _dates(article: ArticleText, published: date | None) -> tuple[DateMention, ...]:
    """Find the dates of the title and the body; what lies between is hidden, not cut out."""
    original = article.original
    shown: list[str] = []
    end = 0
    for sentence in _with_title(article):
        span = sentence.span
        shown += ["\n" * (span.start - end), original[span.start : span.end]]
        end = span.end
    dates = find_dates("".join(shown), published=published)
    return tuple(
        DateMention(original[found.span.start : found.span.end], found.span, found.iso)
        for found in dates
    )
