"""Sums: counts that add up to another, and what a reader can work out along one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from safeguarding.measures.intervals import Interval

K = TypeVar("K")  # what names a count


@dataclass(frozen=True)
class Known:
    """What a reader is told of a count, where it is not hidden: its ends, which are one where it is exact.

    `ours` says that we may hide it: every figure that shows it is of a source whose small counts are hidden.
    """

    told: Interval | None
    ours: bool = False

    @property
    def value(self) -> float | None:
        """The middle of what is told."""
        return None if self.told is None else (self.told.lower + self.told.upper) / 2


@dataclass(frozen=True)
class Sum(Generic[K]):
    """`parts` add up to `total`. `route` says so in words."""

    parts: tuple[K, ...]
    total: K
    route: str

    def left(self, cell: K, told: Mapping[K, Interval]) -> Interval:
        """Between which ends the sum leaves one of its cells, by what is told of all of them.

        Whatever is hidden is at least 1, since noughts are shown; `told` says so of it.
        """
        others = [told[p] for p in self.parts if p != cell]
        low, high = sum(o.lower for o in others), sum(o.upper for o in others)
        if cell == self.total:
            return Interval(low, high)
        whole = told[self.total]
        return Interval(whole.lower - high, whole.upper - low)

    @property
    def cells(self) -> tuple[K, ...]:
        """Its parts and its total."""
        return (*self.parts, self.total)


HIDDEN = Interval(1, inf)  # what is known of a count that is hidden: it is no nought
ANYTHING = Interval(0, inf)
UNTOLD = Known(ANYTHING)  # a count that no figure tells


def meet(one: Interval, other: Interval) -> Interval:
    """What both leave."""
    return Interval(max(one.lower, other.lower), min(one.upper, other.upper))


def is_narrow(left: Interval, largest: int) -> bool:
    """Does a range lie strictly inside 1 to `largest`: is a small count better known than it may be?"""
    inside = left.lower >= 1 and left.upper <= largest
    return inside and (left.lower > 1 or left.upper < largest)


def protect(
    known: Mapping[K, Known], sums: Iterable[Sum[K]], hidden: Collection[K], largest: int
) -> Iterator[K]:
    """The counts that must be hidden as well, so that no sum leaves a hidden one strictly inside 1 to
    `largest`.

    Each time the smallest count that is shown, is no nought and is ours to hide and that is enough; where
    none is enough alone, the smallest, and then another; the total where no part is left. A count of which
    nothing is ours to hide stays: the audit names what it gives away.
    """
    hidden = set(hidden)
    touching: dict[K, list[Sum[K]]] = {}
    for one in sums:
        for cell in one.cells:
            touching.setdefault(cell, []).append(one)
    waiting = dict.fromkeys(one for cell in hidden for one in touching.get(cell, ()))
    while waiting:
        one = next(iter(waiting))
        more = _next(one, known, hidden, largest)
        if more is None:
            del waiting[one]
            continue
        hidden.add(more)
        waiting |= dict.fromkeys(touching[more])
        yield more


def _next(one: Sum[K], known: Mapping[K, Known], hidden: Collection[K], largest: int) -> K | None:
    """What to hide next along a sum; None where nothing is given away, or nothing can be done about it."""
    if not _gives_away(one, known, hidden, largest):
        return None
    free = [
        c for c in one.cells if c not in hidden and known.get(c, UNTOLD).ours and (known[c].value or 0) > 0
    ]
    parts = sorted((c for c in free if c != one.total), key=lambda c: known[c].value or 0)
    enough = (c for c in parts if not _gives_away(one, known, {*hidden, c}, largest))
    total = one.total if one.total in free else None
    return next(enough, parts[0] if len(parts) > 1 or (parts and total is None) else total)


def _gives_away(one: Sum[K], known: Mapping[K, Known], hidden: Collection[K], largest: int) -> bool:
    told = {c: HIDDEN if c in hidden else known.get(c, UNTOLD).told or ANYTHING for c in one.cells}
    return any(is_narrow(meet(told[c], one.left(c, told)), largest) for c in one.cells if c in hidden)
