"""The one place that asks what time it is, so that tests own the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Now = Callable[[], datetime]
"""Returns the present moment, aware and in UTC."""


def system_now() -> datetime:
    """Return the present moment by the machine's clock."""
    return datetime.now(UTC)
