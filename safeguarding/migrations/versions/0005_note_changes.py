"""The journal of notes: who wrote, finished, removed or put back which note, and when; only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_change",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("note_id", sa.Integer, nullable=False),
        sa.Column("area_code", sa.String(9), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_index("note_change_of_day", "note_change", ["area_code", "what", "made_at"])


def downgrade() -> None:
    op.drop_index("note_change_of_day")
    op.drop_table("note_change")
