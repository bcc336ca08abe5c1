"""Schema: the tables of the database. Alembic makes them (`migrations/`).

Notes belong to no release, so no load and no rollback can lose them.
"""

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
NOTE = sa.Table(
    "note",
    METADATA,
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
    sa.Index("note_about", "area_code", "indicator_id"),
)
