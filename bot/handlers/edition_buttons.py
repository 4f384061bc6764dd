"""The buttons below an edition and below a story."""

from collections.abc import Iterable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.story_rows import StoryRow
from bot.briefings.documents.make import Format
from bot.briefings.edition import Edition
from bot.briefings.edition_key import EditionKey
from bot.formatting import clip
from bot.handlers.person_buttons import button
from bot.handlers.share_buttons import Sharing, quote_rows
from bot.items import Item, Kind
from bot.locales.wording import Wording
from bot.row_numbers import RowNumber

STORIES_OFFERED = 10
_A_ROW = 5
_SECTIONS_A_ROW = 3
_CHOICES = 20
_CHOICE_LENGTH = 60

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
    page: RowNumber = 0


class WholeButton(CallbackData, prefix="ew"):
    """Send an edition whole, as numbered messages."""

    key: str


class CalendarButton(CallbackData, prefix="ei"):
    """Send what lies ahead as a calendar file."""

    key: str


class StoryButton(CallbackData, prefix="t"):
    """Show one story; a negative id is that of an article which is in none yet."""

    id: RowNumber


class DocumentButton(CallbackData, prefix="ed"):
    """Send an edition as a document."""

    key: str
    format: str


class StoryDocumentButton(CallbackData, prefix="td"):
    """Send a story as a document."""

    id: RowNumber
    format: str


class PicturesButton(CallbackData, prefix="eg"):
    """Send the pictures of an edition."""

    key: str


class PartsButton(CallbackData, prefix="tp"):
    """Offer to part and join a story, for an operator."""

    id: RowNumber


class PartButton(CallbackData, prefix="ts"):
    """Make an article a story of its own."""

    article: RowNumber


class JoinButton(CallbackData, prefix="tj"):
    """Join another story to one."""

    id: RowNumber
    other: RowNumber


def edition_keyboard(
    edition: Edition,
    key: EditionKey,
    words: Wording,
    sharing: Sharing,
    *,
    section: str = OVERVIEW,
    pages: int = 1,
    page: int = 0,
) -> InlineKeyboardMarkup | None:
    """Make the buttons below an edition: its stories by number, its sections, and the whole.

    sharing: how it is passed on.
    section: the one that is shown. pages: how many messages it would fill; page: which is shown.
    """
    if edition.is_quiet:
        return None
    rows = []
    if section == OVERVIEW:
        rows += _story_rows(edition)
    if section == SECTIONS["q"]:
        rows += quote_rows([(n, one.id) for n, one in enumerate(edition.quotes, start=1)])
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
    rows.append(document_row(str(key), words))
    rows.append(sharing.buttons(Item.edition(key), words))
    return InlineKeyboardMarkup(inline_keyboard=rows)


def delivered_keyboard(
    edition: Edition, key: EditionKey | None, words: Wording, sharing: Sharing
) -> InlineKeyboardMarkup:
    """Make the buttons below an edition that came by itself: its stories, and passing it on.

    key: names what everybody may read of the period; None for an edition of somebody's own wishes.
    """
    rows = _story_rows(edition)
    if key is not None:
        rows.append(sharing.buttons(Item.edition(key), words))
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


def story_keyboard(
    row: StoryRow, words: Wording, sharing: Sharing, *, quotes: Sequence[int], is_operator: bool
) -> InlineKeyboardMarkup:
    """Make the buttons below a story: its quotes, its first source, what passes it on.

    quotes: the ids, in the order in which the story numbers them. An operator sees what mends it.
    """
    rows = quote_rows(list(enumerate(quotes, start=1)))
    url = next((article.url for article in row.articles if article.url), None)
    if url is not None:
        rows.append([InlineKeyboardButton(text=words.say("Source"), url=url)])
    rows.append(
        [
            InlineKeyboardButton(
                text=text, callback_data=StoryDocumentButton(id=row.id, format=format_).pack()
            )
            for text, format_ in (("PDF", Format.PDF), ("Word", Format.DOCX))
        ]
    )
    rows.append(sharing.buttons(Item.of(Kind.STORY, row.id), words))
    if is_operator:
        rows.append([button(words.say("Part or join"), PartsButton(id=row.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def parts_keyboard(row: StoryRow) -> InlineKeyboardMarkup:
    """List the articles of a story, to part one from it."""
    return _list(
        (article.title, PartButton(article=article.id).pack())
        for article in row.articles[:_CHOICES]
    )


def join_keyboard(row: StoryRow, near: Sequence[StoryRow]) -> InlineKeyboardMarkup:
    """List stories, to join one of them to a story."""
    return _list((story.headline, JoinButton(id=row.id, other=story.id).pack()) for story in near)


def _list(choices: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=clip(text, _CHOICE_LENGTH), callback_data=data)]
            for text, data in choices
        ]
    )


def document_row(key: str, words: Wording) -> list[InlineKeyboardButton]:
    """Make the buttons that send an edition on paper and in pictures."""
    return [
        InlineKeyboardButton(
            text="PDF", callback_data=DocumentButton(key=key, format=Format.PDF).pack()
        ),
        InlineKeyboardButton(
            text="Word", callback_data=DocumentButton(key=key, format=Format.DOCX).pack()
        ),
        InlineKeyboardButton(
            text=words.say("Pictures"), callback_data=PicturesButton(key=key).pack()
        ),
    ]
