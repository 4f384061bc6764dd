"""*Share* and what stands beside it below every item, and the buttons of single quotes."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, SwitchInlineQueryChosenChat

from bot.archive.search import Order
from bot.handlers.pass_on_buttons import pass_on_button
from bot.handlers.person_buttons import button, in_rows
from bot.items import Item
from bot.locales.wording import Wording
from bot.row_numbers import Counted, RowNumber

_QUOTES_A_ROW = 5


class QuoteButton(CallbackData, prefix="u"):
    """Show one quote by itself, below."""

    id: RowNumber


class ArticleQuotesButton(CallbackData, prefix="ua"):
    """List the quotes of an article, below."""

    id: RowNumber


class SearchQuotesButton(CallbackData, prefix="us"):
    """List the quotes with the words of a search, from one page of its results."""

    id: RowNumber
    order: Order
    at: Counted


@dataclass(frozen=True, slots=True)
class Sharing:
    """How this bot lets people pass items on.

    username: the bot's own. can_share: whether @BotFather has switched its inline mode on;
    Telegram refuses a *Share* button without it.
    """

    username: str
    can_share: bool

    def buttons(
        self, item: Item, words: Wording, *, is_public: bool = True
    ) -> list[InlineKeyboardButton]:
        """Make the row of an item: *Share*, and how to cite it.

        is_public: whether all may read it; what is one person's own cannot be offered in chats.
        """
        row = [pass_on_button(item, words)]
        if self.can_share and is_public:
            row.insert(0, share_button(item, words))
        return row


def share_button(item: Item, words: Wording) -> InlineKeyboardButton:
    """Make the button that lets one choose a chat and puts an item there."""
    chosen = SwitchInlineQueryChosenChat(
        query=str(item), allow_user_chats=True, allow_group_chats=True, allow_channel_chats=True
    )
    return InlineKeyboardButton(text=words.say("Share"), switch_inline_query_chosen_chat=chosen)


def quote_rows(quotes: Sequence[tuple[int, int]]) -> list[list[InlineKeyboardButton]]:
    """Make a button for each quote, by the number that the message gives it and its id."""
    buttons = [button(f"❝ {number}", QuoteButton(id=one)) for number, one in quotes]
    return in_rows(buttons, _QUOTES_A_ROW)
