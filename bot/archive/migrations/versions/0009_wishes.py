"""What a subscriber wants of an edition; rich messages and documents as parts of editions."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of wishes, and let a part of an edition be more than text."""
    op.create_table(
        "wishes",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.String(length=8), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("include", sa.Text(), nullable=False),
        sa.Column("exclude", sa.Text(), nullable=False),
        sa.Column("only_followed", sa.Boolean(), nullable=False),
        sa.Column("least_importance", sa.Double(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("is_rich", sa.Boolean(), nullable=False),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        sa.Column("has_pdf", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscribers.id"],
            name=op.f("fk_wishes_subscriber_id_subscribers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscriber_id", name=op.f("pk_wishes")),
    )
    for column in (
        sa.Column("rich", sa.Text(), nullable=True),
        sa.Column("file_name", sa.String(length=100), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
    ):
        op.add_column("edition_parts", column)
