"""The buttons of invitations and guests, and what an invitation link brings."""

import re
from collections.abc import Sequence
from datetime import datetime

from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup, Message

from bot.archive.guests import GuestRow
from bot.archive.invitations import InvitationRow
from bot.briefings import Reader
from bot.formatting import clip
from bot.handlers.person_buttons import button
from bot.locales.wording import Wording
from bot.row_numbers import ChatNumber, Counted, RowNumber

PAGE = 8
"""Guests on one screen."""

_NAME_LIMIT = 40
_KNOCK = re.compile(r"/start(?:@\w+)?\s+(i[0-9]+-[A-Za-z0-9_-]+)\s*")


class InvitationsButton(CallbackData, prefix="il"):
    """List the invitations that are open."""


class RevokeButton(CallbackData, prefix="ir"):
    """Withdraw an invitation."""

    id: RowNumber


class GuestsButton(CallbackData, prefix="gl"):
    """List who is let in; `at` are passed over."""

    at: Counted = 0


class RemoveButton(CallbackData, prefix="gr"):
    """Let a person or a group in no longer."""

    chat: ChatNumber
    at: Counted = 0


def knocked(message: Message) -> str | None:
    """Give what the invitation link carried that brought somebody into a private chat."""
    match = _KNOCK.fullmatch(message.text or "")
    return match[1] if match and message.chat.type == ChatType.PRIVATE else None


def is_knocking(message: Message) -> bool:
    """Tell whether somebody came by an invitation link, a good one or not."""
    return knocked(message) is not None


def screens_row(words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons below a new invitation."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                button(words.say("Open invitations"), InvitationsButton()),
                button(words.say("Who is let in"), GuestsButton()),
            ]
        ]
    )


def invitations_keyboard(
    invitations: Sequence[InvitationRow], reader: Reader, now: datetime
) -> InlineKeyboardMarkup:
    """Make one button an invitation; it withdraws it."""
    rows = [
        [button(f"✕ {invitation_line(one, reader, now)}", RevokeButton(id=one.id))]
        for one in invitations
    ]
    rows.append([button(reader.wording.say("Who is let in"), GuestsButton())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def invitation_line(one: InvitationRow, reader: Reader, now: datetime) -> str:
    """Say of an invitation how much of it is used, and until when it holds."""
    words, zone = reader.wording, reader.time_zone
    return words.say(
        "№ {number}: {used} of {places}, until {day}",
        number=one.id,
        used=one.used,
        places=one.places,
        day=words.day(one.expires_at, zone, today=now.date()),
    )


def guests_keyboard(
    guests: Sequence[tuple[GuestRow, str]], words: Wording, *, at: int, total: int
) -> InlineKeyboardMarkup:
    """Make one button a guest, by name; it removes them. at: how many come before the page."""
    rows = [
        [button(f"✕ {clip(name, _NAME_LIMIT)}", RemoveButton(chat=guest.chat_id, at=at))]
        for guest, name in guests
    ]
    turns = [
        button(text, GuestsButton(at=to))
        for text, to in (("‹", at - PAGE), ("›", at + PAGE))
        if 0 <= to < total
    ]
    rows += [turns] if turns else []
    rows.append([button(words.say("Open invitations"), InvitationsButton())])
    return InlineKeyboardMarkup(inline_keyboard=rows)
