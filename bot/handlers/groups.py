"""/groups: subscribing groups and channels from the private chat, and ending that."""

from contextlib import suppress
from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    CallbackQuery,
    ChatAdministratorRights,
    ChatFullInfo,
    ChatShared,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.archive import Archive
from bot.briefings import Reader
from bot.clock import Now
from bot.delivery.schedule import due_after, next_due
from bot.handlers import schedule_screens as screens
from bot.handlers.place import Place
from bot.handlers.reply import pressed_message, send
from bot.handlers.subscribe import usual_rule

_GROUP, _CHANNEL = 1, 2
_IN_CHARGE = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)
_LONGEST_NAME = 40


class EndButton(CallbackData, prefix="ge"):
    """End the subscription of a chat that the person manages."""

    subscriber: int


async def groups(message: Message, bot: Bot, archive: Archive, reader: Reader) -> None:
    """Answer /groups: list what the person subscribed, and offer to add another chat."""
    words = reader.wording
    if message.chat.type != ChatType.PRIVATE:
        await send(message, words.say("Here the administrators send /subscribe and /settings."))
        return
    rows = []
    for row in await archive.personal.managed(message.chat.id):
        if row.subscription is None:
            continue
        chat = await _chat(bot, row.subscriber.chat_id)
        name = (chat.title if chat else None) or words.say("one of your groups or channels")
        data = EndButton(subscriber=row.subscriber.id).pack()
        rows.append([InlineKeyboardButton(text=f"✕ {name[:_LONGEST_NAME]}", callback_data=data)])
    if rows:
        text = words.say("These get the briefing; ✕ ends it. When each comes: /status")
        await send(message, text, keyboard=InlineKeyboardMarkup(inline_keyboard=rows))
    await message.answer(
        words.say(
            "Choose a group or a channel that you manage: I join it and send the briefing there "
            "by your own schedule."
        ),
        reply_markup=_request_keyboard(reader),
    )


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
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Subscribe the chosen chat, if the person is in charge of it, by the person's own schedule."""
    words = reader.wording
    chat = await _chat(bot, chosen.chat_id)
    if chat is None:
        text = words.say("I am not in that chat yet. Add me there, then choose it again: /groups")
    elif not await _is_in_charge(bot, chat.id, message.chat.id):
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
        text = words.say(
            "Done: “{title}” gets the briefing {schedule}. The first one: {next}. Another schedule "
            "for it: in a group, /subscribe there; for a channel, change your own and choose it "
            "again. End it: /groups",
            title=chat.title or "",
            schedule=screens.schedule_of(rule, words, now()),
            next=screens.moment(due, rule.zone, words, now()),
        )
    await message.answer(text, reply_markup=ReplyKeyboardRemove())


async def end(
    query: CallbackQuery, callback_data: EndButton, bot: Bot, archive: Archive, reader: Reader
) -> None:
    """End the subscription of a chat that the person set up and is still in charge of."""
    words, message = reader.wording, pressed_message(query)
    managed = await archive.personal.managed(query.from_user.id)
    row = next((row for row in managed if row.subscriber.id == callback_data.subscriber), None)
    if message is None or row is None:
        await query.answer(words.say("This button is too old. Again: /groups"), show_alert=True)
        return
    if not await _is_in_charge(bot, row.subscriber.chat_id, query.from_user.id):
        refusal = words.say("Only an administrator of that chat can do this.")
        await query.answer(refusal, show_alert=True)
        return
    await archive.subscribers.unsubscribe(row.subscriber.id)
    await query.answer(words.say("No more briefings will come there."))
    kept = [
        line
        for line in (message.reply_markup.inline_keyboard if message.reply_markup else [])
        if line[0].callback_data != query.data
    ]
    with suppress(TelegramAPIError):
        await message.edit_reply_markup(reply_markup=InlineKeyboardMarkup(inline_keyboard=kept))


async def _chat(bot: Bot, chat_id: int) -> ChatFullInfo | None:
    with suppress(TelegramAPIError):
        return await bot.get_chat(chat_id)
    return None


async def _is_in_charge(bot: Bot, chat_id: int, person_id: int) -> bool:
    """Ask Telegram whether a person manages a chat; what it does not tell counts as no."""
    with suppress(TelegramAPIError):
        return (await bot.get_chat_member(chat_id, person_id)).status in _IN_CHARGE
    return False


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="groups")
    router.message.register(groups, Command("groups"))
    router.message.register(shared, F.chat.type == ChatType.PRIVATE, F.chat_shared.as_("chosen"))
    router.callback_query.register(end, EndButton.filter())
    return router
