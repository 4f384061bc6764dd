"""Subscriptions with a rule; editions kept once for all; who sends a delivery, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Let weekly subscriptions be rules, and take the words out of each delivery."""
    op.add_column("subscribers", sa.Column("set_up_by", sa.BigInteger(), nullable=True))
    _give_rules()
    _make_editions()
    _change_deliveries()
    _move_words()


def _give_rules() -> None:
    op.add_column("subscriptions", sa.Column("paused_until", _MOMENT, nullable=True))
    for column in (
        sa.Column("frequency", sa.String(length=16), nullable=True),
        sa.Column("day_of_month", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
    ):
        op.add_column("subscriptions", column)
    op.execute("UPDATE subscriptions SET frequency = 'weekly', day_of_month = 1, minute = 0")
    with op.batch_alter_table("subscriptions") as table:
        table.alter_column("frequency", existing_type=sa.String(length=16), nullable=False)
        table.alter_column("day_of_month", existing_type=sa.Integer(), nullable=False)
        table.alter_column("minute", existing_type=sa.Integer(), nullable=False)


def _make_editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("key", name=op.f("uq_editions_key")),
    )
    op.create_table(
        "edition_parts",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entities", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["editions.id"],
            name=op.f("fk_edition_parts_edition_id_editions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_edition_parts")),
    )


def _change_deliveries() -> None:
    op.drop_index("ix_deliveries_state_next_try_at", table_name="deliveries")
    for column in (
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("claimed_by", sa.String(length=120), nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
    ):
        op.add_column("deliveries", column)
    op.execute("UPDATE deliveries SET priority = 1")
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("edition_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_deliveries_edition_id_editions"),
            "editions",
            ["edition_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.alter_column("priority", existing_type=sa.Integer(), nullable=False)
        table.alter_column("next_try_at", existing_type=_MOMENT, nullable=True)
        table.drop_constraint(op.f("uq_deliveries_subscriber_id_due_at"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_deliveries_subscriber_id_priority_due_at"),
            ["subscriber_id", "priority", "due_at"],
        )
    # The process that was sending has ended: a newer release is being installed.
    op.execute("UPDATE deliveries SET state = 'failed' WHERE state = 'sending'")
    op.execute("UPDATE deliveries SET next_try_at = NULL WHERE state IN ('sent', 'dead')")
    op.create_index(op.f("ix_deliveries_edition_id"), "deliveries", ["edition_id"], unique=False)
    waiting, claimed = sa.text("next_try_at IS NOT NULL"), sa.text("claimed_by IS NOT NULL")
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["priority", "next_try_at", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index(
        "ix_deliveries_claimed",
        "deliveries",
        ["claimed_by"],
        sqlite_where=claimed,
        postgresql_where=claimed,
    )


def _move_words() -> None:
    """Make an edition of every delivery that was composed; what was not sent keeps no row."""
    op.execute(
        "INSERT INTO editions (key, created_at) SELECT 'delivery ' || id, created_at "
        "FROM deliveries WHERE id IN (SELECT delivery_id FROM delivery_parts)"
    )
    op.execute(
        "INSERT INTO edition_parts (edition_id, position, text, entities) "
        "SELECT editions.id, position, text, entities FROM delivery_parts "
        "JOIN editions ON editions.key = 'delivery ' || delivery_id"
    )
    op.execute(
        "UPDATE deliveries SET edition_id = "
        "(SELECT editions.id FROM editions WHERE editions.key = 'delivery ' || deliveries.id)"
    )
    op.execute("DELETE FROM delivery_parts WHERE message_id IS NULL")
    for column in (
        sa.Column("sending_at", _MOMENT, nullable=True),
        sa.Column("unknown", sa.Integer(), nullable=True),
    ):
        op.add_column("delivery_parts", column)
    op.execute("UPDATE delivery_parts SET unknown = 0, sending_at = sent_at")
    with op.batch_alter_table("delivery_parts") as table:
        table.alter_column("unknown", existing_type=sa.Integer(), nullable=False)
        table.drop_column("text")
        table.drop_column("entities")
