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

    async def let_in(self, chat_id: int, *, by: int | None, now: datetime) -> None:
        """Let a group or channel in that somebody who is in brings the bot to.

        by: whose removal shuts it out too; None for nobody's.
        """
        if not await self.allows(chat_id):
            await self.guests.let_in(chat_id, by=by, now=now)

    async def follow(self, old_id: int, new_id: int, *, now: datetime) -> None:
        """Let the supergroup in that a group became, where the settings name the group's old id.

        Of a guest the archive rewrites the id with everything else.
        """
        if old_id in self.ids:
            await self.let_in(new_id, by=None, now=now)

    async def among(self, chat_ids: Collection[int]) -> set[int]:
        """Say which of some chats (some hundreds at most) are let in."""
        asked = set(chat_ids)
        if not self.is_private:
            return asked
        known = asked & self.ids
        rest = asked - known
        return known | await self.guests.among(rest) if rest else known
