"""Drawers: the files of a pack or of an import, for some hours, where every process that is asked finds them.

A store on SQLite has one machine, and its drawers are folders there. One on PostgreSQL may be answered from
by several, so its drawers are rows of a table (docs/decisions/0032).
"""

import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from safeguarding.store.schema import DRAWER

_NAME = re.compile(r"[A-Za-z0-9_-]{16,40}")


class Drawer(Protocol):
    """The files of one pack or import, by name."""

    @property
    def name(self) -> str:
        """What it is called in addresses; nobody guesses it."""

    @property
    def age(self) -> float:
        """Seconds since something was last put in or taken out; 0 where somebody has just taken it away."""

    @property
    def size(self) -> int:
        """Bytes of all its files."""

    def read(self, file: str) -> bytes:
        """What a file holds. Raises FileNotFoundError where there is none of that name."""

    def write(self, file: str, held: bytes) -> None:
        """Put a file in, or in place of the one there, whole or not at all."""

    def has(self, file: str) -> bool:
        """Is there a file of that name?"""

    def remove(self, file: str) -> None:
        """Take a file out, where it is there."""

    def clear(self) -> None:
        """Take the drawer away with all that is in it."""


class Chest(Protocol):
    """All drawers of one kind."""

    def new(self) -> Drawer:
        """An empty one, of a name that nobody guesses."""

    def named(self, name: str) -> Drawer | None:
        """The one of that name; None where there is none. One on PostgreSQL is there once a file is in it."""

    def drawers(self) -> list[Drawer]:
        """Every one that is there."""


def chest(engine: sa.Engine, kind: str, folder: Path) -> Chest:
    """The drawers of a kind where they are held for a store: in its table, or in a folder of the machine."""
    return TableChest(engine, kind) if engine.dialect.name == "postgresql" else FolderChest(folder)


def tidy(one: Chest, kept_for: float, most_bytes: int, busy: Callable[[Drawer], bool]) -> None:
    """Take away what is older than `kept_for` seconds, and the oldest where all together take more room than
    `most_bytes`, but none that is `busy`.
    """
    for drawer in sorted(one.drawers(), key=lambda d: d.age):
        most_bytes -= drawer.size
        if drawer.age > kept_for or (most_bytes < 0 and not busy(drawer)):
            drawer.clear()


@dataclass(frozen=True)
class FolderDrawer:
    """A folder of this machine."""

    path: Path

    @property
    def name(self) -> str:
        """See Drawer."""
        return self.path.name

    @property
    def age(self) -> float:
        """See Drawer."""
        try:
            return time.time() - self.path.stat().st_mtime
        except OSError:
            return 0.0

    @property
    def size(self) -> int:
        """See Drawer."""
        return sum(map(_size, self.path.rglob("*")))

    def read(self, file: str) -> bytes:
        """See Drawer."""
        return (self.path / file).read_bytes()

    def write(self, file: str, held: bytes) -> None:
        """See Drawer."""
        half = self.path / f"{file}.half"
        half.write_bytes(held)
        half.replace(self.path / file)

    def has(self, file: str) -> bool:
        """See Drawer."""
        return (self.path / file).exists()

    def remove(self, file: str) -> None:
        """See Drawer."""
        (self.path / file).unlink(missing_ok=True)

    def clear(self) -> None:
        """See Drawer."""
        shutil.rmtree(self.path, ignore_errors=True)


@dataclass(frozen=True)
class FolderChest:
    """Folders in a folder of this machine, which nobody else on it may look into."""

    folder: Path

    def new(self) -> FolderDrawer:
        """See Chest."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / secrets.token_urlsafe(16)
        path.mkdir(mode=0o700)
        return FolderDrawer(path)

    def named(self, name: str) -> FolderDrawer | None:
        """See Chest."""
        path = self.folder / name
        return FolderDrawer(path) if _NAME.fullmatch(name) and path.is_dir() else None

    def drawers(self) -> list[Drawer]:
        """See Chest."""
        return [FolderDrawer(p) for p in self.folder.iterdir() if p.is_dir()] if self.folder.exists() else []


@dataclass(frozen=True)
class TableDrawer:
    """Rows of the store's table."""

    engine: sa.Engine
    kind: str
    name: str

    @property
    def _own(self) -> sa.ColumnElement[bool]:
        return sa.and_(DRAWER.c.kind == self.kind, DRAWER.c.name == self.name)

    @property
    def age(self) -> float:
        """See Drawer."""
        with self.engine.connect() as connection:
            last = connection.execute(sa.select(sa.func.max(DRAWER.c.saved_at)).where(self._own)).scalar()
        return time.time() - last if last else 0.0

    @property
    def size(self) -> int:
        """See Drawer."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.sum(DRAWER.c.size)).where(self._own)).scalar() or 0

    def read(self, file: str) -> bytes:
        """See Drawer."""
        with self.engine.connect() as connection:
            asked = sa.select(DRAWER.c.held).where(self._own, DRAWER.c.file == file)
            held = connection.execute(asked).scalar()
        if held is None:
            raise FileNotFoundError(file)
        return bytes(held)

    def write(self, file: str, held: bytes) -> None:
        """See Drawer."""
        now = {"saved_at": time.time(), "size": len(held), "held": held}
        row = insert(DRAWER).values(kind=self.kind, name=self.name, file=file, **now)
        key = [c.name for c in DRAWER.primary_key]
        with self.engine.begin() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=key, set_=now))

    def has(self, file: str) -> bool:
        """See Drawer."""
        with self.engine.connect() as connection:
            asked = sa.select(DRAWER.c.size).where(self._own, DRAWER.c.file == file)
            return connection.execute(asked).first() is not None

    def remove(self, file: str) -> None:
        """See Drawer."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(DRAWER).where(self._own, DRAWER.c.file == file))

    def clear(self) -> None:
        """See Drawer."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(DRAWER).where(self._own))


@dataclass(frozen=True)
class TableChest:
    """Rows of the store's table, by kind."""

    engine: sa.Engine
    kind: str

    def new(self) -> TableDrawer:
        """See Chest."""
        return TableDrawer(self.engine, self.kind, secrets.token_urlsafe(16))

    def named(self, name: str) -> TableDrawer | None:
        """See Chest."""
        return next((d for d in self._held(DRAWER.c.name == name)), None) if _NAME.fullmatch(name) else None

    def drawers(self) -> list[Drawer]:
        """See Chest."""
        return [*self._held(sa.true())]

    def _held(self, which: sa.ColumnElement[bool]) -> list[TableDrawer]:
        asked = sa.select(DRAWER.c.name).where(DRAWER.c.kind == self.kind, which).distinct()
        with self.engine.connect() as connection:
            return [TableDrawer(self.engine, self.kind, name) for name in connection.execute(asked).scalars()]


def _size(path: Path) -> int:
    """The bytes of a file; 0 for a folder, and for one that has gone meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
