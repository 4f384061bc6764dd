"""Which texts readers sent by hand, and which channels wait to be taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark what waits; the texts and channels that are there already stay for all."""
    op.add_column("articles", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_articles_sent_at",
        "articles",
        ["sent_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NOT NULL"),
        postgresql_where=sa.text("sent_at IS NOT NULL"),
    )
    op.add_column("sources", sa.Column("held_since", sa.DateTime(timezone=True), nullable=True))
