"""A faithful sentence with all that is known of it, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from zlib import crc32

from summarizer.lookalikes import fold
from summarizer.ner import Tagged
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_faults import FaultKind
from summarizer.summary.evidence_source import Source
from summarizer.summary.evidence_words import Line, Unit

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A sentence with one fault; `how` says more: "foreign" or "article" for a name, and so on."""

    kind: FaultKind
    how: str
    text: str


@dataclass(frozen=True)
class Sample:
    """A faithful sentence, read and tagged, beside its article."""

    text: str
    line: Line
    tagged: Tagged
    source: Source

    @cached_property
    def seen(self) -> Comparison:
        """The sentence held against its article."""
        return Comparison(self.text, self.line, self.source)

    @property
    def names(self) -> list[list[Unit]]:
        """The names of the sentence."""
        return self.seen.names

    @cached_property
    def _marks(self) -> list[bool]:
        inside, found = False, []
        for char in self.text:
            if char in "«“„":
                inside = True
            found.append(inside)
            if char in "»”":
                inside = False
        return found

    def is_quoted(self, place: int) -> bool:
        """Say whether a word stands in quotation marks."""
        return self._marks[self.line.words[place].span.start]

    def lemma(self, place: int) -> str:
        """Give a word's dictionary form, folded."""
        unit = self.line.unit_at(place)
        return unit.lemma if unit else fold(self.line.words[place].text)


def pick(options: Sequence[_T], text: str, salt: str) -> _T:
    """Choose one of several by the text alone, so that every run chooses the same."""
    return options[crc32(f"{salt}|{text}".encode()) % len(options)]


def replaced(sample: Sample, first: int, last: int, form: str, text: str | None = None) -> str:
    """Put a form in the place of words [first, last] of a sentence.

    Args:
        sample: the sentence.
        first: the first word replaced.
        last: the last one.
        form: what stands there then.
        text: the sentence already changed to the right of these words, else its own.
    """
    whole = sample.text if text is None else text
    words = sample.line.words
    start, end = words[first].span.start, words[last].span.end
    if not start:
        form = form[:1].upper() + form[1:]
    return whole[:start] + form + whole[end:]
