"""Reported speech: "X отметил, что …", "По словам X, …", "Как отметил X, …"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from summarizer.quotes_clauses import ENGLISH_VERB, Attribution, by_verb, words_at
from summarizer.quotes_direct import Spoken, trimmed
from summarizer.quotes_verbs import VERB, VERBS
from summarizer.spans import Span
from summarizer.speakers import Cast

_THAT = re.compile(r"\s*(?P<between>[^.;:«»\"]{0,120}?),\s+(?:что|чтобы)\s+")
_THAT_ENGLISH = re.compile(r"(?:\s+[^.;:,\"]{0,60}?)?\s+that\s+")
_BY_WORDS = re.compile(
    r"(?<![^\W_])(?:по\s+(?:словам|мнению|утверждению|признанию|оценке)|по\s+(?:его|ее|их)\s+"
    r"(?:словам|мнению)|according\s+to)(?![^\W_])"
)
_AS_TOLD = re.compile(r"(?<![^\W_])как\s+(?:ранее\s+|также\s+|уже\s+|позже\s+)?(?=[а-я])")
_COMMA = re.compile(r",\s+")
_NEGATED = re.compile(r"(?<![^\W_])не\s+$")
_FEWEST_WORDS = 2


def find_reported(
    cast: Cast, sentences: Sequence[Span], spoken: Sequence[Spoken]
) -> Iterator[Spoken]:
    """Find the clauses that report what somebody said, one of a sentence.

    A clause that is direct speech, or stands inside it, is left out.

    Args:
        cast: the text and its people.
        sentences: its sentences.
        spoken: its direct speech.
    """
    taken = [said.span for said in spoken]
    starts = [span.start for span in taken]
    for sentence in sentences:
        near = _near(taken, starts, sentence)
        if any(span.start <= sentence.start < span.end for span in near):
            continue
        found = _by_words(cast, sentence) or _as_told(cast, sentence) or _that(cast, sentence)
        if found is None:
            continue
        span = trimmed(cast.text, found.span)
        if span is None or len(cast.text[span.start : span.end].split()) < _FEWEST_WORDS:
            continue
        if cast.text[span.end - 1] == "." and not cast.in_name(span.end - 1):
            span = Span(span.start, span.end - 1)
        if not any(_clashes(span, other) for other in near):
            yield Spoken(span, found.told)


def _near(spoken: Sequence[Span], starts: Sequence[int], sentence: Span) -> Sequence[Span]:
    """Take the spans, which do not overlap, that reach into a sentence."""
    return spoken[
        max(0, bisect_right(starts, sentence.start) - 1) : bisect_left(starts, sentence.end)
    ]


def _clashes(clause: Span, spoken: Span) -> bool:
    """Say whether a clause is direct speech itself; one that only holds a few such words is not."""
    if spoken.end <= clause.start or spoken.start >= clause.end:
        return False
    inside = clause.start <= spoken.start and spoken.end <= clause.end
    return not inside or spoken.start - clause.start <= 2


def _by_words(cast: Cast, sentence: Span) -> Spoken | None:
    match = _BY_WORDS.search(cast.folded, sentence.start, sentence.end)
    if match is None:
        return None
    comma = _COMMA.search(cast.folded, match.end(), sentence.end)
    told = words_at(cast, match.start(), comma.start() if comma else sentence.end)
    return _around(cast, sentence, match.start(), comma, told)


def _as_told(cast: Cast, sentence: Span) -> Spoken | None:
    for match in _AS_TOLD.finditer(cast.folded, sentence.start, sentence.end):
        opens = match.start() == sentence.start
        if not opens and cast.folded[sentence.start : match.start()].rstrip()[-1:] not in {
            ",",
            "(",
            "–",
            "—",
        }:
            continue
        verb = VERB.match(cast.folded, match.end(), sentence.end)
        if verb is None or verb.group() not in VERBS:
            continue
        comma = _first_comma(cast, verb.end(), sentence.end)
        clause = Span(match.end(), comma.start() if comma else sentence.end)
        told = by_verb(cast, verb.group(), clause, verb.start())
        return _around(cast, sentence, match.start(), comma, told)
    return None


def _first_comma(cast: Cast, start: int, end: int) -> re.Match[str] | None:
    return _COMMA.search(cast.folded, start, end)


def _around(
    cast: Cast, sentence: Span, at: int, comma: re.Match[str] | None, told: Attribution | None
) -> Spoken | None:
    """Take the clause after an aside that tells who spoke, or the one before it at the end."""
    if told is None:
        return None
    if comma is not None:
        return Spoken(Span(comma.end(), sentence.end), told)
    before = Span(sentence.start, at)
    return Spoken(before, told) if trimmed(cast.text, before) else None


def _that(cast: Cast, sentence: Span) -> Spoken | None:
    for verb in VERB.finditer(cast.folded, sentence.start, sentence.end):
        known = VERBS.get(verb.group())
        that = _THAT.match(cast.folded, verb.end(), sentence.end)
        if known is None or not known.reports or that is None:
            continue
        if _NEGATED.search(cast.folded[sentence.start : verb.start()]):
            continue
        clause = Span(sentence.start, that.end("between"))
        told = by_verb(cast, verb.group(), clause, verb.start())
        return Spoken(Span(that.end(), sentence.end), told)
    if english := ENGLISH_VERB.search(cast.folded, sentence.start, sentence.end):
        that = _THAT_ENGLISH.match(cast.folded, english.end(), sentence.end)
        if that:
            told = by_verb(
                cast, english.group(), Span(sentence.start, english.end()), english.start()
            )
            return Spoken(Span(that.end(), sentence.end), told)
    return None
