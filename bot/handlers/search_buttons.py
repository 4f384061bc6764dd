"""The buttons of a search: its pages, its order, its results, and what to try instead."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.people_rows import PersonRow
from bot.archive.search import Order
from bot.formatting import clip
from bot.handlers.person_buttons import PersonButton, button, in_rows
from bot.handlers.share_buttons import SearchQuotesButton
from bot.locales.wording import Wording
from bot.row_numbers import Counted, RowNumber

PAGE = 5
"""Results of one page."""

_QUERY_LIMIT = 40
_IN_A_ROW = 2


class SearchButton(CallbackData, prefix="q"):
    """Show a page of a search."""

    id: RowNumber
    order: Order = Order.NEWEST
    at: Counted = 0


class OpenButton(CallbackData, prefix="qo"):
    """Show a result below."""

    id: RowNumber


class SimilarButton(CallbackData, prefix="qs"):
    """Show what resembles an article, below."""

    id: RowNumber


class SaveButton(CallbackData, prefix="qw"):
    """Save a search, or drop it."""

    id: RowNumber
    save: bool
    order: Order = Order.NEWEST
    at: Counted = 0


def results_keyboard(
    search_id: int,
    articles: Sequence[int],
    words: Wording,
    *,
    order: Order,
    at: int,
    total: int,
    has_quotes: bool,
    is_saved: bool,
) -> InlineKeyboardMarkup:
    """Make the buttons below a page of results.

    articles: the ids of the results shown. at: how many came before them.
    has_quotes: whether somebody's words in them hold what was looked for.
    """
    numbers = [
        button(str(at + place), OpenButton(id=one)) for place, one in enumerate(articles, start=1)
    ]
    turning = []
    if at:
        back = SearchButton(id=search_id, order=order, at=max(0, at - PAGE))
        turning.append(button(words.say("« Previous"), back))
    if at + len(articles) < total:
        on = SearchButton(id=search_id, order=order, at=at + PAGE)
        turning.append(button(words.say("Further »"), on))
    last = []
    if has_quotes:
        quotes = SearchQuotesButton(id=search_id, order=order, at=at)
        last.append(button(words.say("In quotes"), quotes))
    if total > 1:
        other = Order.BEST if order is Order.NEWEST else Order.NEWEST
        label = words.say("Best first") if other is Order.BEST else words.say("Newest first")
        last.append(button(label, SearchButton(id=search_id, order=other)))
    last.append(save_button(search_id, words, order=order, at=at, is_saved=is_saved))
    return InlineKeyboardMarkup(inline_keyboard=[row for row in (numbers, turning, last) if row])


def save_button(
    search_id: int, words: Wording, *, order: Order, at: int, is_saved: bool
) -> InlineKeyboardButton:
    """Make the button that saves a search, or drops it."""
    label = words.say("✓ Saved") if is_saved else words.say("Save")
    return button(label, SaveButton(id=search_id, save=not is_saved, order=order, at=at))


def instead_keyboard(
    queries: Sequence[tuple[str, int]], people: Sequence[PersonRow]
) -> list[list[InlineKeyboardButton]]:
    """Make the rows that offer other queries, each with its id, and people."""
    rows = [[button(clip(text, _QUERY_LIMIT), SearchButton(id=id_))] for text, id_ in queries]
    found = [button(clip(one.name, _QUERY_LIMIT), PersonButton(id=one.id)) for one in people]
    return rows + in_rows(found, _IN_A_ROW)
