"""/groups: groups and channels subscribed, and their settings opened, from the private chat."""

import asyncio
from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    CallbackQuery,
    ChatAdministratorRights,
    ChatShared,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.access import Access
from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.delivery.schedule import due_after, next_due
from bot.formatting import FormattedText
from bot.handlers import schedule_screens as screens
from bot.handlers.buttons import CommandButton
from bot.handlers.managing import (
    Managed,
    chat_of,
    manages,
    managing,
    name_of,
    subscriber_of,
    take_charge,
)
from bot.handlers.place import Place
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.settings import main_screen
from bot.handlers.subscribe import usual_rule
from bot.row_numbers import RowNumber

_GROUP, _CHANNEL = 1, 2


class OpenButton(CallbackData, prefix="go"):
    """Show the settings of a chat that the person manages."""

    subscriber: RowNumber


async def groups(message: Message, bot: Bot, archive: Archive, reader: Reader) -> None:
    """Answer /groups: list what the person subscribed, and offer to add another chat."""
    words = reader.wording
    if message.chat.type != ChatType.PRIVATE:
        await send(message, words.say("Here the administrators send /subscribe and /settings."))
        return
    text, keyboard = await _list(message.chat.id, bot, archive, reader)
    if keyboard.inline_keyboard:
        await send(message, text, keyboard=keyboard)
    await message.answer(
        words.say(
            "Choose a group or a channel that you manage: I join it and send the briefing there "
            "by your own schedule."
        ),
        reply_markup=_request_keyboard(reader),
    )


async def groups_by_button(
    query: CallbackQuery, bot: Bot, archive: Archive, reader: Reader
) -> None:
    """Show the list in place of the settings of one of them."""
    await query.answer()
    message = pressed_message(query)
    if message is not None and message.chat.type == ChatType.PRIVATE:
        text, keyboard = await _list(query.from_user.id, bot, archive, reader)
        await edit(message, text, keyboard=keyboard)


async def _list(
    person_id: int, bot: Bot, archive: Archive, reader: Reader
) -> tuple[str, InlineKeyboardMarkup]:
    """List the chats of a person, one button each."""
    words = reader.wording
    rows = await archive.personal.managed(person_id)
    chat_ids = {row.subscriber.chat_id for row in rows}
    found = await asyncio.gather(*(chat_of(bot, chat_id) for chat_id in chat_ids))
    chats = dict(zip(chat_ids, found, strict=True))
    buttons = []
    for row in rows:
        name = name_of(chats[row.subscriber.chat_id], row.subscriber.thread_id, words)
        if row.subscription is None:
            name = words.say("{name}: no subscription", name=name)
        data = OpenButton(subscriber=row.subscriber.id).pack()
        buttons.append([InlineKeyboardButton(text=name, callback_data=data)])
    text = words.say(
        "Your groups and channels. Press one to change what comes there and when, or to end it. A "
        "topic of a forum is listed once /subscribe was sent in it."
    )
    return text, InlineKeyboardMarkup(inline_keyboard=buttons)


async def open_(
    query: CallbackQuery,
    callback_data: OpenButton,
    bot: Bot,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: Now,
) -> None:
    """Show the settings of a chat in place of the list."""
    words, message = reader.wording, pressed_message(query)
    if message is None or message.chat.type != ChatType.PRIVATE:
        text = words.say("This button is too old. Again: /groups")
        await query.answer(text, show_alert=True)
        return
    managed = await take_charge(bot, archive, query.from_user.id, callback_data.subscriber, words)
    if isinstance(managed, str):
        await query.answer(managed, show_alert=True)
        return
    with managing(managed):
        screen = await _settings_of(managed, archive, briefings, reader, now)
        await edit(message, screen[0], keyboard=screen[1])
    await query.answer()


