"""All routers in the order in which they are asked."""

from aiogram import Router

from bot.handlers import (
    digest,
    fallback,
    language,
    latest,
    membership,
    menu,
    start,
    subscribe,
)
from bot.handlers.errors import error_router


def all_routes(default_language: str) -> Router:
    """Join the routers; the fallback comes last."""
    root = Router(name="vestnik")
    root.include_routers(
        error_router(default_language),
        membership.routes(),
        start.routes(),
        latest.routes(),
        digest.routes(),
        subscribe.routes(),
        language.routes(),
        menu.routes(),
        fallback.routes(),
    )
    return root
