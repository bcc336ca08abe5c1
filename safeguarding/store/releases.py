"""Releases: numbered, immutable releases of the figures, and which one of them is published.

SQLAlchemy Core over SQLite (a file, WAL) or PostgreSQL; the tables are made by Alembic. A release holds its
own copy of every figure and of the catalogue, so what a reader saw in release 3 can be seen again for ever.
Small local counts are hidden in `observations`, for the audience that asks, before any other layer can meet
them; whoever names no audience gets what anybody may see.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any

import sqlalchemy as sa

from safeguarding.disclosure.audience import Audience, Hiding, Rules
from safeguarding.disclosure.audit import Findings, View, audit, refusal
from safeguarding.disclosure.hidden import Ledger
from safeguarding.disclosure.reports import exposed, stated
from safeguarding.disclosure.small_counts import hidden_statements
from safeguarding.loader import Folder
from safeguarding.refused import Refused
from safeguarding.store import observations
from safeguarding.store.audit import write_down
from safeguarding.store.before import before
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.columns import Columns
from safeguarding.store.database import (
    NewerTables,
    be_brief,
    bring_up_to_date,
    open_engine,
    why,
    writing,
)
from safeguarding.store.difference import Difference, by_indicator, difference
from safeguarding.store.observations import Shown
from safeguarding.store.receipts import Receipt, receipts
from safeguarding.store.revisions import Revisions, revisions
from safeguarding.store.schema import CATALOGUE, NOTE, OBSERVATION, PUBLICATION, PUBLISHED, RELEASE
from safeguarding.store.tables import Key, Observation, Source
from safeguarding.store.typed import typed
from safeguarding.store.unwritten import Unwritten

CURE = "Look at DATABASE_URL, or put a backup in its place (docs/running.md)."
_NEWEST_NOTE = sa.select(sa.func.coalesce(sa.func.max(NOTE.c.revision), 0))


@dataclass(frozen=True)
class Loaded:
    """What a start found or did: the release of `data/`, whether it is new, and whether it is published.

    `refused` says why it may not be, a sentence each, where hidden figures could be worked out.
    """

    release_id: int
    new: bool
    published: bool
    figures: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """One release: when it was loaded (UTC), by whom and why, and from which files (name and SHA-256).

    `based_on` is the release that it was put on top of; None where it is a data folder.
    """

    release_id: int
    loaded_at: datetime
    author: str
    reason: str
    files: Mapping[str, str]
    based_on: int | None


@dataclass(frozen=True)
class Publication:
    """One time that a person made a release the published one: when (UTC), who and why."""

    number: int
    release_id: int
    published_at: datetime
    author: str
    reason: str


class Store:
    """The releases of one database. Open it once a process; it may be used after a fork."""

    def __init__(self, url: str, rules: Rules = Rules(), cure: str = CURE):  # noqa: B008
        """Open the database at `url` (an SQLAlchemy address) and bring its tables up to date. Raises Refused,
        with a sentence and the `cure`, where that cannot be done.

        `rules` say what is hidden from which audience.
        """
        self.engine = _opened(url, cure)
        self.rules = rules
        self._catalogues: dict[tuple[int, Hiding], Catalogue] = {}
        self._columns: dict[int, Columns] = {}
        self._shown: dict[tuple[int, Hiding], Shown] = {}
        self._revised: dict[tuple[int, Hiding], Revisions] = {}
        self._hidden_of: dict[tuple[int, Hiding], frozenset[Key]] = {}
        self._reading, self._comparing = Lock(), Lock()
        self.notes_revision = Unwritten(self.engine, lambda c: c.execute(_NEWEST_NOTE).scalar_one())

    def be_brief(self) -> None:
        """For a process that answers requests: see `database.be_brief`."""
        be_brief(self.engine)

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that holds off every other writer until it ends."""
        return writing(self.engine)

    # --- releases ---

    def held(self, files: Mapping[str, str]) -> Loaded | None:
        """The newest release, where it was made of just these files (name and hash); else None.

        A start whose folder is held already need not read it, or check it, again.
        """
        with self.engine.connect() as connection:
            return _held(connection, files)

    def load_folder(self, folder: Folder, author: str, reason: str) -> Loaded:
        """Make `folder` a new release, unless the newest release from a folder already is that folder.

        The new release is published too, unless a person has published or rolled back: then the pointer
        stays, and the answer says so. All of it happens in one transaction, or none of it. A release with
        figures of a source whose small counts are hidden is audited before it is published, and is kept
        unpublished where a hidden figure could be worked out.
        """
        with self.writing() as connection:
            if found := _held(connection, folder.files):
                return found
            pointer = connection.execute(sa.select(PUBLISHED)).first()
            number, figures = self._written(connection, folder, author, reason)
            write_down(connection, "release loaded", author, f"release {number}")
            held_back = pointer is not None and pointer.by_a_person
            audited = observations.given_by_hiding(folder)
            if not held_back and not audited:
                self._point(connection, number, by_a_person=False)
                write_down(connection, "release published", author, f"release {number}")
        if held_back or not audited:
            return Loaded(number, True, not held_back, figures)
        refused = tuple(self.refusal(number))
        if not refused:
            with self.writing() as connection:
                self._point(connection, number, by_a_person=False)
                write_down(connection, "release published", author, f"release {number}")
        return Loaded(number, True, not refused, figures, refused)

    def would_change(self, folder: Folder) -> tuple[int, list[Difference]] | None:
        """The published release, and what a start with `folder` would change of it; None before the first
        load. Nothing of it is kept. Sizes are as in `difference`.
        """
        with self.writing() as connection:
            base = self.published_in(connection)
            if base is None:
                return None
            number, _ = self._written(connection, folder, "", "")
            sources = (typed(Source, row) for row in folder.tables["sources"])
            public = {s.source_id for s in sources if not s.hides_small}
            found = difference(by_indicator(connection, base, number), public)
            connection.get_transaction().rollback()  # type: ignore[union-attr]
        return base, found

    @staticmethod
    def _written(connection: sa.Connection, folder: Folder, author: str, reason: str) -> tuple[int, int]:
        """Within a transaction: write a folder as the next release; its number and how many figures."""
        number = begun(connection, folder.tables, folder.files, author, reason)
        return number, observations.keep(connection, number, folder.observations)

    def audit(self, release_id: int) -> tuple[Findings, Ledger]:
        """What a reader of a release could work out of what is hidden, having seen the published one too.

        Takes some 20 seconds for all of England. Raises KeyError when there is no such release.
        """
        before = self.published()
        catalogue = self.catalogue(release_id)
        now = self._view(release_id, "this release")
        then = self._view(before, f"release {before}") if before and before != release_id else None
        return audit(now, then, stated(catalogue.statements, now.ledger)), now.ledger

    def refusal(self, release_id: int) -> list[str]:
        """Why a release may not be published, a sentence each; nothing where it may."""
        return [*refusal(*self.audit(release_id)), *self.stated_too_well(release_id)]

    def hidden_statements(self, release_id: int) -> dict[str, bool]:
        """The statements that everyone may not see: whether each is small itself, or hidden for another's
        sake.
        """
        c, hiding = self.catalogue(release_id), self.rules.hiding(Audience.SHAREABLE)
        return hidden_statements(c.stated, c.sources, c.checks, hiding)

    def stated_too_well(self, release_id: int) -> list[str]:
        """The hidden statements of a report that its other statements give away, a sentence each."""
        c, hidden = self.catalogue(release_id), self.hidden_statements(release_id)
        largest = self.rules.hiding(Audience.SHAREABLE).largest
        return [
            f"{s.measure}, {s.breakdown or s.area} ({s.statement_id}) is hidden, and other figures of its "
            f"report leave {between.lower:g} to {between.upper:g}."
            for s, between in exposed(c.stated, hidden, c.checks, largest)
        ]

    def _view(self, release_id: int, name: str) -> View:
        shown = self.shown(release_id)
        return View(shown.ledger(self.rules.hiding(Audience.SHAREABLE)), shown.hidden, name)

    def publish(self, release_id: int, author: str, reason: str) -> None:
        """Make a release the published one, and write down who did and why: to publish or to roll back.

        The pointer moves and the line is written in one transaction. Raises KeyError when there is no such
        release.
        """
        with self.writing() as connection:
            known = sa.select(RELEASE.c.release_id).where(RELEASE.c.release_id == release_id)
            if connection.execute(known).first() is None:
                raise KeyError(f"there is no release {release_id}")
            self.point(connection, release_id, author, reason)

    def point(self, connection: sa.Connection, release_id: int, author: str, reason: str) -> None:
        """Within a transaction: make a release the published one by a person's word, and write that down."""
        self._point(connection, release_id, by_a_person=True)
        last = connection.execute(sa.select(sa.func.max(PUBLICATION.c.number))).scalar()
        line = Publication((last or 0) + 1, release_id, datetime.now(UTC), author, reason)
        when = line.published_at.isoformat(timespec="seconds")
        connection.execute(sa.insert(PUBLICATION).values(**vars(line) | {"published_at": when}))
        write_down(connection, "release published", author, f"release {release_id}")

    def publications(self) -> list[Publication]:
        """Who made which release the published one, the first first; those that a start made are not among
        them.
        """
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(PUBLICATION).order_by(PUBLICATION.c.number))
            return [
                Publication(number, release_id, datetime.fromisoformat(when), author, reason)
                for number, release_id, when, author, reason in found
            ]

    def releases(self) -> list[Release]:
        """Every release, the first first."""
        names = ("release_id", "loaded_at", "author", "reason", "files", "based_on")
        columns = [RELEASE.c[name] for name in names]
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(*columns).order_by(RELEASE.c.release_id))
            return [
                Release(number, datetime.fromisoformat(when), author, reason, json.loads(files), based_on)
                for number, when, author, reason, files, based_on in found
            ]

    def before(self, release_id: int) -> int | None:
        """The release that readers saw before one: see `before.before`."""
        with self.engine.connect() as connection:
            return before(connection, release_id)

    def chain(self, release_id: int) -> list[int]:
        """A release and those that it was put on, the first first."""
        found = [release_id]
        with self.engine.connect() as connection:
            while (earlier := before(connection, found[0])) is not None:
                found.insert(0, earlier)
        return found

    def receipts(
        self, release_id: int, sources: Collection[str], area_code: str
    ) -> Mapping[tuple[str, str], Receipt]:
        """When the quarters that a release holds of some sources came in: see `receipts.receipts`."""
        chain = self.chain(release_id)
        with self.engine.connect() as connection:
            return receipts(connection, chain, sources, area_code)

    def revisions(self, release_id: int, audience: Audience = Audience.SHAREABLE) -> Revisions:
        """What a release changes for an audience of what it saw before; worked out once, and kept."""
        key = release_id, self.rules.hiding(audience)
        with self._comparing:
            found = self._revised.get(key)
            if found is None:
                found = self._revised[key] = self._revisions(release_id, audience)
            return found

    def _revisions(self, release_id: int, audience: Audience) -> Revisions:
        catalogue = self.catalogue(release_id, audience)
        with self.engine.connect() as connection:
            against = before(connection, release_id)
            if against is None:
                return Revisions()
            found = by_indicator(connection, against, release_id)
            sides = (release_id, against) if found else ()
            hidden, hidden_before = [self._hidden(connection, r, audience) for r in sides] or [(), ()]
        on = self.loaded_at(release_id).date()
        return revisions(found, catalogue.indicators, hidden, hidden_before, against, on)

    def _hidden(self, connection: sa.Connection, release_id: int, audience: Audience) -> Collection[Key]:
        """What is hidden in a release, which need not be kept in memory for that."""
        catalogue, hiding = self.catalogue(release_id, audience), self.rules.hiding(audience)
        local = [s.source_id for s in catalogue.sources.values() if hiding.of(s)]
        if not observations.given_by(connection, release_id, local):
            return ()
        if kept := self._shown.get((release_id, hiding)):
            return kept.hidden
        found = self._hidden_of.get((release_id, hiding))
        if found is None:
            shown = Shown(observations.read(connection, release_id), catalogue, hiding)
            found = self._hidden_of[release_id, hiding] = frozenset(shown.hidden)
        return found

    def difference(self, before: int, after: int) -> list[Difference]:
        """What changes from one release to another, an indicator each; nothing where they are alike.

        Sizes are of figures that are public already: a size tells what a hidden count is.
        """
        public = {s.source_id for s in self.catalogue(after).sources.values() if not s.hides_small}
        with self.engine.connect() as connection:
            return difference(by_indicator(connection, before, after), public)

    @staticmethod
    def _point(connection: sa.Connection, release_id: int, by_a_person: bool) -> None:
        connection.execute(sa.delete(PUBLISHED))
        connection.execute(sa.insert(PUBLISHED).values(one=1, release_id=release_id, by_a_person=by_a_person))

    def published(self) -> int | None:
        """The number of the published release; None before the first load."""
        with self.engine.connect() as connection:
            return self.published_in(connection)

    @staticmethod
    def published_in(connection: sa.Connection) -> int | None:
        """The same, as a transaction sees it."""
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

    def tables(self, release_id: int) -> dict[str, list[dict[str, str]]]:
        """The tables of a release as they were loaded, every cell text: for a load on top of it."""
        asked = sa.select(CATALOGUE).where(CATALOGUE.c.release_id == release_id)
        with self.engine.connect() as connection:
            return {r.name: json.loads(r.table_rows) for r in connection.execute(asked)}

    def values(self, release_id: int, indicator_id: str) -> dict[tuple[str, str], float]:
        """An indicator's stored values for the whole, by area and period: to work with, not to show."""
        c = OBSERVATION.c
        asked = sa.select(c.area_code, c.period, c.value).where(
            c.release_id == release_id,
            c.indicator_id == indicator_id,
            c.breakdown == "",
            c.value.is_not(None),
        )
        with self.engine.connect() as connection:
            return {(area, period): value for area, period, value in connection.execute(asked)}

    def held_of(
        self, release_id: int, sources: Sequence[str], indicators: Sequence[str]
    ) -> set[tuple[str, str, str, str]]:
        """Which figures of some sources and indicators a release has: indicator, area, period, source."""
        c = OBSERVATION.c
        asked = sa.select(c.indicator_id, c.area_code, c.period, c.source_id).where(
            c.release_id == release_id, c.source_id.in_(sources), c.indicator_id.in_(indicators)
        )
        with self.engine.connect() as connection:
            return {tuple(row) for row in connection.execute(asked)}

    def catalogue(self, release_id: int, audience: Audience = Audience.SHAREABLE) -> Catalogue:
        """The catalogue of a release, as an audience may see it.

        Raises KeyError when there is no such release.
        """
        key = release_id, self.rules.hiding(audience)
        if kept := self._catalogues.get(key):
            return kept
        asked = sa.select(CATALOGUE).where(CATALOGUE.c.release_id == release_id)
        with self.engine.connect() as connection:
            found = connection.execute(asked).all()
        if not found:
            raise KeyError(f"there is no release {release_id}")
        made = Catalogue({r.name: json.loads(r.table_rows) for r in found}, key[1])
        self._catalogues[key] = made
        return made

    def shown(self, release_id: int, audience: Audience = Audience.SHAREABLE) -> Shown:
        """The figures of a release as an audience may see them, read once and kept.

        Raises KeyError when there is no such release.
        """
        key = release_id, self.rules.hiding(audience)
        with self._reading:
            if key not in self._shown:
                catalogue = self.catalogue(release_id, audience)
                if release_id not in self._columns:
                    with self.engine.connect() as connection:
                        self._columns[release_id] = observations.read(connection, release_id)
                self._shown[key] = Shown(self._columns[release_id], catalogue, key[1])
            return self._shown[key]

    def read_draft(self, connection: sa.Connection, release_id: int, tables: Mapping[str, list[Any]]) -> None:
        """Hold a release that is not written yet as if it were, for whoever asks this store alone."""
        with self._reading:
            for audience in Audience:
                hiding = self.rules.hiding(audience)
                self._catalogues[release_id, hiding] = Catalogue(tables, hiding)
            self._columns[release_id] = observations.read(connection, release_id)

    def forget(self, release_id: int) -> None:
        """Let go of a release, such as a draft that is not kept: its number will be another's."""
        with self._reading:
            for held in self._by_reader:
                for key in list(held):
                    if key[0] == release_id:
                        held.pop(key, None)
            self._columns.pop(release_id, None)

    def keep_only(self, release_id: int) -> None:
        """Let go of every other release; one that is asked for again is read again."""
        with self._reading:
            kept = {release_id, *self._columns, *(key[0] for held in self._by_reader for key in list(held))}
        for other in kept - {release_id}:
            self.forget(other)

    @property
    def _by_reader(self) -> tuple[dict[tuple[int, Hiding], Any], ...]:
        """What is kept by release and by what is hidden. Other threads add to it: go through a list of it."""
        return self._catalogues, self._shown, self._revised, self._hidden_of

    def observations(
        self,
        release_id: int,
        indicators: Iterable[str],
        areas: Iterable[str],
        parts: bool = False,
        audience: Audience = Audience.SHAREABLE,
    ) -> list[Observation]:
        """The figures of some indicators for some areas, oldest period first, as an audience may see them.

        Figures for the whole; with `parts`, those that carry a breakdown and a category instead. Raises
        KeyError when there is no such release.
        """
        shown, codes = self.shown(release_id, audience), sorted(set(areas))
        return [o for i in sorted(set(indicators)) for code in codes for o in shown.series(i, code, parts)]

    def latest_period_end(self, release_id: int) -> date:
        """The last day of the newest official year in a release; today where it has no dated figure.

        Of the sources that say when they are next due, else of all. Raises KeyError when there is no such
        release.
        """
        return self.shown(release_id).newest_end or date.today()


