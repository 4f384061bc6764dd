"""Around every update: nobody may keep the bot busy for all others."""

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject

from bot.briefings import Reader
from bot.clock import Now

MOST_UPDATES = 20
WINDOW = timedelta(seconds=10)
_REMEMBERED_PEOPLE = 10_000


class Throttling(BaseMiddleware):
    """Lets a person send 20 updates in 10 seconds; says once that it was too much, then rests."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._times: OrderedDict[tuple[int, str], deque[datetime]] = OrderedDict()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the update through, or drop it."""
        if isinstance(event, InlineQuery):
            # One comes with every letter typed; they count apart, and too many stay unanswered.
            typed = self._count((event.from_user.id, "inline"))
            return await handler(event, data) if typed < MOST_UPDATES else None
        if not isinstance(event, Message | CallbackQuery) or event.from_user is None:
            return await handler(event, data)
        before = self._count((event.from_user.id, "said"))
        if before < MOST_UPDATES:
            return await handler(event, data)
        if before == MOST_UPDATES:
            reader: Reader = data["reader"]
            await event.answer(
                reader.wording.say("That was a lot at once. Give me ten seconds, please.")
            )
        return None

    def _count(self, person: tuple[int, str]) -> int:
        """Note an update of a person; return how many came before it within the window."""
        now = self._now()
        times = self._times.setdefault(person, deque(maxlen=MOST_UPDATES + 2))
        self._times.move_to_end(person)
        if len(self._times) > _REMEMBERED_PEOPLE:
            self._times.popitem(last=False)
        while times and now - times[0] > WINDOW:
            times.popleft()
        times.append(now)
        return len(times) - 1
