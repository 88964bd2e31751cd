"""Run by Alembic: the migrations work inside the one transaction that the caller began."""

from alembic import context

from taggarr.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
