"""/person: who somebody is, by any form of their name, and the pages of the dossier."""

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, User
from aiogram.types import InlineKeyboardMarkup as Keyboard

from bot.analysis.analyst import Analyst
from bot.archive import Archive
from bot.archive.people_rows import PersonRow
from bot.briefings import Reader
from bot.briefings.dossier import DossierMaker, Page, Screen
from bot.clock import Now
from bot.delivery.schedule import due_after
from bot.formatting import clip
from bot.handlers.alerts import promised, unfollow
from bot.handlers.catching_up import catch_up
from bot.handlers.person_buttons import (
    FollowButton,
    PersonButton,
    SharedButton,
    choice_keyboard,
    dossier_keyboard,
    shared_keyboard,
)
from bot.handlers.place import Place
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.share_buttons import Sharing, quote_rows
from bot.items import Item, Kind
from bot.middlewares.in_charge import OnlyInCharge
from bot.middlewares.managing import Managing

MOST_CHOICES = 8
_EXAMPLES = 6
_NAME_LIMIT = 100
_SAID_LIMIT = 40
"""Of a name in a notice, which has room for 200 characters."""


async def person(
    message: Message,
    command: CommandObject,
    bot: Bot,
    archive: Archive,
    dossiers: DossierMaker,
    analyst: Analyst,
    reader: Reader,
    place: Place,
    operators: frozenset[int],
    sharing: Sharing,
) -> None:
    """Answer /person NAME."""
    await catch_up(analyst, bot, place)
    asked = (command.args or "").strip()
    if not asked:
        await _ask_for_name(message, archive, reader)
        return
    found = await archive.people.find(asked)
    if not found.people:
        await _nobody(message, archive, reader, asked)
    elif len(found.people) > 1:
        await _let_choose(message, reader, found.people, is_guess=found.is_guess)
    else:
        guessed = asked if found.is_guess else ""
        keys = Keys(archive, reader, place, operators, sharing)
        await show_person(message, found.people[0], dossiers, keys, asked=guessed)


async def show_person(
    message: Message, one: PersonRow, dossiers: DossierMaker, keys: "Keys", *, asked: str = ""
) -> None:
    """Send the first page of a dossier.

    asked: the name that was asked for, when it is none of the person's and was guessed.
    """
    screen = await dossiers.page(one, Page.NOW, keys.reader, asked=asked)
    keyboard = await keys.make(one, Page.NOW, screen, message.from_user)
    await send(message, screen.text, keyboard=keyboard)


async def _ask_for_name(message: Message, archive: Archive, reader: Reader) -> None:
    words = reader.wording
    examples = await archive.people.most_mentioned(_EXAMPLES)
    text = words.say("Write a name after /person, in any form: /person Tokayev")
    if examples:
        text += "\n" + words.say("Whom the articles name most:")
    await send(message, text, keyboard=choice_keyboard(examples) if examples else None)


async def _nobody(message: Message, archive: Archive, reader: Reader, asked: str) -> None:
    words = reader.wording
    text = words.say(
        "No article names “{name}”. Try the surname alone, or another spelling.",
        name=clip(asked, _NAME_LIMIT),
    )
    examples = await archive.people.most_mentioned(_EXAMPLES)
    if examples:
        text += "\n" + words.say("Whom the articles name most:")
    await send(message, text, keyboard=choice_keyboard(examples) if examples else None)


async def _let_choose(
    message: Message, reader: Reader, people: tuple[PersonRow, ...], *, is_guess: bool
) -> None:
    words = reader.wording
    text = words.say("Did you mean:") if is_guess else words.say("Several people fit. Who is it?")
    left = len(people) - MOST_CHOICES
    if left > 0:
        text += "\n" + words.count(
            "And {number} more: add the first name.",
            "And {number} more: add the first name.",
            left,
        )
    await send(message, text, keyboard=choice_keyboard(people[:MOST_CHOICES]))


