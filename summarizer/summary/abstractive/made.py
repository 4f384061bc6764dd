"""What came of letting a model write."""

from dataclasses import dataclass

from summarizer.summary.model import Summary


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
