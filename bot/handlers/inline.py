"""Typed after the bot's name in any chat: items to pass on, and what was chosen of them."""

from aiogram import Bot, Router
from aiogram.types import (
    ChosenInlineResult,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    Message,
)

from bot.archive import Archive
from bot.briefings import Reader
from bot.briefings.cards import Card
from bot.briefings.offers import Nothing, Offers, visible
from bot.clock import Now
from bot.handlers.links import search_link
from bot.handlers.reply import message_entities, preview_of
from bot.items import Item
from bot.locales.wording import Wording

LATEST_SECONDS = 60
"""How long Telegram keeps what changes with the news: the latest, and what a search finds."""

ITEM_SECONDS = 300
"""How long it keeps a card of one item."""

NOTHING_SECONDS = 10
"""How long it keeps that there is nothing: the next article may be what was looked for."""


async def offer(query: InlineQuery, offers: Offers, reader: Reader) -> None:
    """Offer what the words may mean; what is chosen stands by itself in the chat."""
    found = await offers.find(query.query, query.offset, reader)
    asked = visible(query.query)
    button = None
    seconds = ITEM_SECONDS if Item.read(asked.casefold()) else LATEST_SECONDS
    if found.nothing is not None:
        button = _instead(found.nothing, asked, reader.wording)
        seconds = NOTHING_SECONDS
    await query.answer(
        [result(card) for card in found.cards],
        cache_time=seconds,
        # In the language and by the clock of whoever asks, so not the same for everybody.
        is_personal=True,
        next_offset=found.further,
        button=button,
    )


def result(card: Card) -> InlineQueryResultUnion:
    """Make a result of a card; it carries no buttons, which would be dead in other chats.

    There is no picture: Telegram takes pictures of results by address only, and we keep none.
    """
    return InlineQueryResultArticle(
        id=str(card.item),
        title=card.title,
        description=card.description,
        input_message_content=InputTextMessageContent(
            message_text=card.text.text,
            entities=message_entities(card.text.entities),
            link_preview_options=preview_of(card.preview_url),
        ),
    )


def _instead(nothing: Nothing, asked: str, words: Wording) -> InlineQueryResultsButton:
    """Make the button above no results: it leads to the private chat, which tells more."""
    text = {
        Nothing.GONE: words.say("This is no longer here: open the bot"),
        Nothing.NOT_FOUND: words.say("Nothing found: search in the bot"),
        Nothing.UNREADABLE: words.say("I cannot read this search: how to search"),
    }[nothing]
    item = asked.casefold()
    carried = item if nothing is Nothing.GONE else search_link(asked)
    return InlineQueryResultsButton(text=text, start_parameter=carried)


async def count_chosen(chosen: ChosenInlineResult, archive: Archive, now: Now) -> None:
    """Count what was passed on, by kind and day; by whom is not kept."""
    item = Item.read(chosen.result_id)
    if item is not None:
        await archive.shares.count(item.kind, now=now())


async def is_own(message: Message, bot: Bot) -> bool:
    """Tell whether a message was sent through this bot: its words are the bot's own."""
    return message.via_bot is not None and message.via_bot.id == bot.id


async def pass_over(message: Message) -> None:
    """Leave what was sent through this bot as it is: nobody asks anything with it."""


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="inline")
    router.inline_query.register(offer)
    router.chosen_inline_result.register(count_chosen)
    router.message.register(pass_over, is_own)
    return router
