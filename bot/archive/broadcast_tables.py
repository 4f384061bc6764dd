"""The table of broadcasts: what operators tell all subscribers."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class BroadcastTable(Table):
    """A message of an operator to many chats: its words are an edition, each copy a delivery."""

    __tablename__ = "broadcasts"

    id: Mapped[int] = mapped_column(primary_key=True)
    # NULL once the words are no longer kept.
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("editions.id", ondelete="SET NULL"), index=True
    )
    # The operator; 0 once they asked to be forgotten.
    made_by: Mapped[int] = mapped_column(BigInteger)
    audience: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    # The message that shows how it goes.
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    # Also the due moment of its deliveries, by which each chat gets it once.
    started_at: Mapped[datetime | None] = mapped_column(unique=True)
    finished_at: Mapped[datetime | None]
    # Subscribers up to this id have their deliveries.
    filled_up_to: Mapped[int] = mapped_column(default=0)
    receivers: Mapped[int] = mapped_column(default=0)
    # What became of them, once it is over.
    sent: Mapped[int] = mapped_column(default=0)
    blocked: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)

    # An id is never given again: an old button must not send another broadcast.
    __table_args__ = ({"sqlite_autoincrement": True},)
