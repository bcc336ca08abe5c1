"""Schema: the tables of the database. Alembic makes them (`migrations/`).

Notes belong to no release, so no load and no rollback can lose them.
"""

import sqlalchemy as sa

METADATA = sa.MetaData()
# one row: the name of the store, that no other has; made with the table, and anew when a copy is put back
STORE = sa.Table(
    "store",
    METADATA,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(32), nullable=False),
)
RELEASE = sa.Table(
    "release",
    METADATA,
    sa.Column("release_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("loaded_at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("files", sa.Text, nullable=False),
    sa.Column("based_on", sa.Integer),
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
PUBLICATION = sa.Table(
    "publication",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("release_id", sa.ForeignKey("release.release_id"), nullable=False),
    sa.Column("published_at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
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
NOTE_CHANGE = sa.Table(
    "note_change",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("note_id", sa.Integer, nullable=False),
    sa.Column("area_code", sa.String(9), nullable=False),
    sa.Column("what", sa.String(10), nullable=False),
    sa.Column("author", sa.String(100), nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
    sa.Index("note_change_of_day", "area_code", "what", "made_at"),
)
ACCOUNT = sa.Table(
    "account",
    METADATA,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("password", sa.String(300), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("added_at", sa.String(32), nullable=False),
)
SESSION = sa.Table(
    "session",
    METADATA,
    sa.Column("secret", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("began_at", sa.String(32), nullable=False),
    sa.Column("seen_at", sa.String(32), nullable=False),
)
TOKEN = sa.Table(
    "token",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("secret", sa.String(64), nullable=False, unique=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("title", sa.String(100), nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
    sa.Column("used_on", sa.String(10), nullable=False),
    sa.Column("revoked_at", sa.String(32), nullable=False),
)
AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made_at", sa.String(32), nullable=False),
    sa.Column("what", sa.String(40), nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("about", sa.String(200), nullable=False),
    sa.Column("address", sa.String(60), nullable=False),
    sa.Index("audit_of_whom", "what", "who", "made_at"),
    sa.Index("audit_from_where", "what", "address", "made_at"),
)
# files of packs and imports, for some hours: used on PostgreSQL alone (`drawers`); `saved_at` in seconds
DRAWER = sa.Table(
    "drawer",
    METADATA,
    sa.Column("kind", sa.String(10), primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("file", sa.String(255), primary_key=True),
    sa.Column("saved_at", sa.Float, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("held", sa.LargeBinary, nullable=False),
)
