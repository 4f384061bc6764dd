"""Around every request to Telegram: what sends or edits a message waits for its turn."""

from contextvars import ContextVar
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod

from bot.delivery.pace import HeldError, Pacer, Rank

PATIENCE = 20.0
"""Seconds that an answer waits where Telegram told us to; beyond that it is as if refused again."""

_COUNTED = ("send", "forward", "copy", "editMessage")
_FREE = {"sendChatAction", "sendMessageDraft", "sendRichMessageDraft"}

had_turn: ContextVar[bool] = ContextVar("had_turn", default=False)
"""Set by the sender, which takes its turns itself, before it notes what it is about to send."""


class Paced(BaseRequestMiddleware):
    """Makes requests wait for their turn, and tells the pacer how Telegram took them."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Response[Any]:
        """Make the request in its turn.

        Raises TelegramRetryAfter without asking Telegram, where the answer is known to be that.
        """
        name = method.__api_method__
        if not name.startswith(_COUNTED) or name in _FREE:
            return await make_request(bot, method)
        chat_id = getattr(method, "chat_id", None)
        if not had_turn.get():
            await self._wait(method, chat_id)
        try:
            response = await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._pacer.refused(chat_id, error.retry_after)
            raise
        self._pacer.passed()
        return response

    async def _wait(self, method: TelegramMethod[Any], chat_id: int | str | None) -> None:
        several = getattr(method, "media", None) or getattr(method, "message_ids", None)
        count = len(several) if isinstance(several, list) else 1
        try:
            await self._pacer.turn(chat_id, Rank.ANSWER, count=count, patience=PATIENCE)
        except HeldError as held:
            raise TelegramRetryAfter(
                method=method,
                message="this chat is to be left alone for now",
                retry_after=int(held.seconds) + 1,
            ) from None
