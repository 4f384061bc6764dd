"""The button "Cite…", and those of the message that it opens."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.briefings.documents.make import Format
from bot.handlers.person_buttons import button
from bot.items import Item
from bot.locales.wording import Wording


class CiteButton(CallbackData, prefix="x"):
    """Open what can be done with an item: cite it, put it on paper, or into a letter."""

    item: str


class PaperButton(CallbackData, prefix="xd"):
    """Send an item as a document."""

    item: str
    format: str


class LetterButton(CallbackData, prefix="xt"):
    """Send an item as plain text, ready to be pasted into a letter."""

    item: str


def pass_on_button(item: Item, words: Wording) -> InlineKeyboardButton:
    """Make the button that opens how to cite an item, print it, or send it by e-mail."""
    return button(words.say("Cite…"), CiteButton(item=str(item)))


def paper_row(item: Item) -> list[InlineKeyboardButton]:
    """Make the buttons that send an item as a document."""
    return [
        button(text, PaperButton(item=str(item), format=format_))
        for text, format_ in (("PDF", Format.PDF), ("Word", Format.DOCX))
    ]


def letter_button(item: Item, words: Wording) -> InlineKeyboardButton:
    """Make the button that sends an item as text for an e-mail."""
    return button(words.say("Text for an e-mail"), LetterButton(item=str(item)))
