"""Difference: what would a reader see changed between two releases, indicator by indicator?

A figure is the same figure in a newer edition of its source: where one edition takes the place of another,
what is counted is what its figures change.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from safeguarding.store.schema import OBSERVATION
from safeguarding.store.tables import Key

KEY = ("indicator_id", "area_code", "period", "breakdown", "category", "source_id")
HELD = ("value", "status", "provisional", "numerator", "denominator")
NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True)
class Difference:
    """How many figures of one indicator are new, changed, gone and unchanged from one release to another.

    `largest` is the largest change of a value, up or down, in the indicator's unit; None where none changed.
    """

    indicator_id: str
    new: int
    changed: int
    gone: int
    unchanged: int
    largest: float | None


@dataclass(frozen=True)
class Change:
    """One figure that is new, changed or gone: what it was and what it is, as stored (None for absent).

    `before_status` is empty for a new figure, `after_status` for one that is gone; `source_before` is another
    source where an edition has taken the place of an older one.
    """

    kind: str
    indicator_id: str
    area_code: str
    period: str
    breakdown: str
    category: str
    source_id: str
    before: float | None
    before_status: str
    after: float | None
    after_status: str
    source_before: str

    @property
    def key(self) -> Key:
        """What names the figure now."""
        return (*self._about, self.source_id)

    @property
    def key_before(self) -> Key:
        """What named it before."""
        return (*self._about, self.source_before)

    @property
    def _about(self) -> tuple[str, str, str, str, str]:
        return self.indicator_id, self.area_code, self.period, self.breakdown, self.category


def difference(
    connection: sa.Connection, before: int, after: int, public: Collection[str] | None = None
) -> list[Difference]:
    """The difference of two releases, an indicator each, those without any left out; by name.

    The figures as they are stored: whoever prints it prints counts, and sizes only of what may be shown;
    `largest` is of the sources in `public`, of all where that is None.
    """
    held, found = _counted(connection, after), []
    for name, rows in by_indicator(connection, before, after).items():
        count = {kind: sum(row.kind == kind for row in rows) for kind in (NEW, CHANGED, GONE)}
        sizes = [
            abs(row.after - row.before)
            for row in rows
            if row.before is not None
            and row.after is not None
            and (public is None or row.source_id in public)
        ]
        unchanged = held.get(name, 0) - count[NEW] - count[CHANGED]
        largest = max(sizes, default=None)
        found.append(Difference(name, count[NEW], count[CHANGED], count[GONE], unchanged, largest))
    return found


def by_indicator(connection: sa.Connection, before: int, after: int) -> dict[str, list[Change]]:
    """Each figure that is new, changed or gone from one release to another, by indicator, in their order."""
    old, new = OBSERVATION.alias("old"), OBSERVATION.alias("new")
    same = sa.and_(*(old.c[name] == new.c[name] for name in KEY))
    apart = sa.or_(*(old.c[name].is_distinct_from(new.c[name]) for name in HELD))
    differ = (
        sa.select(new.c.indicator_id)
        .join(old, sa.and_(same, old.c.release_id == before))
        .where(new.c.release_id == after, apart)
        .distinct()
    )
    names = {*connection.execute(differ).scalars(), *_without(connection, after, before)}
    names |= set(_without(connection, before, after))
    every = {name: changes(connection, before, after, name) for name in sorted(names)}
    return {name: rows for name, rows in every.items() if rows}


def changes(connection: sa.Connection, before: int, after: int, indicator_id: str) -> list[Change]:
    """Each figure of an indicator that is new, changed or gone from one release to another."""
    old, new = (_rows(connection, release, indicator_id) for release in (before, after))
    came = {key: row for key, row in new.items() if key not in old}
    went = {key: row for key, row in old.items() if key not in new}
    pairs = [(key, key, row) for key, row in new.items() if key in old]
    editions: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key in went:
        editions.setdefault(key[:-1], []).append(key)
    for key in list(came):  # another edition of the same figure has taken its place
        if former := editions.get(key[:-1]):
            pairs.append((key, first := former.pop(), came.pop(key)))
            del went[first]
    return [
        *(_change(CHANGED, key, was, old[was], now) for key, was, now in pairs if old[was] != now),
        *(_change(NEW, key, key, None, now) for key, now in came.items()),
        *(_change(GONE, key, key, was, None) for key, was in went.items()),
    ]


def _change(
    kind: str,
    key: tuple[str, ...],
    key_before: tuple[str, ...],
    was: Sequence[Any] | None,
    now: Sequence[Any] | None,
) -> Change:
    before, before_status = was[:2] if was else (None, "")
    after, after_status = now[:2] if now else (None, "")
    about = dict(zip(KEY, key, strict=True))
    return Change(
        kind=kind,
        before=before,
        before_status=before_status,
        after=after,
        after_status=after_status,
        source_before=key_before[-1],
        **about,
    )


def _rows(
    connection: sa.Connection, release: int, indicator_id: str
) -> dict[tuple[str, ...], tuple[Any, ...]]:
    c = OBSERVATION.c
    asked = sa.select(*(c[name] for name in (*KEY, *HELD)))
    found = connection.execute(asked.where(c.release_id == release, c.indicator_id == indicator_id))
    return {tuple(row[: len(KEY)]): tuple(row[len(KEY) :]) for row in found}


def in_a_line(found: Sequence[Difference]) -> str:
    """All of it in a line: "3 figures new, 1 changed, 17,186 gone"."""
    new, changed, gone = (sum(getattr(d, name) for d in found) for name in (NEW, CHANGED, GONE))
    return f"{new:,} figures new, {changed:,} changed, {gone:,} gone"


def _without(connection: sa.Connection, of: int, other: int) -> Iterator[str]:
    """The indicators of which a release has figures that the other does not have."""
    mine, theirs = OBSERVATION.alias("mine"), OBSERVATION.alias("theirs")
    same = sa.and_(theirs.c.release_id == other, *(mine.c[name] == theirs.c[name] for name in KEY))
    missing = ~sa.exists().where(same)
    asked = sa.select(mine.c.indicator_id).where(mine.c.release_id == of, missing).distinct()
    return iter(connection.execute(asked).scalars().all())


def _counted(connection: sa.Connection, of: int) -> Mapping[str, int]:
    asked = sa.select(OBSERVATION.c.indicator_id, sa.func.count()).where(OBSERVATION.c.release_id == of)
    return {row[0]: row[1] for row in connection.execute(asked.group_by(OBSERVATION.c.indicator_id))}
