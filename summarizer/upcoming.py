"""What a text says will happen, on a day that it states; only what it states for certain."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

from summarizer.analysis import DateMention
from summarizer.lookalikes import fold
from summarizer.spans import Span
from summarizer.stories_material import Said, Upcoming
from summarizer.text import Sentence

_WILL = re.compile(
    r"(?<![^\W_])(?:состоится|состоятся|пройд[её]т|пройдут|будет|будут|прибудет|прибудут|прилетит"
    r"|посетит|посетят|начн[её]тся|начнутся|откроется|откроются|встретится|встретятся|подпишут"
    r"|подпишет|выступит|приедет|примет участие|примут участие|проведет|проведут|запланирован\w*"
    r"|намечен\w*|назначен\w* на|вступит в силу|вступят в силу|стартует|ожидается|планируется"
    r"|will|is scheduled|are scheduled|is due|өтеді|болады|келеді|басталады|ашылады)(?![^\W_])"
)
_UNCERTAIN = re.compile(
    r"(?<![^\W_])(?:может|могут|мог бы|возможно|вероятно|если|якобы|предлага\w+|хотел\w* бы|надеюсь"
    r"|надеется|не будет|не состоится|отмен[её]н\w*|might|may|could|if|would|мүмкін)(?![^\W_])"
)
_FURTHEST_YEARS = 3
MOST = 6
"""Things to come that are kept of one article."""


def find_upcoming(
    sentences: Sequence[Sentence], dates: Sequence[DateMention], published: date | None
) -> tuple[Upcoming, ...]:
    """Find the sentences that say what will happen on a day after the publication.

    Args:
        sentences: those of the article, in order.
        dates: its dates.
        published: the day on which it came out; without it nothing lies ahead for certain.

    Returns:
        At most MOST, in the order of the text, each sentence once.
    """
    if published is None:
        return ()
    found: list[Upcoming] = []
    for sentence in sentences:
        if len(found) == MOST:
            break
        shown = fold(sentence.text)
        if not _WILL.search(shown) or _UNCERTAIN.search(shown):
            continue
        days = next(_days_ahead(sentence.span, dates, published), None)
        if days is not None:
            said = Said(sentence.text, (sentence.span,))
            found.append(Upcoming(days[0].isoformat(), days[1].isoformat(), said))
    return tuple(found)


def _days_ahead(
    span: Span, dates: Sequence[DateMention], published: date
) -> Iterator[tuple[date, date]]:
    for stated in dates:
        if not span.start <= stated.span.start < span.end:
            continue
        days = period(stated.iso)
        if days and published < days[0] and days[0].year <= published.year + _FURTHEST_YEARS:
            yield days


def period(iso: str) -> tuple[date, date] | None:
    """Give the first and the last day of a day, a month or a span of days.

    None for a whole year, which says too little, and for a day without its year.

    Args:
        iso: as `DateMention.iso`.
    """
    first, _, last = iso.partition("/")
    begins, ends = _bounds(first), _bounds(last or first)
    return (begins[0], ends[1]) if begins and ends and begins[0] <= ends[1] else None


def _bounds(iso: str) -> tuple[date, date] | None:
    parts = iso.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            day = date(*numbers)
            return day, day
        if len(numbers) == 2:
            year, month = numbers
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return None
    return None
