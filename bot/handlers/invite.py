"""/invite: who is let into a private bot, and the link by which somebody comes in."""

from contextlib import suppress
from datetime import timedelta

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.access import Access
from bot.archive import Archive
from bot.archive.guests import GuestRow
from bot.beat import Beat
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers.invite_buttons import (
    PAGE,
    GuestsButton,
    InvitationsButton,
    RemoveButton,
    RevokeButton,
    guests_keyboard,
    invitations_keyboard,
    is_knocking,
    knocked,
    screens_row,
)
from bot.handlers.place import Place, known
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.start import introduction, introduction_keyboard
from bot.middlewares.operators import OnlyOperators

MOST_PLACES = 1_000
MOST_DAYS = 365
_USUAL_PLACES, _USUAL_DAYS = 1, 7


async def invite(
    message: Message,
    command: CommandObject,
    bot: Bot,
    archive: Archive,
    access: Access,
    reader: Reader,
    now: Now,
) -> None:
    """Answer /invite [PEOPLE [DAYS]]: make a link, and show it this once."""
    words = reader.wording
    if not access.is_private:
        await send(
            message,
            words.say(
                "Everybody may use this bot, so nobody needs an invitation. To make it private, "
                "set ACCESS=private and start it anew."
            ),
        )
        return
    wanted = _wanted(command.args or "")
    if wanted is None:
        await send(
            message,
            words.say(
                "After /invite comes for how many people the link is, from 1 to {places}, and for "
                "how many days, from 1 to {days}, such as: /invite 5 14",
                places=MOST_PLACES,
                days=MOST_DAYS,
            ),
        )
        return
    places, days = wanted
    carried = await archive.invitations.make(
        by=message.chat.id, places=places, expires_at=now() + timedelta(days=days), now=now()
    )
    if carried is None:
        await send(
            message,
            words.say("As many invitations are open as I keep: withdraw one first."),
            keyboard=screens_row(words),
        )
        return
    me = await bot.me()
    text = words.say(
        "An invitation: {people}, {days}. Pass this link on; I can show it only this once.",
        people=words.count("{number} person comes in", "{number} people come in", places),
        days=words.count("valid for {number} day", "valid for {number} days", days),
    )
    link = f"https://t.me/{me.username}?start={carried}"
    await send(message, f"{text}\n\n{link}", keyboard=screens_row(words))


def _wanted(args: str) -> tuple[int, int] | None:
    """Read for how many people and days a link is to be; None when it cannot be."""
    stated = args.split()
    if len(stated) > 2 or not all(part.isascii() and part.isdecimal() for part in stated):
        return None
    numbers = [int(part[:9]) for part in stated]
    places, days = (*numbers, *(_USUAL_PLACES, _USUAL_DAYS)[len(numbers) :])
    return (places, days) if 1 <= places <= MOST_PLACES and 1 <= days <= MOST_DAYS else None


