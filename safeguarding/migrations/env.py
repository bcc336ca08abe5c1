"""Alembic runs inside the store's own transaction: all of an upgrade happens, or none."""

from alembic import context

from safeguarding.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
