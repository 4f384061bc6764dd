"""What a cut is: words of a sentence that may go, and what they are."""

from dataclasses import dataclass
from enum import StrEnum


class CutKind(StrEnum):
    """What a cut takes away."""

    PARENTHESIS = "parenthesis"
    CREDIT = "credit"
    INTRODUCTION = "introduction"
    RELATIVE = "relative"
    PARTICIPLE = "participle"
    CONVERB = "converb"
    APPOSITION = "apposition"
    SUBORDINATE = "subordinate"
    EXAMPLES = "examples"
    CONJUNCT = "conjunct"
    CLAUSE = "clause"
    CIRCUMSTANCE = "circumstance"
    TIME = "time"
    WEEKDAY = "weekday"
    PLACE = "place"
    MODIFIER = "modifier"
    ADJECTIVE = "adjective"
    PADDING = "padding"
    ADVERB = "adverb"
    AGE = "age"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that may go: places `start` to `end` (without it) of the sentence, marks included.

    `also` are marks elsewhere that go with them. Cuts of one sentence are nested or apart, and any
    set of them may be made together.
    """

    start: int
    end: int
    kind: CutKind
    also: tuple[int, ...] = ()

    @property
    def words(self) -> frozenset[int]:
        """The places of all that goes."""
        return frozenset((*range(self.start, self.end), *self.also))
