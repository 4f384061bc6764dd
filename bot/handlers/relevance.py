"""On or off the beat: an operator decides otherwise than the score."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.handlers.buttons import BeatButton, article_keyboard
from bot.handlers.reply import edit, pressed_message
from bot.handlers.share_buttons import Sharing
from bot.middlewares.operators import OnlyOperators


async def decide(
    query: CallbackQuery,
    callback_data: BeatButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Note whether an article is on the beat, and show its details anew."""
    words = reader.wording
    article = await archive.articles.shown_to(query.from_user.id, callback_data.id)
    if article is not None:
        await archive.relevance.decide(article.id, on_beat=callback_data.on_beat)
    relevance = await archive.relevance.get(callback_data.id)
    message = pressed_message(query)
    if article is None or relevance is None or message is None:
        await query.answer(
            words.say("This article is no longer here. The newest ones: /latest"), show_alert=True
        )
        return
    text = await briefings.details(article, reader, relevance)
    keyboard = article_keyboard(
        article, words, sharing, unfolded=True, more=callback_data.more, relevance=relevance
    )
    await edit(message, text, keyboard=keyboard, preview_url=article.url)
    await query.answer(
        words.say("It counts as news of the beat.")
        if callback_data.on_beat
        else words.say("/latest and the briefings leave it out from now on.")
    )


def routes() -> Router:
    """Make the router of this subject; all of it is for operators."""
    router = Router(name="relevance")
    router.callback_query.middleware(OnlyOperators())
    router.callback_query.register(decide, BeatButton.filter())
    return router
