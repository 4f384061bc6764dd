"""/settings: what the briefing of a chat tells and how it comes, on one screen edited in place."""

from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.archive.rows import SubscriberRow
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.delivery.schedule import due_after
from bot.formatting import FormattedText
from bot.handlers import settings_screens as screens
from bot.handlers.alerts import drop_search, unfollow
from bot.handlers.alerts_screen import alerts_screen
from bot.handlers.buttons import CommandButton
from bot.handlers.language import set_language
from bot.handlers.managing import managed_now
from bot.handlers.place import Place, known
from bot.handlers.reply import below, edit, pressed_message, send
from bot.handlers.settings_screens import SettingsButton, Shown
from bot.handlers.typed_wishes import (
    DayError,
    WordsError,
    alerting,
    changed_by,
    day_begins,
    excluding,
    from_now,
    including,
    read_day,
    read_words,
)
from bot.locales.wording import LANGUAGES, Wording
from bot.middlewares.in_charge import OnlyInCharge
from bot.middlewares.managing import Managing

_AFTER = {
    "topic": "topics",
    "unfollow": "people",
    "only": "people",
    "drop": "words",
} | dict.fromkeys(("perday", "atonce", "alerttopics", "unsave"), "alerts")
"""Which screen comes after a change; the first one after all others."""
_LONGEST_PAUSE = timedelta(days=366)


async def settings(
    message: Message, archive: Archive, briefings: Briefings, reader: Reader, place: Place, now: Now
) -> None:
    """Answer /settings."""
    subscriber = await known(place, archive, reader, now)
    text, keyboard = await main_screen(subscriber, archive, briefings, reader, now())
    await send(message, text, keyboard=keyboard)


async def main_screen(
    subscriber: SubscriberRow,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: datetime,
) -> tuple[FormattedText | str, InlineKeyboardMarkup]:
    """Make the screen of all settings of a chat, as the reader is told them at `now` (aware)."""
    return await _screen("main", subscriber, archive, briefings, reader, now)


async def press(
    query: CallbackQuery,
    callback_data: SettingsButton,
    bot: Bot,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Change what was pressed, if anything, and show the screen that comes then."""
    what, value = callback_data.what, callback_data.value
    message = pressed_message(query)
    if message is None:
        await query.answer(_too_old(reader.wording), show_alert=True)
        return
    subscriber = await known(place, archive, reader, now)
    if what == "language" and value in LANGUAGES:
        spoken = await set_language(value, bot, archive, place, reader, now)
        subscriber = replace(subscriber, language=value)
        # Whoever manages another chat is spoken to as before.
        reader = reader if managed_now() else spoken
    elif value and not await _change(what, value, subscriber, archive, briefings, now()):
        await query.answer(_too_old(reader.wording), show_alert=True)
        return
    shown = _AFTER.get(what, "main") if value else what
    text, keyboard = await _screen(shown, subscriber, archive, briefings, reader, now())
    await edit(message, text, keyboard=keyboard)
    await query.answer()


async def _change(
    what: str,
    value: str,
    subscriber: SubscriberRow,
    archive: Archive,
    briefings: Briefings,
    now: datetime,
) -> bool:
    """Change one thing; return False where a button asks for what cannot be."""
    if what == "pause":
        if value not in {"0", *map(str, screens.PAUSES)}:
            return False
        await _pause(subscriber, now + timedelta(days=int(value)), archive, now)
        return True
    if what == "unsave":
        await drop_search(value, subscriber, archive)
        return True
    if what == "unfollow":
        is_number = value.isascii() and value.isdecimal() and len(value) < 10
        if is_number:
            await unfollow(int(value), subscriber, archive)
        return is_number
    change = alerting(what, value, now) or changed_by(what, value, briefings)
    if change is None:
        return False
    await archive.wishes.change(subscriber.id, from_now(change, now) if what == "topic" else change)
    return True


async def include(
    message: Message,
    command: CommandObject,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Answer /include and /exclude: add words; without any, show those there are."""
    subscriber = await known(place, archive, reader, now)
    try:
        added = read_words(command.args or "")
        if added:
            change = including(added) if command.command == "include" else excluding(added)
            await archive.wishes.change(subscriber.id, change)
    except WordsError as error:
        await send(message, error.sentence(reader.wording))
        return
    text, keyboard = await _screen("words", subscriber, archive, briefings, reader, now())
    await send(message, text, keyboard=keyboard)


async def pause(
    message: Message,
    command: CommandObject,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Answer /pause: let nothing come until a day; without one, offer some."""
    words = reader.wording
    subscriber = await known(place, archive, reader, now)
    if await archive.subscribers.subscription(subscriber.id) is None:
        await send(message, words.say("There is nothing to pause yet. Subscribe: /subscribe"))
        return
    if not (command.args or "").strip():
        text, keyboard = await _screen("pause", subscriber, archive, briefings, reader, now())
        await send(message, text, keyboard=keyboard)
        return
    try:
        until = day_begins(read_day(command.args or "", reader.time_zone, now()), reader.time_zone)
        if not now() < until <= now() + _LONGEST_PAUSE:
            raise DayError
    except DayError:
        await send(
            message,
            words.say(
                "I need a day within the next year, such as /pause {day} or /pause 2027-01-15.",
                day="15.01",
            ),
        )
        return
    await _pause(subscriber, until, archive, now())
    text, keyboard = await _screen("main", subscriber, archive, briefings, reader, now())
    await send(message, text, keyboard=keyboard)


async def _pause(
    subscriber: SubscriberRow, until: datetime, archive: Archive, now: datetime
) -> None:
    # A moment of the rule at the very end of the pause is no longer paused.
    after = max(now, until - timedelta(seconds=1))
    ends = until if until > now else None
    await archive.subscribers.pause(subscriber.id, ends, next_due=due_after(after))


async def _screen(
    name: str,
    subscriber: SubscriberRow,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: datetime,
) -> tuple[FormattedText | str, InlineKeyboardMarkup]:
    shown = Shown(
        await archive.wishes.of(subscriber.id),
        await archive.wishes.followed(subscriber.id),
        await archive.subscribers.subscription(subscriber.id),
        subscriber.language,
        is_managed=managed_now() is not None,
    )
    if name == "alerts":
        saved = await archive.searches.saved(subscriber.id)
        return alerts_screen(shown, saved, briefings, reader)
    return screens.screen(name, shown, briefings, reader, now)


def _too_old(words: Wording) -> str:
    return words.say("This button is too old. Again: /settings")


def routes() -> Router:
    """Make the router of this subject; all of it changes settings."""
    router = Router(name="settings")
    router.message.middleware(OnlyInCharge())
    router.callback_query.middleware(OnlyInCharge())
    router.message.middleware(Managing())
    router.callback_query.middleware(Managing())
    router.message.register(settings, Command("settings"))
    router.message.register(include, Command("include", "exclude"))
    router.message.register(pause, Command("pause"))
    router.callback_query.register(below(settings), CommandButton.filter(F.command == "settings"))
    router.callback_query.register(press, SettingsButton.filter())
    return router
