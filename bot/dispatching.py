"""From an update to its handler: what handlers are given, and what stands around them."""

# ruff: noqa: I001
from typing import Any

from bot import telegram_models  # noqa: F401 — before anything imports aiogram
from aiogram import Dispatcher
from aiogram.types import User

from bot.briefings.cards import Cards
from bot.briefings.offers import Offers
from bot.handlers.routes import all_routes
from bot.handlers.share_buttons import Sharing
from bot.handlers.submitted import Desk
from bot.middlewares.access import OnlyLetIn
from bot.middlewares.in_channels import ButtonsInChannels
from bot.middlewares.in_flight import InFlight
from bot.middlewares.reader import WhoSpeaks
from bot.middlewares.throttling import Throttling
from bot.settings import Settings


def make_dispatcher(settings: Settings, in_flight: InFlight, **parts: Any) -> Dispatcher:
    """Make the dispatcher with its middlewares and all routes.

    in_flight: counts the updates in work.
    parts: what handlers are given, by the names of their parameters.
    """
    dispatcher = Dispatcher(**parts)
    dispatcher.update.outer_middleware(in_flight)
    who = WhoSpeaks(parts["archive"], settings.default_language, settings.default_time_zone)
    throttling = Throttling(parts["now"])
    spoken = (
        dispatcher.message,
        dispatcher.callback_query,
        dispatcher.inline_query,
        dispatcher.chosen_inline_result,
        dispatcher.guest_message,
    )
    for observer in spoken:
        observer.outer_middleware(who)
        observer.outer_middleware(throttling)
    _guard(dispatcher, settings)
    dispatcher.callback_query.outer_middleware(ButtonsInChannels())
    dispatcher.include_router(all_routes(settings.default_language))
    return dispatcher


def _guard(dispatcher: Dispatcher, settings: Settings) -> None:
    """Let nobody through whom a private bot does not let in, whatever kind of update it is."""
    only_let_in = OnlyLetIn(
        dispatcher["access"],
        dispatcher["channels"],
        operators=settings.operators,
        contact=settings.contact if "contact" in settings.model_fields_set else None,
        now=dispatcher["now"],
    )
    for name, observer in dispatcher.observers.items():
        if name not in ("update", "error"):
            observer.outer_middleware(only_let_in)


def introduced(dispatcher: Dispatcher, me: User) -> None:
    """Give handlers what has to know who the bot is: links lead back to its user name."""
    archive, briefings = dispatcher["archive"], dispatcher["briefings"]
    sharing = Sharing(me.username or "", can_share=bool(me.supports_inline_queries))
    cards = Cards(archive, briefings, sharing.username, dispatcher["now"])
    dispatcher["sharing"] = sharing
    dispatcher["cards"] = cards
    dispatcher["offers"] = Offers(archive, cards)
    dispatcher["desk"] = Desk(
        dispatcher["inbox"], dispatcher["judge"], archive, briefings, dispatcher["beat"], sharing
    )
