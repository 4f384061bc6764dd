"""The table of what subscribers want of their editions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class WishTable(Table):
    """What one subscriber wants; who has no row wants what everybody gets."""

    __tablename__ = "wishes"

    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True
    )
    length: Mapped[str] = mapped_column(String(8))
    # JSON lists: ids of the beat's topics, and words as people wrote them.
    topics: Mapped[str] = mapped_column(Text)
    include: Mapped[str] = mapped_column(Text)
    exclude: Mapped[str] = mapped_column(Text)
    only_followed: Mapped[bool]
    least_importance: Mapped[float]
    # Hours of the day by the subscriber's clock; both or neither.
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    is_rich: Mapped[bool]
    is_silent: Mapped[bool]
    has_pdf: Mapped[bool]
    # What is told at once: messages a day, of which stories, and chosen when.
    alerts_a_day: Mapped[int]
    alert_importance: Mapped[float]
    alert_topics: Mapped[bool]
    alerts_since: Mapped[datetime | None]

    __table_args__ = (
        # Only of the few who want their topics told at once.
        Index(
            "ix_wishes_alert_topics",
            "subscriber_id",
            sqlite_where=text("alert_topics = 1"),
            postgresql_where=text("alert_topics"),
        ),
    )
