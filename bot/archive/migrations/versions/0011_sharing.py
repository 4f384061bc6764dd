"""Links that outlive a merge of people and a new analysis, and how often what was passed on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let SQLite never give the id of a quote again."""
    op.create_table(
        "moved_people",
        sa.Column("former_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_moved_people_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("former_id", name=op.f("pk_moved_people")),
    )
    op.create_index(op.f("ix_moved_people_person_id"), "moved_people", ["person_id"])
    op.create_table(
        "shares",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(1), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", name=op.f("pk_shares")),
    )
    if op.get_bind().dialect.name == "sqlite":
        # PostgreSQL counts on by itself.
        with op.batch_alter_table(
            "quotes", recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
