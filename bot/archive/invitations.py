"""Queries about invitations: made once, kept as a digest, used up in one transaction."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, insert, select, update

from bot.archive.access_tables import GuestTable, InvitationTable
from bot.archive.engine import Database

MOST_OPEN = 50
"""Invitations that can be used at the same time."""

_SECRET_BYTES = 24
_FORGOTTEN_AFTER = timedelta(days=90)
_WRITTEN = re.compile(r"i([1-9][0-9]{0,8})-([A-Za-z0-9_-]{32})")
_OPEN = InvitationTable.used < InvitationTable.places


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that can still be used; moments aware and UTC."""

    id: int
    places: int
    """How many people it lets in, those who came already among them."""
    used: int
    expires_at: datetime


@dataclass(frozen=True)
class Invitations:
    """The invitations of a private bot.

    What a link carries, "i12-" and a secret of 192 bits, fits the parameter of /start.
    """

    database: Database

    async def make(
        self, *, by: int, places: int, expires_at: datetime, now: datetime
    ) -> str | None:
        """Make an invitation and return what its link carries, which nothing can give again.

        None when MOST_OPEN are open already. Those that ended long ago are forgotten.
        """
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        opened = select(func.count()).where(_OPEN, InvitationTable.expires_at > now)
        old = InvitationTable.expires_at < now - _FORGOTTEN_AFTER
        async with self.database.writing() as connection:
            await connection.execute(delete(InvitationTable).where(old))
            if (await connection.execute(opened)).scalar_one() >= MOST_OPEN:
                return None
            made = await connection.execute(
                insert(InvitationTable)
                .values(
                    digest=_digest(secret),
                    made_by=by,
                    created_at=now,
                    expires_at=expires_at,
                    places=places,
                    used=0,
                )
                .returning(InvitationTable.id)
            )
            return f"i{made.scalar_one()}-{secret}"

    async def open(self, now: datetime) -> list[InvitationRow]:
        """List the invitations that can be used, the newest first."""
        query = (
            select(
                InvitationTable.id,
                InvitationTable.places,
                InvitationTable.used,
                InvitationTable.expires_at,
            )
            .where(_OPEN, InvitationTable.expires_at > now)
            .order_by(InvitationTable.id.desc())
            .limit(MOST_OPEN)
        )
        async with self.database.reading() as connection:
            return [InvitationRow(*row) for row in await connection.execute(query)]

    async def revoke(self, invitation_id: int, *, now: datetime) -> bool:
        """Let nobody in any longer by an invitation; return whether it was open.

        Those who came by it stay.
        """
        async with self.database.writing() as connection:
            revoked = await connection.execute(
                update(InvitationTable)
                .where(InvitationTable.id == invitation_id, _OPEN, InvitationTable.expires_at > now)
                .values(expires_at=now)
            )
            return revoked.rowcount > 0

    async def accept(self, written: str, person_id: int, *, now: datetime) -> bool:
        """Let a person in by what a link carries; return whether they are in now.

        One place is used, by whoever is in already none.
        """
        match = _WRITTEN.fullmatch(written)
        if match is None:
            return False
        is_it = InvitationTable.id == int(match[1])
        guest = select(GuestTable.chat_id).where(GuestTable.chat_id == person_id)
        async with self.database.writing() as connection:
            kept = (
                await connection.execute(
                    select(InvitationTable.digest).where(is_it).with_for_update()
                )
            ).scalar_one_or_none()
            if kept is None or not hmac.compare_digest(kept, _digest(match[2])):
                return False
            if (await connection.execute(guest)).first() is not None:
                return True
            taken = await connection.execute(
                update(InvitationTable)
                .where(is_it, _OPEN, InvitationTable.expires_at > now)
                .values(used=InvitationTable.used + 1)
            )
            if not taken.rowcount:
                return False
            await connection.execute(
                insert(GuestTable).values(
                    chat_id=person_id, invitation_id=int(match[1]), came_at=now
                )
            )
            return True


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
