"""/broadcast: what an operator tells all chats, shown as it will arrive before it goes out."""

import json
from datetime import timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ForceReply, Message

from bot.archive import Archive
from bot.archive.broadcast_rows import EVERYBODY, PRIVATE, BroadcastRow, BroadcastState
from bot.archive.rows import PartRow
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.delivery.pace import Pacer
from bot.formatting import FormattedText, cut
from bot.handlers.broadcast_screens import BroadcastButton, progress_screen, proposal_screen
from bot.handlers.reply import edit, pressed_message, send
from bot.locales.wording import LANGUAGES, Wording, wording
from bot.middlewares.operators import OnlyOperators

_FRESH = timedelta(days=1)
"""How long a draft can be sent: an old button pressed by mistake must not tell everybody."""

_FOUND_BY_TELEGRAM = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)
"""Kinds of entities that nobody has to send."""


async def broadcast(
    message: Message,
    command: CommandObject,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    pacer: Pacer,
    now: Now,
) -> None:
    """Answer /broadcast: take the text after it, or the message it replies to, or ask for one."""
    words = reader.wording
    if message.chat.type != ChatType.PRIVATE:
        await send(message, words.say("That is between you and me: write it in our private chat."))
    elif (command.args or "").strip():
        await _propose(message, _after_command(message), archive, briefings, reader, pacer, now)
    elif message.reply_to_message is not None and not is_question(message.reply_to_message):
        said = _written(message.reply_to_message)
        await _propose(message, said, archive, briefings, reader, pacer, now)
    else:
        await message.answer(_question(words), reply_markup=ForceReply(selective=True))


async def answer(
    message: Message,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    pacer: Pacer,
    now: Now,
) -> None:
    """Take the answer to the question for a message."""
    await _propose(message, _written(message), archive, briefings, reader, pacer, now)


async def press(
    query: CallbackQuery,
    callback_data: BroadcastButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    pacer: Pacer,
    now: Now,
) -> None:
    """Choose to whom, send, or cancel; then show how it stands."""
    message = pressed_message(query)
    found = await archive.broadcasts.get(callback_data.id)
    is_draft = found is not None and found.state is BroadcastState.DRAFT
    is_stale = is_draft and found is not None and now() - found.created_at > _FRESH
    if message is None or found is None or is_stale:
        text = reader.wording.say("This button is too old. Again: /broadcast")
        await query.answer(text, show_alert=True)
        return
    if callback_data.do == "to" and callback_data.audience in (EVERYBODY, PRIVATE, *LANGUAGES):
        await archive.broadcasts.address(found.id, callback_data.audience)
    elif callback_data.do == "send":
        await archive.broadcasts.start(
            found.id, chat_id=message.chat.id, message_id=message.message_id, now=now()
        )
    elif callback_data.do == "cancel":
        await archive.broadcasts.cancel(found.id, now())
    await query.answer()
    found = await archive.broadcasts.get(found.id)
    if found is not None:
        await _show(message, found, archive, briefings, reader, pacer)


async def _show(
    message: Message,
    found: BroadcastRow,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    pacer: Pacer,
) -> None:
    if found.state is BroadcastState.DRAFT:
        audiences, pace = await archive.copies.audiences(), pacer.pace.overall
        text, keyboard = proposal_screen(found, audiences, briefings.renderer, reader, pace=pace)
        await edit(message, text, keyboard=keyboard)
        return
    progress = await archive.copies.progress(found)
    said, stop = progress_screen(briefings.renderer, found, progress, reader)
    await edit(message, said, keyboard=stop)


async def _propose(
    message: Message,
    said: FormattedText | None,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    pacer: Pacer,
    now: Now,
) -> None:
    """Show a message as it will arrive, and ask whether and to whom to send it."""
    words = reader.wording
    if said is None or message.from_user is None:
        await send(
            message,
            words.say("I can send text only. Write it as text, formatted as you like: /broadcast"),
        )
        return
    try:
        await send(message, said)
    except TelegramBadRequest:
        await send(
            message,
            words.say("Telegram does not take this message. Write it anew, please: /broadcast"),
        )
        return
    part = PartRow(0, said.text, json.dumps(said.entities, ensure_ascii=False))
    draft = await archive.broadcasts.draft([part], made_by=message.from_user.id, now=now())
    text, keyboard = proposal_screen(
        draft,
        await archive.copies.audiences(),
        briefings.renderer,
        reader,
        pace=pacer.pace.overall,
    )
    await send(message, text, keyboard=keyboard)


def _after_command(message: Message) -> FormattedText | None:
    """Give what stands after the command, with its formatting."""
    text = message.text or ""
    return _of(message, len(text.split(maxsplit=1)[0]))


def _written(message: Message) -> FormattedText | None:
    """Give the text of a message with its formatting; None where there is none."""
    return _of(message, 0)


def _of(message: Message, start: int) -> FormattedText | None:
    entities = tuple(
        entity.model_dump(mode="json", exclude_none=True)
        for entity in message.entities or []
        if entity.type not in _FOUND_BY_TELEGRAM
    )
    said = cut(FormattedText(message.text or "", entities), start)
    return said if said.text else None


def _question(words: Wording) -> str:
    return words.say(
        "What shall I send? Answer with the message, formatted as you like. Before anybody gets "
        "it, I show how it will arrive."
    )


def is_question(message: Message) -> bool:
    """Tell whether a message is the question for a broadcast, in whatever language."""
    return (
        message.from_user is not None
        and message.from_user.is_bot
        and message.text in {_question(wording(language)) for language in LANGUAGES}
    )


def is_answer(message: Message) -> bool:
    """Tell whether a message answers that question; a command does something else."""
    asked = message.reply_to_message
    return asked is not None and is_question(asked) and not (message.text or "").startswith("/")


def routes() -> Router:
    """Make the router of this subject, for operators alone."""
    router = Router(name="broadcast")
    router.message.middleware(OnlyOperators())
    router.callback_query.middleware(OnlyOperators())
    router.message.register(broadcast, Command("broadcast"))
    router.message.register(answer, F.chat.type == ChatType.PRIVATE, is_answer)
    router.callback_query.register(press, BroadcastButton.filter())
    return router
