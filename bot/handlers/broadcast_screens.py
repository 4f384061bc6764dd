"""The screens of a broadcast: to whom it shall go, how it goes, how it went."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.broadcast_rows import (
    EVERYBODY,
    PRIVATE,
    UNDER_WAY,
    BroadcastRow,
    BroadcastState,
    Progress,
)
from bot.briefings import Reader, Renderer
from bot.formatting import FormattedText
from bot.locales.wording import LANGUAGE_NAMES, Wording
from bot.row_numbers import RowNumber

_MINUTE = 60
_HOUR = 60 * _MINUTE


class BroadcastButton(CallbackData, prefix="bc"):
    """Choose to whom a broadcast goes, send it, or cancel it.

    do: "to" (with the audience), "send" or "cancel".
    """

    id: RowNumber
    do: str
    audience: str = ""


def audience_name(audience: str, words: Wording) -> str:
    """Name an audience inside a sentence."""
    if audience == EVERYBODY:
        return words.say("everybody")
    if audience == PRIVATE:
        return words.say("private chats only")
    return LANGUAGE_NAMES.get(audience, audience)


def proposal_screen(
    broadcast: BroadcastRow,
    audiences: dict[str, int],
    renderer: Renderer,
    reader: Reader,
    *,
    pace: float,
) -> tuple[FormattedText, InlineKeyboardMarkup]:
    """Say to whom a draft would go and how long that takes.

    audiences: the chats that each reaches. pace: messages a second.
    """
    words, chats = reader.wording, audiences.get(broadcast.audience, 0)
    text = renderer.message(
        "telegram/broadcast.html.j2",
        reader,
        audience=audience_name(broadcast.audience, words),
        chats=chats,
        takes=_duration(chats / pace, words),
    )
    choices = [
        _choice(broadcast, audience, count, words)
        for audience, count in _offered(audiences)
        if count
    ]
    rows = [choices[at : at + 2] for at in range(0, len(choices), 2)]
    if chats:
        send = words.count("Send to {number} chat", "Send to {number} chats", chats)
        rows.append([_button(send, BroadcastButton(id=broadcast.id, do="send"))])
    rows.append([_button(words.say("Cancel"), BroadcastButton(id=broadcast.id, do="cancel"))])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def progress_screen(
    renderer: Renderer, broadcast: BroadcastRow, progress: Progress, reader: Reader
) -> tuple[FormattedText, InlineKeyboardMarkup | None]:
    """Say how a broadcast goes, or went; what has not gone out can be cancelled."""
    words = reader.wording
    text = renderer.message(
        "telegram/broadcast_progress.html.j2",
        reader,
        state=broadcast.state.value,
        audience=audience_name(broadcast.audience, words),
        receivers=broadcast.receivers,
        progress=progress,
    )
    if broadcast.state not in UNDER_WAY or broadcast.state is BroadcastState.STOPPING:
        return text, None
    cancel = _button(
        words.say("Cancel what is not sent yet"), BroadcastButton(id=broadcast.id, do="cancel")
    )
    return text, InlineKeyboardMarkup(inline_keyboard=[[cancel]])


def _offered(audiences: dict[str, int]) -> list[tuple[str, int]]:
    """List the audiences in the order of their buttons, languages last."""
    order = (EVERYBODY, PRIVATE, *LANGUAGE_NAMES)
    return [(audience, audiences.get(audience, 0)) for audience in order]


def _choice(
    broadcast: BroadcastRow, audience: str, count: int, words: Wording
) -> InlineKeyboardButton:
    name = audience_name(audience, words)
    mark = "✓ " if audience == broadcast.audience else ""
    data = BroadcastButton(id=broadcast.id, do="to", audience=audience)
    return _button(f"{mark}{name[:1].upper()}{name[1:]} · {count}", data)


def _duration(seconds: float, words: Wording) -> str:
    if seconds < _MINUTE:
        return words.say("less than a minute")
    if seconds < 2 * _HOUR:
        return words.count(
            "about {number} minute", "about {number} minutes", _rounded(seconds, _MINUTE)
        )
    return words.count("about {number} hour", "about {number} hours", _rounded(seconds, _HOUR))


def _rounded(seconds: float, unit: int) -> int:
    return round(seconds / unit)


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
