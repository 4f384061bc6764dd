"""Where something stands in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an original text, as code points: `original[start:end]`."""

    start: int
    end: int
