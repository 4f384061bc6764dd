"""*Cite…*: an item as a citation, as a document, and as text for an e-mail."""

from aiogram import Bot, Router
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.briefings import Briefings, Reader
from bot.briefings.cards import edition_key
from bot.briefings.citations import STYLES, Cited, cited, fitted
from bot.briefings.documents.make import Format, PaperFormat
from bot.briefings.documents.press import Press
from bot.briefings.letters import Letters, Passed
from bot.clock import Now
from bot.formatting import MESSAGE_LIMIT, utf16_length
from bot.handlers.documents import send_made
from bot.handlers.pass_on_buttons import (
    CiteButton,
    LetterButton,
    PaperButton,
    letter_button,
    paper_row,
)
from bot.handlers.place import Place
from bot.handlers.reply import answer_older_edition, pressed_message, send
from bot.items import Item, Kind

_PAPER: dict[str, PaperFormat] = {Format.PDF: Format.PDF, Format.DOCX: Format.DOCX}


async def cite(
    query: CallbackQuery,
    callback_data: CiteButton,
    briefings: Briefings,
    letters: Letters,
    reader: Reader,
    now: Now,
) -> None:
    """Show the citations of an item, and what else can be made of it."""
    item, message = Item.read(callback_data.item), pressed_message(query)
    if item is None or message is None:
        await answer_older_edition(query, reader)
        return
    passed = await letters.passed(item, reader, chat_id=message.chat.id)
    if passed is None:
        await query.answer(gone(item, reader), show_alert=True)
        return
    await query.answer()
    article = passed.article
    one = None if article is None else cited(article, now=now(), zone=reader.time_zone)
    parts = briefings.renderer.messages(
        "telegram/pass_on.html.j2",
        reader,
        title=passed.title,
        citations=[(style, write(one)) for style, write in STYLES.items()] if one else [],
        has_paper=passed.paper is not None,
    )
    keyboard = _keyboard(item, passed, one, reader)
    for part in parts:
        await send(message, part, keyboard=keyboard if part is parts[-1] else None)


def _keyboard(
    item: Item, passed: Passed, one: Cited | None, reader: Reader
) -> InlineKeyboardMarkup:
    words = reader.wording
    copying = []
    for style in STYLES if one is not None else ():
        text = None if one is None else fitted(one, style)
        if text is not None:
            label = words.say("Copy: {style}", style=style)
            copying.append(InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text)))
    rows = [copying] if copying else []
    if passed.paper is not None:
        rows.append(paper_row(passed.paper))
    rows.append([letter_button(item, words)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def paper(
    query: CallbackQuery,
    callback_data: PaperButton,
    bot: Bot,
    press: Press,
    reader: Reader,
    place: Place,
) -> None:
    """Send an item as a document."""
    item, format_ = Item.read(callback_data.item), _PAPER.get(callback_data.format)
    if item is None or format_ is None or item.kind in (Kind.ARTICLE, Kind.QUOTE):
        await answer_older_edition(query, reader)
        return

    async def make() -> tuple[str, bytes] | None:
        if item.kind is Kind.PERSON:
            return await press.person(item.number, reader, format_)
        if item.kind is Kind.STORY:
            return await press.story(item.number, reader, format_)
        key = edition_key(item.key)
        return None if key is None else await press.edition(key, reader, format_)

    await send_made(query, bot, reader, place, make, gone=gone(item, reader))


async def letter(
    query: CallbackQuery, callback_data: LetterButton, letters: Letters, reader: Reader
) -> None:
    """Send an item as plain text to paste: a message, or a file where it is long."""
    item, message = Item.read(callback_data.item), pressed_message(query)
    if item is None or message is None:
        await answer_older_edition(query, reader)
        return
    text = await letters.letter(item, reader, chat_id=message.chat.id)
    if text is None:
        await query.answer(gone(item, reader), show_alert=True)
        return
    await query.answer()
    if utf16_length(text) <= MESSAGE_LIMIT:
        await send(message, text)
        return
    # A lone surrogate has no place in UTF-8.
    written = BufferedInputFile(text.encode("utf-8", "replace"), f"vestnik-{item}.txt")
    await message.answer_document(written)


def gone(item: Item, reader: Reader) -> str:
    """Say that an item is no longer there, and where to look instead."""
    words = reader.wording
    return {
        Kind.STORY: words.say("This story is no longer here. What happened lately: /digest"),
        Kind.ARTICLE: words.say("This article is no longer here. The newest ones: /latest"),
        Kind.PERSON: words.say(
            "This entry is no longer here: it was joined with another one. Ask again: /person"
        ),
        Kind.QUOTE: words.say(
            "These words are no longer in the archive. Find others: /search, or by name: /person"
        ),
        Kind.EDITION: words.say("This button is of an older edition. Ask anew: /digest"),
    }[item.kind]


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="pass-on")
    router.callback_query.register(cite, CiteButton.filter())
    router.callback_query.register(paper, PaperButton.filter())
    router.callback_query.register(letter, LetterButton.filter())
    return router
