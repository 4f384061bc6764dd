"""*Correct* below a dossier: operators merge two people, or split a name off."""

from zlib import crc32

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive import Archive
from bot.archive.people_rows import PersonRow
from bot.briefings import Reader
from bot.clock import Now
from bot.formatting import clip
from bot.handlers.person_buttons import (
    CorrectButton,
    MergeButton,
    PersonButton,
    SplitButton,
    button,
)
from bot.handlers.reply import edit, pressed_message
from bot.middlewares.operators import OnlyOperators

MOST_CANDIDATES = 6
MOST_NAMES = 6

_NAME_LIMIT = 40


async def correct(
    query: CallbackQuery, callback_data: CorrectButton, archive: Archive, reader: Reader
) -> None:
    """Show with whom a person could be merged, and which names could be split off."""
    one = await archive.people.get(callback_data.id)
    message = pressed_message(query)
    if one is None or message is None:
        await _changed(query, reader)
        return
    words = reader.wording
    candidates = await archive.people.like(one.id, limit=MOST_CANDIDATES)
    names = await archive.people.names_in_articles(one.id)
    rows = [
        [_merge_button(words.say("It is {name}", name=_short(other)), one, other)]
        for other in candidates
    ]
    if len(names) > 1:
        rows += [
            [
                button(
                    words.say("Not them: {name}", name=f"{clip(name, _NAME_LIMIT)} ({articles})"),
                    SplitButton(id=one.id, place=place, check=_check(name)),
                )
            ]
            for place, (name, articles) in enumerate(names[:MOST_NAMES])
        ]
    rows.append([button(words.say("Back"), PersonButton(id=one.id))])
    text = words.say(
        "{name}: merge with another entry, or split off a name that is somebody else's. "
        "The correction holds for articles to come as well.",
        name=one.name,
    )
    await edit(message, text, keyboard=InlineKeyboardMarkup(inline_keyboard=rows))
    await query.answer()


async def merge(
    query: CallbackQuery, callback_data: MergeButton, archive: Archive, reader: Reader, now: Now
) -> None:
    """Merge two people, when the operator is sure."""
    one = await archive.people.get(callback_data.id)
    other = await archive.people.get(callback_data.into)
    message = pressed_message(query)
    if one is None or other is None or message is None:
        await _changed(query, reader)
        return
    words = reader.wording
    if not callback_data.sure:
        text = words.count(
            "Merge {name} ({number} article) into {other}?",
            "Merge {name} ({number} articles) into {other}?",
            one.articles,
            name=one.name,
            other=other.name,
        )
        yes = button(words.say("Merge"), MergeButton(id=one.id, into=other.id, sure=True))
        await edit(message, text, keyboard=_confirming(yes, one, reader))
        await query.answer()
        return
    if not await archive.people.merge(one.id, other.id, by=query.from_user.id, now=now()):
        await _changed(query, reader)
        return
    await edit(
        message,
        words.say("{name} and {other} are one entry now.", name=one.name, other=other.name),
        keyboard=_opening(other, reader),
    )
    await query.answer()


async def split(
    query: CallbackQuery, callback_data: SplitButton, archive: Archive, reader: Reader, now: Now
) -> None:
    """Split a name off, when the operator is sure."""
    one = await archive.people.get(callback_data.id)
    message = pressed_message(query)
    names = await archive.people.names_in_articles(callback_data.id)
    place = callback_data.place
    name = names[place][0] if 0 <= place < len(names) else ""
    if one is None or message is None or _check(name) != callback_data.check:
        await _changed(query, reader)
        return
    words = reader.wording
    if not callback_data.sure:
        text = words.say("Make {name} an entry apart from {other}?", name=name, other=one.name)
        yes = button(words.say("Split off"), callback_data.model_copy(update={"sure": True}))
        await edit(message, text, keyboard=_confirming(yes, one, reader))
        await query.answer()
        return
    new_id = await archive.people.split(one.id, name, by=query.from_user.id, now=now())
    new = None if new_id is None else await archive.people.get(new_id)
    if new is None:
        await _changed(query, reader)
        return
    await edit(
        message,
        words.say("{name} is an entry of its own now.", name=new.name),
        keyboard=_opening(new, reader),
    )
    await query.answer()


def _merge_button(text: str, one: PersonRow, other: PersonRow) -> InlineKeyboardButton:
    return button(text, MergeButton(id=one.id, into=other.id))


def _confirming(yes: InlineKeyboardButton, one: PersonRow, reader: Reader) -> InlineKeyboardMarkup:
    no = button(reader.wording.say("Back"), CorrectButton(id=one.id))
    return InlineKeyboardMarkup(inline_keyboard=[[yes, no]])


def _opening(one: PersonRow, reader: Reader) -> InlineKeyboardMarkup:
    text = reader.wording.say("Open the dossier")
    return InlineKeyboardMarkup(inline_keyboard=[[button(text, PersonButton(id=one.id))]])


def _short(one: PersonRow) -> str:
    return f"{clip(one.name, _NAME_LIMIT)} ({one.articles})"


def _check(name: str) -> int:
    return crc32(name.encode())


async def _changed(query: CallbackQuery, reader: Reader) -> None:
    await query.answer(
        reader.wording.say("Something has changed here meanwhile. Open the dossier again: /person"),
        show_alert=True,
    )


def routes() -> Router:
    """Make the router of this subject; all of it is for operators."""
    router = Router(name="person_corrections")
    router.callback_query.middleware(OnlyOperators())
    router.callback_query.register(correct, CorrectButton.filter())
    router.callback_query.register(merge, MergeButton.filter())
    router.callback_query.register(split, SplitButton.filter())
    return router
