"""The buttons below an edition and below a story."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.briefings.edition import Edition
from bot.briefings.edition_key import EditionKey
from bot.locales.wording import Wording

STORIES_OFFERED = 10
_A_ROW = 5
_SECTIONS_A_ROW = 3

OVERVIEW = "overview"
SECTIONS = {
    "o": OVERVIEW,
    "s": "stories",
    "m": "meetings",
    "q": "quotes",
    "d": "differences",
    "u": "upcoming",
    "f": "figures",
    "a": "sources",
}
"""The sections of an edition by the letter that travels in a button."""

_CODES = {section: code for code, section in SECTIONS.items()}


class EditionButton(CallbackData, prefix="e"):
    """Turn to a section of an edition; long ones have pages, from 0."""

    key: str
    section: str
    page: int = 0


class WholeButton(CallbackData, prefix="ew"):
    """Send an edition whole, as numbered messages."""

    key: str


class CalendarButton(CallbackData, prefix="ei"):
    """Send what lies ahead as a calendar file."""

    key: str


class StoryButton(CallbackData, prefix="t"):
    """Show one story."""

    id: int


def edition_keyboard(
    edition: Edition,
    key: EditionKey,
    words: Wording,
    *,
    section: str = OVERVIEW,
    pages: int = 1,
    page: int = 0,
) -> InlineKeyboardMarkup | None:
    """Make the buttons below an edition: its stories by number, its sections, and the whole.

    section: the one that is shown. pages: how many messages it would fill; page: which is shown.
    """
    if edition.is_quiet:
        return None
    rows = []
    if section == OVERVIEW:
        rows += _story_rows(edition)
    if pages > 1:
        rows.append(_page_row(key, section, page, pages))
    rows += _section_rows(edition, key, words, section)
    last = [
        InlineKeyboardButton(
            text=words.say("In full"), callback_data=WholeButton(key=str(key)).pack()
        )
    ]
    if edition.upcoming:
        last.append(
            InlineKeyboardButton(
                text=words.say("Calendar"), callback_data=CalendarButton(key=str(key)).pack()
            )
        )
    rows.append(last)
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _story_rows(edition: Edition) -> list[list[InlineKeyboardButton]]:
    buttons = [
        InlineKeyboardButton(text=str(number), callback_data=StoryButton(id=story.id).pack())
        for number, story in enumerate(edition.stories[:STORIES_OFFERED], start=1)
    ]
    return [buttons[at : at + _A_ROW] for at in range(0, len(buttons), _A_ROW)]


def _page_row(key: EditionKey, section: str, page: int, pages: int) -> list[InlineKeyboardButton]:
    turns = (("‹", page - 1), (f"{page + 1}/{pages}", page), ("›", page + 1))
    return [
        InlineKeyboardButton(text=text, callback_data=_turn(key, section, to))
        for text, to in turns
        if 0 <= to < pages
    ]


def _section_rows(
    edition: Edition, key: EditionKey, words: Wording, shown: str
) -> list[list[InlineKeyboardButton]]:
    names = {
        OVERVIEW: words.say("Overview"),
        "stories": words.say("Stories"),
        "meetings": words.say("Meetings"),
        "quotes": words.say("Quotes"),
        "differences": words.say("Differences"),
        "upcoming": words.say("Ahead"),
        "figures": words.say("Figures"),
        "sources": words.say("Sources"),
    }
    buttons = [
        InlineKeyboardButton(text=name, callback_data=_turn(key, section, 0))
        for section, name in names.items()
        if section != shown and (section == OVERVIEW or getattr(edition, section))
    ]
    return [buttons[at : at + _SECTIONS_A_ROW] for at in range(0, len(buttons), _SECTIONS_A_ROW)]


def _turn(key: EditionKey, section: str, page: int) -> str:
    return EditionButton(key=str(key), section=_CODES[section], page=page).pack()
