"""The buttons of the bot: what they carry, and the keyboards they stand in.

Callback data is at most 64 bytes, so it carries ids and short codes, never names.
"""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.rows import ArticleRow
from bot.locales.wording import LANGUAGE_NAMES, Wording


class ArticleButton(CallbackData, prefix="a"):
    """Unfold or fold one article."""

    id: int
    unfold: bool
    more: bool = False
    """Whether the article has the button that goes on with the next ones."""


class MoreButton(CallbackData, prefix="m"):
    """Show the articles that come after one already shown."""

    after: int


class LanguageButton(CallbackData, prefix="l"):
    """Choose the interface language."""

    language: str
    introduction: bool = False


class CommandButton(CallbackData, prefix="c"):
    """Do what a command does."""

    command: str


def article_keyboard(
    article: ArticleRow, words: Wording, *, unfolded: bool, more: bool = False
) -> InlineKeyboardMarkup:
    """Make the buttons below one article."""
    fold = InlineKeyboardButton(
        text=words.say("Fold") if unfolded else words.say("Details"),
        callback_data=ArticleButton(id=article.id, unfold=not unfolded, more=more).pack(),
    )
    row = [fold]
    if article.url:
        row.append(InlineKeyboardButton(text=words.say("Source"), url=article.url))
    rows = [row]
    if more:
        button = MoreButton(after=article.id).pack()
        rows.append([InlineKeyboardButton(text=words.say("More news"), callback_data=button)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def language_row(current: str, *, introduction: bool = False) -> list[InlineKeyboardButton]:
    """Make one button a language; the current one is marked.

    introduction: whether the row stands below the introduction, which then changes its language.
    """
    return [
        InlineKeyboardButton(
            text=f"✓ {name}" if language == current else name,
            callback_data=LanguageButton(language=language, introduction=introduction).pack(),
        )
        for language, name in LANGUAGE_NAMES.items()
    ]


def command_button(text: str, command: str) -> InlineKeyboardButton:
    """Make a button that does what a command does."""
    return InlineKeyboardButton(text=text, callback_data=CommandButton(command=command).pack())


def first_buttons(words: Wording) -> list[list[InlineKeyboardButton]]:
    """Make the buttons that a newcomer presses first."""
    return [
        [
            command_button(words.say("Latest news"), "latest"),
            command_button(words.say("This week"), "digest"),
        ],
        [command_button(words.say("Subscribe to the weekly briefing"), "subscribe")],
    ]
