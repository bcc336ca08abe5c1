"""Drafting: a release on top of the published one, in a transaction that keeps it whole or leaves nothing.

The figures of the published release are copied by the database itself, so that memory grows with what is
loaded and not with what is held.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import sqlalchemy as sa

from safeguarding.store import observations
from safeguarding.store.audit import write_down
from safeguarding.store.difference import Apart, Change, Difference, Place, by_indicator, difference, places
from safeguarding.store.releases import Store, begun
from safeguarding.store.schema import OBSERVATION, RELEASE

Tables = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Batch:
    """Figures of one file, numbers as floats (NaN where empty).

    `keeps_counts`: the file gives values alone, so counts that are held stay where their value stays.
    `instead_of` are the older editions whose figures these take the place of. `in_full`: what else is held of
    its sources and indicators is taken out.
    """

    figures: pd.DataFrame
    keeps_counts: bool = False
    instead_of: Collection[str] = ()
    in_full: bool = False


@dataclass
class Draft:
    """A release that is not published yet, and may never be."""

    store: Store
    connection: sa.Connection
    base: int
    release_id: int
    kept: bool = field(default=False)

    def difference(self) -> list[Difference]:
        """What it changes, an indicator each; sizes of figures whose small counts are not hidden."""
        sources = self.store.catalogue(self.release_id).sources.values()
        public = {s.source_id for s in sources if not s.hides_small}
        return difference(self._apart, public)

    @cached_property
    def given(self) -> Mapping[str, list[Place]]:
        """Where it gives a value that is new or has changed, by indicator."""
        return places(self.connection, self.base, self.release_id, self._apart)

    @property
    def vanished(self) -> Mapping[str, list[Change]]:
        """The figures that have had a value and have one no more, by indicator."""
        return {
            name: found
            for name, one in self._apart.items()
            if (found := [c for c in one.changed if c.before is not None and c.after is None])
        }

    @cached_property
    def _apart(self) -> dict[str, Apart]:
        return by_indicator(self.connection, self.base, self.release_id)

    def hides(self) -> bool:
        """Does it hold figures of a source whose small counts are hidden, so that it has to be audited?

        Those need not be in the files: a figure that is public may give away one that was held before.
        """
        local = [s.source_id for s in self.store.catalogue(self.release_id).sources.values() if s.hides_small]
        return observations.given_by(self.connection, self.release_id, local)

    def publish(self, author: str, reason: str) -> None:
        """Keep it, and make it the release that everybody sees, when the transaction ends."""
        said = {"author": author, "reason": reason}
        where = RELEASE.c.release_id == self.release_id
        self.connection.execute(sa.update(RELEASE).where(where).values(**said))
        write_down(self.connection, "release loaded", author, f"release {self.release_id}")
        self.store.point(self.connection, self.release_id, author, reason)
        self.kept = True


@contextmanager
def drafting(
    store: Store, tables: Tables, batches: Iterable[Batch], files: Mapping[str, str]
) -> Iterator[Draft]:
    """A draft on top of the published release, which holds off every other writer until it ends.

    It is kept if `publish` was called, and nothing is left of it otherwise. Raises LookupError before the
    first release.
    """
    with store.writing() as connection:
        base = store.published_in(connection)
        if base is None:
            raise LookupError(
                "no release is published: start the dashboard once with its data folder in place"
            )
        number = begun(connection, tables, files, based_on=base)
        _copy(connection, base, number)
        for batch in batches:
            _put(connection, number, batch)
        draft = Draft(store, connection, base, number)
        try:
            store.read_draft(
                connection, number, {name: list(map(dict, rows)) for name, rows in tables.items()}
            )
            yield draft
        finally:
            # another load may get its number; one that is kept is read again from the database
            store.forget(number)
        if not draft.kept:
            connection.get_transaction().rollback()  # type: ignore[union-attr]


def _copy(connection: sa.Connection, base: int, number: int) -> None:
    columns = [c for c in OBSERVATION.columns if c.name != "release_id"]
    chosen = sa.select(sa.literal(number), *columns).where(OBSERVATION.c.release_id == base)
    names = ["release_id", *(c.name for c in columns)]
    connection.execute(sa.insert(OBSERVATION).from_select(names, chosen))


def _put(connection: sa.Connection, number: int, batch: Batch) -> None:
    """Put a file's figures over those that the release holds."""
    figures = batch.figures
    c, mark = OBSERVATION.c, "?" if connection.dialect.paramstyle == "qmark" else "%s"
    if batch.in_full:
        for source, rows in figures.groupby("source_id"):
            of_it = sa.and_(c.release_id == number, c.source_id == source)
            named = list(rows["indicator_id"].unique())
            connection.execute(sa.delete(OBSERVATION).where(of_it, c.indicator_id.in_(named)))
    if batch.instead_of:
        key = ("indicator_id", "area_code", "period", "breakdown", "category")
        old = ", ".join([mark] * len(batch.instead_of))
        where = " AND ".join(f"{name} = {mark}" for name in key)
        delete = f"DELETE FROM observation WHERE release_id = {mark} AND {where} AND source_id IN ({old})"
        given = (
            (number, *row, *batch.instead_of) for row in figures[list(key)].itertuples(index=False, name=None)
        )
        connection.exec_driver_sql(delete, list(given))
    observations.keep(connection, number, figures, over=True, keeps_counts=batch.keeps_counts)
