"""Database: an engine for an address, its tables brought up to date, and one writer at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa

TROUBLE = (sa.exc.DBAPIError, sa.exc.TimeoutError)  # what is raised while a database cannot be used
BRIEF = 3  # seconds that a request waits for another writer, or for a server that does not answer
LOAD_LOCK = 350_2019  # any number, the same in every process: one writer at a time on PostgreSQL
MIGRATIONS = Path(__file__).parents[1] / "migrations"
NEWEST = max(file.name[:4] for file in MIGRATIONS.glob("versions/0*.py"))
_NAME = sa.text("SELECT name FROM store")
_pooled: WeakSet[sa.Engine] = WeakSet()


def open_engine(url: str) -> sa.Engine:
    """The engine for `url` (an SQLAlchemy address, SQLite or PostgreSQL); it may be used after a fork."""
    address = sa.make_url(url.replace("postgres://", "postgresql://", 1))
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        max_overflow=27,
        pool_timeout=BRIEF,
        connect_args={"connect_timeout": BRIEF},
    )
    _pooled.add(engine)
    return engine


def is_there(url: str) -> bool:
    """Is there a database at `url`, as far as can be told without making one? A server is asked later, and
    what is no address is told when it is opened.
    """
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        return True
    return not _names_a_file(address) or Path(address.database or "").exists()


class NewerTables(Exception):
    """The tables are of a version that this one does not know."""


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make the tables, or add what a newer version needs: all of it, or nothing.

    Raises NewerTables where a newer version of the dashboard has been here.
    """
    if _version(engine) == NEWEST:
        return
    # a sixth of a second of imports, which a start on a store in good order does without
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise NewerTables(str(error)) from error


def _version(engine: sa.Engine) -> str | None:
    """The version of the tables; None where there are none, or where they cannot be read."""
    try:
        with engine.connect() as connection:
            return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    except sa.exc.SQLAlchemyError:
        return None


def be_brief(engine: sa.Engine) -> None:
    """From now on wait no longer than a reader would for another writer, make no database anew (one whose
    file has gone has gone), and take no other store for this one.

    For a process that answers requests, once it has loaded what it had to.
    """
    with engine.connect() as connection:
        name = connection.execute(_NAME).scalar_one()
    if engine.dialect.name == "postgresql":
        engine.dispose()

        def begin(connection: Any, _: object) -> None:
            connection.execute(f"SET lock_timeout = '{BRIEF}s'")
            _same(connection, name)
            connection.commit()  # else the first to hand it back would undo the setting

        sa.event.listen(engine, "connect", begin)
        return
    sa.event.listen(engine, "connect", lambda c, _: c.execute(f"PRAGMA busy_timeout={BRIEF}000"))
    sa.event.listen(engine, "connect", lambda c, _: _same(c, name))
    if is_file(engine):
        sa.event.listen(engine, "do_connect", lambda *_: _still_there(Path(engine.url.database or "")))


def is_file(engine: sa.Engine) -> bool:
    """Is it a file of SQLite, named by its path?"""
    return _names_a_file(engine.url)


def _names_a_file(address: sa.URL) -> bool:
    name = address.database or ":memory:"
    return address.drivername.startswith("sqlite") and name != ":memory:" and not name.startswith("file:")


def _same(connection: Any, name: str) -> None:
    """Raises what a database does that cannot be used where this is another store than the one named."""
    row = connection.execute(str(_NAME)).fetchone()
    if row is None or row[0] != name:
        kind = sqlite3.OperationalError if isinstance(connection, sqlite3.Connection) else _psycopg_error()
        raise kind("another store is in its place; start the dashboard anew to use that one")


def _psycopg_error() -> type[Exception]:
    import psycopg

    return psycopg.OperationalError


def _still_there(file: Path) -> None:
    if not file.exists():
        raise sqlite3.OperationalError("the file of the store has gone")


def why(error: BaseException) -> str:
    """What a database says is wrong, in one line without an address or a password."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return said.splitlines()[0].rstrip(".")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that holds off every other writer until it ends."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOAD_LOCK})
        yield connection


def _sqlite(address: sa.URL) -> sa.Engine:
    """A file, or memory: a connection for each use, and transactions that we begin ourselves."""
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, poolclass=sa.pool.NullPool, hide_parameters=True)
    sa.event.listen(engine, "connect", _sqlite_settings)
    sa.event.listen(
        engine, "begin", lambda c: c.exec_driver_sql(c.get_execution_options().get("begin", "BEGIN"))
    )
    return engine


def _sqlite_settings(connection: object, _: object) -> None:
    """Write-ahead log, patience with another writer, and transactions that we begin ourselves."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _leave_to_the_parent() -> None:
    """A child has sockets of its own: those that it was born with are the parent's, and stay open."""
    for engine in _pooled:
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_the_parent)
