"""Hidden: which figures of a release may not be shown, along every sum by itself.

First the small ones, and whatever tells the same count (its share, its rate); then, along every declared sum,
the next smallest, until no sum leaves a small count better known than 1 to 5.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeguarding.disclosure.audience import Hiding
from safeguarding.disclosure.cells import Cell, Meaning, alone, exact, roughly, rounding, sums
from safeguarding.disclosure.small_counts import rests_on_small
from safeguarding.disclosure.sums import HIDDEN, Known, Sum, protect
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Area, Indicator, Key, Observation, Source
from safeguarding.vocabulary import Status


@dataclass(frozen=True)
class Tables:
    """The tables of a catalogue that say what a figure counts and who publishes it."""

    indicators: Mapping[str, Indicator]
    areas: Mapping[str, Area]
    sources: Mapping[str, Source]


class Ledger:
    """The counts that the figures of a release tell, and which figure tells which.

    `counted` is each count as it is stored, None where nobody tells it.
    """

    def __init__(self, figures: Iterable[Observation], tables: Tables, hiding: Hiding):
        self.tables, self.hiding = tables, hiding
        self.meaning = Meaning(tables.indicators)
        self.figures: dict[Key, Observation] = {}
        self.telling: dict[Cell, list[Observation]] = defaultdict(list)
        self.resting: dict[Cell, list[Observation]] = defaultdict(list)
        self.counted: dict[Cell, float | None] = {}
        for o in figures:
            self.figures[o.key] = o
            cell, base = self.meaning.count(o), self.meaning.base(o)
            self.telling[cell].append(o)
            if base is not None:
                self.resting[base].append(o)
                self._count(base, o.denominator)
            self._count(cell, exact(o, tables.indicators[o.indicator_id]))
        for cell, rows in self.telling.items():
            if self.counted[cell] is None:
                self._count(cell, next((t for o in rows if (t := self._about(o)) is not None), None))
        self.sums: list[Sum[Cell]] = list(sums(self.counted, self.meaning, tables.areas))

    def _count(self, cell: Cell, count: float | None) -> None:
        if self.counted.get(cell) is None:
            self.counted[cell] = count

    def _about(self, o: Observation) -> float | None:
        """The count that a share without one must be about, over the base that is held."""
        told = self.told_by(o)
        return None if told is None else round((told.lower + told.upper) / 2)

    def base_of(self, o: Observation) -> Interval | None:
        """The base of a share, as its own row or another figure gives it."""
        base = self.meaning.base(o)
        count = o.denominator or (self.counted.get(base) if base else None)
        return None if not count else Interval(count, count)

    def told_by(self, o: Observation) -> Interval | None:
        """Between which ends a figure that is shown puts the count it tells; None where it tells none."""
        indicator = self.tables.indicators[o.indicator_id]
        count = exact(o, indicator)
        if o.value is None:
            return None
        if count is not None:
            room = rounding(self.tables.areas.get(o.area_code), count)
            return Interval(count - room, count + room)
        base = self.base_of(o)
        return None if base is None else roughly(o.value, indicator.decimals, indicator.unit, base)

    def hides(self, o: Observation) -> bool:
        """May a figure be hidden by us?"""
        return self.hiding.of(self.tables.sources[o.source_id])

    def known(self, cell: Cell) -> Known:
        """What a reader is told of a count where we have hidden nothing."""
        rows, bases = self.telling.get(cell, []), self.resting.get(cell, [])
        told = [t for o in rows if (t := self.told_by(o)) is not None]
        told += [Interval(o.denominator, o.denominator) for o in bases if o.denominator]
        ours = all(map(self.hides, (*rows, *(o for o in bases if o.denominator))))
        if told:
            return Known(min(told, key=lambda t: t.upper - t.lower), ours)
        return Known(HIDDEN if any(o.status.hidden for o in rows) else None, False)

    def small(self) -> dict[Key, Cell]:
        """The figures that rest on a small count themselves, with the count they tell."""
        found = {}
        for key, o in self.figures.items():
            indicator = self.tables.indicators[o.indicator_id]
            if self.hides(o) and rests_on_small(o, indicator, self.hiding, self.base_of(o)):
                found[key] = self.meaning.count(o)
        return found

    def quarters_alone(self) -> set[Cell]:
        """What single quarters add, where figures hold more than that, and it is small."""
        found = set()
        for one in self.sums:
            if one.route == "each holds the year so far" and self.known(one.total).ours:
                before = self.counted.get(one.parts[0]) if len(one.parts) == 2 else 0.0
                now = self.counted.get(one.total)
                if now is not None and before is not None and self.hiding.is_small(now - before):
                    found.add(alone(one.total))
        return found

    def of_cell(self, cell: Cell) -> Iterable[Observation]:
        """The figures that have to go so that a count is not told: those of it, and those over it."""
        yield from self.telling.get(cell, ())
        yield from self.resting.get(cell, ())


def hidden_figures(ledger: Ledger) -> dict[Key, Status]:
    """The figures of a release that may not be shown, each with why: small itself, or for another's sake."""
    hiding = ledger.hiding
    if not any(map(ledger.hides, ledger.figures.values())):
        return {}
    small = ledger.small()
    found = dict.fromkeys(small, Status.C_PRIMARY)
    cells = set(small.values())
    for cell in cells:
        cascade(cell, ledger, found, Status.C_PRIMARY)
    known = {cell: ledger.known(cell) for one in ledger.sums for cell in one.cells if cell in ledger.counted}
    unprotected = {c for c in cells if c in known and not _public(c, ledger)}
    for cell in protect(known, ledger.sums, unprotected | ledger.quarters_alone(), hiding.largest):
        cascade(cell, ledger, found, Status.C_SECONDARY)
    return found


def _public(cell: Cell, ledger: Ledger) -> bool:
    """Does a source whose small counts are shown tell a count?"""
    return any(not ledger.hides(o) and o.value is not None for o in ledger.telling.get(cell, ()))


def cascade(cell: Cell, ledger: Ledger, found: dict[Key, Status], why: Status) -> None:
    """Hide whatever is ours and tells a count, in `found`."""
    for o in ledger.of_cell(cell):
        if ledger.hides(o) and o.value is not None:
            found.setdefault(o.key, why)
