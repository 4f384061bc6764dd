"""What the archive tells of broadcasts: frozen rows, free of SQL."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERYBODY, PRIVATE = "all", "private"
"""Audiences: all chats that can be reached, or the private ones of them. Any other audience is the
code of a language."""


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    FILLING = "filling"
    """Its copies are being put into the outbox."""
    SENDING = "sending"
    STOPPING = "stopping"
    """What waits is called off; what is on its way is waited for."""
    FINISHED = "finished"
    CANCELLED = "cancelled"


UNDER_WAY = (BroadcastState.FILLING, BroadcastState.SENDING, BroadcastState.STOPPING)


@dataclass(frozen=True, slots=True)
class BroadcastRow:
    """A message of an operator to many chats.

    edition_id: its words; None once they are no longer kept. chat_id, message_id: the message that
    shows how it goes. started_at: aware, None before it begins. receivers: the copies made so far;
    sent, blocked, failed: what became of them, once it is over.
    """

    id: int
    edition_id: int | None
    audience: str
    state: BroadcastState
    chat_id: int | None
    message_id: int | None
    created_at: datetime
    started_at: datetime | None
    receivers: int
    sent: int
    blocked: int
    failed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of the copies of a broadcast.

    blocked: to chats that turned out to be out of reach. called_off: not sent, since it was
    stopped. waiting: still to be sent, or on the way.
    """

    sent: int
    blocked: int
    failed: int
    called_off: int
    waiting: int
