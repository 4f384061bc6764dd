"""An edition or a story as a document, and an edition in pictures."""

from collections.abc import Awaitable, Callable

from aiogram import Bot, Router
from aiogram.enums import ChatAction
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InputMediaPhoto,
    Message,
)

from bot.briefings import Briefings, Reader
from bot.briefings.cards import edition_key
from bot.briefings.charts import Chart
from bot.briefings.documents.make import Format
from bot.briefings.documents.press import BusyError, Press
from bot.handlers.edition_buttons import DocumentButton, PicturesButton, StoryDocumentButton
from bot.handlers.place import Place
from bot.handlers.reply import answer_older_edition, pressed_message

_PICTURES_MOST = 10


async def send_edition(
    query: CallbackQuery,
    callback_data: DocumentButton,
    bot: Bot,
    press: Press,
    reader: Reader,
    place: Place,
) -> None:
    """Send an edition as a document."""
    key = edition_key(callback_data.key)
    format_ = _format(callback_data.format)
    if key is None or format_ is None:
        await answer_older_edition(query, reader)
        return
    await send_made(query, bot, reader, place, lambda: press.edition(key, reader, format_))


async def send_story(
    query: CallbackQuery,
    callback_data: StoryDocumentButton,
    bot: Bot,
    press: Press,
    reader: Reader,
    place: Place,
) -> None:
    """Send a story as a document."""
    format_ = _format(callback_data.format)
    if format_ is None:
        await answer_older_edition(query, reader)
        return
    gone = reader.wording.say("This story is no longer here. What happened lately: /digest")
    await send_made(
        query, bot, reader, place, lambda: press.story(callback_data.id, reader, format_), gone=gone
    )


async def send_pictures(
    query: CallbackQuery,
    callback_data: PicturesButton,
    bot: Bot,
    briefings: Briefings,
    press: Press,
    reader: Reader,
    place: Place,
) -> None:
    """Send the pictures of an edition, each with the same in words."""
    key = edition_key(callback_data.key)
    message = pressed_message(query)
    if key is None or message is None:
        await answer_older_edition(query, reader)
        return
    await query.answer()
    await _act(bot, place, ChatAction.UPLOAD_PHOTO)
    edition = await briefings.edition(key, reader)
    charts = await press.pictures(briefings.said(edition, reader))
    await _show(message, charts[:_PICTURES_MOST], reader)


async def _show(message: Message, charts: tuple[Chart, ...], reader: Reader) -> None:
    if not charts:
        await message.answer(
            reader.wording.say("There is too little yet for a picture: it takes two weeks of news.")
        )
    elif len(charts) == 1:
        await message.answer_photo(_photo(charts[0], 0), caption=charts[0].caption)
    else:
        await message.answer_media_group(
            [
                InputMediaPhoto(media=_photo(chart, number), caption=chart.caption)
                for number, chart in enumerate(charts)
            ]
        )


async def send_made(
    query: CallbackQuery,
    bot: Bot,
    reader: Reader,
    place: Place,
    make: Callable[[], Awaitable[tuple[str, bytes] | None]],
    *,
    gone: str = "",
) -> None:
    """Send what the press makes below the pressed message; `gone` is said where that is nothing."""
    message = pressed_message(query)
    words = reader.wording
    if message is None:
        await answer_older_edition(query, reader)
        return
    await query.answer(words.say("Making the document…"))
    await _act(bot, place, ChatAction.UPLOAD_DOCUMENT)
    try:
        made = await make()
    except (BusyError, TimeoutError):
        await message.answer(
            words.say("Too many documents are being made right now. Press once more in a minute.")
        )
        return
    if made is None:
        await message.answer(gone)
        return
    name, written = made
    await message.answer_document(BufferedInputFile(written, name))


async def _act(bot: Bot, place: Place, action: ChatAction) -> None:
    await bot.send_chat_action(place.chat_id, action, message_thread_id=place.thread_id)


def _photo(chart: Chart, number: int) -> BufferedInputFile:
    return BufferedInputFile(chart.png, f"vestnik-{number + 1}.png")


def _format(stated: str) -> Format | None:
    try:
        return Format(stated)
    except ValueError:
        return None


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="documents")
    router.callback_query.register(send_edition, DocumentButton.filter())
    router.callback_query.register(send_story, StoryDocumentButton.filter())
    router.callback_query.register(send_pictures, PicturesButton.filter())
    return router
