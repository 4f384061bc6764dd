"""The first words with Telegram: who the bot is, asked until there is an answer."""

# ruff: noqa: I001
import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot import telegram_models  # noqa: F401 — before anything imports aiogram
from aiogram import Bot
from aiogram.exceptions import (
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User

from bot.errors import TelegramRefusedError
from bot.middlewares.refusal import WRONG_TOKEN

log = structlog.get_logger()

_LONGEST_PAUSE_SECONDS = 60


async def introduce(bot: Bot, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> User:
    """Ask Telegram who the bot is; wait as long as Telegram cannot be reached or has a fault.

    Where Telegram says how long to wait, exactly so long.
    Raises TelegramRefusedError when it does not accept the token.
    """
    pause = 1
    while True:
        try:
            return await bot.me()
        except TelegramUnauthorizedError:
            raise TelegramRefusedError(WRONG_TOKEN) from None
        except TelegramRetryAfter as error:
            log.warning("telegram_asks_to_wait", seconds=error.retry_after)
            await sleep(error.retry_after)
        except (TelegramNetworkError, TelegramServerError) as error:
            log.warning("telegram_unreachable", retry_in_seconds=pause, reason=str(error))
            await sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
