"""The tables of people: who they are, and what each article says of them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


def _article(*, primary: bool = False) -> Mapped[int]:
    key = ForeignKey("articles.id", ondelete="CASCADE")
    return mapped_column(key, primary_key=True) if primary else mapped_column(key)


def _appearance(*, primary: bool = False, index: bool = False) -> Mapped[int]:
    key = ForeignKey("appearances.id", ondelete="CASCADE")
    return mapped_column(key, primary_key=primary, index=index)


def _person(*, index: bool = False) -> Mapped[int]:
    return mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=index)


class AnalysisTable(Table):
    """How far the analysis of an article got."""

    __tablename__ = "analyses"

    article_id: Mapped[int] = _article(primary=True)
    version: Mapped[int]
    # How often the analysis of this version was broken off; it is not tried for ever.
    attempts: Mapped[int] = mapped_column(default=0)
    failed_reason: Mapped[str | None] = mapped_column(String(500))
    finished_at: Mapped[datetime | None]


class PersonTable(Table):
    """One human. Names, counts and dates follow from the appearances and are kept beside them."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    latin: Mapped[str | None] = mapped_column(String(200))
    gender: Mapped[str | None] = mapped_column(String(1))
    note: Mapped[str | None] = mapped_column(Text)
    is_beat: Mapped[bool] = mapped_column(default=False)
    articles: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]

    # An id is never given again: an old button must not open another person.
    __table_args__ = (Index("ix_people_articles", "articles"), {"sqlite_autoincrement": True})


class AliasTable(Table):
    """A name that a person goes by: of the beat, by an operator, or seen in an article."""

    __tablename__ = "aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = _person()
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200), index=True)

    __table_args__ = (UniqueConstraint("person_id", "kind", "folded"),)


class NameWordTable(Table):
    """One word of a person's names by its sound, to find people by."""

    __tablename__ = "name_words"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    sound: Mapped[str] = mapped_column(String(100), primary_key=True)
    # The first and the last letters of the stem: one slip of a letter leaves one of them whole.
    head: Mapped[str] = mapped_column(String(4), index=True)
    tail: Mapped[str] = mapped_column(String(4), index=True)


class AppearanceTable(Table):
    """One person in one article, under the name that the article gives, and why it is them."""

    __tablename__ = "appearances"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = _article()
    person_id: Mapped[int] = _person()
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    # Whether the article gives initials or a surname alone: such a link is looked at again.
    is_weak: Mapped[bool] = mapped_column(default=False)
    gender: Mapped[str | None] = mapped_column(String(1))
    reason: Mapped[str] = mapped_column(String(16))
    # When the article became news, as `articles.listed_at`: the counts need no article row.
    seen_at: Mapped[datetime]
    # The first sentence that names the person outside a quote, as shown, and its place.
    sentence: Mapped[str | None] = mapped_column(Text)
    sentence_start: Mapped[int | None]
    sentence_end: Mapped[int | None]

    __table_args__ = (
        Index("ix_appearances_person_id_seen_at", "person_id", "seen_at", "article_id"),
        Index("ix_appearances_article_id_person_id", "article_id", "person_id"),
    )


class MentionTable(Table):
    """One span of an article that names a person."""

    __tablename__ = "mentions"

    appearance_id: Mapped[int] = _appearance(primary=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    surface: Mapped[str] = mapped_column(String(200))
    start: Mapped[int]
    end: Mapped[int]


class RoleTable(Table):
    """A post that an article says a person holds, as stated."""

    __tablename__ = "roles"

    appearance_id: Mapped[int] = _appearance(primary=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(500))
    folded: Mapped[str] = mapped_column(String(500))
    start: Mapped[int]
    end: Mapped[int]


class QuoteTable(Table):
    """What somebody said: verbatim words if `direct`, else the clause that reports them."""

    __tablename__ = "quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearances.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
    verb: Mapped[str] = mapped_column(String(100))
    direct: Mapped[bool]

    # An id is never given again: an old link must not open other words.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 — SQLAlchemy's own declaration


class QuotedPersonTable(Table):
    """A person whom somebody else's words name."""

    __tablename__ = "quoted_people"

    quote_id: Mapped[int] = mapped_column(
        ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True
    )
    appearance_id: Mapped[int] = mapped_column(
        ForeignKey("appearances.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class DateTable(Table):
    """A date in a sentence of an article."""

    __tablename__ = "dates"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(String(200))
    iso: Mapped[str] = mapped_column(String(24))
    start: Mapped[int]
    end: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text)


class DatedPersonTable(Table):
    """A person whom the sentence of a date names."""

    __tablename__ = "dated_people"

    date_id: Mapped[int] = mapped_column(
        ForeignKey("dates.id", ondelete="CASCADE"), primary_key=True
    )
    appearance_id: Mapped[int] = mapped_column(
        ForeignKey("appearances.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class EncounterTable(Table):
    """Two people whom one sentence about a meeting names; both ways round."""

    __tablename__ = "encounters"

    appearance_id: Mapped[int] = _appearance(primary=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("appearances.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    sentence: Mapped[str] = mapped_column(Text)


class CorrectionTable(Table):
    """What an operator merged or split, and when; the aliases it left do the work."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int] = _person(index=True)
    made_by: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]


class FollowTable(Table):
    """A subscriber who wants to hear of a person."""

    __tablename__ = "follows"

    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]
