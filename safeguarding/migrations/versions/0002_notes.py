"""Notes and actions: they belong to no release, so no load and no rollback can lose them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("note_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("indicator_id", sa.String(80), nullable=False),
        sa.Column("area_code", sa.String(9), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("owner", sa.String(100), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("written_at", sa.String(32), nullable=False),
        sa.Column("done_by", sa.String(100), nullable=False),
        sa.Column("done_at", sa.String(32), nullable=False),
        sa.Column("removed_by", sa.String(100), nullable=False),
        sa.Column("removed_at", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("note_about", "note", ["area_code", "indicator_id"])


def downgrade() -> None:
    op.drop_index("note_about")
    op.drop_table("note")
