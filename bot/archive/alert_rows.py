"""What comes out of the archive about alerts: frozen rows, free of SQL."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why a subscriber is told of something at once."""

    PERSON = "person"
    """A person whom they follow is in it; named by id."""
    TOPIC = "topic"
    """It belongs to one of their topics; named by id."""
    SEARCH = "search"
    """It answers a search that they saved; named by its words."""


Reason = tuple[Why, str]
"""Why, and what: the id of a person or topic, or the words of a search."""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A story with articles that have just become news; moments aware and UTC.

    mark: differs once there are others. newest_at: when the last of them came in.
    """

    story_id: int
    mark: str
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A person whom the news of a story names; `newest_at` is when the last such article came."""

    story_id: int
    person_id: int
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class MatchRow:
    """An article that answers the saved search of a subscriber."""

    subscriber_id: int
    text: str
    article_id: int


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Something that a subscriber is still to be told of.

    subject: the id of a story; a negative one is that of an article which is in none.
    """

    id: int
    subject: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NewAlert:
    """Something that a subscriber is told of now, or later; see HeldRow."""

    subject: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ToldRow:
    """What becomes of the alerts of one subscriber.

    edition_id: the message that tells of `sent` and of what is `released` (ids of HeldRow); None
    where all is held back.
    """

    subscriber_id: int
    edition_id: int | None
    sent: tuple[NewAlert, ...]
    held: tuple[NewAlert, ...]
    released: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """How many alerts were told in the last day, and how many wait for their hour."""

    told: int
    held: int
