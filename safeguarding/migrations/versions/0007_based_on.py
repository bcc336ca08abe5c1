"""Based on: which release a load was put on top of; none for a release of the data folder."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("release", sa.Column("based_on", sa.Integer, nullable=True))


def downgrade() -> None:
    op.drop_column("release", "based_on")
