"""Posts of the channels that the bot is a member of: each is an article, an edit its revision."""

import structlog
from aiogram import Router
from aiogram.types import Message

from bot.handlers.submitted_parts import is_news, known_of_post
from bot.intake.article import UnreadableError
from bot.intake.inbox import Inbox, channel_source

log = structlog.get_logger()


async def post(message: Message, inbox: Inbox) -> None:
    """Take a post in, new or edited; a channel is never answered."""
    if not is_news(message):
        return
    chat, written = message.chat, message.text or message.caption or ""
    channel = channel_source(
        chat.id, chat.username, chat.title or "", written, outlet_zone=inbox.outlet_zone
    )
    try:
        await inbox.post(written, known_of_post(message), channel)
    except UnreadableError as error:
        log.info("post_passed_over", channel=chat.id, reason=str(error))


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="channel")
    router.channel_post.register(post)
    router.edited_channel_post.register(post)
    return router
