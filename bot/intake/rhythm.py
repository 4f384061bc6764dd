"""How often a source is asked: often while it gives something, seldom while it fails."""

import random
from datetime import datetime, timedelta

from bot.archive.sources import FIRST_RHYTHM

SLOWEST = timedelta(hours=2)
LONGEST_BACKOFF = timedelta(hours=6)

_SLOWER = 1.5
_JITTER = 0.15
_MOST_DOUBLINGS = 10


def next_rhythm(every: timedelta, *, new_articles: int) -> timedelta:
    """Give the new time between two polls: short after news, longer after none."""
    return FIRST_RHYTHM if new_articles else min(every * _SLOWER, SLOWEST)


def after(now: datetime, every: timedelta) -> datetime:
    """Give the moment of the next poll; spread, so that sources do not all come at once."""
    return now + every * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 — not a secret


def after_failure(now: datetime, failures: int, not_before: datetime | None) -> datetime:
    """Give the moment to try a failing source again, later each time.

    failures: how many in a row, this one included.
    not_before: until when the site asked to be left alone.
    """
    wait = min(FIRST_RHYTHM * 2 ** min(failures - 1, _MOST_DOUBLINGS), LONGEST_BACKOFF)
    moment = after(now, wait)
    return moment if not_before is None else max(moment, not_before)
