"""The tables of the index of words. The index itself is each database's own: `search_words`."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class SearchDocumentTable(Table):
    """An article that can be searched, and where it stands in the index."""

    __tablename__ = "search_documents"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    # Grows with `articles.listed_at`, to the minute, and then with the article's id: the index
    # gives the newest first without looking at any article.
    key: Mapped[int] = mapped_column(BigInteger, unique=True)
    version: Mapped[int]
    # What was indexed, packed: only with it can the index forget the article.
    content: Mapped[bytes] = mapped_column(LargeBinary)
    first_indexed_at: Mapped[datetime] = mapped_column(index=True)
    indexed_at: Mapped[datetime]


class SearchRemovedTable(Table):
    """What the index is to forget: a trigger writes it when a document goes with its article."""

    __tablename__ = "search_removed"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SearchVocabularyTable(Table):
    """A word of the indexed articles, and how many articles hold it."""

    __tablename__ = "search_vocabulary"

    word: Mapped[str] = mapped_column(String(64), primary_key=True)
    # The first and the last letters: one slip of a letter leaves one of them whole.
    head: Mapped[str] = mapped_column(String(3))
    tail: Mapped[str] = mapped_column(String(3))
    articles: Mapped[int]

    __table_args__ = (
        Index("ix_search_vocabulary_head", "head", "articles"),
        Index("ix_search_vocabulary_tail", "tail", "articles"),
        {"sqlite_with_rowid": False},
    )


class SearchFormTable(Table):
    """A word, and one of the dictionary forms that it is found under."""

    __tablename__ = "search_forms"

    lemma: Mapped[str] = mapped_column(String(80), primary_key=True)
    word: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SearchOutletTable(Table):
    """An outlet of indexed articles; its id is a word of the index."""

    __tablename__ = "search_outlets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class SearchTable(Table):
    """What was asked in a chat: buttons carry its id, since a query is longer than they are."""

    __tablename__ = "searches"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime] = mapped_column(index=True)

    # An id is never given again: an old button must not open another search.
    __table_args__ = (
        UniqueConstraint("chat_id", "kind", "digest"),
        {"sqlite_autoincrement": True},
    )


class SavedSearchTable(Table):
    """A search whose new results a subscriber wants to hear of."""

    __tablename__ = "saved_searches"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    # Articles indexed up to here were looked at.
    checked_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("subscriber_id", "digest"), {"sqlite_autoincrement": True})
