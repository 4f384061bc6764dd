"""Around every button pressed in a channel: whoever reads there never makes the bot post there."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, TelegramObject

from bot.briefings import Reader
from bot.handlers.alerts_buttons import StopButton
from bot.handlers.managing import manages, settings_link
from bot.handlers.naming import item_of
from bot.handlers.place import Place
from bot.handlers.share_buttons import Sharing

_AT_ONCE = f"{StopButton.__prefix__}{StopButton.__separator__}"
"""How the data of a button begins that changes a setting, and tells only whoever pressed it."""


class ButtonsInChannels(BaseMiddleware):
    """Leads whoever presses a button in a channel to their private chat with the bot.

    A button that names an item opens that item there, also for those in charge: an answer in the
    channel would be a post to all its readers. Settings are for those in charge: what ends an
    alert is done at once, the others are opened in their private chat.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the press through, lead it elsewhere, or say whose it is."""
        if not isinstance(event, CallbackQuery) or event.message is None:
            return await handler(event, data)
        if event.message.chat.type != ChatType.CHANNEL:
            return await handler(event, data)
        sharing: Sharing = data["sharing"]
        item = item_of(event.data or "")
        if item is not None:
            return await event.answer(url=item.link(sharing.username))
        reader: Reader = data["reader"]
        if not await manages(data["bot"], event.message.chat.id, event.from_user.id):
            refusal = reader.wording.say(
                "In a channel this button is only for its administrators. Write to me, and you "
                "have it all for yourself: @{bot}",
                bot=sharing.username,
            )
            return await event.answer(refusal, show_alert=True)
        if (event.data or "").startswith(_AT_ONCE):
            return await handler(event, data)
        return await _open_settings(event, data["place"], reader, sharing)


async def _open_settings(
    query: CallbackQuery, place: Place, reader: Reader, sharing: Sharing
) -> None:
    if place.subscriber is None:
        again = reader.wording.say("This button is too old. Again: /groups")
        await query.answer(again, show_alert=True)
        return
    await query.answer(url=settings_link(sharing.username, place.subscriber.id))
