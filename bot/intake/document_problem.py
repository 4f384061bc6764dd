"""Why a document that a person sent could not be read."""

from enum import StrEnum

from bot.intake.article import UnreadableError


class DocumentProblem(StrEnum):
    """Why a document could not be read."""

    UNKNOWN_KIND = "unknown kind"
    OLD_WORD = "old Word format"
    PROTECTED = "password-protected"
    SCANNED = "pictures of pages without text"
    TOO_LONG = "too long"
    TOO_SLOW = "too slow to read"
    BROKEN = "damaged"
    EMPTY = "no text in it"


class DocumentError(UnreadableError):
    """A document that cannot be read; `problem` says why."""

    def __init__(self, problem: DocumentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross from the worker process."""
        return DocumentError, (self.problem,)
