"""The buttons below a delivered edition, for tests without an application."""

from aiogram.types import InlineKeyboardMarkup

from bot.briefings.edition import Edition
from bot.briefings.edition_key import EditionKey
from bot.handlers.edition_buttons import delivered_keyboard
from bot.handlers.share_buttons import Sharing
from bot.locales.wording import Wording


def buttons_below(edition: Edition, key: EditionKey | None, words: Wording) -> InlineKeyboardMarkup:
    """Make them as the application does, inline mode on."""
    return delivered_keyboard(edition, key, words, Sharing("vestnik_bot", can_share=True))
