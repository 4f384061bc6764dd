"""/language: in which language the bot speaks in this chat."""

from contextlib import suppress

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import BotCommandScopeChat, CallbackQuery, InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.beat import Beat
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.delivery.schedule import due_after
from bot.handlers.buttons import LanguageButton, language_row
from bot.handlers.commands import bot_commands
from bot.handlers.place import Place
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.start import introduction, introduction_keyboard
from bot.locales.wording import LANGUAGE_NAMES, LANGUAGES
from bot.middlewares.in_charge import OnlyInCharge


async def language(message: Message, reader: Reader) -> None:
    """Answer /language: offer the interface languages."""
    await send(
        message,
        reader.wording.say("In which language shall I speak?"),
        keyboard=InlineKeyboardMarkup(inline_keyboard=[language_row(reader.language)]),
    )


async def choose_language(
    query: CallbackQuery,
    callback_data: LanguageButton,
    bot: Bot,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    beat: Beat,
    now: Now,
) -> None:
    """Change the language of the chat, and of the message that was pressed."""
    message = pressed_message(query)
    chosen = callback_data.language
    if message is None or chosen not in LANGUAGES:
        await query.answer()
        return
    reader = await set_language(chosen, bot, archive, place, reader, now)
    if callback_data.introduction:
        text = introduction(briefings, reader, beat)
        await edit(message, text, keyboard=introduction_keyboard(reader))
    else:
        said = reader.wording.say("Language: {name}", name=LANGUAGE_NAMES[chosen])
        await edit(
            message, said, keyboard=InlineKeyboardMarkup(inline_keyboard=[language_row(chosen)])
        )
    await query.answer()


async def set_language(
    chosen: str, bot: Bot, archive: Archive, place: Place, reader: Reader, now: Now
) -> Reader:
    """Let a chat be spoken to in another language, its menu too; return its reader."""
    subscriber = await archive.subscribers.remember(
        place.chat_id,
        place.thread_id,
        language=chosen,
        time_zone=reader.time_zone,
        next_due=due_after(now()),
        now=now(),
    )
    await archive.subscribers.set_language(subscriber.id, chosen)
    reader = Reader(chosen, reader.time_zone)
    # From now on the menu of this chat speaks the chosen language, whatever its client is set to.
    # A channel has no menu.
    with suppress(TelegramBadRequest):
        await bot.set_my_commands(
            bot_commands(reader.wording), scope=BotCommandScopeChat(chat_id=place.chat_id)
        )
    return reader


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="language")
    settings = Router(name="language settings")
    settings.callback_query.middleware(OnlyInCharge())
    router.include_router(settings)
    router.message.register(language, Command("language"))
    settings.callback_query.register(choose_language, LanguageButton.filter())
    return router
