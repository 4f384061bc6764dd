"""All routers in the order in which they are asked."""

from aiogram import Router

from bot.handlers import (
    ask,
    channel,
    digest,
    documents,
    fallback,
    groups,
    inline,
    language,
    latest,
    leaving,
    membership,
    menu,
    person,
    person_corrections,
    relevance,
    search,
    settings,
    sources,
    start,
    stats,
    status,
    stories,
    submitted,
    subscribe,
    zone,
)
from bot.handlers.errors import error_router


def all_routes(default_language: str) -> Router:
    """Join the routers; the fallback comes last."""
    root = Router(name="vestnik")
    root.include_routers(
        error_router(default_language),
        membership.routes(),
        channel.routes(),
        start.routes(),
        latest.routes(),
        relevance.routes(),
        digest.routes(),
        stories.routes(),
        documents.routes(),
        subscribe.routes(),
        settings.routes(),
        zone.routes(),
        status.routes(),
        leaving.routes(),
        stats.routes(),
        groups.routes(),
        language.routes(),
        menu.routes(),
        person.routes(),
        person_corrections.routes(),
        search.routes(),
        ask.routes(),
        sources.routes(),
        submitted.routes(),
        inline.routes(),
        fallback.routes(),
    )
    return root
