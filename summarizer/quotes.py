"""What was said: direct and reported speech, and who said it."""

from collections.abc import Sequence
from itertools import islice

from summarizer.analysis import Person, Quote
from summarizer.models import Models
from summarizer.quotes_clauses import speaker_of
from summarizer.quotes_direct import Spoken, find_spoken
from summarizer.quotes_reported import find_reported
from summarizer.spans import Span
from summarizer.speakers import Cast
from summarizer.speakers_focus import Focus
from summarizer.text import ArticleText, read_article

MOST_QUOTES = 1_000
"""Direct quotes, and reported ones, that are looked for in one text."""


def find_quotes(
    text: str, people: Sequence[Person], models: Models, *, article: ArticleText | None = None
) -> tuple[Quote, ...]:
    """Find what was said in a text, and by whom.

    Direct speech that is interrupted («…, — сказал посол. — …») gives a quote for each part, with
    the same speaker. Only the body is read: no quote comes from a title or from boilerplate. Of
    each kind the first 1,000 are given.

    Args:
        text: the original text.
        people: who is in it, with their posts.
        models: the dictionary.
        article: the text as read, when that was done before.

    Returns:
        The quotes in order of their spans; `text` is the original's slice at `span`.
    """
    article = article or read_article(text)
    sentences = [sentence.span for sentence in article.sentences]
    paragraphs = [Span(p[0].span.start, p[-1].span.end) for p in article.paragraphs]
    cast = Cast(text, people, models, sentences)
    direct = find_spoken(cast, paragraphs)[:MOST_QUOTES]
    reported = tuple(islice(find_reported(cast, sentences, direct), MOST_QUOTES))
    focus = Focus(cast, [spoken.span for spoken in direct])
    both = [(spoken, True) for spoken in direct] + [(spoken, False) for spoken in reported]
    both.sort(key=lambda pair: _told_at(pair[0]))
    quotes = []
    before: str | None = None
    for spoken, is_direct in both:
        told = spoken.told
        speaker = speaker_of(cast, focus, told, before) if told else None
        if speaker is None and (spoken.is_part if is_direct else not _is_human(cast, spoken)):
            continue
        before = speaker
        if told and speaker:
            focus.spoke(told.span.start, speaker)
        quotes.append(_quote(text, spoken, speaker, is_direct))
    return tuple(sorted(quotes, key=lambda quote: (quote.span.start, quote.span.end)))


def _told_at(spoken: Spoken) -> int:
    return spoken.told.span.start if spoken.told else spoken.span.start


def _is_human(cast: Cast, spoken: Spoken) -> bool:
    """Say whether somebody, though unknown, reports: a ministry's report is nobody's words."""
    told = spoken.told
    if told is None or told.how == "nobody":
        return False
    return any(
        referent.is_subject or told.how != "subject"
        for referent in cast.referents(told.span.start, told.span.end)
    )


def _quote(text: str, spoken: Spoken, speaker: str | None, direct: bool) -> Quote:
    span, told = spoken.span, spoken.told
    verb = text[told.verb.start : told.verb.end] if told else ""
    return Quote(text[span.start : span.end], span, speaker, verb, direct)
