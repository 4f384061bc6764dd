"""Quotes one by one: from an article, a search, a dossier or an edition, each to be passed on."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.archive.people_rows import QuoteRow
from bot.briefings import Briefings, Reader
from bot.briefings.cards import Cards
from bot.briefings.findings import Finder
from bot.formatting import clip
from bot.handlers.edition_buttons import StoryButton
from bot.handlers.person_buttons import PersonButton, button
from bot.handlers.place import Place
from bot.handlers.reply import pressed_message, send
from bot.handlers.search import KIND
from bot.handlers.search_buttons import PAGE, OpenButton
from bot.handlers.search_words import say_problem
from bot.handlers.share_buttons import (
    ArticleQuotesButton,
    QuoteButton,
    SearchQuotesButton,
    Sharing,
    quote_rows,
)
from bot.items import Item, Kind
from bot.search.operators import QuerySyntaxError

MOST_LISTED = 10

_LISTED_LENGTH = 300
_NAME_LIMIT = 40


async def open_quote(
    query: CallbackQuery,
    callback_data: QuoteButton,
    archive: Archive,
    cards: Cards,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Show one quote below."""
    quote = await archive.quotes.get(callback_data.id)
    message = pressed_message(query)
    if quote is None or message is None:
        await _gone(query, reader)
        return
    await query.answer()
    await show_quote(message, quote, archive, cards, reader, sharing)


async def show_quote(
    message: Message,
    quote: QuoteRow,
    archive: Archive,
    cards: Cards,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Send a quote by itself: the words, whose they are, and where they stand."""
    words = reader.wording
    rows = [sharing.buttons(Item.of(Kind.QUOTE, quote.id), words)]
    context = [button(words.say("The article"), OpenButton(id=quote.source.id))]
    story = await archive.stories.of_article(quote.source.id)
    if story is not None:
        context.append(button(words.say("The story"), StoryButton(id=story.id)))
    if quote.speaker_id is not None and quote.speaker is not None:
        name = clip(quote.speaker, _NAME_LIMIT)
        context.append(button(name, PersonButton(id=quote.speaker_id)))
    rows.append(context)
    await send(
        message,
        cards.quote_text(quote, reader),
        keyboard=InlineKeyboardMarkup(inline_keyboard=rows),
        preview_url=quote.source.url,
    )


async def of_article(
    query: CallbackQuery,
    callback_data: ArticleQuotesButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
) -> None:
    """List the quotes of an article below."""
    await _list(query, await archive.quotes.of_articles([callback_data.id]), briefings, reader)


async def of_search(
    query: CallbackQuery,
    callback_data: SearchQuotesButton,
    archive: Archive,
    briefings: Briefings,
    finder: Finder,
    reader: Reader,
    place: Place,
) -> None:
    """List the quotes with the words of a search below."""
    asked = await archive.searches.get(callback_data.id, place.chat_id, KIND)
    if asked is None:
        await query.answer(
            reader.wording.say("I no longer remember this search. Write it again: /search"),
            show_alert=True,
        )
        return
    try:
        found = await finder.quotes(
            asked, reader, order=callback_data.order, at=callback_data.at, size=PAGE
        )
    except QuerySyntaxError as error:
        await query.answer(say_problem(error, reader.wording), show_alert=True)
        return
    await _list(query, found, briefings, reader)


async def _list(
    query: CallbackQuery, quotes: Sequence[QuoteRow], briefings: Briefings, reader: Reader
) -> None:
    message = pressed_message(query)
    shown = quotes[:MOST_LISTED]
    if message is None or not shown:
        await _gone(query, reader)
        return
    await query.answer()
    parts = briefings.renderer.messages(
        "telegram/quotes.html.j2",
        reader,
        quotes=[(quote, clip(quote.text, _LISTED_LENGTH)) for quote in shown],
    )
    rows = quote_rows([(number, quote.id) for number, quote in enumerate(shown, start=1)])
    for part in parts:
        keyboard = InlineKeyboardMarkup(inline_keyboard=rows) if part is parts[-1] else None
        await send(message, part, keyboard=keyboard)


async def _gone(query: CallbackQuery, reader: Reader) -> None:
    await query.answer(gone(reader), show_alert=True)


def gone(reader: Reader) -> str:
    """Say that a quote is no longer there."""
    return reader.wording.say(
        "These words are no longer in the archive. Find others: /search, or by name: /person"
    )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="quotes")
    router.callback_query.register(open_quote, QuoteButton.filter())
    router.callback_query.register(of_article, ArticleQuotesButton.filter())
    router.callback_query.register(of_search, SearchQuotesButton.filter())
    return router
