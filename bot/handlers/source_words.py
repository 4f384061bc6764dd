"""How a source does, in words for its operators."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.source_health import trouble_of
from bot.archive.source_rows import SourceRow, SourceTrouble
from bot.briefings import Reader
from bot.intake.problems import FetchProblem
from bot.locales.wording import Wording

GOOD, DOUBTFUL, BAD, RESTING = "✓", "!", "✗", "⏸"


def _say(message: str) -> str:
    """Mark a message for the catalogues; it is translated when it is said."""
    return message


PROBLEMS = {
    FetchProblem.BAD_ADDRESS: _say("the address cannot be opened"),
    FetchProblem.CREDENTIALS: _say("the address holds a name or a password"),
    FetchProblem.PORT: _say("the address names a port other than 80 and 443"),
    FetchProblem.NOT_PUBLIC: _say("the address leads into a private network"),
    FetchProblem.NO_HOST: _say("there is no site with this name"),
    FetchProblem.NO_CONNECTION: _say("the site cannot be reached"),
    FetchProblem.TLS: _say("the site has no valid certificate"),
    FetchProblem.TOO_SLOW: _say("the site answers too slowly"),
    FetchProblem.TOO_LARGE: _say("the answer is larger than 5 MB"),
    FetchProblem.TOO_MANY_REDIRECTS: _say("the site redirects without end"),
    FetchProblem.BROKEN: _say("the site breaks its answer off"),
    FetchProblem.NOT_FOUND: _say("the page is gone"),
    FetchProblem.LOGIN: _say("the page asks to log in or to pay"),
    FetchProblem.FORBIDDEN: _say("the site does not let the bot in"),
    FetchProblem.BUSY: _say("the site asks to come back later"),
    FetchProblem.SERVER_ERROR: _say("the site has an error of its own"),
    FetchProblem.REFUSED: _say("the site refuses the request"),
    FetchProblem.ROBOTS: _say("robots.txt does not allow it"),
    FetchProblem.NOT_TEXT: _say("there is a picture, a sound or a film"),
    FetchProblem.NOT_A_FEED: _say("there is no feed"),
    FetchProblem.BROKEN_FEED: _say("the feed is broken"),
    FetchProblem.EMPTY_FEED: _say("the feed is empty"),
    FetchProblem.NO_LINKS: _say("the selector finds no links on the page"),
    FetchProblem.NO_ARTICLE: _say("there is no article on the page"),
    FetchProblem.UNREADABLE: _say("the answer cannot be read"),
}


KINDS = {
    "feed": _say("feed"),
    "listing": _say("page of links"),
    "sitemap": _say("news sitemap"),
    "folder": _say("folder"),
    "channel": _say("channel"),
}


@dataclass(frozen=True)
class SourceLine:
    """A source at a glance: its mark, its outlet, and a few words on how it does."""

    mark: str
    outlet: str
    says: str


def mark_of(source: SourceRow, now: datetime) -> str:
    """Tell how a source does: well, not quite, failing for a day or from the beginning, paused."""
    if source.held_since is not None:
        return DOUBTFUL
    if source.paused:
        return RESTING
    trouble = trouble_of(source, now)
    never = source.failing_since is not None and source.last_success_at is None
    if trouble is SourceTrouble.FAILING or never:
        return BAD
    is_new = source.last_polled_at is None and source.spec.kind != "channel"
    return DOUBTFUL if trouble or source.failing_since is not None or is_new else GOOD


def line_of(source: SourceRow, reader: Reader, now: datetime) -> SourceLine:
    """Say how a source does."""
    words = reader.wording
    mark = mark_of(source, now)
    if source.held_since is not None:
        says = words.say("waits for your decision")
    elif source.paused:
        says = words.say("paused")
    elif source.failing_since is not None:
        says = words.count(
            "{problem} ({number} time in a row)",
            "{problem} ({number} times in a row)",
            source.failures,
            problem=error_words(source.error, words),
        )
    elif source.last_new_at is not None:
        when = moment(source.last_new_at, reader, now)
        if trouble_of(source, now) is SourceTrouble.SILENT:
            says = words.say("nothing new since {when}", when=when)
        else:
            says = words.say("the last new article: {when}", when=when)
    elif source.last_polled_at is not None:
        says = words.say("no article yet")
    else:
        says = words.say("not asked yet")
    return SourceLine(mark, source.spec.outlet, says)


def facts_of(source: SourceRow, reader: Reader, now: datetime) -> list[str]:
    """List the moments that matter for one source, a line each."""
    words = reader.wording
    facts = []
    if source.failing_since is not None:
        facts.append(
            words.say("Failing since {when}", when=moment(source.failing_since, reader, now))
        )
    if source.last_success_at is not None:
        facts.append(
            words.say("Answered last {when}", when=moment(source.last_success_at, reader, now))
        )
    if source.failing_since is not None and source.last_new_at is not None:
        facts.append(
            words.say("The last new article: {when}", when=moment(source.last_new_at, reader, now))
        )
    if not source.paused and source.spec.kind != "channel":
        facts.append(words.say("Next look: {when}", when=moment(source.next_poll_at, reader, now)))
    return facts


def tally(marks: Iterable[str]) -> list[str]:
    """Count the marks: "✓ 25", "! 3", those that occur."""
    counts = Counter(marks)
    return [f"{mark} {counts[mark]}" for mark in (GOOD, DOUBTFUL, BAD, RESTING) if counts[mark]]


def moment(at: datetime, reader: Reader, now: datetime) -> str:
    """Write a moment in the reader's zone: "14:20" today, "21 ноября, 14:20" on another day."""
    words, zone = reader.wording, reader.time_zone
    today = now.astimezone(ZoneInfo(zone)).date()
    time = words.time(at, zone)
    if at.astimezone(ZoneInfo(zone)).date() == today:
        return time
    return f"{words.day(at, zone, today=today)}, {time}"


def error_words(error: str | None, words: Wording) -> str:
    """Say a stored error; it begins with the sentence of its problem, details may follow."""
    for problem, said in PROBLEMS.items():
        if error is not None and error.startswith(problem.value):
            return words.say(said)
    return words.say("it fails")
