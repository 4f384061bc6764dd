"""Who runs the desk: around the handlers for its operators, nobody else comes through."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from bot.briefings import Reader


def adds_for_all(user: User | None, operators: frozenset[int]) -> bool:
    """Tell whether what somebody sends joins the archive that all read.

    An operator's does. Where none are named the bot is one person's own, who has nobody to be
    protected from and no other way to fill it by hand: then everything does.
    """
    return not operators or (user is not None and user.id in operators)


class OnlyOperators(BaseMiddleware):
    """Lets through those whose Telegram user ids the setting OPERATORS names.

    Asked anew on every message and every button: a button proves nothing, anybody in the chat can
    press it, and who was an operator yesterday may be none today.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the event through, or say whom this is for."""
        operators: frozenset[int] = data["operators"]
        reader: Reader = data["reader"]
        if not isinstance(event, Message | CallbackQuery):
            return None
        if event.from_user is not None and event.from_user.id in operators:
            return await handler(event, data)
        refusal = reader.wording.say(
            "This is for the operators of this bot: they look after its sources and its archive. "
            "What everybody can do: /help"
        )
        if isinstance(event, CallbackQuery):
            return await event.answer(refusal, show_alert=True)
        return await event.answer(refusal)
