"""Difference: what would a reader see changed between two releases, indicator by indicator?

A figure is the same figure in a newer edition of its source: where one edition takes the place of another,
what is counted is what its figures change.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from safeguarding.store.schema import OBSERVATION
from safeguarding.store.tables import Key
from safeguarding.words import counted

KEY = ("indicator_id", "area_code", "period", "breakdown", "category", "source_id")
HELD = ("value", "status", "provisional", "numerator", "denominator")
Place = tuple[str, str, bool]  # an area, a period, and whether a figure is of the whole
Figures = Mapping[Key, tuple[Any, ...]]  # what is held of each figure, in the order of HELD

_OLD, _NEW = OBSERVATION.alias("old"), OBSERVATION.alias("new")
_ALIKE = sa.and_(*(_OLD.c[name] == _NEW.c[name] for name in KEY))  # one figure, by its name
_APART = sa.or_(*(_OLD.c[name].is_distinct_from(_NEW.c[name]) for name in HELD))


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
    """One figure that has changed: what it was and what it is, as stored.

    `source_before` is another source where an edition has taken the place of an older one.
    """

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


@dataclass(frozen=True)
class Apart:
    """What of one indicator differs between two releases: each changed figure, and how many are new, gone and
    unchanged.

    `came` is where the new ones are that have a value; None where nothing has gone, so that none of them is
    another edition and the database can say (see `places`).
    """

    changed: tuple[Change, ...]
    new: int
    gone: int
    unchanged: int
    came: frozenset[Place] | None = None

    def __bool__(self) -> bool:
        return bool(self.changed or self.new or self.gone)


def difference(found: Mapping[str, Apart], public: Collection[str] | None = None) -> list[Difference]:
    """What differs, counted: an indicator each, by name.

    The figures are as they are stored: whoever prints it prints counts, and sizes only of what may be shown;
    `largest` is of the sources in `public`, of all where that is None.
    """
    counted = []
    for name, one in sorted(found.items()):
        sizes = [
            abs(c.after - c.before)
            for c in one.changed
            if c.before is not None and c.after is not None and (public is None or c.source_id in public)
        ]
        largest = max(sizes, default=None)
        counted.append(Difference(name, one.new, len(one.changed), one.gone, one.unchanged, largest))
    return counted


def by_indicator(connection: sa.Connection, before: int, after: int) -> dict[str, Apart]:
    """What differs from one release to another, by indicator; those that are alike are left out.

    The database counts, and gives the figures that have changed and no others: what is merely new, which may
    be a million figures, is not read.
    """
    held, held_before = (_counted(connection, release) for release in (after, before))
    in_both, altered = _in_both(connection, before, after)
    changed = _changed(connection, before, after, [name for name, number in altered.items() if number])
    found = {}
    for name in {*held, *held_before}:
        both = in_both.get(name, 0)
        new, gone = held.get(name, 0) - both, held_before.get(name, 0) - both
        same = both - altered.get(name, 0)
        one = Apart(tuple(changed.get(name, ())), new, gone, same)
        if new and gone:
            came, went = (_without(connection, *pair, name) for pair in ((after, before), (before, after)))
            one = _with_editions(one, came, went)
        if one:
            found[name] = one
    return found


def places(
    connection: sa.Connection, before: int, after: int, found: Mapping[str, Apart]
) -> dict[str, list[Place]]:
    """Where figures have a value that is new or has changed, by indicator, each place once: the changed ones
    first.
    """
    c = _NEW.c
    asked = (
        sa.select(c.indicator_id, c.area_code, c.period, (c.breakdown == "").label("whole"))
        .where(c.release_id == after, c.value.is_not(None), ~_held_in(before))
        .distinct()
    )
    came: dict[str, list[Place]] = {}
    if any(one.new and one.came is None for one in found.values()):
        for name, area, period, of_whole in connection.execute(asked):
            came.setdefault(name, []).append((area, period, bool(of_whole)))
    given = {}
    for name, one in found.items():
        first = [(c.area_code, c.period, not c.breakdown) for c in one.changed if c.after is not None]
        rest = came.get(name, ()) if one.came is None else one.came
        given[name] = list(dict.fromkeys([*first, *sorted(rest)]))
    return given


def in_a_line(found: Sequence[Difference]) -> str:
    """All of it in a line: "3 figures new, 1 changed, 17,186 gone"."""
    new, changed, gone = (sum(getattr(d, name) for d in found) for name in ("new", "changed", "gone"))
    return f"{counted(new, 'figure')} new, {changed:,} changed, {gone:,} gone"


def _with_editions(one: Apart, came: Figures, went: Figures) -> Apart:
    """The same, a figure of a newer edition having taken the place of one that went."""
    editions: dict[tuple[str, ...], list[Key]] = {}
    for key in went:
        editions.setdefault(key[:-1], []).append(key)
    paired = {key: former.pop() for key in came if (former := editions.get(key[:-1]))}
    pairs = [(key, was) for key, was in paired.items() if went[was] != came[key]]
    changed = [_change(key, was[-1], went[was], came[key]) for key, was in pairs]
    rest = [key for key, (value, *_) in came.items() if key not in paired and value is not None]
    return Apart(
        changed=(*one.changed, *changed),
        new=one.new - len(paired),
        gone=one.gone - len(paired),
        unchanged=one.unchanged + len(paired) - len(changed),
        came=frozenset((area, period, not breakdown) for _, area, period, breakdown, *_ in rest),
    )


def _change(key: Key, source_before: str, was: Sequence[Any], now: Sequence[Any]) -> Change:
    return Change(*key, was[0], was[1], now[0], now[1], source_before)


def _both(before: int, after: int) -> tuple[sa.ColumnElement[bool], ...]:
    """The figures that both releases have."""
    return _OLD.c.release_id == before, _NEW.c.release_id == after, _ALIKE


def _held_in(release: int) -> sa.ColumnElement[bool]:
    """Has a release a figure of the name of the new one?"""
    return sa.exists().where(_OLD.c.release_id == release, _ALIKE)


def _counted(connection: sa.Connection, of: int) -> Mapping[str, int]:
    c = OBSERVATION.c
    asked = sa.select(c.indicator_id, sa.func.count()).where(c.release_id == of).group_by(c.indicator_id)
    return {row[0]: row[1] for row in connection.execute(asked)}


def _in_both(connection: sa.Connection, before: int, after: int) -> tuple[dict[str, int], dict[str, int]]:
    """How many figures of each indicator both releases have, and of how many what is held differs."""
    differs = sa.func.sum(sa.case((_APART, 1), else_=0))
    asked = sa.select(_OLD.c.indicator_id, sa.func.count(), differs).group_by(_OLD.c.indicator_id)
    rows = connection.execute(asked.where(*_both(before, after))).all()
    return {name: number for name, number, _ in rows}, {name: number for name, _, number in rows}


def _changed(
    connection: sa.Connection, before: int, after: int, indicators: Sequence[str]
) -> dict[str, list[Change]]:
    """The figures of some indicators that both releases have and that differ, in the order of their names."""
    key, old, new = (_NEW.c[name] for name in KEY), _OLD.c, _NEW.c
    held = (*key, old.value, old.status, new.value, new.status, old.source_id.label("source_before"))
    asked = sa.select(*held).where(*_both(before, after), _APART)
    found: dict[str, list[Change]] = {}
    for name in indicators:
        rows = sorted(map(tuple, connection.execute(asked.where(_OLD.c.indicator_id == name))))
        found[name] = [Change(*row) for row in rows]
    return found


def _without(connection: sa.Connection, of: int, other: int, indicator_id: str) -> Figures:
    """The figures of an indicator that one release has and the other has not, in the order of their names."""
    asked = sa.select(*(_NEW.c[name] for name in (*KEY, *HELD))).where(
        _NEW.c.release_id == of, _NEW.c.indicator_id == indicator_id, ~_held_in(other)
    )
    rows = sorted((tuple(row) for row in connection.execute(asked)), key=lambda row: row[: len(KEY)])
    return {row[: len(KEY)]: row[len(KEY) :] for row in rows}
