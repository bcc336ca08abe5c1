"""Database: an engine for an address, its tables brought up to date, and one writer at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

LOAD_LOCK = 350_2019  # any number, the same in every process: one writer at a time on PostgreSQL
_pooled: WeakSet[sa.Engine] = WeakSet()


def open_engine(url: str) -> sa.Engine:
    """The engine for `url` (an SQLAlchemy address, SQLite or PostgreSQL); it may be used after a fork."""
    address = sa.make_url(url.replace("postgres://", "postgresql://", 1))
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    engine = sa.create_engine(address, pool_pre_ping=True)
    _pooled.add(engine)
    return engine


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make the tables, or add what a newer version needs: all of it, or nothing."""
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
    engine = sa.create_engine(address, poolclass=sa.pool.NullPool)
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
