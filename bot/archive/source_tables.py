"""The tables of sources, of what they listed, and of how their articles relate."""

from datetime import datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class SourceTable(Table):
    """A feed, a page list, a sitemap, a folder or a channel, and how it is doing."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    outlet: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(16))
    url: Mapped[str] = mapped_column(String(2048))
    selector: Mapped[str | None] = mapped_column(String(500))
    time_zone: Mapped[str] = mapped_column(String(64))
    weight: Mapped[float] = mapped_column(Float)
    tried: Mapped[bool]
    # From the beat's file; the others were added by operators.
    from_beat: Mapped[bool]
    added_at: Mapped[datetime]
    # A source of the beat that an operator removed: kept, so that it does not come back.
    removed_at: Mapped[datetime | None]
    paused: Mapped[bool] = mapped_column(default=False)
    # Since when a channel waits for an operator to take it in; NULL once one has decided.
    held_since: Mapped[datetime | None]
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    next_poll_at: Mapped[datetime]
    # How often it is polled while nothing fails; grows while nothing comes.
    every_seconds: Mapped[int]
    last_polled_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    # The usual time between polls that brought something, a moving average.
    usual_gap_seconds: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(500))
    # What operators were told of last: "failing", "silent", "waiting"; NULL while all is well.
    reported_as: Mapped[str | None] = mapped_column(String(16))
    reported_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_sources_next_poll_at", "next_poll_at"),)


class SourceEntryTable(Table):
    """An entry that a source listed, and what became of it: none is read twice, none is lost."""

    __tablename__ = "source_entries"

    source_id: Mapped[str] = mapped_column(
        ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    # The state of the entry that was read; another state is read again.
    stamp: Mapped[str] = mapped_column(String(40))
    attempts: Mapped[int]
    is_settled: Mapped[bool]
    seen_at: Mapped[datetime]
    error: Mapped[str | None] = mapped_column(String(500))


class ArticleRevisionTable(Table):
    """What an article said before its outlet changed it."""

    __tablename__ = "article_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    replaced_at: Mapped[datetime]


class ArticleSketchTable(Table):
    """The MinHash of an article's word triples, to recognise reprints."""

    __tablename__ = "article_sketches"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    sketch: Mapped[bytes] = mapped_column(LargeBinary)


class SketchBandTable(Table):
    """A few values of a sketch as one number: texts that share a number are compared."""

    __tablename__ = "sketch_bands"

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)
