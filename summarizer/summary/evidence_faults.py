"""What may be wrong with a sentence, as the check tells it."""

from dataclasses import dataclass
from enum import StrEnum

from summarizer.spans import Span


class FaultKind(StrEnum):
    """What the source does not say."""

    NAME = "name"
    POST = "post"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NEGATION = "negation"
    ROLES = "roles"
    QUOTE = "quote"
    ADDED = "added"
    MODALITY = "modality"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a sentence that its source does not support.

    `text` is the sentence's slice at `span`, in code points of the sentence; `doubt` is how sure
    the fault is, from 0.5 to 1.
    """

    kind: FaultKind
    text: str
    span: Span
    doubt: float = 1.0
