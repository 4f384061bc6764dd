"""What may be left out of a sentence so that the rest is still a true and grammatical sentence.

Dropping is decided on dependencies and punctuation together: a stretch counts only when the parser
and the commas agree that it is one constituent. What turns, weakens or conditions a statement is
never cut, nor is a part of a quotation; where there is doubt there is no cut.
"""

from collections.abc import Collection, Iterator, Sequence

from summarizer.models import Models
from summarizer.summary.cuts_clauses import clause_cuts
from summarizer.summary.cuts_members import name_stem
from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_openers import opener_cuts
from summarizer.summary.cuts_phrases import bare_nouns, phrase_cuts
from summarizer.summary.cuts_sources import source_cuts
from summarizer.summary.parsed import ParsedSentence, Word
from summarizer.summary.syntax import Syntax

__all__ = ["Cut", "CutKind", "bare_nouns", "find_cuts", "name_stem"]


def find_cuts(
    sentence: ParsedSentence,
    models: Models,
    *,
    bare: Collection[str] = (),
    named: Collection[str] = (),
) -> tuple[Cut, ...]:
    """Find what may be left out of a sentence.

    Args:
        sentence: a parsed sentence; one without words has no cuts.
        models: the language models, for the dictionary.
        bare: nouns that the article itself uses without attributes; see `bare_nouns`.
        named: surnames, as `name_stem` gives them, told in earlier sentences: their posts may go.

    Returns:
        The cuts by place, the outer before the inner; nested or apart, never crossing.
    """
    if not sentence.words:
        return ()
    allowed = (c for c in _all(sentence, models, bare, named) if _leaves_sense(c, sentence.words))
    found = sorted(allowed, key=_precedence)
    kept: list[Cut] = []
    for cut in found:
        if all(_together(cut, other) for other in kept):
            kept.append(cut)
    return tuple(sorted(kept, key=lambda cut: (cut.start, -cut.end)))


def _leaves_sense(cut: Cut, words: Sequence[Word]) -> bool:
    """Say whether what stays still says of what it speaks.

    A number without what follows it counts nothing, and a list after a colon is told whole or not
    at all: "шесть недель: 700 в Алматы и 500 в Астане".
    """
    before = words[cut.start - 1] if cut.start else None
    if before is not None and (before.pos == "NUM" or before.text[-1:].isdigit()):
        return words[cut.start].pos == "PUNCT"
    return all(word.text != ":" for word in words[: max(0, cut.start - 1)])


def _precedence(cut: Cut) -> tuple[bool, int, int]:
    # Of two that cross the longer one counts, but a weekday goes rather than its date.
    return cut.kind is not CutKind.WEEKDAY, cut.start - cut.end, cut.start


def _together(cut: Cut, other: Cut) -> bool:
    if (cut.start, cut.end) == (other.start, other.end):
        return False
    apart = cut.end <= other.start or other.end <= cut.start
    inside = other.start <= cut.start and cut.end <= other.end
    return apart or inside or (cut.start <= other.start and other.end <= cut.end)


def _all(
    sentence: ParsedSentence, models: Models, bare: Collection[str], named: Collection[str]
) -> Iterator[Cut]:
    syntax = Syntax(sentence.words)
    yield from opener_cuts(syntax)
    yield from clause_cuts(syntax)
    yield from source_cuts(syntax)
    yield from phrase_cuts(syntax, models, bare, named)
