"""Alembic's entry: runs the migrations on the connection that `schema.upgrade` hands over."""

from alembic import context
from sqlalchemy import text

from bot.archive import delivery_tables, people_tables, relevance_tables  # noqa: F401 — so that they are known
from bot.archive.tables import Table

connection = context.config.attributes["connection"].execution_options(vestnik_writes=True)
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,
    # One transaction for all steps, on SQLite too: the driver leaves it to us, and a failed step
    # leaves the old tables whole.
    transactional_ddl=True,
)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        # A second process that starts meanwhile waits here, then finds nothing left to do.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('vestnik migrations'))"))
    context.run_migrations()
connection.commit()
