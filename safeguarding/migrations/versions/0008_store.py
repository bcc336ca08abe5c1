"""Store: a name of its own, so that another store in its place is told apart from it."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    store = op.create_table(
        "store",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(32), nullable=False),
    )
    op.bulk_insert(store, [{"one": 1, "name": uuid4().hex}])


def downgrade() -> None:
    op.drop_table("store")
