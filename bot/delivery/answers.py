"""What an answer of Telegram means for a message; the table is in docs/architecture.md."""

from enum import Enum, auto

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

_BROKEN = (
    "chat not found",
    "chat_id_invalid",
    "peer_id_invalid",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "chat_send_plain_forbidden",
)


class Meaning(Enum):
    """What became of a message that was not confirmed, and what is to be done."""

    WAIT = auto()
    """Not sent: too fast, or flood-banned. Wait exactly as long as it says."""
    MOVED = auto()
    """Not sent: the group became a supergroup. Rewrite its id, send again."""
    GONE = auto()
    """Not sent: the bot was blocked or kicked, or the account is no more. Never again."""
    BROKEN = auto()
    """Not sent: no such chat, its topic is closed, or rights are missing. Tell the owner."""
    UNPARSED = auto()
    """Not sent: our entities are wrong. Send the plain text."""
    REFUSED = auto()
    """Not sent: something else is wrong with the message; it will be wrong again."""
    NOT_REACHED = auto()
    """Not sent: Telegram was not reached, or did not let us in. Try again."""
    UNKNOWN = auto()
    """Perhaps sent: the answer did not come, or the server failed."""


_OF_KIND: tuple[tuple[type[BaseException], Meaning], ...] = (
    (TelegramRetryAfter, Meaning.WAIT),
    (TelegramMigrateToChat, Meaning.MOVED),
    (TelegramForbiddenError, Meaning.GONE),
    (TelegramUnauthorizedError, Meaning.NOT_REACHED),
    (TelegramConflictError, Meaning.NOT_REACHED),
    # A kind of network error to aiogram; but it is an answer.
    (TelegramEntityTooLarge, Meaning.REFUSED),
    (TelegramServerError, Meaning.UNKNOWN),
)


def meaning(error: Exception) -> Meaning:
    """Say what an error of aiogram means; what is none of its errors leaves the outcome unknown."""
    for kind, means in _OF_KIND:
        if isinstance(error, kind):
            return means
    if isinstance(error, TelegramNetworkError):
        # Where no connection was made, nothing can have been sent.
        unsent = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
        return Meaning.NOT_REACHED if unsent else Meaning.UNKNOWN
    if isinstance(error, TelegramBadRequest):
        said = error.message.lower()
        if "can't parse" in said:
            return Meaning.UNPARSED
        if any(sign in said for sign in _BROKEN):
            return Meaning.BROKEN
    return Meaning.REFUSED if isinstance(error, TelegramAPIError) else Meaning.UNKNOWN
