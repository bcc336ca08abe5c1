"""Observations: writing a release's figures, and reading them as they may be shown."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import lru_cache

import pandas as pd
import sqlalchemy as sa

from safeguarding import periods
from safeguarding.disclosure.small_counts import hide_small
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.schema import OBSERVATION
from safeguarding.store.tables import Observation
from safeguarding.vocabulary import Status

AT_ONCE = 10_000  # rows written in one go: all of England at once would take 100 MB
T = OBSERVATION.c
COLUMNS = [T[field.name] for field in fields(Observation)]


def keep(connection: sa.Connection, release_id: int, figures: pd.DataFrame) -> int:
    """Write a folder's figures as those of a release; how many there are."""
    rows = figures.assign(release_id=release_id, provisional=figures["provisional"] == "yes")
    columns = [c.name for c in OBSERVATION.columns]
    for first in range(0, len(rows), AT_ONCE):
        some = rows[columns].iloc[first : first + AT_ONCE]
        # a missing number is NaN in the table, and nothing in the database
        records = some.astype(object).where(some.notna(), None).values.tolist()
        connection.execute(sa.insert(OBSERVATION), [dict(zip(columns, r, strict=True)) for r in records])
    return len(rows)


def shown(
    connection: sa.Connection,
    release_id: int,
    catalogue: Catalogue,
    indicators: Iterable[str],
    areas: Iterable[str],
    parts: bool = False,
) -> list[Observation]:
    """The figures of some indicators for some areas, oldest period first; small local counts hidden.

    Figures for the whole; with `parts`, those that carry a breakdown and a category instead.
    """
    query = (
        sa.select(*COLUMNS)
        .where(
            T.release_id == release_id,
            T.indicator_id.in_(sorted(set(indicators))),
            T.area_code.in_(sorted(set(areas))),
            T.breakdown != "" if parts else T.breakdown == "",
        )
        .order_by(T.indicator_id, T.area_code, T.period_end)
    )
    found = (_observation(row) for row in connection.execute(query))
    return [
        hide_small(o, catalogue.indicators[o.indicator_id], catalogue.sources[o.source_id]) for o in found
    ]


def periods_held(
    connection: sa.Connection, release_id: int, indicator_id: str, area_code: str
) -> frozenset[str]:
    """The periods for which a release has a figure of an indicator in an area, shown or not."""
    query = sa.select(T.period).where(
        T.release_id == release_id, T.indicator_id == indicator_id, T.area_code == area_code
    )
    return frozenset(connection.execute(query).scalars())


def in_parts(connection: sa.Connection, release_id: int) -> frozenset[str]:
    """The indicators of a release whose figures carry a breakdown and a category."""
    query = sa.select(T.indicator_id).distinct()
    carrying = query.where(T.release_id == release_id, T.breakdown != "")
    return frozenset(connection.execute(carrying).scalars())


def newest_end(connection: sa.Connection, release_id: int, sources: Iterable[str]) -> str:
    """The last day of the newest figure of some sources, of all where none is named; empty without one."""
    query = sa.select(sa.func.max(T.period_end)).where(T.release_id == release_id)
    named = sorted(set(sources))
    return connection.execute(query.where(T.source_id.in_(named)) if named else query).scalar() or ""


def _observation(row: sa.Row) -> Observation:
    """A row of COLUMNS as a figure. By place and not by name: a page reads thousands of them."""
    indicator_id, area_code, period, start, end, value, status, provisional, *rest = row
    read = (_day(start), _day(end), value, Status(status), bool(provisional))
    return Observation(indicator_id, area_code, period, *read, *rest)


@lru_cache(1024)
def _day(text: str) -> date:
    """A stored day; an undated figure sorts before every other."""
    return periods.day(text) or date.min
