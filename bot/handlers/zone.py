"""/zone: whose clock counts, by a city typed in any language, an offset, or a shared location."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ForceReply, Location, Message

from bot.archive import Archive
from bot.briefings import Reader
from bot.clock import Now, known_zones
from bot.delivery.schedule import due_after, next_due
from bot.handlers import schedule_screens as screens
from bot.handlers.place import Place, known
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.schedule_screens import ZoneButton
from bot.locales.wording import LANGUAGES, Wording, wording
from bot.locales.zones import guess_zone, nearest_zone
from bot.middlewares.in_charge import OnlyInCharge
from bot.middlewares.managing import Managing


async def zone(
    message: Message,
    command: CommandObject,
    archive: Archive,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Answer /zone with a city or an offset; without one, ask for it."""
    if (command.args or "").strip():
        await _read(message, command.args or "", archive, reader, place, now)
    else:
        await ask_for_city(message, reader)


async def ask_for_city(message: Message, reader: Reader) -> None:
    """Ask for a city; the answer is known by being a reply to this question."""
    await send(message, _question(reader.wording), keyboard=ForceReply(selective=True))


def _question(words: Wording) -> str:
    return words.say(
        "Whose clock counts? Answer with a city, or with the distance from UTC such as +5. "
        "You can also share your location."
    )


def is_city(message: Message) -> bool:
    """Tell whether a message answers the question for a city, in whatever language it was asked."""
    asked = message.reply_to_message
    return (
        asked is not None
        and asked.from_user is not None
        and asked.from_user.is_bot
        # The name of the chat that it is about may stand above it.
        and (asked.text or "").endswith(
            tuple(_question(wording(language)) for language in LANGUAGES)
        )
    )


async def city(message: Message, archive: Archive, reader: Reader, place: Place, now: Now) -> None:
    """Read the answer to the question for a city."""
    await _read(message, message.text or "", archive, reader, place, now)


async def location(
    message: Message,
    location: Location,
    archive: Archive,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Take the zone of the city that is nearest to a shared location."""
    nearest = nearest_zone(location.latitude, location.longitude)
    await send(message, await _move(nearest, archive, reader, place, now))


async def choose(
    query: CallbackQuery,
    callback_data: ZoneButton,
    archive: Archive,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Take one of the zones that a city may have meant."""
    message = pressed_message(query)
    if message is None or callback_data.zone not in known_zones():
        await query.answer(reader.wording.say("This button is too old. Again: /subscribe"))
        return
    await edit(message, await _move(callback_data.zone, archive, reader, place, now))
    await query.answer()


async def _read(
    message: Message, said: str, archive: Archive, reader: Reader, place: Place, now: Now
) -> None:
    words = reader.wording
    guess = guess_zone(said, now())
    if not guess.zones:
        await send(
            message,
            words.say(
                "I do not know this city. Try a larger one near it, or the distance from UTC: "
                "/zone +5"
            ),
        )
    elif guess.is_sure:
        await send(message, await _move(guess.zones[0], archive, reader, place, now))
    else:
        keyboard = screens.guesses_keyboard(guess.zones, words, now())
        await send(message, words.say("Which one do you mean?"), keyboard=keyboard)


async def _move(zone: str, archive: Archive, reader: Reader, place: Place, now: Now) -> str:
    """Let a chat go by another clock, its subscription too; return what to say."""
    words = reader.wording
    subscriber = await known(place, archive, reader, now)
    running = await archive.subscribers.subscription(subscriber.id)
    name = screens.zone_name(zone, words, now())
    if running is None:
        await archive.subscribers.set_time_zone(subscriber.id, zone)
        return words.say("Your time zone: {zone}. Subscribe: /subscribe", zone=name)
    rule = replace(running.rule, zone=zone)
    due = next_due(rule, after=now())
    await archive.subscribers.subscribe(subscriber.id, rule, next_due_at=due, now=now())
    if running.paused_until is not None and running.paused_until > now():
        until = running.paused_until
        paused = await archive.subscribers.pause(subscriber.id, until, next_due=due_after(until))
        due = paused or due
    return words.say(
        "The briefing comes {schedule}. The next one: {next}.",
        schedule=screens.schedule_of(rule, words, now()),
        next=screens.moment(due, zone, words, now()),
    )


def routes() -> Router:
    """Make the router of this subject; all of it changes settings."""
    router = Router(name="zone")
    router.message.middleware(OnlyInCharge())
    router.callback_query.middleware(OnlyInCharge())
    router.message.middleware(Managing())
    router.callback_query.middleware(Managing())
    router.message.register(zone, Command("zone"))
    router.message.register(city, F.text, is_city)
    router.message.register(location, F.chat.type == ChatType.PRIVATE, F.location.as_("location"))
    router.callback_query.register(choose, ZoneButton.filter())
    return router
