"""Receipts: when did the figures of a source for a quarter come in? It follows from the releases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from safeguarding import periods
from safeguarding.store.schema import OBSERVATION, RELEASE
from safeguarding.vocabulary import Status

About = tuple[str, str]  # a source and a quarter


@dataclass(frozen=True)
class Receipt:
    """What has been received of a source for a quarter: on which day first (None where it was in the first
    release already, so that nobody can tell), and which indicators are held by now.

    `altered` are the releases that have changed a value of it, as stored: what of that may be told, revisions
    say.
    """

    on: date | None
    indicators: frozenset[str]
    altered: tuple[int, ...] = ()


def receipts(
    connection: sa.Connection, chain: Sequence[int], sources: Collection[str], area_code: str
) -> Mapping[About, Receipt]:
    """What the last release of a chain holds of some sources for an area by quarter, and since when.

    `chain` are releases, the first first, each put on the one before. A figure that is said to come later is
    none yet.
    """
    c = OBSERVATION.c
    asked = sa.select(c.release_id, c.source_id, c.period, c.indicator_id, c.breakdown, c.category, c.value)
    asked = asked.where(
        c.release_id.in_(chain),
        c.area_code == area_code,
        c.source_id.in_(sources),
        c.status != Status.LATE.value,
    )
    held: dict[About, dict[int, dict[tuple[str, ...], float | None]]] = {}
    for release_id, source_id, period, *figure, value in connection.execute(asked):
        if periods.is_quarter(period):
            of_release = held.setdefault((source_id, period), {}).setdefault(release_id, {})
            of_release[tuple(figure)] = value
    days = {
        row.release_id: date.fromisoformat(row.loaded_at[:10])
        for row in connection.execute(sa.select(RELEASE.c.release_id, RELEASE.c.loaded_at))
    }
    found = {}
    for about, figures in held.items():
        if chain[-1] not in figures:
            continue
        first = next(r for r in chain if r in figures)
        altered = [
            after
            for before, after in pairwise(r for r in chain if r in figures)
            if any(figures[after].get(name, value) != value for name, value in figures[before].items())
        ]
        indicators = frozenset(name[0] for name in figures[chain[-1]])
        on = None if first == chain[0] else days[first]
        found[about] = Receipt(on, indicators, tuple(altered))
    return found
