"""What each answer of Telegram means."""

from types import MappingProxyType

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.delivery.answers import Meaning, meaning

METHOD = SendMessage(chat_id=1, text="text")
KEY = ConnectionKey("api.telegram.org", 443, True, True, None, None, None, None)


def network_error(cause: Exception) -> TelegramNetworkError:
    error = TelegramNetworkError(method=METHOD, message="HTTP Client says - …")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("said", "means"),
    MappingProxyType(
        {
            "Bad Request: chat not found": Meaning.BROKEN,
            "Bad Request: TOPIC_CLOSED": Meaning.BROKEN,
            "Bad Request: message thread not found": Meaning.BROKEN,
            "Bad Request: not enough rights to send text messages to the chat": Meaning.BROKEN,
            "Bad Request: need administrator rights in the channel chat": Meaning.BROKEN,
            "Bad Request: CHAT_WRITE_FORBIDDEN": Meaning.BROKEN,
            "Bad Request: can't parse entities: Unsupported start tag": Meaning.UNPARSED,
            "Bad Request: can't parse MessageEntity: wrong": Meaning.UNPARSED,
            "Bad Request: message is too long": Meaning.REFUSED,
            "Bad Request: message text is empty": Meaning.REFUSED,
        }
    ).items(),
)
def test_a_bad_request_means_what_its_words_say(said: str, means: Meaning) -> None:
    assert meaning(TelegramBadRequest(method=METHOD, message=said)) is means


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (TelegramRetryAfter(method=METHOD, message="", retry_after=5), Meaning.WAIT),
        (TelegramMigrateToChat(method=METHOD, message="", migrate_to_chat_id=-1), Meaning.MOVED),
        (TelegramForbiddenError(method=METHOD, message="bot was blocked"), Meaning.GONE),
        (TelegramUnauthorizedError(method=METHOD, message=""), Meaning.NOT_REACHED),
        (TelegramServerError(method=METHOD, message="Bad Gateway"), Meaning.UNKNOWN),
        (RestartingTelegram(method=METHOD, message="restart"), Meaning.UNKNOWN),
        (TelegramEntityTooLarge(method=METHOD, message=""), Meaning.REFUSED),
        (TelegramAPIError(method=METHOD, message="?"), Meaning.REFUSED),
        (ClientDecodeError("no JSON", ValueError(), "<html>"), Meaning.UNKNOWN),
        (network_error(ServerDisconnectedError()), Meaning.UNKNOWN),
        (network_error(TimeoutError()), Meaning.UNKNOWN),
        (network_error(ClientConnectorError(KEY, OSError())), Meaning.NOT_REACHED),
    ],
    ids=lambda value: getattr(value, "name", type(value).__name__),
)
def test_an_error_means(error: Exception, means: Meaning) -> None:
    assert meaning(error) is means
