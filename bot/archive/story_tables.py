"""The tables of stories: which articles tell of one event, and what is known to tell so."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class Placed(StrEnum):
    """Why an article belongs to its story."""

    FIRST = "first"
    """It was the first to tell of the event."""
    SAME_EVENT = "same-event"
    """It reports the same event as the others."""
    REPRINT = "reprint"
    """It reprints an article of the story."""
    CORRECTION = "correction"
    """An operator put it there."""


class StoryTable(Table):
    """One event. Headline, times and counts follow from its articles and are kept beside them."""

    __tablename__ = "stories"

    id: Mapped[int] = mapped_column(primary_key=True)
    headline: Mapped[str] = mapped_column(Text, default="")
    # JSON: what its articles say together, a `summarizer.story_summary.Told`.
    told: Mapped[str] = mapped_column(Text, default="")
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    articles: Mapped[int] = mapped_column(default=0)
    is_sample: Mapped[bool] = mapped_column(default=False)
    # The story that this one became a part of; never one that became a part itself.
    merged_into: Mapped[int | None] = mapped_column(
        ForeignKey("stories.id", ondelete="CASCADE"), index=True
    )

    # An id is never given again: an old link must not open another story.
    __table_args__ = (
        Index("ix_stories_last_at_first_at", "last_at", "first_at"),
        {"sqlite_autoincrement": True},
    )


class StoryArticleTable(Table):
    """An article of a story, and why it is there."""

    __tablename__ = "story_articles"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(16))
    score: Mapped[float]
    # An operator decided; nothing moves it but another decision.
    is_fixed: Mapped[bool] = mapped_column(default=False)


class StoryPrintTable(Table):
    """What of an article is compared with others, and what of it a story tells."""

    __tablename__ = "story_prints"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    # `summarizer.stories_print.packed`: about 1.5 KB.
    print: Mapped[bytes] = mapped_column(LargeBinary)
    # JSON: a `summarizer.stories_material.Material`.
    material: Mapped[str] = mapped_column(Text)


class StoryKeyTable(Table):
    """What articles about one event find each other by: people, pairs of them, rare words."""

    __tablename__ = "story_keys"

    # A hash, signed, 64 bits.
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    # As `articles.listed_at`: the search for candidates needs no article row.
    seen_at: Mapped[datetime]
    weight: Mapped[float]

    __table_args__ = (Index("ix_story_keys_key_seen_at", "key", "seen_at", "article_id", "weight"),)


class StoryCorrectionTable(Table):
    """What an operator split or merged, and when; stories once split never join by themselves."""

    __tablename__ = "story_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id", ondelete="SET NULL"), index=True
    )
    made_by: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
