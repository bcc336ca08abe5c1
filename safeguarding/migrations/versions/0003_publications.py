"""Publications: who made which release the published one, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("release_id", sa.Integer, sa.ForeignKey("release.release_id"), nullable=False),
        sa.Column("published_at", sa.String(32), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("publication")
