"""The tables of a private bot: invitations, and who is let in."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class InvitationTable(Table):
    """A link that lets so many people in until a moment; the link itself is not kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    # SHA-256 of the secret in the link: whoever reads the database cannot come in by it.
    digest: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    places: Mapped[int]
    used: Mapped[int]

    # An id is never given again: an old link must not name another invitation.
    __table_args__ = ({"sqlite_autoincrement": True},)


class GuestTable(Table):
    """A person, by their Telegram user id, or a group or channel that is let in."""

    __tablename__ = "guests"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # By which invitation a person came; NULL for groups, and once the invitation is forgotten.
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="SET NULL"), index=True
    )
    # Who brought the bot into a group; NULL for people, and once they are forgotten.
    let_in_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    came_at: Mapped[datetime]
