"""How long somebody who cannot work is left alone: longer after each failure."""

from datetime import datetime, timedelta

from bot.clock import Now

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)


class Rest:
    """A pause that doubles until work succeeds again."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._pause = timedelta(0)
        self._resumes_at: datetime | None = None

    @property
    def lasts(self) -> bool:
        """Whether it is too early for the next try."""
        return self._resumes_at is not None and self._now() < self._resumes_at

    def begin(self) -> timedelta:
        """Begin a pause, twice as long as the last one; return how long it is."""
        self._pause = min(max(2 * self._pause, _FIRST_PAUSE), _LONGEST_PAUSE)
        self._resumes_at = self._now() + self._pause
        return self._pause

    def end(self) -> None:
        """Work again, and begin with a short pause at the next failure."""
        self._pause, self._resumes_at = timedelta(0), None
