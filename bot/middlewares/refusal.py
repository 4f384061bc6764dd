"""Around every request to Telegram: noticing that the bot is not let in any more."""

from collections.abc import Callable
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramConflictError, TelegramUnauthorizedError
from aiogram.methods import GetUpdates, Response, TelegramMethod

from bot.errors import TelegramRefusedError

WRONG_TOKEN = (
    "Telegram does not accept BOT_TOKEN: take the right one from @BotFather and put it into .env."  # noqa: S105
)
SECOND_BOT = (
    "Another program receives updates with the same BOT_TOKEN: stop it, or give this one a token "
    "of its own."
)
_CONFLICTS = 3
"""A restarted bot meets the last poll of its predecessor once or twice; a rival it meets always."""


class RefusalWatch(BaseRequestMiddleware):
    """Tells the application when polling cannot go on; aiogram alone would try for ever."""

    def __init__(self, refused: Callable[[TelegramRefusedError], None]) -> None:
        self._refused = refused
        self._conflicts = 0

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Response[Any]:
        """Make the request, and look at how it failed."""
        if not isinstance(method, GetUpdates):
            return await make_request(bot, method)
        try:
            response = await make_request(bot, method)
        except TelegramUnauthorizedError:
            self._refused(TelegramRefusedError(WRONG_TOKEN))
            raise
        except TelegramConflictError:
            self._conflicts += 1
            if self._conflicts >= _CONFLICTS:
                self._refused(TelegramRefusedError(SECOND_BOT))
            raise
        self._conflicts = 0
        return response
