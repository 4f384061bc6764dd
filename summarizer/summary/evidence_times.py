"""Dates of a sentence and of an article, part by part, so that they can be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.dates import find_dates
from summarizer.dates_calendar import MONTH, WEEKDAY, month_number, weekday_number
from summarizer.lookalikes import fold
from summarizer.summary.parsed import Word

_MONTH_WORD = re.compile(rf"{MONTH}$")
_WEEKDAY_WORD = re.compile(rf"(?:{WEEKDAY}|понедельник[ауе]?м?|вторник[ауе]?м?|сред[аеоы]й?|четверг"
                           r"[ауе]?м?|пятниц[аые]|субботы?е?|воскресень[яюе]м?)$")  # fmt: skip
_YEAR = re.compile(r"((?:19|20)\d\d)(?:-(?:го|м|й|му|х|е))?$")
_ISO = re.compile(r"(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?$")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated; `first` and `last` are places of words in its sentence."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """What is stated: the parts that are known, by name."""
        stated = (
            ("year", self.year),
            ("month", self.month),
            ("day", self.day),
            ("weekday", self.weekday),
        )
        return tuple((name, value) for name, value in stated if value is not None)


def find_moments(
    text: str, words: Sequence[Word], *, published: date | None = None
) -> list[Moment]:
    """Find the dates of one sentence.

    Args:
        text: the text that the words' spans are into.
        words: the words of the sentence.
        published: the day the article came out; without it "вчера" tells no date.

    Returns:
        Dates in order; a span of days gives its two ends.
    """
    if not words:
        return []
    start, end = words[0].span.start, words[-1].span.end
    if end - start > _LONGEST:
        return []
    found: list[Moment] = []
    taken: set[int] = set()
    for mention in find_dates(text[start:end], published=published):
        places = [
            place
            for place, word in enumerate(words)
            if word.span.start < start + mention.span.end
            and word.span.end > start + mention.span.start
        ]
        if not places:
            continue
        taken.update(places)
        for iso in mention.iso.split("/"):
            if moment := _moment(iso, places[0], places[-1]):
                found.append(moment)
    found += _alone(words, taken)
    return found


def _moment(iso: str, first: int, last: int) -> Moment | None:
    match = _ISO.match(iso)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    weekday = date(year, month, day).weekday() if year and month and day else None
    return Moment(first, last, year, month, day, weekday)


def _alone(words: Sequence[Word], taken: set[int]) -> Iterator[Moment]:
    """Find months and weekdays that stand without a number."""
    for place, word in enumerate(words):
        folded = fold(word.text)
        if place in taken:
            continue
        if (year := _YEAR.match(folded)) and not _counts(words, place):
            yield Moment(place, place, year=int(year.group(1)))
        elif _WEEKDAY_WORD.match(folded) and word.pos != "ADJ":
            yield Moment(place, place, weekday=weekday_number(folded))
        elif _MONTH_WORD.match(folded) and not word.text[:1].isupper():
            yield Moment(place, place, month=month_number(folded))


def _counts(words: Sequence[Word], place: int) -> bool:
    """Say whether a number counts what follows: "2000 рублей"."""
    after = words[place + 1] if place + 1 < len(words) else None
    return after is not None and (
        after.text == "%"
        or (after.feats.get("Case") == "Gen" and after.pos == "NOUN" and after.text[:3] != "год")
    )


def stated(said: Moment, told: Iterable[Moment]) -> float:
    """Say how surely a date is among those told.

    A weekday that the sentence adds to a date counts only against a weekday.

    Returns:
        1 where one date told has all its parts, 0.7 where one has some and none speaks against
        it, 0 where none fits.
    """
    best = 0.0
    calendar = [(name, value) for name, value in said.parts if name != "weekday"]
    for moment in told:
        known = dict(moment.parts)
        wanted = calendar if calendar else said.parts
        shared = [known[name] == value for name, value in wanted if name in known]
        if not shared or not all(shared):
            continue
        best = max(best, 1.0 if len(shared) == len(wanted) else 0.7)
    return best
