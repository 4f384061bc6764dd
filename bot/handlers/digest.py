"""/digest: the edition of a period, its sections in place, and the whole of it as messages."""

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, InputRichMessage, Message

from bot.analysis.analyst import Analyst
from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.briefings.calendar import calendar_of
from bot.briefings.cards import edition_key
from bot.briefings.edition_key import EditionKey
from bot.briefings.narrowing import narrow
from bot.briefings.periods import USUAL_DAYS, PeriodError, last_days, read_period
from bot.clock import Now
from bot.formatting import FormattedText, clip
from bot.handlers.catching_up import catch_up
from bot.handlers.edition_buttons import (
    OVERVIEW,
    SECTIONS,
    CalendarButton,
    EditionButton,
    WholeButton,
    edition_keyboard,
)
from bot.handlers.place import Place
from bot.handlers.reply import answer_older_edition, edit, pressed_message, send
from bot.handlers.share_buttons import Sharing

log = structlog.get_logger()

_SHOWN_OF_A_MISTAKE = 60


async def digest(
    message: Message,
    command: CommandObject,
    bot: Bot,
    archive: Archive,
    analyst: Analyst,
    briefings: Briefings,
    reader: Reader,
    place: Place,
    sharing: Sharing,
    now: Now,
) -> None:
    """Answer /digest [period] [topic or person]."""
    words = reader.wording
    try:
        asked = read_period(command.args or "", reader.time_zone, now())
    except PeriodError as error:
        await send(
            message,
            words.say(
                "There is no such period: {said}. Try /digest 7, /digest {month} or "
                "/digest 2026-W12.",
                said=clip(str(error), _SHOWN_OF_A_MISTAKE),
                month=words.month_alone(now()),
            ),
        )
        return
    # An article is told with others of its event only once it is analysed.
    await catch_up(analyst, bot, place)
    narrowed = await narrow(asked.words, archive, briefings.topics)
    if narrowed is None:
        await send(
            message,
            words.say(
                "I know neither a topic nor a person “{said}”. The topics: {topics}.",
                said=clip(asked.words, _SHOWN_OF_A_MISTAKE),
                topics=", ".join(briefings.topics.names(reader.language).values()),
            ),
        )
        return
    period = asked.period or last_days(USUAL_DAYS, now())
    key = EditionKey.of(period, narrowed.topic, narrowed.person)
    await show_edition(message, briefings, reader, key, sharing)


async def show_digest(
    message: Message, briefings: Briefings, reader: Reader, sharing: Sharing, now: Now
) -> None:
    """Send the edition of the last seven days."""
    key = EditionKey.of(last_days(USUAL_DAYS, now()))
    await show_edition(message, briefings, reader, key, sharing)


async def show_edition(
    message: Message, briefings: Briefings, reader: Reader, key: EditionKey, sharing: Sharing
) -> None:
    """Send an edition in its short form, with buttons for the rest."""
    edition = await briefings.edition(key, reader)
    text = briefings.short(edition, reader)
    keyboard = edition_keyboard(edition, key, reader.wording, sharing)
    await send(message, text, keyboard=keyboard)


async def turn(
    query: CallbackQuery,
    callback_data: EditionButton,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Turn to a section of an edition, in place."""
    key = edition_key(callback_data.key)
    section = SECTIONS.get(callback_data.section)
    message = pressed_message(query)
    if key is None or section is None or message is None:
        await answer_older_edition(query, reader)
        return
    edition = await briefings.edition(key, reader)
    parts: tuple[FormattedText, ...]
    if section == OVERVIEW:
        parts = (briefings.short(edition, reader),)
    else:
        parts = briefings.section(edition, section, reader)
    page = min(max(0, callback_data.page), len(parts) - 1)
    keyboard = edition_keyboard(
        edition, key, reader.wording, sharing, section=section, pages=len(parts), page=page
    )
    await edit(message, parts[page], keyboard=keyboard)
    await query.answer()


async def whole(
    query: CallbackQuery,
    callback_data: WholeButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    place: Place,
) -> None:
    """Send an edition whole: as one rich message where the chat wants that, else in parts."""
    key = edition_key(callback_data.key)
    message = pressed_message(query)
    if key is None or message is None:
        await answer_older_edition(query, reader)
        return
    await query.answer()
    edition = await briefings.edition(key, reader)
    known = place.subscriber
    if known is not None and (await archive.wishes.of(known.id)).is_rich:
        try:
            rich = InputRichMessage(html=briefings.rich(edition, reader))
            await message.answer_rich(rich)
        except TelegramBadRequest as error:
            log.warning("rich_message_refused", reason=error.message)
        else:
            return
    for part in briefings.digest(edition, reader):
        await send(message, part)


async def calendar(
    query: CallbackQuery,
    callback_data: CalendarButton,
    briefings: Briefings,
    reader: Reader,
    now: Now,
) -> None:
    """Send what lies ahead as a file for a calendar."""
    key = edition_key(callback_data.key)
    message = pressed_message(query)
    edition = None if key is None else await briefings.edition(key, reader)
    if edition is None or message is None or not edition.upcoming:
        await answer_older_edition(query, reader)
        return
    await query.answer()
    words = reader.wording
    written = calendar_of(briefings.said(edition, reader), now)
    await message.answer_document(
        BufferedInputFile(written, "vestnik.ics"),
        caption=words.count(
            "{number} event ahead: open the file, and your calendar takes it in.",
            "{number} events ahead: open the file, and your calendar takes them in.",
            len(edition.upcoming),
        ),
    )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="digest")
    router.message.register(digest, Command("digest"))
    router.callback_query.register(turn, EditionButton.filter())
    router.callback_query.register(whole, WholeButton.filter())
    router.callback_query.register(calendar, CalendarButton.filter())
    return router
