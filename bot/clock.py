"""The one place that asks what time it is, so that tests own the time."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from zoneinfo import available_timezones

Now = Callable[[], datetime]
"""Returns the present moment, aware and in UTC."""


@cache
def known_zones() -> frozenset[str]:
    """Name all IANA time zones; the list is read from the disk once, not at every button."""
    return frozenset(available_timezones())


def system_now() -> datetime:
    """Return the present moment by the machine's clock."""
    return datetime.now(UTC)
