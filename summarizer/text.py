"""Reading an article: its title, its sentences without boilerplate, and where each one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summarizer.boilerplate import is_filler
from summarizer.credits import find_credits
from summarizer.datelines import Dateline, read_dateline
from summarizer.layout import clean_title, read_layout
from summarizer.lines import Line, read_lines
from summarizer.russian import capitalised, is_ended
from summarizer.sentences import split_sentences
from summarizer.spans import Span
from summarizer.view import DROPPED, readable, tidy

__all__ = ["READ_AT_MOST", "ArticleText", "Sentence", "Span", "read_article"]

READ_AT_MOST = 200_000
"""Characters of a text that are read; what follows is not split into sentences."""

_TITLE_AT_MOST = 1_000
_OUTLET_WITHIN = 3
_OPENING_PARAGRAPHS = 2
_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as shown to a person, and its place in the original.

    The text has white space folded, look-alike letters repaired and credits dropped; the span
    holds the sentence from its first letter shown to its last.
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as read from its text.

    `title` is cleaned, or None when there is none; `title_span` tells where the text itself gives
    it. `sentences` is the body in order, without title, boilerplate and credits, and
    `paragraph_starts` the indexes of the sentences that begin a paragraph. `outlet` is the one
    that the text's own credit or dateline names. `dated` is the naive local date that a stamp or
    dateline states with its year, at midnight unless `dated_has_time`.
    """

    original: str
    title: str | None
    title_span: Span | None
    sentences: tuple[Sentence, ...]
    paragraph_starts: tuple[int, ...]
    outlet: str | None
    dated: datetime | None
    dated_has_time: bool

    @property
    def paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences, grouped as the text groups them."""
        starts = self.paragraph_starts
        ends = (*starts[1:], len(self.sentences))
        return tuple(self.sentences[start:end] for start, end in zip(starts, ends, strict=False))


def read_article(text: str, *, title: str | None = None) -> ArticleText:
    """Read an article's text: find the title, drop boilerplate and credits, split sentences.

    Time is linear; of a longer text the first 200,000 characters are read. No text is an error:
    an empty one gives an article without sentences, and any other that shows something gives at
    least one: the title's line, where the text holds nothing else.

    Args:
        text: the text as it came, title line and tails included.
        title: the title, when the page or feed gave it apart from the text.

    Returns:
        The article. All spans are code points into `text`.
    """
    view = readable(_head_of(text))
    given = clean_title(tidy(readable(title[:_TITLE_AT_MOST]))) if title else ""
    layout = read_layout(read_lines(view), given or None)
    reader = _BodyReader(view)
    reader.read(layout.body)
    if not reader.sentences:
        reader.read(layout.body, keep_all=True)
    line = layout.title
    dateline = reader.dateline
    stamp = layout.stamp or (dateline.stamp if dateline else None)
    return ArticleText(
        original=text,
        title=given or (clean_title(line.text) if line else None),
        title_span=Span(line.start, line.end) if line else None,
        sentences=tuple(reader.sentences),
        paragraph_starts=tuple(reader.starts),
        outlet=reader.outlet or (dateline.outlet if dateline else None),
        dated=stamp.moment if stamp else None,
        dated_has_time=stamp.has_time if stamp else False,
    )


def _head_of(text: str) -> str:
    if len(text) <= READ_AT_MOST:
        return text
    head = text[:READ_AT_MOST]
    kept = head.rsplit(None, 1)[:1]
    return kept[0] if kept and len(kept[0]) > READ_AT_MOST - 1_000 else head


class _BodyReader:
    """Collects the sentences of a body, and what its credits and dateline state."""

    def __init__(self, view: str) -> None:
        self._view = view
        self.sentences: list[Sentence] = []
        self.starts: list[int] = []
        self.outlet: str | None = None
        self.dateline: Dateline | None = None

    def read(self, body: Sequence[Line], *, keep_all: bool = False) -> None:
        """Read paragraphs; `keep_all` keeps sentences that look like boilerplate or credits."""
        for number, line in enumerate(body):
            first = len(self.sentences)
            self._read_paragraph(line, may_open=number < _OPENING_PARAGRAPHS, keep_all=keep_all)
            if len(self.sentences) > first:
                self.starts.append(first)

    def _read_paragraph(self, line: Line, *, may_open: bool, keep_all: bool) -> None:
        shown = self._view[line.start : line.end].translate(_LINE_ENDS)
        places: Sequence[int] = range(line.start, line.end)
        if DROPPED in shown:
            places = [place for place, char in zip(places, shown, strict=True) if char != DROPPED]
            shown = shown.replace(DROPPED, "")
        if may_open and not self.dateline and not keep_all and (dateline := read_dateline(shown)):
            self.dateline = dateline
            shown, places = shown[dateline.end :], places[dateline.end :]
        for start, end in split_sentences(shown):
            self._add(shown[start:end], places[start:end], keep_all=keep_all)

    def _add(self, raw: str, places: Sequence[int], *, keep_all: bool) -> None:
        credits = () if keep_all else find_credits(raw)
        if self.outlet is None and len(self.sentences) < _OUTLET_WITHIN:
            self.outlet = next((credit.outlet for credit in credits if credit.outlet), None)
        kept = list(range(len(raw)))
        for credit in reversed(credits):
            del kept[credit.start : credit.end]
        text = tidy("".join(raw[index] for index in kept))
        if not keep_all and (is_filler(text) or not any(char.isalnum() for char in text)):
            return
        if any(credit.opens for credit in credits):
            text = capitalised(text)
        if any(not credit.opens for credit in credits) and not is_ended(text):
            text += "."
        shown = [places[index] for index in kept if not raw[index].isspace()]
        self.sentences.append(Sentence(text, Span(shown[0], shown[-1] + 1)))
