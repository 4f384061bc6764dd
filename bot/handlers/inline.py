"""Typed after the bot's name in any chat: a person's dossier at a glance, to pass on."""

from aiogram import Router
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultUnion,
    InputTextMessageContent,
)

from bot.archive import Archive
from bot.briefings import Reader
from bot.briefings.dossier import DossierMaker, Page
from bot.formatting import clip
from bot.handlers.reply import message_entities, preview_of

MOST_RESULTS = 8
CACHE_SECONDS = 60

_NAME_LIMIT = 100
_DESCRIPTION_LIMIT = 120


async def share_person(
    query: InlineQuery, archive: Archive, dossiers: DossierMaker, reader: Reader
) -> None:
    """Offer the people whom the words may mean; what is chosen stands by itself in the chat."""
    asked = query.query.strip()[:_NAME_LIMIT]
    people = (await archive.people.find(asked)).people[:MOST_RESULTS] if asked else ()
    results: list[InlineQueryResultUnion] = []
    for person in people:
        screen = await dossiers.page(person, Page.NOW, reader)
        content = InputTextMessageContent(
            message_text=screen.text.text,
            entities=message_entities(screen.text.entities),
            link_preview_options=preview_of(None),
        )
        results.append(
            InlineQueryResultArticle(
                id=f"p{person.id}",
                title=person.name,
                description=clip(screen.citation, _DESCRIPTION_LIMIT) or None,
                input_message_content=content,
            )
        )
    # In the reader's language, so not the same for everybody.
    await query.answer(results, cache_time=CACHE_SECONDS, is_personal=True)


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="inline")
    router.inline_query.register(share_person)
    return router
