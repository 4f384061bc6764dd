"""The check for languages without taggers here: by stems, figures and words of denial."""

import re
from collections.abc import Iterator

from summarizer.lookalikes import fold
from summarizer.spans import Span
from summarizer.summary.evidence_faults import Fault, FaultKind
from summarizer.summary.evidence_quotes import is_verbatim, quoted
from summarizer.summary.evidence_source import Source, stem

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_DENIALS = re.compile(
    r"(?<!\w)(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|refused|denied|\w+n['’]t"
    r"|емес|жоқ|ешқашан|ешкім|ештеңе)(?!\w)"
)
_SHORT = 4
_STRANGE_SHARE = 0.34
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def lexical_faults(text: str, source: Source) -> Iterator[Fault]:
    """List what a sentence has that its English or Kazakh source has not."""
    told = source.stems
    strange: list[re.Match[str]] = []
    count = 0
    for match in _WORD.finditer(text):
        word = match.group()
        span = Span(*match.span())
        if any(char.isdigit() for char in word):
            if not set(_NUMBER.findall(word)) <= source.figures:
                yield Fault(FaultKind.NUMBER, word, span)
            continue
        if len(word) < _SHORT:
            continue
        count += 1
        if stem(word) in told:
            continue
        if word[0].isupper() and match.start():
            yield Fault(FaultKind.NAME, word, span)
        strange.append(match)
    if strange and len(strange) > max(1.0, _STRANGE_SHARE * count):
        span = Span(strange[0].start(), strange[-1].end())
        yield Fault(FaultKind.ADDED, text[span.start : span.end], span)
    for span in quoted(text):
        if not is_verbatim(text[span.start : span.end], source):
            yield Fault(FaultKind.QUOTE, text[span.start : span.end], span)
    yield from _denials(text, source)


def _denials(text: str, source: Source) -> Iterator[Fault]:
    """Compare with the sentence of the source that shares most words."""
    said = {stem(match.group()) for match in _WORD.finditer(text) if len(match.group()) >= _SHORT}
    if not said:
        return
    best, shared = "", 0
    for sentence in source.article.sentences:
        there = {stem(match.group()) for match in _WORD.finditer(sentence.text)}
        if len(said & there) > shared:
            best, shared = sentence.text, len(said & there)
    mine, theirs = _DENIALS.findall(fold(text)), _DENIALS.findall(fold(best))
    if shared * 2 >= len(said) and bool(mine) != bool(theirs):
        yield Fault(FaultKind.NEGATION, text, Span(0, len(text)))
