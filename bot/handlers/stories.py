"""One story: what happened and who told it; an operator parts and joins."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

from bot.archive import Archive
from bot.archive.story_rows import StoryRow
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.handlers.edition_buttons import (
    JoinButton,
    PartButton,
    PartsButton,
    StoryButton,
    join_keyboard,
    parts_keyboard,
    story_keyboard,
)
from bot.handlers.latest import show_article
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.share_buttons import Sharing
from bot.middlewares.operators import OnlyOperators

_NEIGHBOURS = 8
"""Stories that an operator is offered to join one with."""


async def open_story(
    query: CallbackQuery,
    callback_data: StoryButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
    operators: frozenset[int],
) -> None:
    """Show a story below the edition that lists it."""
    message = pressed_message(query)
    shown = message is not None and await show_story(
        message,
        callback_data.id,
        archive,
        briefings,
        reader,
        sharing,
        is_operator=_may_correct(query, message, operators),
    )
    if not shown:
        await _gone(query, reader)
        return
    await query.answer()


async def show_story(
    message: Message,
    story_id: int,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
    *,
    is_operator: bool = False,
) -> bool:
    """Send a story; a negative id is that of an article which waits for its analysis.

    Returns False when it is gone.
    """
    if story_id < 0:
        article = await archive.articles.shown_to(message.chat.id, -story_id)
        if article is None:
            return False
        await show_article(message, article, archive, briefings, reader, sharing)
        return True
    found = await briefings.story(story_id, reader)
    if found is None:
        return False
    row, parts, quotes = found
    keyboard = story_keyboard(row, reader.wording, sharing, quotes=quotes, is_operator=is_operator)
    for place, part in enumerate(parts, start=1):
        is_last = place == len(parts)
        await send(message, part, keyboard=keyboard if is_last else None)
    return True


async def offer_parts(
    query: CallbackQuery, callback_data: PartsButton, archive: Archive, reader: Reader
) -> None:
    """Offer an operator the articles of a story to part, and stories to join it with."""
    row = await archive.stories.get(callback_data.id)
    message = pressed_message(query)
    if row is None or message is None:
        await _gone(query, reader)
        return
    near = [story for story in await _neighbours(archive, row) if story.id != row.id]
    await query.answer()
    words = reader.wording
    if len(row.articles) > 1:
        await send(
            message,
            words.say("Which article tells of another event? It becomes a story of its own."),
            keyboard=parts_keyboard(row),
        )
    if near:
        await send(
            message,
            words.say("Which story is the same event? The two become one."),
            keyboard=join_keyboard(row, near[:_NEIGHBOURS]),
        )


async def part(
    query: CallbackQuery, callback_data: PartButton, archive: Archive, reader: Reader, now: Now
) -> None:
    """Make an article a story of its own."""
    words = reader.wording
    made = await archive.stories.split(callback_data.article, by=query.from_user.id, now=now())
    message = pressed_message(query)
    if made is not None and message is not None:
        await edit(message, words.say("Done: it is a story of its own now."))
    await query.answer(
        words.say("There is nothing to part: the story has no other article.")
        if made is None
        else None
    )


async def join(
    query: CallbackQuery, callback_data: JoinButton, archive: Archive, reader: Reader, now: Now
) -> None:
    """Make one of two stories."""
    words = reader.wording
    joined = await archive.stories.merge(
        callback_data.other, callback_data.id, by=query.from_user.id, now=now()
    )
    message = pressed_message(query)
    if joined and message is not None:
        await edit(message, words.say("Done: the two are one story now."))
    await query.answer(None if joined else words.say("They are one story already."))


async def _neighbours(archive: Archive, row: StoryRow) -> list[StoryRow]:
    """List the stories that share the most people with one, among the newest of each."""
    details = (await archive.stories.details([row.id])).get(row.id)
    found: dict[int, StoryRow] = {}
    for person in (details.people if details else ())[:3]:
        for story in await archive.stories.of_person(person.id, limit=_NEIGHBOURS):
            found.setdefault(story.id, story)
    return sorted(found.values(), key=lambda story: abs(story.last_at - row.last_at))


def _may_correct(query: CallbackQuery, message: Message | None, operators: frozenset[int]) -> bool:
    # In a group the others would see the buttons too.
    return (
        message is not None
        and message.chat.type == ChatType.PRIVATE
        and query.from_user.id in operators
    )


async def _gone(query: CallbackQuery, reader: Reader) -> None:
    await query.answer(
        reader.wording.say("This story is no longer here. What happened lately: /digest"),
        show_alert=True,
    )


def routes() -> Router:
    """Make the router of this subject; parting and joining is for operators."""
    router = Router(name="stories")
    router.callback_query.register(open_story, StoryButton.filter())
    desk = Router(name="stories-desk")
    desk.callback_query.middleware(OnlyOperators())
    desk.callback_query.register(offer_parts, PartsButton.filter())
    desk.callback_query.register(part, PartButton.filter())
    desk.callback_query.register(join, JoinButton.filter())
    router.include_router(desk)
    return router
