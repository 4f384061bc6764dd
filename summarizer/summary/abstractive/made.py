"""What came of letting a model write."""

from dataclasses import dataclass

from summarizer.summary.model import Summary

CHECK_VERSION = 2
"""Raised when a summary may come out otherwise for the same draft: then it is written anew."""


@dataclass(frozen=True, slots=True)
class Made:
    """A summary by a model, every sentence checked; or none, with the reason.

    `failed` counts the sentences that the check refused. `is_final` says that trying again would
    give the same.
    """

    summary: Summary | None
    reason: str | None = None
    failed: int = 0
    is_final: bool = True
