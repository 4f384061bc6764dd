"""Why something could not be fetched or read, as sentences."""

from datetime import datetime
from enum import StrEnum


class FetchProblem(StrEnum):
    """Why an address gave nothing; each value is a whole sentence without its full stop."""

    BAD_ADDRESS = "The address cannot be opened: it must begin with http:// or https://"
    CREDENTIALS = "The address holds a name or a password: remove it"
    PORT = "The address names a port of its own: only 80 and 443 are opened"
    NOT_PUBLIC = "The address leads into a private network and is not opened"
    NO_HOST = "There is no such site: its name is not known"
    NO_CONNECTION = "The site cannot be reached"
    TLS = "The site has no valid certificate"
    TOO_SLOW = "The site took too long to answer"
    TOO_LARGE = "The answer is larger than 5 MB"
    TOO_MANY_REDIRECTS = "The site redirects again and again"
    BROKEN = "The site broke off or garbled its answer"
    NOT_FOUND = "The page is not there any more"
    LOGIN = "The page asks to log in or to pay"
    FORBIDDEN = "The site does not let the bot in"
    BUSY = "The site asks to come back later"
    SERVER_ERROR = "The site has an error of its own"
    REFUSED = "The site refused the request"
    ROBOTS = "The site does not allow programs to read this page (robots.txt)"
    NOT_TEXT = "The address holds a picture, a sound or a film"
    NOT_A_FEED = "There is no feed at this address"
    BROKEN_FEED = "The feed is broken and nothing could be read from it"
    EMPTY_FEED = "The feed has no entries"
    NO_LINKS = "The page has no links that the selector finds"
    NO_ARTICLE = "There is no article on the page"
    UNREADABLE = "The answer could not be read"


PASSING = frozenset(
    {
        FetchProblem.NO_HOST,
        FetchProblem.NO_CONNECTION,
        FetchProblem.TLS,
        FetchProblem.TOO_SLOW,
        FetchProblem.BROKEN,
        FetchProblem.BUSY,
        FetchProblem.SERVER_ERROR,
        FetchProblem.UNREADABLE,
    }
)
"""Problems that another try may not meet."""


class FetchError(Exception):
    """An address gave nothing; `str()` is the reason as a sentence, without secrets.

    `problem` names the reason, `detail` adds what only an operator cares for, and `not_before`
    (UTC) is when the site asked to be left alone until.
    """

    def __init__(
        self, problem: FetchProblem, detail: str = "", *, not_before: datetime | None = None
    ) -> None:
        super().__init__(problem, detail, not_before)
        self.problem = problem
        self.detail = detail
        self.not_before = not_before

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross from the worker process."""
        return _remade, (self.problem, self.detail, self.not_before)

    @property
    def reason(self) -> str:
        """The sentence."""
        return f"{self.problem} ({self.detail})." if self.detail else f"{self.problem}."

    def __str__(self) -> str:
        return self.reason


def _remade(problem: FetchProblem, detail: str, not_before: datetime | None) -> FetchError:
    return FetchError(problem, detail, not_before=not_before)
