"""Faults: what can go wrong under a running dashboard, done to it for a while and undone again."""

import os
import resource
import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from safeguarding.store.database import LOAD_LOCK
from tests.watched import family


@dataclass
class Served:
    """A running dashboard and what it stands on: a file of SQLite, or a server of PostgreSQL."""

    pid: int
    url: str
    database_url: str
    server: Any = None

    @property
    def file(self) -> Path:
        """The file of SQLite."""
        return Path(sa.make_url(self.database_url).database or "")

    @property
    def engine(self) -> sa.Engine:
        """A way into the database that is not the dashboard's."""
        address = sa.make_url(self.database_url)
        if address.get_backend_name() == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        return sa.create_engine(address, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        return family(self.pid)[1:]


@contextmanager
def locked(served: Served) -> Iterator[None]:
    """Somebody else is writing, and goes on."""
    with served.engine.connect() as other:
        if served.server is None:
            other.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            other.execute(sa.text("SELECT pg_advisory_lock(:n)"), {"n": LOAD_LOCK})
        yield
        if served.server is None:
            other.exec_driver_sql("ROLLBACK")


@contextmanager
def away(served: Served) -> Iterator[None]:
    """The file has been moved, or the server has ended at once."""
    if served.server is not None:
        os.kill(served.server.get_pid(), signal.SIGQUIT)
        yield
        served.server.ensure_postgres_running()
        return
    with _aside(served) as kept:
        served.file.unlink()
        yield
        assert not served.file.exists(), "it is not made anew, empty"
        assert kept.exists()


@contextmanager
def truncated(served: Served) -> Iterator[None]:
    """The file has lost its end."""
    with _aside(served):
        os.truncate(served.file, 5000)
        yield


@contextmanager
def rubbish(served: Served) -> Iterator[None]:
    """The file is no database."""
    with _aside(served):
        served.file.write_bytes(b"PK" * 50_000)
        yield


@contextmanager
def another(served: Served) -> Iterator[None]:
    """A store in good order, but another one."""
    with served.engine.connect() as other:
        name = other.execute(sa.text("SELECT name FROM store")).scalar_one()
        other.execute(sa.text("UPDATE store SET name = 'another'"))
        _part(other)
        yield
        other.execute(sa.text("UPDATE store SET name = :name"), {"name": name})


@contextmanager
def full(served: Served) -> Iterator[None]:
    """No file can grow: to whoever writes the same as a disk without room."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in served.workers}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
    try:
        yield
    finally:
        for pid, limits in before.items():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def filled(served: Served) -> Iterator[None]:
    """The disk that PostgreSQL stands on has no room left: a small one of its own, else nothing is tried."""
    with served.engine.connect() as other:
        folder = Path(other.execute(sa.text("SHOW data_directory")).scalar_one())
    ballast, block = folder.parent / "ballast", b"\0" * 8192
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(block)
    try:
        yield
    finally:
        ballast.unlink()
        served.server.ensure_postgres_running()


def small_disk(served: Served) -> bool:
    """Does PostgreSQL stand on a disk that may be filled: one of less than two gigabytes?"""
    with served.engine.connect() as other:
        folder = other.execute(sa.text("SHOW data_directory")).scalar_one()
    return shutil.disk_usage(folder).total < 2_000_000_000


@contextmanager
def killed(served: Served) -> Iterator[None]:
    """The processes that answer have been killed; others take their place."""
    for pid in served.workers:
        os.kill(pid, signal.SIGKILL)
    yield


@contextmanager
def half_open(served: Served) -> Iterator[None]:
    """Forty connections have sent half a request."""
    port = int(served.url.rpartition(":")[2])
    begun = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
        b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
    )
    waiting = []
    for n in range(40):
        waiting.append(socket.create_connection(("127.0.0.1", port)))
        waiting[-1].sendall(begun[n % 2])
    try:
        yield
    finally:
        for one in waiting:
            one.close()


@contextmanager
def _aside(served: Served) -> Iterator[Path]:
    """Keep the file, whole, and put it back."""
    with sqlite3.connect(served.file) as flushed:
        flushed.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    flushed.close()
    kept = served.file.with_suffix(".aside")
    shutil.copy(served.file, kept)
    yield kept
    for left in served.file.parent.glob(f"{served.file.name}-*"):
        left.unlink()
    shutil.move(kept, served.file)


def _part(other: sa.Connection) -> None:
    """End all other connections to a PostgreSQL, as a fail-over does."""
    if other.dialect.name == "postgresql":
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        other.execute(sa.text(f"{ended} AND datname = current_database()"))
