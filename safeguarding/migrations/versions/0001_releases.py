"""Releases, their catalogue and figures, and the pointer to the published one."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("release_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("loaded_at", sa.String(32), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
    )
    op.create_table(
        "catalogue",
        sa.Column("release_id", sa.Integer, sa.ForeignKey("release.release_id"), primary_key=True),
        sa.Column("name", sa.String(50), primary_key=True),
        sa.Column("table_rows", sa.Text, nullable=False),
    )
    op.create_table(
        "observation",
        sa.Column("release_id", sa.Integer, sa.ForeignKey("release.release_id"), primary_key=True),
        sa.Column("indicator_id", sa.String(80), primary_key=True),
        sa.Column("area_code", sa.String(9), primary_key=True),
        sa.Column("period", sa.String(10), primary_key=True),
        sa.Column("breakdown", sa.String(80), primary_key=True),
        sa.Column("category", sa.String(200), primary_key=True),
        sa.Column("source_id", sa.String(80), primary_key=True),
        sa.Column("period_start", sa.String(10), nullable=False),
        sa.Column("period_end", sa.String(10), nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("numerator", sa.Float),
        sa.Column("denominator", sa.Float),
    )
    op.create_table(
        "published",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("release_id", sa.Integer, sa.ForeignKey("release.release_id"), nullable=False),
        sa.Column("by_a_person", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    for table in ("published", "observation", "catalogue", "release"):
        op.drop_table(table)
