"""Schema: the tables of the database. Alembic makes them (`migrations/`)."""

import sqlalchemy as sa

METADATA = sa.MetaData()
RELEASE = sa.Table(
    "release",
    METADATA,
    sa.Column("release_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("loaded_at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("files", sa.Text, nullable=False),
)
CATALOGUE = sa.Table(
    "catalogue",
    METADATA,
    sa.Column("release_id", sa.ForeignKey("release.release_id"), primary_key=True),
    sa.Column("name", sa.String(50), primary_key=True),
    sa.Column("table_rows", sa.Text, nullable=False),
)
OBSERVATION = sa.Table(
    "observation",
    METADATA,
    sa.Column("release_id", sa.ForeignKey("release.release_id"), primary_key=True),
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
PUBLISHED = sa.Table(
    "published",
    METADATA,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("release_id", sa.ForeignKey("release.release_id"), nullable=False),
    sa.Column("by_a_person", sa.Boolean, nullable=False),
)