def begun(
    connection: sa.Connection,
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    files: Mapping[str, str],
    author: str = "",
    reason: str = "",
    based_on: int | None = None,
) -> int:
    """Within a transaction: write the next release with its catalogue, and no figure yet; its number."""
    newest = connection.execute(sa.select(sa.func.max(RELEASE.c.release_id))).scalar()
    number = newest + 1 if newest else 1
    now = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"author": author, "reason": reason, "files": _named(files), "based_on": based_on}
    connection.execute(sa.insert(RELEASE).values(release_id=number, loaded_at=now, **said))
    rows = [
        {"release_id": number, "name": name, "table_rows": json.dumps(list(of_it))}
        for name, of_it in tables.items()
    ]
    connection.execute(sa.insert(CATALOGUE), rows)
    return number


def _named(files: Mapping[str, str]) -> str:
    """Files by name and hash, as a release keeps them."""
    return json.dumps(dict(files), sort_keys=True)


def _held(connection: sa.Connection, files: Mapping[str, str]) -> Loaded | None:
    of_folders = sa.select(RELEASE).where(RELEASE.c.based_on.is_(None))
    newest = connection.execute(of_folders.order_by(RELEASE.c.release_id.desc()).limit(1)).first()
    if newest is None or newest.files != _named(files):
        return None
    found = connection.execute(sa.select(RELEASE.c.release_id, RELEASE.c.based_on))
    below = {row.release_id: row.based_on for row in found}
    on_show = connection.execute(sa.select(PUBLISHED.c.release_id)).scalar()
    while on_show is not None and below.get(on_show) is not None:
        on_show = below[on_show]  # what was loaded stands on a folder
    return Loaded(newest.release_id, False, on_show == newest.release_id)


def _opened(url: str, cure: str) -> sa.Engine:
    try:
        engine = open_engine(url)
        bring_up_to_date(engine)
    except NewerTables as error:
        said = f"{why(error)}. A newer version of the dashboard has been here: start that one."
    except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
        if isinstance(error, ImportError) and error.name == "psycopg":
            cure = "PostgreSQL needs its driver: .venv/bin/python -m pip install 'psycopg[binary]'."
        said = f"{why(error)}. {cure}"
    else:
        return engine
    raise Refused([f"The store cannot be opened: {said} Nothing was changed."])
