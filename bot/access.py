"""Who may use the bot: everybody, or those whom its operators let in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.archive.guests import Guests


@dataclass(frozen=True)
class Access:
    """Knows of people, groups and channels, by their Telegram ids, whether they are let in.

    ids: those whom the settings let in, operators among them; the others are guests, who came by
    an invitation or were let in by somebody who is in. Who was subscribed before the bot became
    private is let in by nothing.
    """

    guests: Guests
    is_private: bool
    ids: frozenset[int]

    async def allows(self, chat_id: int) -> bool:
        """Tell whether a person, a group or a channel is let in."""
        return chat_id in await self.among((chat_id,))

    async def let_in(self, chat_id: int, *, by: int, now: datetime) -> None:
        """Let a group or channel in that somebody who is in brings the bot to."""
        if not await self.allows(chat_id):
            await self.guests.let_in(chat_id, by=by, now=now)

    async def among(self, chat_ids: Collection[int]) -> set[int]:
        """Say which of some chats (some hundreds at most) are let in."""
        asked = set(chat_ids)
        if not self.is_private:
            return asked
        known = asked & self.ids
        rest = asked - known
        return known | await self.guests.among(rest) if rest else known
