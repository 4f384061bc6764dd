"""The channels that the bot is a member of: each post is an article, an edit its revision."""

import structlog
from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated, Message

from bot.archive import Archive
from bot.delivery.source_reports import SourceReports
from bot.handlers.submitted_parts import is_news, known_of_post
from bot.intake.article import UnreadableError
from bot.intake.channels import Channels, id_of
from bot.intake.inbox import Inbox

log = structlog.get_logger()

_OUT = {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}


async def post(
    message: Message, inbox: Inbox, channels: Channels, source_reports: SourceReports
) -> None:
    """Take a post in, new or edited; a channel is never answered."""
    if not is_news(message):
        return
    chat, written = message.chat, message.text or message.caption or ""
    source = await channels.followed(
        channels.describe(chat.id, chat.username, chat.title or "", written)
    )
    if source is None:
        await source_reports.send()
        return
    try:
        await inbox.post(written, known_of_post(message), source)
    except UnreadableError as error:
        log.info("post_passed_over", channel=chat.id, reason=str(error))


async def follow_membership(
    event: ChatMemberUpdated,
    archive: Archive,
    channels: Channels,
    source_reports: SourceReports,
    operators: frozenset[int],
) -> None:
    """Follow a channel that an operator put the bot into; hold one that somebody else did."""
    chat = event.chat
    if chat.type != ChatType.CHANNEL:
        return
    if event.new_chat_member.status in _OUT:
        await archive.sources.drop_held(id_of(chat.id))
    elif event.old_chat_member.status in _OUT:
        title = chat.title or ""
        channel = channels.describe(chat.id, chat.username, title, title)
        if event.from_user.id in operators:
            await channels.take_in(channel)
        elif operators:
            await channels.followed(channel)
            await source_reports.send()


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="channel")
    router.channel_post.register(post)
    router.edited_channel_post.register(post)
    return router
