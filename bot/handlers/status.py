"""/status: what is subscribed here, and when it comes next; in private, also what one manages."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.archive.rows import SubscriptionRow, Wishes
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers import schedule_screens as screens
from bot.handlers.alerts_words import promise
from bot.handlers.buttons import command_button
from bot.handlers.managing import chat_of, name_of
from bot.handlers.place import Place
from bot.handlers.reply import send

_MOST_NAMED = 10
"""Chats whose names Telegram is asked for."""


async def status(
    message: Message,
    bot: Bot,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Answer /status."""
    running = place.subscriber and await archive.subscribers.subscription(place.subscriber.id)
    wishes = await archive.wishes.of(place.subscriber.id) if place.subscriber else Wishes()
    managed = []
    if message.chat.type == ChatType.PRIVATE:
        rows = [
            row
            for row in await archive.personal.managed(message.chat.id)
            if row.subscription is not None or row.subscriber.set_up_by == message.chat.id
        ]
        for row in rows[:_MOST_NAMED]:
            chat = await chat_of(bot, row.subscriber.chat_id)
            name = name_of(chat, row.subscriber.thread_id, reader.wording)
            managed.append((name, _said(row.subscription, reader, now())))
    text = briefings.renderer.message(
        "telegram/status.html.j2",
        reader,
        own=_said(running or None, reader, now()),
        alerts=promise(wishes, reader.wording, has_briefing=bool(running)),
        managed=managed,
    )
    first = "settings" if running else "subscribe"
    names = {
        "settings": reader.wording.say("Settings"),
        "subscribe": reader.wording.say("Subscribe"),
    }
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[command_button(names[first], first)]])
    await send(message, text, keyboard=keyboard)


def _said(running: SubscriptionRow | None, reader: Reader, now: datetime) -> str | None:
    """Say when a subscription comes, by its own clock; None where none runs."""
    if running is None:
        return None
    words, rule = reader.wording, running.rule
    return words.say(
        "The briefing comes {schedule}. The next one: {next}.",
        schedule=screens.schedule_of(rule, words, now),
        next=screens.moment(running.next_due_at, rule.zone, words, now),
    )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="status")
    router.message.register(status, Command("status"))
    return router
