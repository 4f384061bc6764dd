"""Deliveries by edition: only of those that have one, for most wait without."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NAME, _TABLE, _COLUMNS = "ix_deliveries_edition_id", "deliveries", ["edition_id"]


def upgrade() -> None:
    """Make the index anew with its condition."""
    op.drop_index(_NAME, _TABLE)
    has_one = sa.text("edition_id IS NOT NULL")
    op.create_index(_NAME, _TABLE, _COLUMNS, sqlite_where=has_one, postgresql_where=has_one)


def downgrade() -> None:
    """Make it without."""
    op.drop_index(_NAME, _TABLE)
    op.create_index(_NAME, _TABLE, _COLUMNS)
