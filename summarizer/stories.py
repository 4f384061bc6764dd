"""Do two articles report the same event? Decided from names, words, days and meaning together.

Two articles share people without sharing an event (another meeting), and words without sharing it
(another year); hence the names of the titles, the rare words and the days must agree, and the
times of publication must not be far apart.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from summarizer.stories_print import NAME_SIGN, Fingerprint, cosine, skeleton

WINDOW = timedelta(days=21)
"""Articles published further apart are never put together."""

SAME = 0.5
"""From this probability on two articles report one event."""

_STILL = 0.3
_ALL_ALONG = 0.4
"""What a story's articles must reach on average, so that it does not drift from one to the next."""

_MEMBERS_READ = 12
_FRESH_DAYS = 3.0
_A_DAY_LATER = 0.2
"""How much less likely (in logits) each further day between two articles makes one event."""

_UNKNOWN_TITLE, _DOUBT = 0.6, 0.3
_FAR = -12.0

# Fitted by `python -m bench stories-weights` on labelled pairs and one half of a labelled stream.
_WEIGHTS: Mapping[str, float] = {
    "bias": -6.96,
    "title": 7.04,
    "words": 2.22,
    "plain": 4.3,
    "meaning": 1.17,
    "other_day": -1.72,
    "other_title_day": -5.0,
}
# Across languages words are names alone, so meaning counts for more. Too few pairs to fit: set so
# that none of the stream's is joined wrongly.
_WEIGHTS_ACROSS: Mapping[str, float] = {
    "bias": -7.4,
    "title": 3.0,
    "words": 4.0,
    "plain": 0.0,
    "meaning": 9.0,
    "other_day": -1.5,
    "other_title_day": -3.0,
}


@dataclass(frozen=True, slots=True)
class Timed:
    """A fingerprint and when its article was published, where that is known (aware)."""

    fingerprint: Fingerprint
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How surely two articles report one event, 0 to 1, and what each measure adds (in logits)."""

    probability: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How an article fits a story: its best and its mean likeness to the story's articles."""

    best: float
    mean: float
    reasons: tuple[tuple[str, float], ...]

    @property
    def belongs(self) -> bool:
        """Whether the article tells of the story's event."""
        return self.best >= SAME and self.mean >= _ALL_ALONG


def measures(one: Fingerprint, other: Fingerprint) -> dict[str, float]:
    """Measure two articles against each other, each measure from 0 to 1."""
    if one.language != other.language:
        one, other = _names_alone(one), _names_alone(other)
    meaning = cosine(one.vector, other.vector)
    return {
        "title": _title(one, other),
        "words": _words(one.terms, other.terms),
        "plain": _words(_plain(one.terms), _plain(other.terms)),
        "meaning": 0.5 if meaning is None else max(0.0, meaning),
        "other_day": float(_apart(one.days, other.days) or _apart(one.years, other.years)),
        "other_title_day": float(_apart(one.title_days, other.title_days)),
    }


def same_event(one: Timed, other: Timed) -> Likeness:
    """Tell how surely two articles report one event, with what speaks for and against it."""
    is_one_language = one.fingerprint.language == other.fingerprint.language
    weights = _WEIGHTS if is_one_language else _WEIGHTS_ACROSS
    measured = measures(one.fingerprint, other.fingerprint)
    parts = {name: weights[name] * value for name, value in measured.items()}
    parts["time"] = _time(one.published, other.published)
    total = weights["bias"] + sum(parts.values())
    reasons = sorted(parts.items(), key=lambda part: -abs(part[1]))
    return Likeness(1 / (1 + math.exp(-total)), tuple(reasons))


def fit(article: Timed, story: Sequence[Timed]) -> Fit:
    """Tell how an article fits a story, from its likeness to the story's own articles.

    Args:
        article: the article to place.
        story: those of the story, at least one; those nearest in time are looked at.
    """
    found = [same_event(article, member) for member in _nearest(article, story)]
    best = max(found, key=lambda likeness: likeness.probability)
    mean = sum(likeness.probability for likeness in found) / len(found)
    return Fit(best.probability, mean, best.reasons)


def are_one(one: Sequence[Timed], other: Sequence[Timed]) -> bool:
    """Say whether two stories that an article fits both tell of one event."""
    return sum(fit(article, other).mean for article in one[:_MEMBERS_READ]) >= _ALL_ALONG * len(
        one[:_MEMBERS_READ]
    )


def _nearest(article: Timed, story: Sequence[Timed]) -> Iterable[Timed]:
    if len(story) <= _MEMBERS_READ or article.published is None:
        return story[:_MEMBERS_READ]
    moment = article.published
    return sorted(
        story, key=lambda member: abs((member.published or moment) - moment)
    )[:_MEMBERS_READ]  # fmt: skip


def _names_alone(fingerprint: Fingerprint) -> Fingerprint:
    """Leave of a fingerprint what can be compared with one in another language."""
    names: dict[str, float] = {}
    for term, weight in fingerprint.terms.items():
        if term.startswith(NAME_SIGN) or term.isdigit():
            key = skeleton(term)
            names[key] = max(names.get(key, 0.0), weight)
    length = math.sqrt(sum(weight * weight for weight in names.values()))
    return replace(
        fingerprint,
        terms={key: weight / length for key, weight in names.items()},
        title={skeleton(name): weight for name, weight in fingerprint.title.items()},
        names=frozenset(map(skeleton, fingerprint.names)),
    )


def _title(one: Fingerprint, other: Fingerprint) -> float:
    """Measure how many of the names that each title gives the other article gives as well.

    Names that every article of the desk gives weigh little, and a title of such names alone tells
    little: its share stays near that of a title without names.
    """
    shares = [
        (sum(weight for name, weight in title.items() if name in names) + _DOUBT * _UNKNOWN_TITLE)
        / (sum(title.values()) + _DOUBT)
        for title, names in ((one.title, other.names), (other.title, one.names))
    ]
    return sum(shares) / len(shares)


def _words(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Measure the words in common, by their weight in whichever article shares less."""
    return min(
        sum(weight * weight for term, weight in left.items() if term in right)
        for left, right in ((one, other), (other, one))
    )


def _plain(terms: Mapping[str, float]) -> dict[str, float]:
    """Leave the words that are no names, as a vector of length 1."""
    plain = {term: weight for term, weight in terms.items() if not term.startswith(NAME_SIGN)}
    length = math.sqrt(sum(weight * weight for weight in plain.values()))
    return {term: weight / length for term, weight in plain.items()}


def _apart(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Say whether both articles state days or years, and none in common.

    A day without a year is the same day in any year.
    """
    if not ones or not others:
        return False
    whole = {value[-5:] for value in ones if value.startswith("--")} | {
        value[-5:] for value in others if value.startswith("--")
    }
    if whole:
        return not {value[-5:] for value in ones} & {value[-5:] for value in others}
    return not ones & others


def _time(one: datetime | None, other: datetime | None) -> float:
    if one is None or other is None:
        return 0.0
    apart = abs(one - other)
    if apart > WINDOW:
        return _FAR
    return -_A_DAY_LATER * max(0.0, apart / timedelta(days=1) - _FRESH_DAYS)


def stays(found: Fit) -> bool:
    """Say whether an article that was analysed anew stays in its story: unless it clearly fits no
    longer, so that links to stories hold.
    """
    return found.best >= _STILL