async def open_by_link(
    message: Message,
    subscriber_id: int,
    bot: Bot,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: Now,
) -> None:
    """Show the settings of the chat whose name was pressed."""
    managed = await take_charge(bot, archive, message.chat.id, subscriber_id, reader.wording)
    if isinstance(managed, str):
        await send(message, managed)
        return
    with managing(managed):
        screen = await _settings_of(managed, archive, briefings, reader, now)
        await send(message, screen[0], keyboard=screen[1])


async def _settings_of(
    managed: Managed, archive: Archive, briefings: Briefings, reader: Reader, now: Now
) -> tuple[FormattedText | str, InlineKeyboardMarkup]:
    row = managed.subscriber
    return await main_screen(row, archive, briefings, Reader(reader.language, row.time_zone), now())


def linked(message: Message, command: CommandObject) -> dict[str, int] | bool:
    """Read which chat /start is about; False where it is about something else."""
    subscriber_id = subscriber_of(command.args or "")
    return False if subscriber_id is None else {"subscriber_id": subscriber_id}


def _request_keyboard(reader: Reader) -> ReplyKeyboardMarkup:
    words = reader.wording
    group = KeyboardButtonRequestChat(
        request_id=_GROUP,
        chat_is_channel=False,
        user_administrator_rights=_rights(),
        bot_is_member=True,
        request_title=True,
    )
    channel = KeyboardButtonRequestChat(
        request_id=_CHANNEL,
        chat_is_channel=True,
        user_administrator_rights=_rights(can_post_messages=True),
        bot_administrator_rights=_rights(can_post_messages=True),
        request_title=True,
    )
    return ReplyKeyboardMarkup(
        keyboard=[
            [
                KeyboardButton(text=words.say("A group"), request_chat=group),
                KeyboardButton(text=words.say("A channel"), request_chat=channel),
            ]
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def _rights(*, can_post_messages: bool | None = None) -> ChatAdministratorRights:
    return ChatAdministratorRights(
        is_anonymous=False,
        can_manage_chat=True,
        can_delete_messages=False,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=False,
        can_change_info=False,
        can_invite_users=False,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
        can_send_welcome_messages=False,
        can_post_messages=can_post_messages,
    )


async def shared(
    message: Message,
    chosen: ChatShared,
    bot: Bot,
    archive: Archive,
    access: Access,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Subscribe the chosen chat, if the person is in charge of it, by the person's own schedule."""
    words = reader.wording
    chat = await chat_of(bot, chosen.chat_id)
    if chat is None:
        text = words.say("I am not in that chat yet. Add me there, then choose it again: /groups")
    elif not await manages(bot, chat.id, message.chat.id):
        text = words.say("Only an administrator of that chat can do this.")
    else:
        running = place.subscriber and await archive.subscribers.subscription(place.subscriber.id)
        rule = replace(running.rule if running else usual_rule(reader), zone=reader.time_zone)
        due = next_due(rule, after=now())
        subscriber = await archive.subscribers.remember(
            chat.id,
            None,
            language=reader.language,
            time_zone=rule.zone,
            next_due=due_after(now()),
            now=now(),
        )
        await archive.subscribers.subscribe(
            subscriber.id, rule, next_due_at=due, now=now(), set_up_by=message.chat.id
        )
        await access.let_in(chat.id, by=message.chat.id, now=now())
        text = words.say(
            "Done: “{title}” gets the briefing {schedule}. The first one: {next}. Its own schedule "
            "and settings, and how to end it: /groups",
            title=chat.title or "",
            schedule=screens.schedule_of(rule, words, now()),
            next=screens.moment(due, rule.zone, words, now()),
        )
    await message.answer(text, reply_markup=ReplyKeyboardRemove())


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="groups")
    router.message.register(groups, Command("groups"))
    router.message.register(shared, F.chat.type == ChatType.PRIVATE, F.chat_shared.as_("chosen"))
    router.message.register(
        open_by_link, F.chat.type == ChatType.PRIVATE, CommandStart(deep_link=True), linked
    )
    router.callback_query.register(groups_by_button, CommandButton.filter(F.command == "groups"))
    router.callback_query.register(open_, OpenButton.filter())
    return router
