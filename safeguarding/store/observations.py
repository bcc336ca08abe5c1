"""Observations: writing a release's figures, and reading them as they may be shown."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cached_property

import pandas as pd
import sqlalchemy as sa

from safeguarding.disclosure.small_counts import hide_small
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.columns import Columns
from safeguarding.store.schema import OBSERVATION
from safeguarding.store.tables import Observation, Spread

AT_ONCE = 10_000  # rows written in one go: all of England at once would take 100 MB
T = OBSERVATION.c
COLUMNS = [T[field.name] for field in fields(Observation)]


def keep(connection: sa.Connection, release_id: int, figures: pd.DataFrame) -> int:
    """Write a folder's figures as those of a release; how many there are."""
    rows = figures.assign(release_id=release_id, provisional=figures["provisional"] == "yes")
    columns = [c.name for c in OBSERVATION.columns]
    # straight to the driver: SQLAlchemy's own insert takes three times as long
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    insert = f"INSERT INTO observation ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
    for first in range(0, len(rows), AT_ONCE):
        some = rows[columns].iloc[first : first + AT_ONCE]
        # a missing number is NaN in the table, and nothing in the database
        held = some.astype(object).where(some.notna(), None)
        connection.exec_driver_sql(insert, list(held.itertuples(index=False, name=None)))
    return len(rows)


def read(connection: sa.Connection, release_id: int) -> Columns:
    """All the figures of a release, as they are stored."""
    query = (
        sa.select(*COLUMNS)
        .where(T.release_id == release_id)
        .order_by(T.indicator_id, T.area_code, T.breakdown != "", T.period_end)
    )
    return Columns(connection.execution_options(yield_per=AT_ONCE).execute(query))


class Shown:
    """The figures of a release as they may be shown: small local counts are hidden before anyone sees them.

    Each is made when it is asked for. `spreads` keeps what has been worked out from all authorities.
    """

    def __init__(self, columns: Columns, catalogue: Catalogue):
        self._columns = columns
        self._catalogue = catalogue
        self.spreads: dict[tuple[str, str], Spread | None] = {}

    def series(self, indicator_id: str, area_code: str, parts: bool = False) -> list[Observation]:
        """The figures of an indicator for an area, oldest first: for the whole, or with `parts` in parts."""
        return self._hidden(self._columns.series(indicator_id, area_code, parts))

    def at(self, indicator_id: str, area_code: str, period: str) -> list[Observation]:
        """The figures of an indicator for an area as a whole in one period: one for each source."""
        return self._hidden(self._columns.at(indicator_id, area_code, period))

    def periods_held(self, indicator_id: str, area_code: str) -> frozenset[str]:
        """The periods for which there is a figure of an indicator in an area, shown or not."""
        return self._columns.periods_held(indicator_id, area_code)

    @cached_property
    def in_parts(self) -> frozenset[str]:
        """The indicators whose figures carry a breakdown and a category."""
        return self._columns.in_parts

    @cached_property
    def newest_end(self) -> date | None:
        """The last day of the newest figure of the sources that say when they are next due, else of all."""
        return self._columns.newest_end(s.source_id for s in self._catalogue.sources.values() if s.next_due)

    def _hidden(self, found: Iterable[Observation]) -> list[Observation]:
        indicators, sources = self._catalogue.indicators, self._catalogue.sources
        return [hide_small(o, indicators[o.indicator_id], sources[o.source_id]) for o in found]
