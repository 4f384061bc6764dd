"""When a chat lets the bot in or out, or changes its id."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated, Message

from bot.access import Access
from bot.archive import Archive
from bot.clock import Now
from bot.delivery.schedule import due_after
from bot.delivery.source_reports import SourceReports
from bot.handlers.channel import follow_membership
from bot.intake.channels import Channels

_GONE = {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}


async def membership(
    event: ChatMemberUpdated,
    archive: Archive,
    now: Now,
    channels: Channels,
    source_reports: SourceReports,
    operators: frozenset[int],
) -> None:
    """Stop sending to a chat that shut the bot out; go on when it is let in again."""
    await follow_membership(event, archive, channels, source_reports, operators)
    if event.new_chat_member.status in _GONE:
        await archive.subscribers.mark_gone(
            event.chat.id, reason=f"the bot was {event.new_chat_member.status}", now=now()
        )
    else:
        await archive.subscribers.mark_back(event.chat.id, due_after(now()))


async def migrated(
    message: Message, new_id: int, archive: Archive, access: Access, now: Now
) -> None:
    """Follow a group that became a supergroup."""
    await access.follow(message.chat.id, new_id, now=now())
    await archive.subscribers.migrate(message.chat.id, new_id)


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="membership")
    router.my_chat_member.register(membership)
    router.message.register(migrated, F.migrate_to_chat_id.as_("new_id"))
    return router
