"""Unwritten: an answer of a database, kept while nobody writes to it."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import sqlalchemy as sa

from safeguarding.store.database import TROUBLE, is_file

Answer = TypeVar("Answer")


class Unwritten(Generic[Answer]):
    """The answer to a question that is asked of a database at every request: kept while nobody writes to it.

    A file of SQLite tells that in microseconds (`PRAGMA data_version` of a connection that is held, which
    itself never writes); any other database is asked each time. Threads may share it, and a fork may inherit
    it. It raises what the question does.
    """

    def __init__(self, engine: sa.Engine, ask: Callable[[sa.Connection], Answer]):
        self._engine, self._ask, self._lock = engine, ask, Lock()
        self._file = engine.url.database if is_file(engine) else None
        self._held: sqlite3.Connection | None = None
        self._process, self._of = os.getpid(), (0, 0, 0, 0)
        self._kept: tuple[int, Answer] | None = None
        self._parents: list[sqlite3.Connection | None] = []

    def __call__(self) -> Answer:
        """The answer as the database stands now."""
        with self._lock:
            version = self._version()
            if version is not None and self._kept and self._kept[0] == version:
                return self._kept[1]
            with self._engine.connect() as connection:
                answer = self._ask(connection)
            self._kept = None if version is None else (version, answer)
            return answer

    def _version(self) -> int | None:
        """A number that stays the same while nobody writes; None where the database has none, or is away."""
        if self._file is None:
            return None
        try:
            found = Path(self._file).stat()
            of = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
            if self._held is None or (self._process, self._of) != (os.getpid(), of):
                self._open_anew()
                self._of = of
            return self._held.execute("PRAGMA data_version").fetchone()[0]  # type: ignore[union-attr]
        except (OSError, sqlite3.Error, *TROUBLE):
            self._of = (0, 0, 0, 0)  # the question itself will say what is wrong
            return None

    def _open_anew(self) -> None:
        """Hold a connection to the file as it is now; numbers of another one say nothing."""
        if self._process != os.getpid():
            self._parents.append(self._held)  # a child that closed it would undo the parent's locks
        elif self._held:
            self._held.close()
        self._held, self._kept, self._process = None, None, os.getpid()
        fresh = self._engine.raw_connection()
        self._held = fresh.driver_connection
        fresh.detach()
