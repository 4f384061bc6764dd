"""The tables of the outbox: editions as composed, and who gets which."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class EditionTable(Table):
    """An edition as composed, for all to whom the same words go."""

    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    # What it was composed for: period, language, zone and what else tells editions apart.
    key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]


class EditionPartTable(Table):
    """One message of an edition."""

    __tablename__ = "edition_parts"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    entities: Mapped[str] = mapped_column(Text)
    # The HTML of a rich message, or a document with its name; NULL where it is text alone.
    rich: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(100))
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
    # JSON in the Bot API's form; NULL where it has no buttons.
    keyboard: Mapped[str | None] = mapped_column(Text)


class DeliveryTable(Table):
    """One briefing to one subscriber, recorded before and after it is sent."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id", ondelete="CASCADE"))
    # NULL until it is composed; from then on a later try sends the same words.
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id", ondelete="SET NULL"))
    due_at: Mapped[datetime]
    period_start: Mapped[datetime]
    period_end: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    # The smaller goes first.
    priority: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    # NULL while nothing is to be tried: it is being sent, or it has ended.
    next_try_at: Mapped[datetime | None]
    # Who sends it, and until when nobody else may, whatever happened to them.
    claimed_by: Mapped[str | None] = mapped_column(String(120))
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("subscriber_id", "priority", "due_at"),
        # A million may be made at once, none of them composed yet.
        Index(
            "ix_deliveries_edition_id",
            "edition_id",
            sqlite_where=text("edition_id IS NOT NULL"),
            postgresql_where=text("edition_id IS NOT NULL"),
        ),
        # Both only of the few that are not finished.
        Index(
            "ix_deliveries_waiting",
            "priority",
            "next_try_at",
            "id",
            sqlite_where=text("next_try_at IS NOT NULL"),
            postgresql_where=text("next_try_at IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_claimed",
            "claimed_by",
            sqlite_where=text("claimed_by IS NOT NULL"),
            postgresql_where=text("claimed_by IS NOT NULL"),
        ),
    )


class DeliveryPartTable(Table):
    """What became of one message of a delivery; there is no row before it is first tried."""

    __tablename__ = "delivery_parts"

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    # Set before it is sent and taken away by an answer that says no: with no message_id beside
    # it, nobody knows (yet) whether it arrived.
    sending_at: Mapped[datetime | None]
    # How often nobody came to know: as many copies may have arrived beside the known one.
    unknown: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None]
