"""Alerts: what was told to whom at once, what waits, and how much of it a subscriber wants."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of alerts, what is wanted of them, and buttons below parts of editions."""
    _make_alerts()
    op.add_column("edition_parts", sa.Column("keyboard", sa.Text(), nullable=True))
    _widen_wishes()
    _begin_now()
    op.create_index(
        "ix_wishes_alert_topics",
        "wishes",
        ["subscriber_id"],
        unique=False,
        sqlite_where=sa.text("alert_topics = 1"),
        postgresql_where=sa.text("alert_topics"),
    )


def _make_alerts() -> None:
    owners = {
        "subscriber_id": "subscribers",
        "story_id": "stories",
        "article_id": "articles",
        "delivery_id": "deliveries",
    }
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("noticed_at", _MOMENT, nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_alerts_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in owners.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint(
            "subscriber_id", "article_id", name=op.f("uq_alerts_subscriber_id_article_id")
        ),
        sa.UniqueConstraint(
            "subscriber_id", "story_id", name=op.f("uq_alerts_subscriber_id_story_id")
        ),
    )
    for column in ("article_id", "noticed_at", "story_id"):
        op.create_index(op.f(f"ix_alerts_{column}"), "alerts", [column], unique=False)
    for name, column, among in (
        ("ix_alerts_held", "subscriber_id", sa.text("delivery_id IS NULL")),
        ("ix_alerts_told", "delivery_id", sa.text("delivery_id IS NOT NULL")),
    ):
        op.create_index(
            name,
            "alerts",
            [column],
            unique=False,
            sqlite_where=among,
            postgresql_where=among,
        )


def _widen_wishes() -> None:
    """Let whoever stated wishes want of alerts what everybody gets."""
    op.add_column("wishes", sa.Column("alerts_a_day", sa.Integer(), nullable=True))
    op.add_column("wishes", sa.Column("alert_importance", sa.Double(), nullable=True))
    op.add_column("wishes", sa.Column("alert_topics", sa.Boolean(), nullable=True))
    op.add_column("wishes", sa.Column("alerts_since", _MOMENT, nullable=True))
    op.execute("UPDATE wishes SET alerts_a_day = 3, alert_importance = 0, alert_topics = false")
    with op.batch_alter_table("wishes") as table:
        table.alter_column("alerts_a_day", existing_type=sa.Integer(), nullable=False)
        table.alter_column("alert_importance", existing_type=sa.Double(), nullable=False)
        table.alter_column("alert_topics", existing_type=sa.Boolean(), nullable=False)


def _begin_now() -> None:
    """Let nobody be told of what came in before this step, when nothing was told at once yet."""
    now = sa.bindparam("now", datetime.now(UTC), _MOMENT)
    op.execute(sa.text("UPDATE wishes SET alerts_since = :now").bindparams(now))
    op.execute(sa.text("UPDATE saved_searches SET checked_at = :now").bindparams(now))
    # Whoever follows somebody and stated no wishes: what everybody gets, from now on.
    op.execute(
        sa.text(
            "INSERT INTO wishes (subscriber_id, length, topics, include, exclude, only_followed,"
            " least_importance, is_rich, is_silent, has_pdf, alerts_a_day, alert_importance,"
            " alert_topics, alerts_since)"
            " SELECT DISTINCT subscriber_id, 'full', '[]', '[]', '[]', false, 0, false, false,"
            " false, 3, 0, false, :now FROM follows"
            " WHERE subscriber_id NOT IN (SELECT subscriber_id FROM wishes)"
        ).bindparams(now)
    )
