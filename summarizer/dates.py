"""Dates that a text states: days, months, years and spans of them, in ISO form."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from summarizer import dates_patterns as patterns
from summarizer.analysis import DateMention
from summarizer.dates_calendar import (
    day_iso,
    is_year,
    month_after,
    month_number,
    nearest_month,
    week_of,
    weekday_number,
)
from summarizer.dates_patterns import DAYS_AWAY
from summarizer.lookalikes import fold
from summarizer.spans import Span

_NOT_A_DATE = re.compile(
    r"(?:улиц|ул\.|площад|проспект|микрорайон|имени|им\.|статьи|статье|статья|№)[^\W\d_]*\s*$"
)
_FUTURE = re.compile(
    r"(?<![^\W_])(?:состоится|состоятся|пройдет|пройдут|будет|будут|планиру|намерен|ожида|прибудет"
    r"|прилетит|посетит|начнется|откроется|встретится|встретятся|подпишут|выступит|приедет|will"
    r"|plans|expected|due|намеч|запланиров)"
)
_YEARS_AWAY = {
    "прошл": -1, "минувш": -1, "last": -1, "эт": 0, "нынешн": 0, "текущ": 0, "this": 0,
    "следующ": 1, "будущ": 1, "ближайш": 1, "next": 1, "coming": 1,
}  # fmt: skip
Match = re.Match[str]
Reader = Callable[[Match, date | None], str | None]


def _away(word: str) -> int:
    return next(away for stem, away in _YEARS_AWAY.items() if word.startswith(stem))


def _year_of(match: Match, published: date | None) -> tuple[bool, int | None]:
    """Tell the year that a match states: whether it can be known, and the year, if it has one."""
    groups = match.groupdict()
    if groups.get("year"):
        return True, int(groups["year"])
    if groups.get("said"):
        return published is not None, published.year + _away(groups["said"]) if published else None
    return True, None


def _day(match: Match, published: date | None) -> str | None:
    known, year = _year_of(match, published)
    number, day = month_number(match["month"]), int(match["day"])
    return day_iso(year, number, day, published if known else None)


def _days(match: Match, published: date | None) -> str | None:
    """Read "14–16 января 2026" and "с 28 января по 2 февраля"."""
    _, year = _year_of(match, published)
    last_month = month_number(match["month2"])
    groups = match.groupdict()
    first_month = month_number(groups["month"]) if groups.get("month") else last_month
    last = day_iso(year, last_month, int(match["day2"]), published)
    if last is None:
        return None
    if last.startswith("--"):
        first = day_iso(None, first_month, int(match["day"]), None)
        return f"{first}/{last}" if first else None
    ends = int(last[:4])
    begins = ends - 1 if first_month > last_month else ends
    first = day_iso(begins, first_month, int(match["day"]), None)
    return f"{first}/{last}" if first and first <= last else None


def _figures(match: Match, published: date | None) -> str | None:
    return day_iso(int(match["year"]), int(match["month"]), int(match["day"]), published)


def _month(match: Match, published: date | None) -> str | None:
    known, year = _year_of(match, published)
    number = month_number(match["month"])
    if year is not None:
        return f"{year:04}-{number:02}" if is_year(year) else None
    return nearest_month(number, published) if published and known else None


def _months(match: Match, published: date | None) -> str | None:
    _, year = _year_of(match, published)
    first, last = month_number(match["month"]), month_number(match["month2"])
    if year is None or not is_year(year) or first >= last:
        return None
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def _year(match: Match, published: date | None) -> str | None:
    return match["year"] if is_year(int(match["year"])) else None


def _years(match: Match, published: date | None) -> str | None:
    first, text = int(match["year"]), match["year2"]
    last = int(text) if len(text) == 4 else first - first % 100 + int(text)
    return f"{first:04}/{last:04}" if is_year(first) and is_year(last) and first < last else None


def _year_away(match: Match, published: date | None) -> str | None:
    return f"{published.year + _away(match['said']):04}" if published else None


def _month_away(match: Match, published: date | None) -> str | None:
    return month_after(published, _away(match["said"])) if published else None


def _week_away(match: Match, published: date | None) -> str | None:
    return week_of(_moved(published, 7 * _away(match["said"]))) if published else None


def _day_away(match: Match, published: date | None) -> str | None:
    return _moved(published, DAYS_AWAY[match["said"]]).isoformat() if published else None


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _weekday(match: Match, published: date | None) -> str | None:
    """Read "в понедельник": the last one up to the publication, unless the text looks ahead."""
    if published is None:
        return None
    back = (published.weekday() - weekday_number(match["weekday"])) % 7
    around = match.string[max(0, match.start() - 80) : match.end() + 60]
    said = match["said"] or ""
    if said and _away(said) < 0:
        return _moved(published, -(back or 7)).isoformat()
    if (said and _away(said) > 0) or (not said and _FUTURE.search(around)):
        return _moved(published, 7 - back if back else 7 * bool(said)).isoformat()
    return _moved(published, -back).isoformat()


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (patterns.FIGURES, _figures),
    (patterns.ISO, _figures),
    (patterns.DAY_TO_DAY, _days),
    (patterns.FROM_DAY_TO_DAY, _days),
    (patterns.DAYS, _days),
    (patterns.DAY, _day),
    (patterns.MONTH_DAY, _day),
    (patterns.KAZAKH_DAY, _day),
    (patterns.KAZAKH_MONTH, _month),
    (patterns.MONTHS, _months),
    (patterns.MONTH_OF_YEAR, _month),
    (patterns.MONTH_ALONE, _month),
    (patterns.SCHOOL_YEAR, _years),
    (patterns.YEARS, _years),
    (patterns.YEAR, _year),
    (patterns.KAZAKH_YEAR, _year),
    (patterns.YEAR_ALONE, _year),
    (patterns.YEAR_AWAY, _year_away),
    (patterns.MONTH_AWAY, _month_away),
    (patterns.WEEK_AWAY, _week_away),
    (patterns.YEAR_AWAY_ENGLISH, _year_away),
    (patterns.MONTH_AWAY_ENGLISH, _month_away),
    (patterns.WEEK_AWAY_ENGLISH, _week_away),
    (patterns.DAY_AWAY, _day_away),
    (patterns.WEEKDAY_SAID, _weekday),
)
"""Ways to write a date, and who reads them; of two that begin together the longer one counts."""


def find_dates(text: str, *, published: date | None = None) -> tuple[DateMention, ...]:
    """Find the dates of a text, past and future, of the years 1900 to 2106.

    What a text leaves to its reader needs `published`: "вчера", "в прошлом году" and a month alone
    are passed over without it, and a day alone stays without a year ("--02-01"). With it, a day or
    month without a year is the nearest one to the publication, and a weekday the last one up to
    it, or the next one where the words around look ahead ("состоится в среду").

    Args:
        text: the original text.
        published: the day on which the article came out, where it did.

    Returns:
        The dates in order, without overlap; `text` is the original's slice at `span`.
    """
    folded = fold(text)
    found = sorted(_all(folded, published), key=lambda item: (item[0].start, -item[0].end))
    dates: list[DateMention] = []
    end = 0
    for span, iso in found:
        if span.start >= end:
            dates.append(DateMention(text[span.start : span.end], span, iso))
            end = span.end
    return tuple(dates)


def _all(folded: str, published: date | None) -> Iterator[tuple[Span, str]]:
    for pattern, reader in _READERS:
        for match in pattern.finditer(folded):
            iso = reader(match, published)
            if iso is not None and not _NOT_A_DATE.search(
                folded[max(0, match.start() - 20) : match.start()]
            ):
                yield _stated(match), iso


def _stated(match: Match) -> Span:
    """Leave the preposition out of "в 2026" and "в среду": the date is what follows it."""
    text = match.group()
    head = re.match(r"(?:во?|на|к|до|с|после|on|in|by|since|until|during)\s+(?!\d.*по\s)", text)
    return Span(match.start() + (head.end() if head else 0), match.end())
