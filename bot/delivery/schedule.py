"""When a briefing is due: a local weekday and hour → a moment in UTC."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_due(weekday: int, hour: int, zone: str, *, after: datetime) -> datetime:
    """Compute the first moment after `after` at which it is that hour of that weekday locally.

    weekday: Monday is 0. zone: an IANA name. after: aware. Returns an aware moment in UTC.
    An hour that the clocks skip counts when they have jumped, an hour that they repeat counts
    once, at its first coming (PEP 495: fold=0).
    """
    local = ZoneInfo(zone)
    day = after.astimezone(local).date()
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while True:
        due = datetime.combine(day, time(hour), local).astimezone(UTC)
        if due > after:
            return due
        day += timedelta(days=7)
