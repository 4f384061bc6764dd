"""Delivery of updates to the address that the bot has set."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Now
from bot.sandbox.params import Params, read_answer
from bot.sandbox.updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the name of a header
CarryOut = Callable[[str, Params], Awaitable[object]]
"""Carries out a method call that came in the answer of the webhook."""

_ANSWER_WITHIN = ClientTimeout(total=60)
_IDLE = 3600.0  # seconds; the queue's bell ends it sooner
_FIRST_RETRY = 0.05  # seconds; doubled with each failure
_LONGEST_RETRY = 5.0


@dataclass(frozen=True)
class Hook:
    """What setWebhook has set; an empty url means none."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40


class Webhook:
    """Takes updates from the queue one by one; one that the hook refuses is tried again."""

    def __init__(self, queue: UpdateQueue, now: Now) -> None:
        self._queue = queue
        self._now = now
        self._last_error: dict[str, Any] = {}
        self.hook = Hook()

    def set(self, hook: Hook) -> None:
        """Deliver to this hook from now on; a waiting poll ends with a conflict."""
        self.hook = hook
        self._last_error = {}
        self._queue.end_poll("terminated by setWebhook request")

    def info(self) -> dict[str, Any]:
        """Write the WebhookInfo."""
        info: dict[str, Any] = {
            "url": self.hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self.hook.url:
            info |= {"max_connections": self.hook.max_connections, **self._last_error}
        if self._queue.allowed:
            info["allowed_updates"] = self._queue.allowed
        return info

    async def run(self, carry_out: CarryOut) -> None:
        """Deliver until the queue closes."""
        pause = _FIRST_RETRY
        async with ClientSession(timeout=_ANSWER_WITHIN) as session:
            while not self._queue.arrived.closed:
                update = self._queue.first() if self.hook.url else None
                if update is None:
                    await self._queue.arrived.wait(_IDLE)
                elif await self._deliver(session, update, carry_out):
                    self._queue.confirm(update.id + 1)
                    pause = _FIRST_RETRY
                else:
                    await self._queue.arrived.wait(pause)
                    pause = min(pause * 2, _LONGEST_RETRY)

    async def _deliver(self, session: ClientSession, update: Update, carry_out: CarryOut) -> bool:
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        try:
            async with session.post(self.hook.url, json=update.body, headers=headers) as response:
                if not response.ok:
                    status = f"{response.status} {response.reason}"
                    self._note_error(f"Wrong response from the webhook: {status}")
                    return False
                answer = await read_answer(response)
        except (ClientError, TimeoutError) as error:
            self._note_error(str(error) or "Connection timed out")
            return False
        if method := answer.text("method"):
            await carry_out(method, answer)
        return True

    def _note_error(self, message: str) -> None:
        self._last_error = {
            "last_error_date": int(self._now().timestamp()),
            "last_error_message": message,
        }
