"""/mydata and /forgetme: what is kept about a person, given out or erased."""

import json

from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from bot.archive import Archive
from bot.briefings import Reader
from bot.handlers.reply import edit, pressed_message, send


class ForgetButton(CallbackData, prefix="fg"):
    """Forget the person who presses it, or do not."""

    sure: bool


async def my_data(message: Message, archive: Archive, reader: Reader) -> None:
    """Answer /mydata with a file."""
    if message.chat.type != ChatType.PRIVATE:
        await send(message, _only_in_private(reader))
        return
    kept = await archive.personal.export(message.chat.id)
    written = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    await message.answer_document(
        BufferedInputFile(written, "vestnik-my-data.json"),
        caption=reader.wording.say("Everything I keep about you. To erase it: /forgetme"),
    )


async def forget_me(message: Message, archive: Archive, reader: Reader) -> None:
    """Answer /forgetme: ask whether the person is sure."""
    if message.chat.type != ChatType.PRIVATE:
        await send(message, _only_in_private(reader))
        return
    words = reader.wording
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=words.say("Erase everything"), callback_data=ForgetButton(sure=True).pack()
                )
            ],
            [
                InlineKeyboardButton(
                    text=words.say("Keep it"), callback_data=ForgetButton(sure=False).pack()
                )
            ],
        ]
    )
    text = words.say(
        "Shall I forget you? Your subscription, settings, people followed, searches and what was "
        "sent to you are erased for good. Groups and channels you set up go on without your name. "
        "See it first: /mydata"
    )
    if await archive.guests.among([message.chat.id]):
        text += "\n\n" + words.say("You came by an invitation: to come back you will need another.")
    await send(message, text, keyboard=keyboard)


async def decide(
    query: CallbackQuery,
    callback_data: ForgetButton,
    bot: Bot,
    archive: Archive,
    reader: Reader,
) -> None:
    """Erase what is kept about the person of this private chat, or leave it."""
    words, message = reader.wording, pressed_message(query)
    if message is None or message.chat.id != query.from_user.id:
        await query.answer(words.say("This button no longer works. What I can do: /help"))
        return
    if not callback_data.sure:
        await edit(message, words.say("Nothing was erased."))
        await query.answer()
        return
    await archive.personal.erase(query.from_user.id)
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=message.chat.id))
    await edit(message, words.say("Done: I keep nothing about you any more. To begin anew: /start"))
    await query.answer()


def _only_in_private(reader: Reader) -> str:
    return reader.wording.say("That is between you and me: write it in our private chat.")


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="leaving")
    router.message.register(my_data, Command("mydata"))
    router.message.register(forget_me, Command("forgetme"))
    router.callback_query.register(decide, ForgetButton.filter())
    return router
