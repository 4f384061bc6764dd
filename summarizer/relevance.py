"""Is a text about the beat? It is where every side of the beat takes part; a score with reasons."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.boilerplate import Kind as LineKind
from summarizer.boilerplate import is_link, kind_of
from summarizer.datelines import read_dateline
from summarizer.language import detect_language
from summarizer.terms import ALL, BESIDE, NOTHING, THIRD, TIE, Hit, Kind, Terms, tokens_of

READ_AT_MOST = 12_000
"""Characters of a text that are looked at: what an article is about, it says before that."""

_LEAD = 45
_NEAR = 14
_IN_TITLE, _IN_LEAD = 3.0, 2.0
_SHORT_LINE = 60

# Fitted by `python -m bench relevance-weights` on the learning half of the labelled texts.
_WEIGHTS: Mapping[str, float] = {
    "bias": -4.34,
    "presence": 2.59,
    "in_title": 1.09,
    "in_lead": 0.59,
    "joint": 0.45,
    "balance": 2.86,
    "ties": 1.87,
    "bound": 2.40,
    "third": -2.74,
    "third_in_title": -1.97,
    "beside": -1.38,
    "beside_in_title": -1.61,
}
_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Reason:
    """Something found in the text: what it is, how often, and which side or sign it tells."""

    kind: Kind
    name: str
    count: int
    tells: str


@dataclass(frozen=True, slots=True)
class Relevance:
    """How surely a text is on the beat, from 0 to 1, the verdict, and what it rests on.

    What weighs most stands first among the reasons; phrases that are no sign of anything are left
    out.
    """

    score: float
    on_beat: bool
    reasons: tuple[Reason, ...]


def score(title: str, text: str, terms: Terms) -> Relevance:
    """Tell whether a text is about the beat.

    Args:
        title: the headline, or "".
        text: the article; only its first READ_AT_MOST characters are read.
        terms: the sides and what tells of them.

    Returns:
        The verdict. A text in which some side does not occur at all scores 0; where there are no
        sides, every text is on the beat.
    """
    if not terms.sides:
        return Relevance(1.0, True, ())
    found = _Found(title, text, terms)
    reasons = found.reasons()
    features = found.features()
    if not features["presence"]:
        return Relevance(0.0, False, reasons)
    value = 1 / (1 + math.exp(-sum(_WEIGHTS[name] * one for name, one in features.items())))
    return Relevance(round(value, 4), value >= _THRESHOLD, reasons)


def features(title: str, text: str, terms: Terms) -> Mapping[str, float]:
    """Give the measures that the score weighs, by name; each one between 0 and 1."""
    return _Found(title, text, terms).features()


class _Found:
    """What was found in one text, title and body counted as one row of words."""

    def __init__(self, title: str, text: str, terms: Terms) -> None:
        body = _body(text[:READ_AT_MOST])
        in_kazakh = detect_language(body or title) == "kk"
        title_tokens = tokens_of(title[:READ_AT_MOST])
        self._title_end = len(title_tokens)
        self._sides = terms.sides
        hits = terms.find(title_tokens, in_kazakh=in_kazakh)
        hits += [
            Hit(hit.at + self._title_end, hit.term, hit.is_echo)
            for hit in terms.find(tokens_of(body), in_kazakh=in_kazakh)
        ]
        named = {hit.term.name for hit in hits if not hit.is_echo}
        self._hits = [hit for hit in hits if not hit.is_echo or hit.term.name in named]

    def reasons(self) -> tuple[Reason, ...]:
        """List what was found, what weighs most first."""
        counts = Counter(hit.term for hit in self._hits if hit.term.tells != NOTHING)
        heaviest = sorted(counts, key=lambda term: -term.weight * counts[term])
        return tuple(Reason(term.kind, term.name, counts[term], term.tells) for term in heaviest)

    def features(self) -> Mapping[str, float]:
        """Measure the text."""
        sides = {side: self._weight(side, ALL) for side in self._sides}
        least, most = min(sides.values()), max(sides.values())
        third, beside = self._weight(THIRD), self._weight(BESIDE)
        presence = _saturated(least, 3)
        return {
            "bias": 1.0,
            "presence": presence,
            "in_title": min(self._starts(side, self._title_end) for side in self._sides),
            "in_lead": min(self._starts(side, self._title_end + _LEAD) for side in self._sides),
            "joint": _saturated(self._weight(ALL), 2),
            "balance": least / most if most else 0.0,
            "ties": _saturated(self._weight(TIE), 5) * presence,
            "bound": _saturated(self._bound(), 3),
            "third": third / (third + sum(sides.values())) if third else 0.0,
            "third_in_title": self._starts(THIRD, self._title_end, with_all=False),
            "beside": _saturated(beside, 5),
            "beside_in_title": self._starts(BESIDE, self._title_end, with_all=False),
        }

    def _weight(self, *tells: str) -> float:
        return sum(
            hit.term.weight * self._zone(hit.at) for hit in self._hits if hit.term.tells in tells
        )

    def _bound(self) -> float:
        """Weigh the ties that stand within a few words of the side spoken of least."""
        least = min(self._sides, key=lambda side: self._weight(side, ALL))
        places = [hit.at for hit in self._hits if hit.term.tells in {least, ALL}]
        return sum(
            hit.term.weight * self._zone(hit.at)
            for hit in self._hits
            if hit.term.tells == TIE and _is_near(hit.at, places)
        )

    def _zone(self, at: int) -> float:
        if at < self._title_end:
            return _IN_TITLE
        return _IN_LEAD if at < self._title_end + _LEAD else 1.0

    def _starts(self, tells: str, end: int, *, with_all: bool = True) -> float:
        """Give the weight of the strongest sign of a side before a token, at most 1."""
        wanted = {tells, ALL} if with_all else {tells}
        return min(
            1.0,
            max(
                (
                    hit.term.weight
                    for hit in self._hits
                    if hit.at < end and hit.term.tells in wanted
                ),
                default=0.0,
            ),
        )


def _is_near(at: int, places: Sequence[int]) -> bool:
    """Say whether one of the places, which are in order, is within a few words."""
    after = bisect_left(places, at - _NEAR)
    return after < len(places) and places[after] <= at + _NEAR


def _saturated(weight: float, scale: float) -> float:
    return 1 - math.exp(-weight / scale)


def _body(text: str) -> str:
    """Drop the dateline, whose place tells nothing, and the links to other articles."""
    kept: list[str] = []
    in_links = False
    for line in map(str.strip, text.split("\n")):
        if not line:
            continue
        if len(line) <= _SHORT_LINE:
            kind = kind_of(line)
            if kind is LineKind.END:
                break
            in_links = kind is LineKind.LINKS or (in_links and is_link(line))
        else:
            in_links = in_links and is_link(line)
        if not in_links:
            kept.append(line)
    return "\n".join(_without_dateline(kept))


def _without_dateline(lines: Sequence[str]) -> list[str]:
    # The dateline opens the first paragraph, which a repeated headline may precede.
    undated = list(lines)
    for number, line in enumerate(lines[:2]):
        if dateline := read_dateline(line):
            undated[number] = line[dateline.end :]
            break
    return undated
