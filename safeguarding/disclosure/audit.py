"""Audit: between which ends does every hidden count lie, by everything that a reader is told at once?

What a reader is told: the figures that are shown, with their rounding; the sums that hold between counts,
shown or not; what an earlier release showed; what a report states beside an official figure. A count that we
hide, or one that its source hides and others give away, may not lie strictly inside 1 to 5.
Method: docs/methods.md#audit-of-what-is-hidden.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

from safeguarding.disclosure.cells import Cell
from safeguarding.disclosure.hidden import Ledger
from safeguarding.disclosure.programme import Equation, Programme
from safeguarding.disclosure.sums import is_narrow, meet
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Key
from safeguarding.vocabulary import Status


@dataclass(frozen=True)
class Told:
    """One thing that a reader is told of one count: its ends, who publishes it, and where it stands."""

    ends: Interval
    publisher: str
    route: str


@dataclass(frozen=True)
class View:
    """One release as a reader sees it: its counts, and which of its figures are hidden, each with why."""

    ledger: Ledger
    hidden: Mapping[Key, Status]
    name: str = "this release"


@dataclass(frozen=True)
class Exposed:
    """A hidden count that is better known than 1 to 5: its range, by which routes, and whether it is ours.

    `refused` where it may not be published: it is ours, or figures of others than its publisher expose it.
    `along` are the counts in those sums.
    """

    cell: Cell
    between: Interval
    routes: tuple[str, ...]
    ours: bool
    refused: bool
    along: tuple[Cell, ...] = ()


@dataclass
class Findings:
    """What an audit found: how many hidden counts it looked at, and which of them are better known than they
    may be. `contradicting` are sums that cannot hold as they are published: nothing is concluded from them.
    """

    ours: int = 0
    of_sources: int = 0
    exposed: list[Exposed] = field(default_factory=list)
    contradicting: set[str] = field(default_factory=set)

    @property
    def refused(self) -> list[Exposed]:
        """Those that keep a release from being published."""
        return [e for e in self.exposed if e.refused]


class Known:
    """All that a reader is told of the counts of a release, and of an earlier one where there is one.

    A count that has not changed is one count in both; one that has is another, named with its release.
    """

    def __init__(self, now: View, before: View | None, stated: Iterable[tuple[Cell, Told]]):
        self.now = now
        self.told: dict[Hashable, list[Told]] = defaultdict(list)
        self.sums: list[Equation[Hashable]] = []
        self.lower: dict[Hashable, float] = {}
        for view in (now, before):
            if view is not None:
                self._read(view)
        for cell, told in stated:
            self.told[cell].append(told)
        self.about: dict[Hashable, list[Equation[Hashable]]] = defaultdict(list)
        for e in self.sums:
            for count in e.terms:
                self.about[count].append(e)

    def _name(self, cell: Cell, view: View) -> Hashable:
        if view is self.now:
            return cell
        then, now = view.ledger.counted.get(cell), self.now.ledger.counted.get(cell)
        same = then == now and cell in self.now.ledger.counted
        return cell if same else (view.name, cell)

    def _read(self, view: View) -> None:
        ledger = view.ledger
        for key, o in ledger.figures.items():
            cell, base = ledger.meaning.count(o), ledger.meaning.base(o)
            name = self._name(cell, view)
            if key in view.hidden or o.status.hidden:
                # noughts are shown, so it is at least 1; of a share that is so where its base is no small one
                small_base = base is not None and not (ledger.counted.get(base) or 0) > ledger.hiding.largest
                self.lower[name] = 0.0 if small_base else 1.0
            else:
                said = f"{_called(cell, ledger)} ({view.name}, {o.source_id})"
                publisher = ledger.tables.sources[o.source_id].publisher
                if (ends := ledger.told_by(o)) is not None:
                    self.told[name].append(Told(ends, publisher, said))
                if base is not None and o.denominator:
                    ends = Interval(o.denominator, o.denominator)
                    self.told[self._name(base, view)].append(Told(ends, publisher, f"the base of {said}"))
            if base is not None and key in view.hidden:
                ends_at = {name: 1.0, self._name(base, view): -1.0}
                if len(ends_at) == 2:
                    self.sums.append(Equation(ends_at, -inf, 0, "a part is no more than its base"))
        for one in ledger.sums:
            terms = {self._name(p, view): 1.0 for p in one.parts}
            total = self._name(one.total, view)
            if total not in terms:
                route = f"{_called(one.total, ledger)}: {one.route} ({view.name})"
                self.sums.append(Equation({**terms, total: -1.0}, 0, 0, route))

    def ends(self, count: Hashable, publishers: Collection[str] | None) -> Interval:
        """What is told of one count by itself, by some publishers or by all; where they differ, the first."""
        found = Interval(self.lower.get(count, 0.0), inf)
        for told in self.told.get(count, ()):
            if publishers is None or told.publisher in publishers:
                both = meet(found, told.ends)
                found = both if both.lower <= both.upper else found
        return found

    def reach(self, count: Hashable, publishers: Collection[str] | None, steps: float = inf) -> "Part":
        """The counts and the sums that bear on one, by so many steps, over all that are not told exactly."""
        counts: dict[Hashable, Interval] = {}
        used: dict[int, Equation[Hashable]] = {}
        waiting = [(count, 0)]
        while waiting:
            now, away = waiting.pop(0)
            if now in counts:
                continue
            counts[now] = self.ends(now, publishers)
            if away >= steps or (now != count and counts[now].lower == counts[now].upper):
                continue
            for e in self.about.get(now, ()):
                if id(e) not in used and all(self._bounded(c) for c in e.terms):
                    used[id(e)] = e
                    waiting += [(c, away + 1) for c in e.terms]
        for c in (c for e in used.values() for c in e.terms if c not in counts):
            counts[c] = self.ends(c, publishers)
        return Part(counts, list(used.values()))

    def _bounded(self, count: Hashable) -> bool:
        """Is anything known of a count, so that a sum with it says something of the others?"""
        return count in self.told or count in self.lower


def audit(
    now: View,
    before: View | None = None,
    stated: Iterable[tuple[Cell, Told]] = (),
    ours_alone: bool = False,
) -> Findings:
    """Every hidden count of a release that a reader can narrow to a range strictly inside 1 to 5.

    `before` is the release that readers have seen until now, `stated` what reports say of single counts.
    `ours_alone` leaves out what sources hide themselves.
    """
    known, found, ledger = Known(now, before, stated), Findings(), now.ledger
    largest = ledger.hiding.largest or 5
    by_all, by_its_own = Parts(known, None, found), dict[frozenset[str], Parts]()
    for cell, ours in targets(now):
        found.ours += ours
        found.of_sources += not ours
        if ours_alone and not ours:
            continue
        if ours and not ledger.hiding.is_small(ledger.counted.get(cell)):
            continue  # what is larger lies in no range inside 1 to 5
        part, between = by_all.around(cell)
        if not is_narrow(between, largest):
            continue
        own = frozenset(ledger.tables.sources[o.source_id].publisher for o in ledger.telling.get(cell, ()))
        alone = between if ours else by_its_own.setdefault(own, Parts(known, own, found)).around(cell)[1]
        needed = part.needed(cell, between)
        routes = (*(e.route for e in needed), *(t.route for t in known.told.get(cell, ())))
        along = tuple(dict.fromkeys(c for e in needed for c in e.terms if isinstance(c, Cell)))
        refused = ours or alone != between
        found.exposed.append(Exposed(cell, between, tuple(dict.fromkeys(routes)), ours, refused, along))
    return found


def targets(view: View) -> Iterator[tuple[Cell, bool]]:
    """Every count that nobody shows though it is held, and whether we hide it."""
    ledger = view.ledger
    for cell, rows in ledger.telling.items():
        hidden = [o for o in rows if o.key in view.hidden or o.status.hidden]
        if hidden and len(hidden) == len([o for o in rows if o.status.withheld or o.value is not None]):
            yield cell, any(o.key in view.hidden for o in hidden)


class Part:
    """Counts that bear on each other, and the sums between them that can hold by what is told of each."""

    def __init__(self, counts: Mapping[Hashable, Interval], equations: list[Equation[Hashable]]):
        self.counts = counts
        self.impossible = [e.route for e in equations if not _can_hold(e, counts)]
        self.equations = [e for e in equations if _can_hold(e, counts)]
        self.programme = Programme(counts, self.equations)

    def needed(self, cell: Cell, between: Interval) -> list[Equation[Hashable]]:
        """The sums that it takes to narrow a count so far: leave out each in turn that is not needed."""
        needed = list(self.equations)
        for e in self.equations:
            fewer = [other for other in needed if other is not e]
            if Programme(self.counts, fewer).between({cell: 1}) == between:
                needed = fewer
        return needed


class Parts:
    """The parts of all that is told, by some publishers or by all; each is put together once."""

    def __init__(self, known: Known, publishers: Collection[str] | None, found: Findings):
        self._known, self._publishers, self._found = known, publishers, found
        self._of: dict[Hashable, Part] = {}

    def around(self, cell: Cell) -> tuple[Part, Interval]:
        """The part that a count lies in, and the range that it leaves.

        Where all of it together cannot hold, the nearest sums that can: what each leaves is still told.
        """
        if cell not in self._of:
            part = self._known.reach(cell, self._publishers)
            self._found.contradicting |= set(part.impossible)
            self._of |= {c: part for c, ends in part.counts.items() if ends.lower < ends.upper or c == cell}
        part = self._of[cell]
        between = part.programme.between({cell: 1})
        for steps in (3, 2, 1):
            if between is not None:
                return part, between
            self._found.contradicting.add(f"{_called(cell, self._known.now.ledger)}: all sums together")
            part = self._known.reach(cell, self._publishers, steps)
            between = part.programme.between({cell: 1})
        return part, between or part.counts[cell]


def _can_hold(e: Equation[Hashable], counts: Mapping[Hashable, Interval]) -> bool:
    """Can a sum hold by what is told of each count? Where it cannot, its source has other counts in mind."""
    low = sum(t * (counts[c].lower if t > 0 else counts[c].upper) for c, t in e.terms.items())
    high = sum(t * (counts[c].upper if t > 0 else counts[c].lower) for c, t in e.terms.items())
    return low <= e.high and high >= e.low


def _called(cell: Cell, ledger: Ledger) -> str:
    indicator, area = ledger.meaning.indicator(cell.of), ledger.tables.areas.get(cell.area)
    named = [indicator.title if indicator else cell.of, area.name if area else cell.area, cell.period]
    return ", ".join(filter(None, [*named, cell.category]))


def refusal(found: Findings, ledger: Ledger) -> list[str]:
    """Why a release may not be published, a sentence each; nothing where it may."""
    return [
        f"{_called(e.cell, ledger)} is hidden, and can be worked out to be {_ends(e.between)}. "
        f"{_said(e.routes)}. Hide one more figure of that set: leave its value empty and put c_secondary in "
        "its status."
        for e in found.refused
    ]


def _said(routes: tuple[str, ...], most: int = 4) -> str:
    more = f" and {len(routes) - most} more" if len(routes) > most else ""
    return "; ".join(routes[:most]) + more


def _ends(between: Interval) -> str:
    low, high = between
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def in_words(found: Findings, ledger: Ledger, most: int = 40) -> list[str]:
    """What an audit found, a line each."""
    lines = [
        f"The audit looked at {found.ours:,} counts that are hidden here and {found.of_sources:,} that their "
        "sources hide."
    ]
    for e in found.exposed[:most]:
        who = "refused" if e.refused else "given away by its source's own tables, reported only"
        lines.append(f"  {_called(e.cell, ledger)}: {_ends(e.between)} ({who}). {_said(e.routes)}")
    if len(found.exposed) > most:
        lines.append(f"  and {len(found.exposed) - most} more")
    if found.contradicting:
        lines.append(
            f"{len(found.contradicting):,} sums cannot hold as they are published; nothing is concluded from "
            "them."
        )
    return lines
