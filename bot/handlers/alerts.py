"""/alerts: what is told at once; and the end of it, by the button below what was told."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.archive import Archive
from bot.archive.alert_rows import Why
from bot.archive.rows import SubscriberRow
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.formatting import clip
from bot.handlers.alerts_buttons import StopButton, search_mark
from bot.handlers.alerts_screen import alerts_screen
from bot.handlers.alerts_words import promise
from bot.handlers.buttons import CommandButton
from bot.handlers.place import Place, known
from bot.handlers.reply import below, send
from bot.handlers.settings_screens import Shown
from bot.locales.wording import Wording
from bot.middlewares.in_charge import OnlyInCharge
from bot.middlewares.managing import Managing

_NAME_LIMIT = 60


async def alerts(
    message: Message, archive: Archive, briefings: Briefings, reader: Reader, place: Place, now: Now
) -> None:
    """Answer /alerts."""
    subscriber = await known(place, archive, reader, now)
    shown = Shown(
        await archive.wishes.of(subscriber.id),
        await archive.wishes.followed(subscriber.id),
        await archive.subscribers.subscription(subscriber.id),
        subscriber.language,
    )
    saved = await archive.searches.saved(subscriber.id)
    text, keyboard = alerts_screen(shown, saved, briefings, reader)
    await send(message, text, keyboard=keyboard)


async def promised(subscriber: SubscriberRow, archive: Archive, words: Wording) -> str:
    """Say when a chat hears of what it follows or searches for."""
    wishes = await archive.wishes.of(subscriber.id)
    running = await archive.subscribers.subscription(subscriber.id)
    return promise(wishes, words, has_briefing=running is not None)


async def stop(
    query: CallbackQuery,
    callback_data: StopButton,
    archive: Archive,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Tell a chat of a person, of its topics or of what answers a search no longer."""
    subscriber = await known(place, archive, reader, now)
    said = await _stop(callback_data, subscriber, archive, reader, now)
    await query.answer(said, show_alert=True)


async def _stop(
    pressed: StopButton, subscriber: SubscriberRow, archive: Archive, reader: Reader, now: Now
) -> str:
    words = reader.wording
    if pressed.why is Why.TOPIC:
        moment = now()
        await archive.wishes.change(
            subscriber.id, lambda old: replace(old, alert_topics=False, alerts_since=moment)
        )
        await archive.alerts.drop(subscriber.id, (Why.TOPIC, pressed.what))
        return words.say("No more alerts about topics; the briefing tells of them as before.")
    if pressed.why is Why.SEARCH:
        await drop_search(pressed.what, subscriber, archive)
        return words.say("This search is no longer saved.")
    is_number = pressed.what.isascii() and pressed.what.isdecimal() and len(pressed.what) < 10
    person = await archive.people.get(int(pressed.what)) if is_number else None
    if person is None:
        return words.say("This button is too old. Again: /alerts")
    await unfollow(person.id, subscriber, archive)
    return words.say("You no longer follow {name}.", name=clip(person.name, _NAME_LIMIT))


async def unfollow(person_id: int, subscriber: SubscriberRow, archive: Archive) -> None:
    """Let a chat follow somebody no longer; what was held back for that is forgotten."""
    await archive.people.unfollow(subscriber.id, person_id)
    await archive.alerts.drop(subscriber.id, (Why.PERSON, str(person_id)))


async def drop_search(mark: str, subscriber: SubscriberRow, archive: Archive) -> None:
    """Forget the saved search of a mark, if there is one, and what was held back for it."""
    for row in await archive.searches.saved(subscriber.id):
        if search_mark(row.text) == mark:
            await archive.searches.drop(subscriber.id, row.text)
            await archive.alerts.drop(subscriber.id, (Why.SEARCH, row.text))


def routes() -> Router:
    """Make the router of this subject; all of it changes settings."""
    router = Router(name="alerts")
    router.message.middleware(OnlyInCharge())
    router.callback_query.middleware(OnlyInCharge())
    router.message.middleware(Managing())
    router.callback_query.middleware(Managing())
    router.message.register(alerts, Command("alerts"))
    router.callback_query.register(below(alerts), CommandButton.filter(F.command == "alerts"))
    router.callback_query.register(stop, StopButton.filter())
    return router
