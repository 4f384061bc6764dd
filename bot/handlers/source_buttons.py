"""The buttons of /sources, and the keyboards they stand in."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.source_rows import SourceRow
from bot.formatting import clip
from bot.locales.wording import Wording
from bot.row_numbers import RowNumber

_NAME_LENGTH = 24


class SourcesButton(CallbackData, prefix="sl"):
    """Show a page of the list; the first is 0."""

    page: RowNumber


class SourceButton(CallbackData, prefix="so"):
    """Do something with one source."""

    key: str
    do: Literal["show", "pause", "resume", "check", "remove", "removed"]
    page: RowNumber
    """The page of the list to go back to."""


class TrialButton(CallbackData, prefix="st"):
    """Add the source that was tried, or leave it; its address stands in the message itself."""

    add: bool


def key_of(source_id: str) -> str:
    """Name a source in few bytes: its id may be longer than a button can carry."""
    return blake2b(source_id.encode(), digest_size=6).hexdigest()


def list_keyboard(
    shown: Sequence[tuple[str, SourceRow]], page: int, pages: int
) -> InlineKeyboardMarkup:
    """Make one button a source (with its mark), two in a row, and the way through the pages."""
    buttons = [
        InlineKeyboardButton(
            text=f"{mark} {clip(source.spec.outlet, _NAME_LENGTH)}",
            callback_data=SourceButton(key=key_of(source.spec.id), do="show", page=page).pack(),
        )
        for mark, source in shown
    ]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    if pages > 1:
        rows.append(
            [
                _page_button("‹", (page - 1) % pages),
                _page_button(f"{page + 1}/{pages}", page),
                _page_button("›", (page + 1) % pages),
            ]
        )
    return InlineKeyboardMarkup(inline_keyboard=rows)


def source_keyboard(source: SourceRow, page: int, words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons below one source."""

    def button(
        text: str, do: Literal["pause", "resume", "check", "remove"]
    ) -> InlineKeyboardButton:
        data = SourceButton(key=key_of(source.spec.id), do=do, page=page).pack()
        return InlineKeyboardButton(text=text, callback_data=data)

    if source.held_since is not None:
        decide = [
            button(words.say("Read it"), "resume"),
            button(words.say("Do not read it"), "pause"),
        ]
        return InlineKeyboardMarkup(
            inline_keyboard=[decide, [_page_button(words.say("‹ All sources"), page)]]
        )
    switch = (
        button(words.say("Resume"), "resume")
        if source.paused
        else button(words.say("Pause"), "pause")
    )
    first, second = [switch], [_page_button(words.say("‹ All sources"), page)]
    # A channel brings its posts itself; one that is not wanted is paused, or left.
    if source.spec.kind != "channel":
        first.insert(0, button(words.say("Check now"), "check"))
        second.append(button(words.say("Remove"), "remove"))
    return InlineKeyboardMarkup(inline_keyboard=[first, second])


def waiting_keyboard(sources: Sequence[SourceRow], words: Wording) -> InlineKeyboardMarkup | None:
    """Make a button to each channel among these that waits to be taken in; None without one."""
    rows = [
        [
            InlineKeyboardButton(
                text=clip(source.spec.outlet, _NAME_LENGTH) or words.say("channel"),
                callback_data=SourceButton(key=key_of(source.spec.id), do="show", page=0).pack(),
            )
        ]
        for source in sources
        if source.held_since is not None
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def confirm_keyboard(source: SourceRow, page: int, words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons below the question whether to remove a source."""
    yes = SourceButton(key=key_of(source.spec.id), do="removed", page=page).pack()
    no = SourceButton(key=key_of(source.spec.id), do="show", page=page).pack()
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=words.say("Yes, remove"), callback_data=yes),
                InlineKeyboardButton(text=words.say("Keep"), callback_data=no),
            ]
        ]
    )


def trial_keyboard(words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons below what a trial found."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=words.say("Add"), callback_data=TrialButton(add=True).pack()
                ),
                InlineKeyboardButton(
                    text=words.say("Cancel"), callback_data=TrialButton(add=False).pack()
                ),
            ]
        ]
    )


def _page_button(text: str, page: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=SourcesButton(page=page).pack())
