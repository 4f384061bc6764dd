"""/subscribe and /unsubscribe: day, hour and zone by buttons; nothing to type."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.archive import Archive
from bot.archive.rows import Frequency, Rule
from bot.briefings import Reader
from bot.clock import Now
from bot.delivery.schedule import due_after, next_due
from bot.handlers import schedule_screens as screens
from bot.handlers.buttons import CommandButton
from bot.handlers.place import Place
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.schedule_screens import ScheduleButton
from bot.middlewares.in_charge import OnlyInCharge

MONDAY = 0
USUAL_HOUR = 9


async def subscribe(
    message: Message, archive: Archive, reader: Reader, place: Place, now: Now
) -> None:
    """Answer /subscribe: propose a schedule, or show the one that runs."""
    running = place.subscriber and await archive.subscribers.subscription(place.subscriber.id)
    words = reader.wording
    weekday, hour = (running.rule.weekday, running.rule.hour) if running else (MONDAY, USUAL_HOUR)
    choice = ScheduleButton(step="main", weekday=weekday, hour=hour, zone=reader.time_zone)
    if running:
        text = words.say(
            "The briefing comes {schedule}. The next one: {next}.",
            schedule=screens.schedule(choice, words, now()),
            next=screens.moment(running.next_due_at, reader.time_zone, words, now()),
        )
    else:
        text = screens.proposal(choice, words, now())
    keyboard = screens.main_keyboard(choice, words, running=running is not None)
    await send(message, text, keyboard=keyboard)


async def subscribe_by_button(
    query: CallbackQuery, archive: Archive, reader: Reader, place: Place, now: Now
) -> None:
    """Do what /subscribe does, below the message whose button was pressed."""
    await query.answer()
    message = pressed_message(query)
    if message is not None:
        await subscribe(message, archive, reader, place, now)


async def choose(
    query: CallbackQuery,
    callback_data: ScheduleButton,
    archive: Archive,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Go one step on: show days, hours or zones, or begin the subscription."""
    words, choice = reader.wording, callback_data
    message = pressed_message(query)
    if message is None or not choice.is_possible():
        await query.answer(words.say("This button is too old. Again: /subscribe"))
        return
    if choice.step == "done":
        text = await _begin(choice, query.from_user.id, archive, reader, place, now)
        keyboard = screens.main_keyboard(choice, words, running=True)
    elif choice.step == "day":
        text, keyboard = words.say("Which day?"), screens.days_keyboard(choice, words)
    elif choice.step == "hour":
        text, keyboard = words.say("At what hour?"), screens.hours_keyboard(choice)
    elif choice.step == "zone":
        text, keyboard = words.say("By whose clock?"), screens.zones_keyboard(choice, words, now())
    else:
        text = screens.proposal(choice, words, now())
        keyboard = screens.main_keyboard(choice, words, running=False)
    await edit(message, text, keyboard=keyboard)
    await query.answer()


async def _begin(
    choice: ScheduleButton,
    person: int,
    archive: Archive,
    reader: Reader,
    place: Place,
    now: Now,
) -> str:
    """Begin the subscription, or move the one that runs; return what to say."""
    rule = Rule(Frequency.WEEKLY, choice.hour, choice.zone, weekday=choice.weekday)
    due = next_due(rule, after=now())
    subscriber = await archive.subscribers.remember(
        place.chat_id,
        place.thread_id,
        language=reader.language,
        time_zone=choice.zone,
        next_due=due_after(now()),
        now=now(),
    )
    await archive.subscribers.subscribe(
        subscriber.id, rule, next_due_at=due, now=now(), set_up_by=person
    )
    return reader.wording.say(
        "Done: the briefing comes {schedule}. The first one: {next}.",
        schedule=screens.schedule(choice, reader.wording, now()),
        next=screens.moment(due, choice.zone, reader.wording, now()),
    )


async def unsubscribe(message: Message, archive: Archive, reader: Reader, place: Place) -> None:
    """Answer /unsubscribe."""
    text = await _end(archive, reader, place)
    await send(message, text, keyboard=screens.again_keyboard(reader.wording))


async def unsubscribe_by_button(
    query: CallbackQuery, archive: Archive, reader: Reader, place: Place
) -> None:
    """End the subscription from the button below it."""
    message = pressed_message(query)
    if message is not None:
        text = await _end(archive, reader, place)
        await edit(message, text, keyboard=screens.again_keyboard(reader.wording))
    await query.answer()


async def _end(archive: Archive, reader: Reader, place: Place) -> str:
    ended = place.subscriber is not None and await archive.subscribers.unsubscribe(
        place.subscriber.id
    )
    if ended:
        return reader.wording.say("No more briefings will come. Everything else works as before.")
    return reader.wording.say("There is no subscription here, so nothing will come by itself.")


def routes() -> Router:
    """Make the router of this subject; all of it changes settings."""
    router = Router(name="subscribe")
    router.message.middleware(OnlyInCharge())
    router.callback_query.middleware(OnlyInCharge())
    is_pressed = CommandButton.filter
    router.message.register(subscribe, Command("subscribe"))
    router.message.register(unsubscribe, Command("unsubscribe"))
    router.callback_query.register(subscribe_by_button, is_pressed(F.command == "subscribe"))
    router.callback_query.register(unsubscribe_by_button, is_pressed(F.command == "unsubscribe"))
    router.callback_query.register(choose, ScheduleButton.filter())
    return router
