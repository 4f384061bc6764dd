"""Refusals, in the words Telegram uses."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A call was refused; this becomes the answer of the Bot API.

    code: the HTTP status and `error_code`; description: as Telegram words it, prefix included;
    parameters: ResponseParameters (`retry_after` in seconds, `migrate_to_chat_id`).
    """

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON body that carries this refusal."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | {"parameters": self.parameters} if self.parameters else body


class SandboxError(Exception):
    """The control API was asked for something that no person in Telegram could do."""


def bad_request(text: str, **parameters: Any) -> ApiError:
    """Make the refusal "Bad Request: …" (400); the first letter is lowered as Telegram does."""
    return ApiError(400, f"Bad Request: {_lowered(text)}", parameters)


def forbidden(text: str) -> ApiError:
    """Make the refusal "Forbidden: …" (403)."""
    return ApiError(403, f"Forbidden: {_lowered(text)}")


def conflict(text: str) -> ApiError:
    """Make the refusal "Conflict: …" (409)."""
    return ApiError(409, f"Conflict: {_lowered(text)}")


def too_many_requests(retry_after: int) -> ApiError:
    """Make the refusal of flood control (429); retry_after in seconds."""
    text = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, text, {"retry_after": retry_after})


def expired_query() -> ApiError:
    """Make the refusal of an answer to a query that is unknown, answered or too old."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def _lowered(text: str) -> str:
    # Codes such as BUTTON_DATA_INVALID keep their capitals.
    is_code = len(text) > 1 and (text[1] == "_" or text[1].isupper())
    return text if is_code else text[:1].lower() + text[1:]
