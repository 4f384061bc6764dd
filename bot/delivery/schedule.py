"""When a briefing is due: a rule and the clocks of a zone → moments in UTC."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.archive.dues import TakeTurn
from bot.archive.rows import Frequency, Rule, Turn
from bot.archive.subscribers import NextDue

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_GAP = {
    Frequency.DAILY: timedelta(days=3),
    Frequency.WORKDAYS: timedelta(days=5),
    Frequency.WEEKLY: timedelta(days=9),
    Frequency.MONTHLY: timedelta(days=33),
}
"""More than ever lies between two moments of a rule, whatever the clocks do."""


def next_due(rule: Rule, *, after: datetime) -> datetime:
    """Compute the first moment of a rule after `after`.

    after: aware. Returns an aware moment in UTC. A time that the clocks repeat counts once, at its
    first coming (PEP 495: fold=0). A time that they skip counts when they have jumped; where they
    jump into the next day, a minute before they do. A day that a zone never had (Samoa jumped over
    the date line) has no daily edition; a weekly or monthly one comes when it would have begun.
    """
    zone = _zone(rule.zone)
    # From the day before: where clocks go back over midnight, a day is left and comes again.
    for day in _days(rule, after.astimezone(zone).date() - _DAY):
        due = _moment(day, time(rule.hour, rule.minute), zone)
        if due.astimezone(zone).date() != day and rule.frequency in _EVERY_DAY:
            continue
        if due > after:
            return due
    raise AssertionError("a rule goes on for ever")


def due_after(now: datetime) -> NextDue:
    """Give the function that computes the first moment of any rule after `now` (aware)."""
    return lambda rule: next_due(rule, after=now)


def last_due(rule: Rule, *, before: datetime) -> datetime:
    """Compute the last moment of a rule before `before` (aware); returns an aware one in UTC."""
    due = next_due(rule, after=before - _LONGEST_GAP[rule.frequency])
    while (following := next_due(rule, after=due)) < before:
        due = following
    return due


def period(rule: Rule, due: datetime) -> tuple[datetime, datetime]:
    """Give the period that the edition of a due moment covers: from the moment before it to it.

    So Monday's edition on working days covers the weekend, and no hour falls between two editions.
    """
    return last_due(rule, before=due), due


def take_turn(rule: Rule, due: datetime, *, now: datetime) -> Turn:
    """Say what becomes of a due moment that has come (`due` ≤ `now`, both aware).

    Where several moments passed unnoticed, one edition covers the periods of all of them.
    """
    start, end = period(rule, due)
    following = next_due(rule, after=max(due, now))
    if next_due(rule, after=due) <= now:
        end = last_due(rule, before=following)
    return Turn(start, end, following)


def shared_turns(now: datetime) -> TakeTurn:
    """Give `take_turn` of this moment, computed once for all who share a rule."""
    return cache(lambda rule, due: take_turn(rule, due, now=now))


_zone = cache(ZoneInfo)
"""zoneinfo itself keeps the last eight zones; there are six hundred."""

_EVERY_DAY = (Frequency.DAILY, Frequency.WORKDAYS)


def _days(rule: Rule, first: date) -> Iterator[date]:
    """Name the local days of a rule from a day on."""
    if rule.frequency is Frequency.MONTHLY:
        yield from _days_of_months(rule.day_of_month, first)
    step = _DAY
    if rule.frequency is Frequency.WEEKLY:
        first += timedelta(days=(rule.weekday - first.weekday()) % 7)
        step = timedelta(days=7)
    while True:
        if rule.frequency is not Frequency.WORKDAYS or first.weekday() < _SATURDAY:
            yield first
        first += step


def _days_of_months(day_of_month: int, first: date) -> Iterator[date]:
    year, month = first.year, first.month
    while True:
        day = date(year, month, min(day_of_month, calendar.monthrange(year, month)[1]))
        if day >= first:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Find the moment in UTC at which the clocks of a zone show this time of this day."""
    wall = datetime.combine(day, at, zone)
    due = wall.astimezone(UTC)
    if due.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return due
    # The clocks skip it: before the jump they are behind it, after the jump they have passed it.
    jump = _jump(wall.replace(fold=1).astimezone(UTC), due, zone)
    before = jump - timedelta(minutes=1)
    is_next_day = jump.astimezone(zone).date() != day
    return before if is_next_day and before.astimezone(zone).date() == day else jump


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the second at which the offset of a zone changes; it does between the two moments."""
    old = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
