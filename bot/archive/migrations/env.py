"""Alembic's entry: runs the migrations on the connection that `schema.upgrade` hands over."""

from alembic import context

from bot.archive.tables import Table

connection = context.config.attributes["connection"].execution_options(vestnik_writes=True)
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
