"""/latest: the newest articles, one message each, and what their buttons do."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from bot.briefings import Briefings, Reader
from bot.handlers.buttons import ArticleButton, MoreButton, article_keyboard
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.share_buttons import Sharing

USUAL = 3
MOST = 10


async def latest(
    message: Message,
    command: CommandObject,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Answer /latest [n]."""
    words = reader.wording
    asked = (command.args or "").strip()
    if not asked:
        number = USUAL
    elif asked.isdecimal() and int(asked[:9]) > 0:
        number = int(asked[:9])
    else:
        await send(
            message,
            words.say(
                "After /latest comes a number from 1 to {most}, such as: /latest 5", most=MOST
            ),
        )
        return
    if number > MOST:
        await send(
            message,
            words.say("I show at most {most} articles at a time; here they are.", most=MOST),
        )
    await show_latest(message, archive, briefings, reader, sharing, number=min(number, MOST))


async def show_latest(
    message: Message,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
    *,
    number: int = USUAL,
    after: int | None = None,
) -> None:
    """Send the newest articles, or those that come after one already shown."""
    found = await archive.articles.latest(number + 1, before=after)
    if not found:
        words = reader.wording
        await send(
            message,
            words.say("These were all the articles there are.")
            if after
            else words.say(
                "There are no articles yet. As soon as the first comes in, /latest shows it."
            ),
        )
        return
    for place, article in enumerate(found[:number], start=1):
        is_last = place == number and len(found) > number
        keyboard = article_keyboard(article, reader.wording, sharing, unfolded=False, more=is_last)
        text = await briefings.card(article, reader)
        await send(message, text, keyboard=keyboard, preview_url=article.url)


async def show_article(
    message: Message,
    article: ArticleRow,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
    *,
    also: Sequence[InlineKeyboardButton] = (),
) -> None:
    """Send the card of one article; also: buttons beside its own."""
    keyboard = article_keyboard(
        article,
        reader.wording,
        sharing,
        unfolded=False,
        has_quotes=await archive.quotes.are_in(article.id),
    )
    if also:
        keyboard.inline_keyboard.append([*also])
    await send(
        message, await briefings.card(article, reader), keyboard=keyboard, preview_url=article.url
    )


async def more(
    query: CallbackQuery,
    callback_data: MoreButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Show the next articles below."""
    await query.answer()
    message = pressed_message(query)
    if message is not None:
        await show_latest(message, archive, briefings, reader, sharing, after=callback_data.after)


async def unfold(
    query: CallbackQuery,
    callback_data: ArticleButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
    operators: frozenset[int],
) -> None:
    """Unfold an article in place, or fold it again; an operator sees how it was judged too."""
    message = pressed_message(query)
    if message is not None:
        article = await archive.articles.shown_to(message.chat.id, callback_data.id)
    if message is None or article is None:
        await query.answer(
            reader.wording.say("This article is no longer here. The newest ones: /latest"),
            show_alert=True,
        )
        return
    relevance = None
    if callback_data.unfold:
        # In a group the others would read it too.
        is_private = message.chat.type == ChatType.PRIVATE
        if is_private and query.from_user.id in operators:
            relevance = await archive.relevance.get(article.id)
        text = await briefings.details(article, reader, relevance)
    else:
        text = await briefings.card(article, reader)
    keyboard = article_keyboard(
        article,
        reader.wording,
        sharing,
        unfolded=callback_data.unfold,
        more=callback_data.more,
        has_quotes=callback_data.unfold and await archive.quotes.are_in(article.id),
        relevance=relevance,
    )
    await edit(message, text, keyboard=keyboard, preview_url=article.url)
    await query.answer()


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="latest")
    router.message.register(latest, Command("latest"))
    router.callback_query.register(more, MoreButton.filter())
    router.callback_query.register(unfold, ArticleButton.filter())
    return router
