"""The table of how far each article is about the beat."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class RelevanceTable(Table):
    """What was judged of an article, and what an operator said of it instead."""

    __tablename__ = "relevance"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    score: Mapped[float]
    on_beat: Mapped[bool]
    # JSON: a list of [name, count, kind, tells].
    reasons: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime]
    # What an operator decided; NULL leaves it to the score. Judging anew keeps it.
    override: Mapped[bool | None]
