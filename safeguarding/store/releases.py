"""Releases: numbered, immutable releases of the figures, and which one of them is published.

SQLAlchemy Core over SQLite (a file, WAL) or PostgreSQL; the tables are made by Alembic. A release holds its
own copy of every figure and of the catalogue, so what a reader saw in release 3 can be seen again for ever.
Small local counts are hidden in `observations`, before any other layer can meet them.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from safeguarding.disclosure.small_counts import hide_small
from safeguarding.loader import Folder
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.schema import CATALOGUE, OBSERVATION, PUBLISHED, RELEASE
from safeguarding.store.tables import Observation
from safeguarding.vocabulary import Status

LOAD_LOCK = 350_2019  # any number, the same in every process: one load at a time on PostgreSQL


@dataclass(frozen=True)
class Loaded:
    """What a start found or did: the release of `data/`, whether it is new, and whether it is published."""

    release_id: int
    new: bool
    published: bool
    figures: int = 0


class Store:
    """One database. Open it once a process; it may be used after a fork."""

    def __init__(self, url: str):
        """Open the database at `url` (an SQLAlchemy address) and bring its tables up to date."""
        address = sa.make_url(url.replace("postgres://", "postgresql://", 1))
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() == "sqlite":
            if address.database:
                Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            self.engine = sa.create_engine(address, poolclass=sa.pool.NullPool)
            sa.event.listen(self.engine, "connect", _sqlite_settings)
            sa.event.listen(
                self.engine,
                "begin",
                lambda c: c.exec_driver_sql(c.get_execution_options().get("begin", "BEGIN")),
            )
        else:
            self.engine = sa.create_engine(address, pool_pre_ping=True)
            os.register_at_fork(after_in_child=lambda: self.engine.dispose(close=False)) if hasattr(
                os, "register_at_fork"
            ) else None
        self._catalogues: dict[int, Catalogue] = {}
        self._latest: dict[int, date] = {}
        with self.writing() as connection:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that holds off every other writer until it ends."""
        with (
            self.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOAD_LOCK})
            yield connection

    # --- releases ---

    def load_folder(self, folder: Folder, author: str, reason: str) -> Loaded:
        """Make `folder` a new release, unless the newest release from a folder already is that folder.

        The new release is published too, unless a person has published or rolled back: then the pointer
        stays, and the answer says so. All of it happens in one transaction, or none of it.
        """
        files = json.dumps(dict(folder.files), sort_keys=True)
        with self.writing() as connection:
            newest = connection.execute(
                sa.select(RELEASE).order_by(RELEASE.c.release_id.desc()).limit(1)
            ).first()
            pointer = connection.execute(sa.select(PUBLISHED)).first()
            if newest is not None and newest.files == files:
                return Loaded(
                    newest.release_id, False, pointer is not None and pointer.release_id == newest.release_id
                )
            number = newest.release_id + 1 if newest else 1
            connection.execute(
                sa.insert(RELEASE).values(
                    release_id=number,
                    loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
                    author=author,
                    reason=reason,
                    files=files,
                )
            )
            connection.execute(
                sa.insert(CATALOGUE),
                [
                    {"release_id": number, "name": n, "table_rows": json.dumps(rows)}
                    for n, rows in folder.tables.items()
                ],
            )
            figures = folder.observations.assign(
                release_id=number, provisional=folder.observations["provisional"] == "yes"
            )
            columns = [c.name for c in OBSERVATION.columns]
            records = figures[columns].astype(object).where(figures[columns].notna(), None).values.tolist()
            connection.execute(sa.insert(OBSERVATION), [dict(zip(columns, r, strict=True)) for r in records])
            held_back = pointer is not None and pointer.by_a_person
            if not held_back:
                self._point(connection, number, by_a_person=False)
        return Loaded(number, True, not held_back, len(records))

    def publish(self, release_id: int) -> None:
        """Make a release the published one: what a person does to publish or to roll back.

        Raises KeyError when there is no such release.
        """
        with self.writing() as connection:
            if (
                connection.execute(
                    sa.select(RELEASE.c.release_id).where(RELEASE.c.release_id == release_id)
                ).first()
                is None
            ):
                raise KeyError(f"there is no release {release_id}")
            self._point(connection, release_id, by_a_person=True)

    @staticmethod
    def _point(connection: sa.Connection, release_id: int, by_a_person: bool) -> None:
        connection.execute(sa.delete(PUBLISHED))
        connection.execute(sa.insert(PUBLISHED).values(one=1, release_id=release_id, by_a_person=by_a_person))

    def published(self) -> int | None:
        """The number of the published release; None before the first load."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(PUBLISHED.c.release_id)).scalar()

    def loaded_at(self, release_id: int) -> datetime:
        """When a release was loaded (UTC). Raises KeyError when there is no such release."""
        with self.engine.connect() as connection:
            when = connection.execute(
                sa.select(RELEASE.c.loaded_at).where(RELEASE.c.release_id == release_id)
            ).scalar()
        if when is None:
            raise KeyError(f"there is no release {release_id}")
        return datetime.fromisoformat(when)

    # --- reading ---

    def latest_period_end(self, release_id: int) -> date:
        """The last day of the newest official year in a release: of the sources that say when they are next due, else of all.

        Raises KeyError when there is no such release.
        """
        if release_id not in self._latest:
            due = [s.source_id for s in self.catalogue(release_id).sources.values() if s.next_due]
            query = sa.select(sa.func.max(OBSERVATION.c.period_end)).where(
                OBSERVATION.c.release_id == release_id
            )
            with self.engine.connect() as connection:
                end = connection.execute(
                    query.where(OBSERVATION.c.source_id.in_(due)) if due else query
                ).scalar()
            self._latest[release_id] = date.fromisoformat(end) if end else date.today()
        return self._latest[release_id]

    def catalogue(self, release_id: int) -> Catalogue:
        """The catalogue of a release. Raises KeyError when there is no such release."""
        if release_id not in self._catalogues:
            with self.engine.connect() as connection:
                found = connection.execute(
                    sa.select(CATALOGUE).where(CATALOGUE.c.release_id == release_id)
                ).all()
            if not found:
                raise KeyError(f"there is no release {release_id}")
            self._catalogues[release_id] = Catalogue({r.name: json.loads(r.table_rows) for r in found})
        return self._catalogues[release_id]

    def observations(
        self, release_id: int, indicators: Iterable[str], areas: Iterable[str], parts: bool = False
    ) -> list[Observation]:
        """The figures of some indicators for some areas in a release, oldest period first; small local counts hidden.

        Figures for the whole; with `parts`, those that carry a breakdown and a category instead.
        """
        catalogue = self.catalogue(release_id)
        table = OBSERVATION.c
        columns = [
            table.indicator_id,
            table.area_code,
            table.period,
            table.period_start,
            table.period_end,
            table.value,
            table.status,
            table.provisional,
            table.numerator,
            table.denominator,
            table.source_id,
            table.breakdown,
            table.category,
        ]
        query = (
            sa.select(*columns)
            .where(
                table.release_id == release_id,
                table.indicator_id.in_(sorted(set(indicators))),
                table.area_code.in_(sorted(set(areas))),
                table.breakdown != "" if parts else table.breakdown == "",
            )
            .order_by(table.indicator_id, table.area_code, table.period_end)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        found = []
        for (
            indicator_id,
            area_code,
            period,
            start,
            end,
            value,
            status,
            provisional,
            numerator,
            denominator,
            source_id,
            *part,
        ) in rows:
            observation = Observation(
                indicator_id,
                area_code,
                period,
                _day(start),
                _day(end),
                value,
                Status(status),
                bool(provisional),
                numerator,
                denominator,
                source_id,
                *part,
            )
            found.append(
                hide_small(observation, catalogue.indicators[indicator_id], catalogue.sources[source_id])
            )
        return found


def _day(text: str) -> date:
    """A stored day; an undated figure sorts before every other."""
    return date.fromisoformat(text) if text else date.min


def _sqlite_settings(connection: object, _: object) -> None:
    """Write-ahead log, patience with another writer, and transactions that we begin ourselves."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
