"""The buttons of the bot: what they carry, and the keyboards they stand in.

Callback data is at most 64 bytes, so it carries ids and short codes, never names.
"""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.relevance import RelevanceRow
from bot.archive.rows import ArticleRow
from bot.handlers.person_buttons import button
from bot.handlers.share_buttons import ArticleQuotesButton, Sharing
from bot.items import Item, Kind
from bot.locales.wording import LANGUAGE_NAMES, Wording
from bot.row_numbers import RowNumber


class ArticleButton(CallbackData, prefix="a"):
    """Unfold or fold one article."""

    id: RowNumber
    unfold: bool
    more: bool = False
    """Whether the article has the button that goes on with the next ones."""


class MoreButton(CallbackData, prefix="m"):
    """Show the articles that come after one already shown."""

    after: RowNumber


class BeatButton(CallbackData, prefix="b"):
    """Say whether an article is on the beat, whatever its score."""

    id: RowNumber
    on_beat: bool
    more: bool = False


class LanguageButton(CallbackData, prefix="l"):
    """Choose the interface language."""

    language: str
    introduction: bool = False


class CommandButton(CallbackData, prefix="c"):
    """Do what a command does."""

    command: str


def article_keyboard(
    article: ArticleRow,
    words: Wording,
    sharing: Sharing,
    *,
    unfolded: bool,
    more: bool = False,
    has_quotes: bool = False,
    relevance: RelevanceRow | None = None,
) -> InlineKeyboardMarkup:
    """Make the buttons below one article.

    has_quotes: whether there are words in it that can be opened one by one.
    relevance: what was judged of it, for an operator, who may decide otherwise.
    """
    fold = InlineKeyboardButton(
        text=words.say("Fold") if unfolded else words.say("Details"),
        callback_data=ArticleButton(id=article.id, unfold=not unfolded, more=more).pack(),
    )
    row = [fold]
    if article.url:
        row.append(InlineKeyboardButton(text=words.say("Source"), url=article.url))
    if has_quotes:
        row.append(button(words.say("Quotes"), ArticleQuotesButton(id=article.id)))
    item = Item.of(Kind.ARTICLE, article.id)
    rows = [row, sharing.buttons(item, words, is_public=article.is_listed)]
    if relevance is not None:
        rows.append(beat_row(relevance, words, more=more))
    if more:
        rows.append([button(words.say("More news"), MoreButton(after=article.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def beat_row(relevance: RelevanceRow, words: Wording, *, more: bool) -> list[InlineKeyboardButton]:
    """Make the buttons with which an operator says whether an article is on the beat."""
    said = ((True, words.say("On the beat")), (False, words.say("Off the beat")))
    return [
        InlineKeyboardButton(
            text=f"✓ {text}" if relevance.on_beat is on_beat else text,
            callback_data=BeatButton(id=relevance.article_id, on_beat=on_beat, more=more).pack(),
        )
        for on_beat, text in said
    ]


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
