"""Drawers: the files of packs and imports, for some hours, where a store has several machines."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawer",
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("file", sa.String(255), primary_key=True),
        sa.Column("saved_at", sa.Float, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("held", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("drawer")
