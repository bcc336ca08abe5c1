"""Observations: writing a release's figures, and reading them as they may be shown."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd
import sqlalchemy as sa

from safeguarding.disclosure.audience import Hiding
from safeguarding.disclosure.cells import Meaning
from safeguarding.disclosure.hidden import Ledger, Tables
from safeguarding.disclosure.settled import settled
from safeguarding.loader import Folder
from safeguarding.loader.figures import NUMBERS
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.columns import Columns
from safeguarding.store.schema import OBSERVATION
from safeguarding.store.tables import Indicator, Key, Observation, Source, Spread
from safeguarding.store.typed import typed
from safeguarding.vocabulary import Status

AT_HAND = 10_000  # figures kept as objects: some 4 MB
AT_ONCE = 10_000  # rows written in one go: all of England at once would take 100 MB
T = OBSERVATION.c
COLUMNS = [T[name] for name in Observation._fields]


def keep(
    connection: sa.Connection,
    release_id: int,
    figures: pd.DataFrame,
    over: bool = False,
    keeps_counts: bool = False,
) -> int:
    """Write a folder's figures as those of a release; how many there are.

    With `over` a figure takes the place of the one of its name; with `keeps_counts` one without counts keeps
    those that are held for the same value.
    """
    rows = figures.assign(release_id=release_id, provisional=figures["provisional"] == "yes")
    columns = [c.name for c in OBSERVATION.columns]
    # straight to the driver: SQLAlchemy's own insert takes three times as long
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    insert = f"INSERT INTO observation ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
    if over:
        insert += _instead(columns, keeps_counts)
    for first in range(0, len(rows), AT_ONCE):
        some = rows.iloc[first : first + AT_ONCE]
        held = zip(*(_cells(some[name], name in NUMBERS) for name in columns), strict=True)
        connection.exec_driver_sql(insert, list(held))
    return len(rows)


def _cells(column: "pd.Series[Any]", numbers: bool) -> list[Any]:
    """A column as the database takes it: a missing number, which is NaN in the table, is nothing there."""
    cells = column.tolist()
    return [None if cell != cell else cell for cell in cells] if numbers else cells


def _instead(columns: list[str], keeps_counts: bool) -> str:
    """What an insert does where the figure is held already, in the words of both engines."""
    key = [c.name for c in OBSERVATION.primary_key]
    sets = []
    for name in columns:
        if name in key:
            continue
        if keeps_counts and name in ("numerator", "denominator"):
            # IS NOT DISTINCT FROM, which older SQLites do not know
            alike = (
                "excluded.value = observation.value OR (excluded.value IS NULL AND observation.value IS NULL)"
            )
            same = f"excluded.{name} IS NULL AND ({alike})"
            sets.append(f"{name} = CASE WHEN {same} THEN observation.{name} ELSE excluded.{name} END")
        else:
            sets.append(f"{name} = excluded.{name}")
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(sets)}"


def given_by_hiding(folder: Folder) -> bool:
    """Does a folder bring figures of a source whose small counts are hidden?"""
    hiding = {s["source_id"] for s in folder.tables["sources"] if typed(Source, s).hides_small}
    return bool(hiding.intersection(folder.observations["source_id"].unique()))


def given_by(connection: sa.Connection, release_id: int, sources: Collection[str]) -> bool:
    """Has a release a figure of any of these sources?"""
    asked = sa.select(T.source_id).where(T.release_id == release_id, T.source_id.in_(sources)).limit(1)
    return connection.execute(asked).first() is not None


def read(connection: sa.Connection, release_id: int) -> Columns:
    """All the figures of a release, as they are stored."""
    query = (
        sa.select(*COLUMNS)
        .where(T.release_id == release_id)
        .order_by(T.indicator_id, T.area_code, T.breakdown != "", T.period_end)
    )
    return Columns(connection.execute(query, execution_options={"yield_per": AT_ONCE}).partitions())


class Shown:
    """The figures of a release as they may be shown to somebody: what is hidden from them is worked out over
    all figures first, and hidden before anyone sees it.

    Each is made when it is asked for. `hidden` are the hidden ones, each with why; readers are not told which
    of the two it is. `spreads` and `worked_out` keep what has been worked out from all
    authorities, the latter by indicator (see nation.py).
    """

    def __init__(self, columns: Columns, catalogue: Catalogue, hiding: Hiding):
        self._columns = columns
        self._catalogue = catalogue
        local = {i for i, s in columns.given_by if hiding.of(catalogue.sources[s])}
        self.hidden: Mapping[Key, Status] = settled(self.ledger(hiding, local)) if local else {}
        self.spreads: dict[tuple[str, str], Spread | None] = {}
        self.worked_out: dict[str, Any] = {}

    def ledger(self, hiding: Hiding, about: Collection[str] | None = None) -> Ledger:
        """The counts that the stored figures tell, hidden ones with them: for what decides about hiding.

        All of them, or those that touch some indicators: their bases, their parts, what they are part of.
        """
        catalogue = self._catalogue
        tables = Tables(catalogue.indicators, catalogue.areas, catalogue.sources)
        if about is None:
            return Ledger(self._columns, tables, hiding)
        return Ledger(self._columns.of(Meaning(catalogue.indicators).touching(about)), tables, hiding)

    def every(self) -> list[Observation]:
        """Every figure, hidden ones without their values."""
        return self._hidden(self._columns)

    def series(self, indicator_id: str, area_code: str, parts: bool = False) -> list[Observation]:
        """The figures of an indicator for an area, oldest first: for the whole, or with `parts` in parts."""
        return self._hidden(self._columns.series(indicator_id, area_code, parts))

    @cached_property
    def at(self) -> Callable[[str, str, str], Observation | None]:
        """An indicator's figure for an area as a whole in a period; None where no row is held. Where two
        sources give one, the indicator's own leads.

        Those asked for last are kept: every view asks for England's, and many for the same neighbours'.
        """
        return lru_cache(AT_HAND)(self._at)

    def _at(self, indicator_id: str, area_code: str, period: str) -> Observation | None:
        found = self._hidden(self._columns.at(indicator_id, area_code, period))
        return next(iter(led(found, self._catalogue.indicators[indicator_id])), None)

    def across(self, indicator_id: str, period: str) -> list[Observation]:
        """The figures of an indicator as a whole in one period, for every area and from every source."""
        return self._hidden(self._columns.across(indicator_id, period))

    def values(self, indicator_id: str) -> dict[tuple[str, str], float]:
        """An indicator's values for the whole that may be shown, by area and period."""
        shown = self._columns.values(indicator_id)
        return {key[1:3]: value for key, value in shown if key not in self.hidden}

    def periods_held(self, indicator_id: str, area_code: str) -> frozenset[str]:
        """The periods for which there is a figure of an indicator in an area, shown or not."""
        return self._columns.periods_held(indicator_id, area_code)

    @property
    def given_by(self) -> set[tuple[str, str]]:
        """Which indicator has a figure from which source."""
        return self._columns.given_by

    @cached_property
    def in_parts(self) -> frozenset[str]:
        """The indicators whose figures carry a breakdown and a category."""
        return self._columns.in_parts

    @cached_property
    def newest_end(self) -> date | None:
        """The last day of the newest figure of the sources that say when they are next due, else of all."""
        return self._columns.newest_end(s.source_id for s in self._catalogue.sources.values() if s.next_due)

    @cached_property
    def last_end(self) -> date | None:
        """The last day of the newest figure of all; None without one."""
        return self._columns.newest_end(())

    def _hidden(self, found: Iterable[Observation]) -> list[Observation]:
        if not self.hidden:
            return list(found)
        return [without_figure(o) if o.key in self.hidden else o for o in found]


def led(found: Iterable[Observation], indicator: Indicator) -> Iterable[Observation]:
    """Of an indicator's figures one an area and period: where two sources give one, its own leads."""
    held: dict[tuple[str, str], Observation] = {}
    for one in found:
        if (key := (one.area_code, one.period)) not in held or one.source_id == indicator.source_id:
            held[key] = one
    return held.values()


def without_figure(o: Observation) -> Observation:
    """A figure as it is shown where it is hidden: that it is held, and nothing of its counts."""
    return o._replace(value=None, status=Status.C_LOCAL, numerator=None, denominator=None)
