"""/subscribe, /preview and /unsubscribe: how often, when, by whose clock; nothing to type."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.archive.rows import Frequency, Length, Rule
from bot.briefings import Briefings, Reader
from bot.briefings.wishes import filter_of
from bot.clock import Now
from bot.delivery.schedule import next_due, period
from bot.handlers import schedule_screens as screens
from bot.handlers.buttons import CommandButton
from bot.handlers.place import Place, known
from bot.handlers.reply import below, edit, pressed_message, send
from bot.handlers.schedule_screens import ScheduleButton
from bot.handlers.zone import ask_for_city
from bot.middlewares.in_charge import OnlyInCharge
from bot.middlewares.managing import Managing

MONDAY = 0
USUAL_HOUR = 9


async def subscribe(
    message: Message, archive: Archive, reader: Reader, place: Place, now: Now
) -> None:
    """Answer /subscribe: propose a schedule, or show the one that runs."""
    running = place.subscriber and await archive.subscribers.subscription(place.subscriber.id)
    words = reader.wording
    if running:
        text = words.say(
            "The briefing comes {schedule}. The next one: {next}.",
            schedule=screens.schedule_of(running.rule, words, now()),
            next=screens.moment(running.next_due_at, reader.time_zone, words, now()),
        )
        keyboard = screens.running_keyboard(ScheduleButton.of(running.rule), words)
    else:
        rule = usual_rule(reader)
        text = screens.proposal(rule, words, now())
        keyboard = screens.proposal_keyboard(ScheduleButton.of(rule), words)
    await send(message, text, keyboard=keyboard)


def usual_rule(reader: Reader) -> Rule:
    """Give the rule that is proposed to whom has none."""
    return Rule(Frequency.WEEKLY, USUAL_HOUR, reader.time_zone, weekday=MONDAY)


async def choose(
    query: CallbackQuery,
    callback_data: ScheduleButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Go one step on: show the next screen, or begin the subscription."""
    words, choice = reader.wording, callback_data
    message, rule = pressed_message(query), choice.rule()
    if message is None or rule is None:
        await query.answer(words.say("This button is too old. Again: /subscribe"))
        return
    if choice.step not in ("done", "city"):
        text, keyboard = _screen(choice, rule, reader, now)
        await edit(message, text, keyboard=keyboard)
        await query.answer()
        return
    text = await _begin(rule, query.from_user.id, archive, reader, place, now)
    await edit(message, text, keyboard=screens.running_keyboard(choice, words))
    await query.answer()
    if choice.step == "city":
        await ask_for_city(message, reader)
    elif message.chat.type == ChatType.PRIVATE:
        # A group is not to be flooded: there the button leads to it.
        await preview(message, archive, briefings, Reader(reader.language, rule.zone), place, now)


def _screen(
    choice: ScheduleButton, rule: Rule, reader: Reader, now: Now
) -> tuple[str, InlineKeyboardMarkup]:
    words = reader.wording
    if choice.step == "when":
        if rule.frequency in (Frequency.WEEKLY, Frequency.MONTHLY):
            text = words.say("On which day, and at what time?")
        else:
            text = words.say("At what time?")
        return text, screens.when_keyboard(choice, words)
    if choice.step == "zone":
        return words.say("By whose clock?"), screens.zones_keyboard(choice, words, now())
    return screens.proposal(rule, words, now()), screens.proposal_keyboard(choice, words)


async def _begin(
    rule: Rule, person: int, archive: Archive, reader: Reader, place: Place, now: Now
) -> str:
    """Begin the subscription, or move the one that runs; return what to say."""
    due = next_due(rule, after=now())
    subscriber = await known(place, archive, Reader(reader.language, rule.zone), now)
    await archive.subscribers.subscribe(
        subscriber.id, rule, next_due_at=due, now=now(), set_up_by=person
    )
    return reader.wording.say(
        "Done: the briefing comes {schedule}. The first one: {next}.",
        schedule=screens.schedule_of(rule, reader.wording, now()),
        next=screens.moment(due, rule.zone, reader.wording, now()),
    )


async def preview(
    message: Message, archive: Archive, briefings: Briefings, reader: Reader, place: Place, now: Now
) -> None:
    """Answer /preview: what an edition for this chat would tell if it came now."""
    subscriber = await known(place, archive, reader, now)
    # Another chat than this one may have another language, and gets its briefing in that.
    reader = Reader(subscriber.language, reader.time_zone)
    running = await archive.subscribers.subscription(subscriber.id)
    rule = running.rule if running else usual_rule(reader)
    start, end = period(rule, next_due(rule, after=now()))
    wishes = await archive.wishes.of(subscriber.id)
    edition = await briefings.compose(
        now(), start=now() - (end - start), zone=reader.time_zone, wanted=filter_of(wishes)
    )
    note = reader.wording.say(
        "This is how the briefing would look now. What it tells and how it comes: /settings"
    )
    if wishes.length is Length.FULL:
        note = reader.wording.say(
            "In short, what the briefing would tell now; it comes in full, with all sections. "
            "What it tells and how it comes: /settings"
        )
    await send(message, briefings.short(edition, reader, note=note))


async def unsubscribe(message: Message, archive: Archive, reader: Reader, place: Place) -> None:
    """Answer /unsubscribe and /stop."""
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
    router.message.middleware(Managing())
    router.callback_query.middleware(Managing())
    is_pressed = CommandButton.filter
    router.message.register(subscribe, Command("subscribe"))
    router.message.register(preview, Command("preview"))
    router.message.register(unsubscribe, Command("unsubscribe", "stop"))
    router.callback_query.register(below(subscribe), is_pressed(F.command == "subscribe"))
    router.callback_query.register(below(preview), is_pressed(F.command == "preview"))
    router.callback_query.register(unsubscribe_by_button, is_pressed(F.command == "unsubscribe"))
    router.callback_query.register(choose, ScheduleButton.filter())
    return router
