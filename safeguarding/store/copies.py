"""Copies: the whole store in one file, and back: releases, notes, accounts, tokens and the audit log.

The file is an SQLite database, whichever engine the store is on, so that a copy moves between the two. Who is
signed in is not in it, nor are packs and imports that somebody waits for.
"""

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from safeguarding.refused import Refused
from safeguarding.store.audit import write_down
from safeguarding.store.database import NewerTables, bring_up_to_date, open_engine
from safeguarding.store.notes import overwrite_removed
from safeguarding.store.releases import Store
from safeguarding.store.schema import ACCOUNT, AUDIT, DRAWER, METADATA, NOTE, RELEASE, SESSION, STORE

AT_ONCE = 10_000  # rows in memory
TABLES = tuple(t for t in METADATA.sorted_tables if t not in (SESSION, AUDIT, STORE, DRAWER))
Counts = dict[str, int]


def back_up(store: Store, file: Path) -> Counts:
    """Write the store, as it is at one moment, into a new file that its owner alone may read; rows by table.
    The words of notes that were removed over a month ago are not in it.

    The file has its name once all is in it. Raises Refused where it is there already or cannot be written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        if file.exists():
            raise Refused([f"{file} is there already: give the copy another name."])
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        said = f"{part} is there already: a copy is being made, or was broken off. Then remove it."
        raise Refused([said]) from error
    except OSError as error:
        raise Refused([f"{file} cannot be written ({error.strerror})."]) from error
    try:
        copy = open_engine(f"sqlite:///{part}")
        bring_up_to_date(copy)
        with _at_one_moment(store.engine) as source, copy.begin() as target:
            counts = {t.name: _poured(source, target, t) for t in (*TABLES, AUDIT)}
            overwrite_removed(target)
        _stand_alone(part)
        part.rename(file)
    except (sa.exc.OperationalError, OSError) as error:
        raise Refused([f"{file} cannot be written ({getattr(error, 'orig', None) or error})."]) from error
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return counts


def restore(store: Store, file: Path, by: str, replace: bool = False) -> Counts:
    """Put what a copy holds into the store, in one transaction; rows by table.

    The audit log is only added to: what the copy has of it and the store has not comes behind what is there.
    Raises Refused for what is no copy, and without `replace` where the store holds anything.
    """
    known = store.releases()
    with _opened(file) as copy, copy.connect() as source, store.writing() as target:
        held = [t.name for t in (RELEASE, NOTE, ACCOUNT) if target.execute(sa.select(t).limit(1)).first()]
        if held and not replace:
            said = f"The store holds {' and '.join(f'{name}s' for name in held)} already."
            raise Refused([f"{said} --replace puts the copy in their place; make a backup of them first."])
        for table in (SESSION, DRAWER, *reversed(TABLES)):
            target.execute(sa.delete(table))
        counts = {t.name: _poured(source, target, t) for t in TABLES}
        counts[AUDIT.name] = _added(source, target)
        # running dashboards know another one, and do not mix it with this
        target.execute(sa.update(STORE).values(name=uuid4().hex))
        write_down(target, "store restored", by, file.name)
    for release in known:
        store.forget(release.release_id)
    return counts


def _at_one_moment(engine: sa.Engine) -> sa.Connection:
    """A connection that sees the store as it is when it first reads, whatever is written meanwhile."""
    connection = engine.connect()
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _poured(source: sa.Connection, target: sa.Connection, table: sa.Table) -> int:
    """Copy a table's rows, some at a time; how many there are."""
    names = [c.name for c in table.columns]
    mark = "?" if target.dialect.paramstyle == "qmark" else "%s"
    # straight to the driver: SQLAlchemy's own insert takes three times as long
    insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"
    count = 0
    asked = sa.select(table).order_by(*table.primary_key.columns)
    for rows in source.execution_options(yield_per=AT_ONCE).execute(asked).partitions():
        target.exec_driver_sql(insert, [tuple(row) for row in rows])
        count += len(rows)
    return count


def _added(source: sa.Connection, target: sa.Connection) -> int:
    """Add the lines of a log that another has not; how many."""
    columns = [c for c in AUDIT.columns if c.name != "number"]
    asked = sa.select(*columns).order_by(AUDIT.c.number)
    there = Counter(tuple(row) for row in target.execute(asked))
    number = target.execute(sa.select(sa.func.coalesce(sa.func.max(AUDIT.c.number), 0))).scalar_one()
    lines: list[dict[str, object]] = []
    for row in source.execute(asked):
        if there[tuple(row)]:
            there[tuple(row)] -= 1
        else:
            lines.append({**row._mapping, "number": number + len(lines) + 1})
    if lines:
        target.execute(sa.insert(AUDIT), lines)
    return len(lines)


def _stand_alone(file: Path) -> None:
    """Leave nothing of a database beside its file, and see that it can be read."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
    finally:
        connection.close()
    if found != "ok":
        raise OSError(found)
    with file.open("rb+") as held:
        os.fsync(held.fileno())


@contextmanager
def _opened(file: Path) -> Iterator[sa.Engine]:
    """A copy, laid aside, with what a newer version adds. Raises Refused for what is no copy."""
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder) / "copy.sqlite"
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as held:
                if held.execute("PRAGMA quick_check").fetchone() != ("ok",):
                    raise sqlite3.DatabaseError("its check fails")
                held.execute("SELECT version_num FROM alembic_version")
                with closing(sqlite3.connect(aside)) as laid:
                    held.backup(laid)
            engine = open_engine(f"sqlite:///{aside}")
            bring_up_to_date(engine)
        except NewerTables as error:
            said = f"{file} was made by a newer version of the dashboard: install that one first."
            raise Refused([said]) from error
        except (sqlite3.Error, sa.exc.DatabaseError, OSError) as error:
            raise Refused([f"{file} is no copy that `backup` made, or it is damaged ({error})."]) from error
        yield engine
