"""The table of alerts: which subscriber was told of what, or is still to be."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table

_HELD, _TOLD = text("delivery_id IS NULL"), text("delivery_id IS NOT NULL")


class AlertTable(Table):
    """One story, or one article that is in none, that one subscriber is told of once."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id", ondelete="CASCADE"))
    # One of the two.
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("stories.id", ondelete="CASCADE"), index=True
    )
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    # JSON: why, as pairs of a `bot.archive.alert_rows.Why` and what it names.
    reasons: Mapped[str] = mapped_column(Text)
    noticed_at: Mapped[datetime] = mapped_column(index=True)
    # What tells it: a message of its own or an edition. NULL while it is held back.
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"))

    __table_args__ = (
        UniqueConstraint("subscriber_id", "story_id"),
        UniqueConstraint("subscriber_id", "article_id"),
        # Apart: an index of all would be taken to look through everything that is held back.
        Index("ix_alerts_held", "subscriber_id", sqlite_where=_HELD, postgresql_where=_HELD),
        Index("ix_alerts_told", "delivery_id", sqlite_where=_TOLD, postgresql_where=_TOLD),
    )
