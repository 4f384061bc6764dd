"""Around every update: nobody may keep the bot busy for all others."""

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import (
    CallbackQuery,
    InlineQuery,
    InlineQueryResultsButton,
    Message,
    TelegramObject,
)

from bot.briefings import Reader
from bot.clock import Now
from bot.handlers.reply import say_to_guest

MOST_UPDATES = 20
WINDOW = timedelta(seconds=10)

WAIT = "wait"
"""What /start carries when somebody presses the button that asks for patience."""

_REMEMBERED_PEOPLE = 10_000


class Throttling(BaseMiddleware):
    """Lets a person send 20 updates in 10 seconds; says once that it was too much, then rests.

    Inline queries count apart. Each that is too much is answered too, with nothing but a button
    that says why: unanswered it would turn in the client until that gives up.
    """

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
            # One comes with every letter typed.
            typed = self._count((event.from_user.id, "inline"))
            return await (handler(event, data) if typed < MOST_UPDATES else _hold(event, data))
        if not isinstance(event, Message | CallbackQuery) or event.from_user is None:
            return await handler(event, data)
        before = self._count((event.from_user.id, "said"))
        if before < MOST_UPDATES:
            return await handler(event, data)
        if before == MOST_UPDATES:
            reader: Reader = data["reader"]
            said = reader.wording.say("That was a lot at once. Give me ten seconds, please.")
            if isinstance(event, Message) and event.guest_query_id is not None:
                await say_to_guest(event, said)
            else:
                await event.answer(said)
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


async def _hold(query: InlineQuery, data: dict[str, Any]) -> None:
    reader: Reader = data["reader"]
    button = InlineQueryResultsButton(
        text=reader.wording.say("Too fast: wait ten seconds"), start_parameter=WAIT
    )
    seconds = int(WINDOW.total_seconds())
    await query.answer([], cache_time=seconds, is_personal=True, button=button)
