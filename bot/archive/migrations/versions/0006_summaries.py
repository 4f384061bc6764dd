"""Summaries by any maker, and what models have written."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a summary name its model, and make the table of what models have written."""
    op.add_column("summaries", sa.Column("headline", sa.Text(), nullable=True))
    op.add_column("summaries", sa.Column("model", sa.String(200), nullable=True))
    op.add_column("summaries", sa.Column("settings", sa.String(64), nullable=True))
    op.create_table(
        "written",
        sa.Column("text_key", sa.String(64), nullable=False),
        sa.Column("settings", sa.String(64), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_reason", sa.String(500), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("text_key", "settings", name=op.f("pk_written")),
    )
