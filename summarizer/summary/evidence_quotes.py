"""Quotation marks of a sentence: are the words verbatim, and did that person say them?"""

import re
from collections.abc import Iterator

from summarizer.analysis import Person, Quote
from summarizer.lookalikes import fold, words
from summarizer.quotes import find_quotes
from summarizer.spans import Span
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_faults import Fault, FaultKind
from summarizer.summary.evidence_source import Source
from summarizer.summary.evidence_words import same_name
from summarizer.text import ArticleText, Sentence

_QUOTED = re.compile(r"«([^«»]{1,900})»|\"([^\"]{1,900})\"|“([^“”]{1,900})”|„([^„“”]{1,900})[“”]")
_PIECES = re.compile(r"\.\.\.|…|\[[^\]]{0,80}\]|\([^)]{0,80}\)")
_SPEECH = re.compile(
    r"[«\"“„]|(?<!\w)(?:заяв|сказа|сообщ|отмет|подчерк|рассказ|добав|пояс|объяс|уточн|призна|ответ"
    r"|словам|мнени|считает|говор|утвержд|напомн|обеща|предупред|подтверд)"
)
_WORDS_OF_A_TERM = 3
_LIKENESS = 0.5
_HELD = 0.7


def quote_faults(seen: Comparison) -> Iterator[Fault]:
    """List the quotes that the source does not have, or has from somebody else."""
    text = seen.text
    for span in quoted(text):
        if not is_verbatim(text[span.start : span.end], seen.source):
            yield Fault(FaultKind.QUOTE, text[span.start : span.end], span)
    if _SPEECH.search(fold(text)):
        yield from _wrong_speakers(seen)


def quoted(text: str) -> Iterator[Span]:
    """List what stands in quotation marks and is more than a name or term."""
    for match in _QUOTED.finditer(text):
        number = next(n for n in range(1, 5) if match.group(n) is not None)
        inner = match.group(number)
        if len(words(inner)) > _WORDS_OF_A_TERM:
            yield Span(*match.span(number))


def is_verbatim(quote: str, source: Source) -> bool:
    """Say whether the source has these words in this order; "…" may leave some out."""
    said = source.flat
    place = 0
    for piece in _PIECES.split(quote):
        spoken = words(piece)
        if not spoken:
            continue
        found = said.find(f" {' '.join(spoken)} ", place)
        if found < 0:
            return False
        place = found
    return True


def _wrong_speakers(seen: Comparison) -> Iterator[Fault]:
    people = people_of(seen)
    if not people:
        return
    text = seen.text
    article = ArticleText(
        text, None, None, (Sentence(text, Span(0, len(text))),), (0,), None, None, False
    )
    for quote in find_quotes(text, people, seen.source.models, article=article):
        if quote.speaker is None:
            continue
        speakers = {told.speaker for told in _same(quote, seen.source)}
        if not speakers:
            speakers = _named_beside(quote, seen)
        if speakers and None not in speakers and quote.speaker not in speakers:
            person = next(each for each in people if each.name == quote.speaker)
            span = person.mentions[0]
            yield Fault(FaultKind.QUOTE, text[span.start : span.end], span)


def _named_beside(quote: Quote, seen: Comparison) -> set[str | None]:
    """Tell whom the line that holds the same words names, if it is one that tells who said so.

    Whoever the line before names may be its speaker too.
    """
    words_of = seen.line.words
    rows = [
        row
        for row, unit in enumerate(seen.line.units)
        if quote.span.start <= words_of[unit.index].span.start < quote.span.end
    ]
    if not rows or not seen.near.shape[1]:
        return set()
    weights = seen.weights[rows]
    held = weights @ seen.near[rows] / weights.sum()
    best = int(held.argmax())
    source = seen.source
    span = source.spans[best]
    told = fold(source.article.original[span.start : span.end])
    if held[best] < _HELD or not _SPEECH.search(told):
        return set()
    start = source.spans[best - 1].start if best else span.start
    here = _named_within(source, span)
    return here | _named_within(source, Span(start, span.end)) if here else set()


def _named_within(source: Source, place: Span) -> set[str | None]:
    return {
        person.name
        for person in source.people
        if any(place.start <= each.start < place.end for each in person.mentions)
    }


def people_of(seen: Comparison) -> tuple[Person, ...]:
    """Tell who of the source's people the sentence names, with their places in it."""
    places: dict[str, list[Span]] = {}
    known = {person.name: person for person in seen.source.people}
    for group in seen.names:
        first, last = seen.line.words[group[0].index], seen.line.words[group[-1].index]
        scores = {
            name: sum(
                any(same_name(key, fold(part)) for key in unit.keys for part in name.split())
                for unit in group
            )
            for name in known
        }
        best = max(scores.values(), default=0)
        fitting = [name for name, score in scores.items() if score == best > 0]
        if len(fitting) == 1:
            places.setdefault(fitting[0], []).append(Span(first.span.start, last.span.end))
    return tuple(
        Person(
            name,
            known[name].initials_only,
            known[name].gender,
            tuple(dict.fromkeys(seen.text[span.start : span.end] for span in spans)),
            tuple(spans),
            known[name].roles,
        )
        for name, spans in places.items()
    )


def _same(quote: Quote, source: Source) -> Iterator[Quote]:
    """Find the source's quotes that hold the same words."""
    said = {word for word in words(quote.text) if len(word) > 3}
    if not said:
        return
    for told in source.quotes:
        there = {word for word in words(told.text) if len(word) > 3}
        shared = sum(any(word[:5] == other[:5] for other in there) for word in said)
        if shared >= _LIKENESS * min(len(said), max(4, len(there))):
            yield told
