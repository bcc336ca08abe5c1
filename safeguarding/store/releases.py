"""Releases: numbered, immutable releases of the figures, and which one of them is published.

SQLAlchemy Core over SQLite (a file, WAL) or PostgreSQL; the tables are made by Alembic. A release holds its
own copy of every figure and of the catalogue, so what a reader saw in release 3 can be seen again for ever.
Small local counts are hidden in `observations`, before any other layer can meet them.
"""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock

import sqlalchemy as sa

from safeguarding.loader import Folder
from safeguarding.store import observations
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.database import bring_up_to_date, open_engine, writing
from safeguarding.store.observations import Shown
from safeguarding.store.schema import CATALOGUE, PUBLISHED, RELEASE
from safeguarding.store.tables import Observation


@dataclass(frozen=True)
class Loaded:
    """What a start found or did: the release of `data/`, whether it is new, and whether it is published."""

    release_id: int
    new: bool
    published: bool
    figures: int = 0


class Store:
    """The releases of one database. Open it once a process; it may be used after a fork."""

    def __init__(self, url: str):
        """Open the database at `url` (an SQLAlchemy address) and bring its tables up to date."""
        self.engine = open_engine(url)
        self._catalogues: dict[int, Catalogue] = {}
        self._shown: dict[int, Shown] = {}
        self._reading = Lock()
        bring_up_to_date(self.engine)

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that holds off every other writer until it ends."""
        return writing(self.engine)

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
                stands = pointer is not None and pointer.release_id == newest.release_id
                return Loaded(newest.release_id, False, stands)
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
            tables = [
                {"release_id": number, "name": name, "table_rows": json.dumps(rows)}
                for name, rows in folder.tables.items()
            ]
            connection.execute(sa.insert(CATALOGUE), tables)
            figures = observations.keep(connection, number, folder.observations)
            held_back = pointer is not None and pointer.by_a_person
            if not held_back:
                self._point(connection, number, by_a_person=False)
        return Loaded(number, True, not held_back, figures)

    def publish(self, release_id: int) -> None:
        """Make a release the published one: what a person does to publish or to roll back.

        Raises KeyError when there is no such release.
        """
        with self.writing() as connection:
            known = sa.select(RELEASE.c.release_id).where(RELEASE.c.release_id == release_id)
            if connection.execute(known).first() is None:
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
        asked = sa.select(RELEASE.c.loaded_at).where(RELEASE.c.release_id == release_id)
        with self.engine.connect() as connection:
            when = connection.execute(asked).scalar()
        if when is None:
            raise KeyError(f"there is no release {release_id}")
        return datetime.fromisoformat(when)

    # --- what a release holds ---

    def catalogue(self, release_id: int) -> Catalogue:
        """The catalogue of a release. Raises KeyError when there is no such release."""
        if release_id not in self._catalogues:
            asked = sa.select(CATALOGUE).where(CATALOGUE.c.release_id == release_id)
            with self.engine.connect() as connection:
                found = connection.execute(asked).all()
            if not found:
                raise KeyError(f"there is no release {release_id}")
            self._catalogues[release_id] = Catalogue({r.name: json.loads(r.table_rows) for r in found})
        return self._catalogues[release_id]

    def shown(self, release_id: int) -> Shown:
        """The figures of a release as they may be shown, read once and kept.

        Raises KeyError when there is no such release.
        """
        with self._reading:
            if release_id not in self._shown:
                catalogue = self.catalogue(release_id)
                with self.engine.connect() as connection:
                    columns = observations.read(connection, release_id)
                self._shown[release_id] = Shown(columns, catalogue)
            return self._shown[release_id]

    def keep_only(self, release_id: int) -> None:
        """Let go of the figures of every other release; one that is asked for again is read again."""
        with self._reading:
            self._shown = {r: shown for r, shown in self._shown.items() if r == release_id}

    def observations(
        self, release_id: int, indicators: Iterable[str], areas: Iterable[str], parts: bool = False
    ) -> list[Observation]:
        """The figures of some indicators for some areas, oldest period first; small local counts hidden.

        Figures for the whole; with `parts`, those that carry a breakdown and a category instead. Raises
        KeyError when there is no such release.
        """
        shown, codes = self.shown(release_id), sorted(set(areas))
        return [o for i in sorted(set(indicators)) for code in codes for o in shown.series(i, code, parts)]

    def latest_period_end(self, release_id: int) -> date:
        """The last day of the newest official year in a release; today where it has no dated figure.

        Of the sources that say when they are next due, else of all. Raises KeyError when there is no such
        release.
        """
        return self.shown(release_id).newest_end or date.today()
