"""Failing on purpose: what the next calls of the bot run into."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from bot.sandbox.bell import Bell
from bot.sandbox.errors import ApiError, SandboxError, bad_request, forbidden, too_many_requests

FaultKind = Literal["429", "403", "400", "migrate", "5xx", "hang", "drop", "lose"]
"""What happens to a call.

429 (retry_after=1 second), 403 and 400 (description=…, without its prefix), 5xx (code=502,
description="Bad Gateway"), migrate (to=the new chat id): refused so.
hang (seconds=30): carried out after so long, whether or not the caller still waits.
drop: the connection is cut and nothing is done; lose: it is done, and then the connection is cut.
"""


@dataclass(frozen=True)
class Fault:
    """One kind of failure, for calls of one method (lower case) or all, one chat or all.

    chance: how probably such a call runs into it, 0 to 1.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    chance: float = 1.0

    def hits(self, method: str, chat_id: int | None) -> bool:
        """Whether a call runs into this; a poll only does so when it is named."""
        named = self.method == method if self.method else method != "getupdates"
        return named and self.chat_id in {None, chat_id}

    @property
    def refusal(self) -> ApiError | None:
        """The answer in place of a result; None for faults of the connection."""
        text = str(self.details.get("description", ""))
        match self.kind:
            case "429":
                return too_many_requests(int(self.details.get("retry_after", 1)))
            case "403":
                return forbidden(text or "bot was blocked by the user")
            case "400":
                return bad_request(text or "chat not found")
            case "migrate":
                words = "group chat was upgraded to a supergroup chat"
                return bad_request(words, migrate_to_chat_id=int(self.details["to"]))
            case "5xx":
                return ApiError(int(self.details.get("code", 502)), text or "Bad Gateway")
        return None


class Faults:
    """The failures to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._coming: list[tuple[Fault, int]] = []
        # The same calls meet the same faults in every run.
        self._dice = random.Random(0)  # noqa: S311 — no secret
        self.released = Bell()

    def add(self, fault: Fault, times: int) -> None:
        """Let the next `times` calls that the fault hits fail; raises SandboxError."""
        if fault.kind not in get_args(FaultKind):
            raise SandboxError(f"There is no fault called {fault.kind}")
        if fault.kind == "migrate" and "to" not in fault.details:
            raise SandboxError("Say where the group moved: to=NEW_CHAT_ID")
        self._coming.append((fault, times))

    def _strikes(self, fault: Fault) -> bool:
        return fault.chance >= 1 or self._dice.random() < fault.chance

    def clear(self) -> None:
        """Let everything go well again; calls that hang go on at once."""
        self._coming.clear()
        self.released.ring()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return what this call runs into, and count it."""
        for index, (fault, times) in enumerate(self._coming):
            if fault.hits(method, chat_id) and self._strikes(fault):
                if times > 1:
                    self._coming[index] = (fault, times - 1)
                else:
                    del self._coming[index]
                return fault
        return None
