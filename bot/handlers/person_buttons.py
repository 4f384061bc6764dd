"""The buttons of a dossier: its pages, what can be done with it, and the choice between people."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.people_rows import PersonRow
from bot.briefings.dossier import Page, Screen
from bot.formatting import clip
from bot.locales.wording import Wording
from bot.row_numbers import Counted, RowNumber

_NAME_LIMIT = 40
_IN_A_ROW = 2


class PersonButton(CallbackData, prefix="p"):
    """Show a page of a dossier."""

    id: RowNumber
    page: Page = Page.NOW
    at: Counted = 0


class SharedButton(CallbackData, prefix="ps"):
    """Show the articles that name two people."""

    id: RowNumber
    other: RowNumber
    at: Counted = 0


class FollowButton(CallbackData, prefix="pf"):
    """Follow a person, or no longer."""

    id: RowNumber
    follow: bool


class CorrectButton(CallbackData, prefix="pc"):
    """Show an operator what can be corrected about a person."""

    id: RowNumber


class MergeButton(CallbackData, prefix="pm"):
    """Merge a person into another one; asked again before it is done."""

    id: RowNumber
    into: RowNumber
    sure: bool = False


class SplitButton(CallbackData, prefix="pn"):
    """Split a name off, by its place among the person's names in articles."""

    id: RowNumber
    place: Counted
    check: int
    """A sum over the name: the list may have changed since the button was shown."""
    sure: bool = False


def page_names(words: Wording) -> dict[Page, str]:
    """Name the pages in the order of their buttons."""
    return {
        Page.NOW: words.say("Now"),
        Page.POSTS: words.say("Posts"),
        Page.QUOTES: words.say("Quotes"),
        Page.COMPANY: words.say("With whom"),
        Page.EVENTS: words.say("Dates"),
        Page.SOURCES: words.say("Articles"),
    }


def dossier_keyboard(
    person: PersonRow,
    page: Page,
    screen: Screen,
    words: Wording,
    *,
    at: int,
    follows: bool,
    quotes: Sequence[list[InlineKeyboardButton]],
    passing: list[InlineKeyboardButton],
    is_operator: bool,
) -> InlineKeyboardMarkup:
    """Make the buttons below a page of a dossier.

    quotes: rows that open the quotes shown. passing: what passes the person on.
    """
    company = [
        button(clip(other.name, _NAME_LIMIT), SharedButton(id=person.id, other=other.id))
        for other in screen.company
    ]
    rows = [*in_rows(company, _IN_A_ROW), *quotes]
    turning = turning_row(
        words,
        back=PersonButton(id=person.id, page=page) if at else None,
        on=_following(person, page, screen),
    )
    rows += [turning] if turning else []
    pages = [
        button(f"• {name}" if other is page else name, PersonButton(id=person.id, page=other))
        for other, name in page_names(words).items()
    ]
    rows += in_rows(pages, 3)
    name = words.say("Unfollow") if follows else words.say("Follow")
    rows.append([button(name, FollowButton(id=person.id, follow=not follows)), *passing])
    if is_operator:
        rows.append([button(words.say("Correct"), CorrectButton(id=person.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _following(person: PersonRow, page: Page, screen: Screen) -> CallbackData | None:
    if screen.following is None:
        return None
    return PersonButton(id=person.id, page=page, at=screen.following)


def shared_keyboard(
    person: PersonRow, other: PersonRow, screen: Screen, words: Wording, *, at: int
) -> InlineKeyboardMarkup:
    """Make the buttons below the articles that name two people."""
    turning = turning_row(
        words,
        back=SharedButton(id=person.id, other=other.id) if at else None,
        on=(
            SharedButton(id=person.id, other=other.id, at=screen.following)
            if screen.following is not None
            else None
        ),
    )
    rows = [turning] if turning else []
    rows += [
        [button(clip(one.name, _NAME_LIMIT), PersonButton(id=one.id))] for one in (person, other)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def choice_keyboard(people: Sequence[PersonRow]) -> InlineKeyboardMarkup:
    """Make one button a person; it opens the dossier."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                button(
                    f"{clip(person.name, _NAME_LIMIT)} · {person.articles}",
                    PersonButton(id=person.id),
                )
            ]
            for person in people
        ]
    )


def turning_row(
    words: Wording, *, back: CallbackData | None, on: CallbackData | None
) -> list[InlineKeyboardButton]:
    """Make the buttons that turn the parts of a long page."""
    row = []
    if back is not None:
        row.append(button(words.say("« To the beginning"), back))
    if on is not None:
        row.append(button(words.say("Further »"), on))
    return row


def in_rows(
    buttons: Sequence[InlineKeyboardButton], length: int
) -> list[list[InlineKeyboardButton]]:
    """Put buttons into rows."""
    return [list(buttons[start : start + length]) for start in range(0, len(buttons), length)]


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Make a button that carries data."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())
