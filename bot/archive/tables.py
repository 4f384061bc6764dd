"""The tables of the archive. No row object leaves this room: queries return `rows`."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on the Python side, UTC in the table. SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would be guessed differently on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Give back what was stored, aware."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Table(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 — SQLAlchemy's own declaration


class ArticleTable(Table):
    """One published text."""

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str | None] = mapped_column(String(2048), unique=True)
    title: Mapped[str] = mapped_column(Text)
    title_from_body: Mapped[bool]
    outlet: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    # SHA-256 of the folded text: the same text is the same article, whatever file it came in.
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    published_at: Mapped[datetime | None]
    published_has_time: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    # When it counts as news: its publication, or, where none is stated, its arrival.
    listed_at: Mapped[datetime]
    is_sample: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str | None] = mapped_column(String(200))
    # Which source listed it first; an article that was sent or imported has none.
    source_id: Mapped[str | None] = mapped_column(String(64))
    # The article of which this is a reprint; never one that is a reprint itself.
    original_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    # When a reader sent it by hand last; NULL for the articles that all may read.
    sent_at: Mapped[datetime | None]

    # An id is never given again: an old button must not open another article.
    __table_args__ = (
        Index("ix_articles_listed_at_id", "listed_at", "id"),
        # Only of the few that have one: an index of all would be taken for `sent_at IS NULL`,
        # which nearly every article is.
        Index(
            "ix_articles_sent_at",
            "sent_at",
            sqlite_where=sql("sent_at IS NOT NULL"),
            postgresql_where=sql("sent_at IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class SenderTable(Table):
    """A person who sent a text by hand; there is none of an article that all may read."""

    __tablename__ = "senders"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    # The Telegram user id.
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)


class SummaryTable(Table):
    """A few sentences about an article, and what made them."""

    __tablename__ = "summaries"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    # "lead" as it came in, "condensed" once it is analysed, "model" once a model has written it;
    # "brief" is the longer one of the analysis.
    maker: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    # One line that says the same, where the maker gives one.
    headline: Mapped[str | None] = mapped_column(Text)
    # Which model wrote it, as shown, and the settings it had.
    model: Mapped[str | None] = mapped_column(String(200))
    settings: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("article_id", "maker"),)


class SummarySentenceTable(Table):
    """One sentence of a summary."""

    __tablename__ = "summary_sentences"

    id: Mapped[int] = mapped_column(primary_key=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey("summaries.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("summary_id", "position"),)


class EvidenceTable(Table):
    """The span of an article's text that a sentence rests on; offsets are code points."""

    __tablename__ = "evidence"

    sentence_id: Mapped[int] = mapped_column(
        ForeignKey("summary_sentences.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]


class SubscriberTable(Table):
    """A chat, or one topic of a forum, and how it is spoken to."""

    __tablename__ = "subscribers"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    # 0 stands for "the chat itself": NULL would escape the unique constraint.
    thread_id: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(8))
    time_zone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    gone_reason: Mapped[str | None] = mapped_column(String(200))
    # The person to tell when it cannot be written to.
    set_up_by: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (UniqueConstraint("chat_id", "thread_id"),)


class SubscriptionTable(Table):
    """When a subscriber wants the briefing."""

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscribers.id", ondelete="CASCADE"), unique=True
    )
    # A rule; its zone is the subscriber's.
    frequency: Mapped[str] = mapped_column(String(16))
    weekday: Mapped[int]
    day_of_month: Mapped[int]
    hour: Mapped[int]
    minute: Mapped[int]
    created_at: Mapped[datetime]
    # NULL while the subscription rests: nothing is due.
    next_due_at: Mapped[datetime | None] = mapped_column(index=True)
    # Why the next moment may be a later one than the rule's.
    paused_until: Mapped[datetime | None]
