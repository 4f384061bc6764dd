"""The index of words, the vocabulary to search by, what was asked, and what was saved."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SQLITE = (
    # The words come folded and apart; no tokenizer of SQLite shall judge them by its own Unicode.
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        title, body, facts, content='', tokenize="ascii tokenchars '+.'"
    )
    """,
    """
    CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
        INSERT OR REPLACE INTO search_removed (key, content) VALUES (old.key, old.content);
    END
    """,
)
_POSTGRESQL = (
    """
    CREATE TABLE search_words (
        key BIGINT PRIMARY KEY REFERENCES search_documents (key) ON DELETE CASCADE,
        words TSVECTOR NOT NULL
    )
    """,
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
    """
    CREATE FUNCTION search_documents_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO search_removed (key, content) VALUES (OLD.key, OLD.content)
        ON CONFLICT (key) DO UPDATE SET content = excluded.content;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents
    FOR EACH ROW EXECUTE FUNCTION search_documents_removed()
    """,
)


def upgrade() -> None:
    """Make the tables, and the index in the database's own way."""
    _make_documents()
    _make_vocabulary()
    _make_searches()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)


def _make_documents() -> None:
    op.create_table(
        "search_documents",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("first_indexed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_search_documents_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("key", name=op.f("uq_search_documents_key")),
    )
    op.create_index(
        op.f("ix_search_documents_first_indexed_at"), "search_documents", ["first_indexed_at"]
    )
    op.create_table(
        "search_removed",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_removed")),
    )
    op.create_table(
        "search_outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_outlets")),
        sa.UniqueConstraint("name", name=op.f("uq_search_outlets_name")),
    )


def _make_vocabulary() -> None:
    op.create_table(
        "search_vocabulary",
        sa.Column("word", sa.String(64), nullable=False),
        sa.Column("head", sa.String(3), nullable=False),
        sa.Column("tail", sa.String(3), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_vocabulary")),
        sqlite_with_rowid=False,
    )
    for end in ("head", "tail"):
        op.create_index(f"ix_search_vocabulary_{end}", "search_vocabulary", [end, "articles"])
    op.create_table(
        "search_forms",
        sa.Column("lemma", sa.String(80), nullable=False),
        sa.Column("word", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("lemma", "word", name=op.f("pk_search_forms")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_forms_word"), "search_forms", ["word"])


def _make_searches() -> None:
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
        sa.UniqueConstraint(
            "chat_id", "kind", "digest", name=op.f("uq_searches_chat_id_kind_digest")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_searches_used_at"), "searches", ["used_at"])
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscribers.id"],
            name=op.f("fk_saved_searches_subscriber_id_subscribers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint(
            "subscriber_id", "digest", name=op.f("uq_saved_searches_subscriber_id_digest")
        ),
        sqlite_autoincrement=True,
    )
