"""/sources: how the sources do, and what operators do with them."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.archive import Archive
from bot.archive.source_rows import SourceRow
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.formatting import FormattedText
from bot.handlers import source_words as says
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.source_buttons import (
    SourceButton,
    SourcesButton,
    TrialButton,
    confirm_keyboard,
    key_of,
    list_keyboard,
    source_keyboard,
)
from bot.handlers.source_trial import TrialView, answer_trial, ask_address, view_of
from bot.intake.poller import Poller
from bot.middlewares.operators import OnlyOperators

PAGE = 10
"""How many sources stand on one page of the list."""

_TROUBLED_FIRST = (says.BAD, says.DOUBTFUL, says.GOOD, says.RESTING)


async def sources(
    message: Message,
    command: CommandObject,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    poller: Poller,
    now: Now,
) -> None:
    """Answer /sources: the list; /sources add ADDRESS: what is to be found there."""
    asked = (command.args or "").split()
    if not asked:
        text, keyboard = await _list(archive, briefings, reader, now(), page=0)
        await send(message, text, keyboard=keyboard)
    elif asked[0].lower() == "add" and len(asked) == 2:
        await ask_address(message, asked[1], briefings, reader, poller)
    else:
        words = reader.wording
        await send(
            message,
            words.say("/sources shows how the sources do. To add one: /sources add https://…"),
        )


async def turn_page(
    query: CallbackQuery,
    callback_data: SourcesButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: Now,
) -> None:
    """Show a page of the list in place."""
    message = pressed_message(query)
    if message is not None:
        text, keyboard = await _list(archive, briefings, reader, now(), page=callback_data.page)
        await edit(message, text, keyboard=keyboard)
    await query.answer()


async def show(
    query: CallbackQuery,
    callback_data: SourceButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: Now,
) -> None:
    """Show one source in place, after pausing or resuming it if the button says so."""
    found = await _pressed(query, callback_data, archive, reader)
    if found is None:
        return
    message, source = found
    if callback_data.do == "pause":
        await archive.sources.pause(source.spec.id)
    elif callback_data.do == "resume":
        await archive.sources.resume(source.spec.id, now=now())
    source = await archive.sources.get(source.spec.id) or source
    text = _details(source, briefings, reader, now())
    await edit(message, text, keyboard=source_keyboard(source, callback_data.page, reader.wording))
    await query.answer()


async def check(
    query: CallbackQuery,
    callback_data: SourceButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    poller: Poller,
    now: Now,
) -> None:
    """Look at a source at once, and show what it lists; nothing is stored of it."""
    found = await _pressed(query, callback_data, archive, reader)
    if found is None:
        return
    message, source = found
    await query.answer(reader.wording.say("Having a look …"))
    trial = view_of(await poller.try_source(source.spec), reader.wording)
    text = _details(source, briefings, reader, now(), trial)
    await edit(message, text, keyboard=source_keyboard(source, callback_data.page, reader.wording))


async def ask_removal(
    query: CallbackQuery, callback_data: SourceButton, archive: Archive, reader: Reader
) -> None:
    """Ask whether a source is really to be removed."""
    found = await _pressed(query, callback_data, archive, reader)
    if found is None:
        return
    message, source = found
    words = reader.wording
    question = words.say("Remove {outlet}? Its articles stay.", outlet=source.spec.outlet)
    await edit(message, question, keyboard=confirm_keyboard(source, callback_data.page, words))
    await query.answer()


async def remove(
    query: CallbackQuery,
    callback_data: SourceButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    now: Now,
) -> None:
    """Remove a source, and go back to the list."""
    found = await _pressed(query, callback_data, archive, reader)
    if found is None:
        return
    message, source = found
    await archive.sources.remove(source.spec.id, now=now())
    text, keyboard = await _list(archive, briefings, reader, now(), page=callback_data.page)
    await edit(message, text, keyboard=keyboard)
    await query.answer(reader.wording.say("{outlet} is removed.", outlet=source.spec.outlet))


async def _pressed(
    query: CallbackQuery, button: SourceButton, archive: Archive, reader: Reader
) -> tuple[Message, SourceRow] | None:
    """Find the message and the source of a button, or say that the source is gone."""
    message = pressed_message(query)
    for source in await archive.sources.listed():
        if message is not None and key_of(source.spec.id) == button.key:
            return message, source
    await query.answer(
        reader.wording.say("This source is no longer here. All of them: /sources"),
        show_alert=True,
    )
    return None


async def _list(
    archive: Archive, briefings: Briefings, reader: Reader, now: datetime, *, page: int
) -> tuple[FormattedText, InlineKeyboardMarkup]:
    """Make the list, those in trouble first, then by outlet."""
    marked = [(says.mark_of(row, now), row) for row in await archive.sources.listed()]
    marked.sort(key=lambda pair: (_TROUBLED_FIRST.index(pair[0]), pair[1].spec.outlet.lower()))
    pages = max(1, -(-len(marked) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = marked[page * PAGE : (page + 1) * PAGE]
    text = briefings.renderer.message(
        "telegram/sources.html.j2",
        reader,
        tally=says.tally(mark for mark, _ in marked),
        lines=[says.line_of(row, reader, now) for _, row in shown],
    )
    return text, list_keyboard(shown, page, pages)


def _details(
    source: SourceRow,
    briefings: Briefings,
    reader: Reader,
    now: datetime,
    trial: TrialView | None = None,
) -> FormattedText:
    return briefings.renderer.message(
        "telegram/source.html.j2",
        reader,
        spec=source.spec,
        kind=reader.wording.say(says.KINDS[source.spec.kind]),
        line=says.line_of(source, reader, now),
        facts=says.facts_of(source, reader, now),
        trial=trial,
    )


def routes() -> Router:
    """Make the router of this subject; all of it is for operators."""
    router = Router(name="sources")
    router.message.middleware(OnlyOperators())
    router.callback_query.middleware(OnlyOperators())
    router.message.register(sources, Command("sources"))
    router.callback_query.register(turn_page, SourcesButton.filter())
    is_pressed = SourceButton.filter
    router.callback_query.register(check, is_pressed(F.do == "check"))
    router.callback_query.register(ask_removal, is_pressed(F.do == "remove"))
    router.callback_query.register(remove, is_pressed(F.do == "removed"))
    router.callback_query.register(show, is_pressed())
    router.callback_query.register(answer_trial, TrialButton.filter())
    return router