async def turn(
    query: CallbackQuery,
    callback_data: PersonButton,
    archive: Archive,
    dossiers: DossierMaker,
    reader: Reader,
    place: Place,
    operators: frozenset[int],
    sharing: Sharing,
) -> None:
    """Turn to a page of a dossier, in place."""
    one = await archive.people.get(callback_data.id)
    message = pressed_message(query)
    if one is None or message is None:
        await _gone(query, reader)
        return
    page, at = callback_data.page, callback_data.at
    screen = await dossiers.page(one, page, reader, at=at)
    keys = Keys(archive, reader, place, operators, sharing)
    keyboard = await keys.make(one, page, screen, query.from_user, at=at)
    await edit(message, screen.text, keyboard=keyboard)
    await query.answer()


async def shared(
    query: CallbackQuery,
    callback_data: SharedButton,
    archive: Archive,
    dossiers: DossierMaker,
    reader: Reader,
) -> None:
    """Show the articles that name two people, in place."""
    one = await archive.people.get(callback_data.id)
    other = await archive.people.get(callback_data.other)
    message = pressed_message(query)
    if one is None or other is None or message is None:
        await _gone(query, reader)
        return
    at = max(0, callback_data.at)
    screen = await dossiers.shared(one, other, reader, at=at)
    keyboard = shared_keyboard(one, other, screen, reader.wording, at=at)
    await edit(message, screen.text, keyboard=keyboard)
    await query.answer()


async def follow(
    query: CallbackQuery,
    callback_data: FollowButton,
    archive: Archive,
    dossiers: DossierMaker,
    reader: Reader,
    place: Place,
    operators: frozenset[int],
    sharing: Sharing,
    now: Now,
) -> None:
    """Follow a person, or no longer."""
    one = await archive.people.get(callback_data.id)
    message = pressed_message(query)
    if one is None or message is None:
        await _gone(query, reader)
        return
    subscriber = await archive.subscribers.remember(
        place.chat_id,
        place.thread_id,
        language=reader.language,
        time_zone=reader.time_zone,
        next_due=due_after(now()),
        now=now(),
    )
    words = reader.wording
    if callback_data.follow:
        await archive.people.follow(subscriber.id, one.id, now=now())
        said = words.say("Noted: you follow {name}.", name=clip(one.name, _SAID_LIMIT))
        said = f"{said} {await promised(subscriber, archive, words)}"
    else:
        await unfollow(one.id, subscriber, archive)
        said = words.say("You no longer follow {name}.", name=clip(one.name, _NAME_LIMIT))
    screen = await dossiers.page(one, Page.NOW, reader)
    known = Place(place.chat_id, place.thread_id, subscriber)
    keys = Keys(archive, reader, known, operators, sharing)
    keyboard = await keys.make(one, Page.NOW, screen, query.from_user)
    await edit(message, screen.text, keyboard=keyboard)
    await query.answer(said, show_alert=callback_data.follow)


async def _gone(query: CallbackQuery, reader: Reader) -> None:
    await query.answer(
        reader.wording.say(
            "This entry is no longer here: it was joined with another one. Ask again: /person"
        ),
        show_alert=True,
    )


class Keys:
    """Makes the buttons of a dossier for the one who sees it."""

    def __init__(
        self,
        archive: Archive,
        reader: Reader,
        place: Place,
        operators: frozenset[int],
        sharing: Sharing,
    ) -> None:
        """Join the parts; sharing: how the person is passed on."""
        self.reader = reader
        self._archive = archive
        self._place = place
        self._operators = operators
        self._sharing = sharing

    async def make(
        self, one: PersonRow, page: Page, screen: Screen, user: User | None, *, at: int = 0
    ) -> Keyboard:
        """Make the buttons below a page; user: who sees it."""
        subscriber = self._place.subscriber
        follows = subscriber is not None and await self._archive.people.follows(
            subscriber.id, one.id
        )
        return dossier_keyboard(
            one,
            page,
            screen,
            self.reader.wording,
            at=at,
            follows=follows,
            quotes=quote_rows(screen.quotes),
            passing=self._sharing.buttons(Item.of(Kind.PERSON, one.id), self.reader.wording),
            is_operator=user is not None and user.id in self._operators,
        )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="person")
    router.message.middleware(Managing())
    router.callback_query.middleware(Managing())
    router.message.register(person, Command("person"))
    router.callback_query.register(turn, PersonButton.filter())
    router.callback_query.register(shared, SharedButton.filter())
    following = Router(name="follow")
    following.callback_query.middleware(OnlyInCharge())
    following.callback_query.register(follow, FollowButton.filter())
    router.include_router(following)
    return router