async def accept(
    message: Message,
    archive: Archive,
    access: Access,
    briefings: Briefings,
    beat: Beat,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Let somebody in who came by an invitation link, and introduce the bot."""
    if not await access.allows(place.chat_id) and not await archive.invitations.accept(
        knocked(message) or "", place.chat_id, now=now()
    ):
        await send(
            message,
            reader.wording.say(
                "This invitation is used up, has expired or was withdrawn. Ask whoever gave it to "
                "you for another one."
            ),
        )
        return
    await known(place, archive, reader, now)
    await send(
        message, introduction(briefings, reader, beat), keyboard=introduction_keyboard(reader)
    )


async def list_invitations(
    query: CallbackQuery, archive: Archive, reader: Reader, now: Now
) -> None:
    """Show the invitations that are open, each with the button that withdraws it.

    In a message of their own: the link above is shown once, and must stay.
    """
    await _show_invitations(query, archive, reader, now, anew=True)
    await query.answer()


async def revoke(
    query: CallbackQuery, callback_data: RevokeButton, archive: Archive, reader: Reader, now: Now
) -> None:
    """Withdraw an invitation; who came by it stays."""
    words = reader.wording
    revoked = await archive.invitations.revoke(callback_data.id, now=now())
    await _show_invitations(query, archive, reader, now)
    await query.answer(
        words.say("Withdrawn. Whoever came by it before stays.")
        if revoked
        else words.say("This invitation is no longer open.")
    )


async def _show_invitations(
    query: CallbackQuery, archive: Archive, reader: Reader, now: Now, *, anew: bool = False
) -> None:
    message, words = pressed_message(query), reader.wording
    found = await archive.invitations.open(now())
    if message is not None:
        text = (
            words.say("Open invitations, with how many people came. ✕ withdraws one. New: /invite")
            if found
            else words.say("No invitation is open. A new one: /invite")
        )
        keyboard = invitations_keyboard(found, reader, now())
        await (send if anew else edit)(message, text, keyboard=keyboard)


async def list_guests(
    query: CallbackQuery, callback_data: GuestsButton, bot: Bot, archive: Archive, reader: Reader
) -> None:
    """Show who is let in, each with the button that removes them."""
    await _show_guests(query, bot, archive, reader, callback_data.at)
    await query.answer()


async def remove(
    query: CallbackQuery, callback_data: RemoveButton, bot: Bot, archive: Archive, reader: Reader
) -> None:
    """Let somebody in no longer, nor the groups that they brought the bot into."""
    words = reader.wording
    removed = await archive.guests.remove(callback_data.chat)
    await _show_guests(query, bot, archive, reader, callback_data.at)
    await query.answer(
        words.say("Removed: nothing is answered or sent there any more.")
        if removed
        else words.say("They were not let in any more.")
    )


async def _show_guests(
    query: CallbackQuery, bot: Bot, archive: Archive, reader: Reader, at: int
) -> None:
    message, words = pressed_message(query), reader.wording
    if message is None:
        return
    total = await archive.guests.count()
    at = min(max(0, at), max(0, total - 1)) // PAGE * PAGE
    found = await archive.guests.listed(limit=PAGE, after=at)
    named = [(guest, await _name(bot, guest, reader)) for guest in found]
    text = (
        words.count(
            "{number} guest is let in. ✕ removes them.",
            "{number} guests are let in. ✕ removes one.",
            total,
        )
        if total
        else words.say("Nobody came by an invitation yet.")
    )
    text += "\n" + words.say("Whom the settings name is let in besides: OPERATORS, ACCESS_IDS.")
    await edit(message, text, keyboard=guests_keyboard(named, words, at=at, total=total))


async def _name(bot: Bot, guest: GuestRow, reader: Reader) -> str:
    """Name a guest as Telegram does now: the archive keeps numbers alone."""
    words = reader.wording
    day = words.short_day(guest.came_at.date())
    with suppress(TelegramAPIError):
        chat = await bot.get_chat(guest.chat_id)
        name = chat.title or " ".join(filter(None, (chat.first_name, chat.last_name)))
        if name:
            return f"{name} · {day}"
    return f"{guest.chat_id} · {day}"


def routes() -> Router:
    """Make the router of this subject; but for coming in, all of it is for operators."""
    router = Router(name="invite")
    router.message.register(accept, is_knocking)
    desk = Router(name="invite-desk")
    desk.message.middleware(OnlyOperators())
    desk.callback_query.middleware(OnlyOperators())
    desk.message.register(invite, Command("invite"), F.chat.type == ChatType.PRIVATE)
    desk.callback_query.register(list_invitations, InvitationsButton.filter())
    desk.callback_query.register(revoke, RevokeButton.filter())
    desk.callback_query.register(list_guests, GuestsButton.filter())
    desk.callback_query.register(remove, RemoveButton.filter())
    router.include_router(desk)
    return router
