"""Reports: what a report tells of counts, beside an official figure and among its own statements."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from safeguarding.disclosure.audit import Told
from safeguarding.disclosure.cells import Cell, roughly
from safeguarding.disclosure.hidden import Ledger
from safeguarding.disclosure.programme import Equation, Programme
from safeguarding.disclosure.small_counts import about
from safeguarding.disclosure.sums import HIDDEN, is_narrow
from safeguarding.measures.intervals import Interval
from safeguarding.store.report import Check, Statement
from safeguarding.vocabulary import Unit

HALF = 0.05  # what rounding to one decimal may take from a share or add to it


def stated(statements: Sequence[Statement], ledger: Ledger) -> Iterator[tuple[Cell, Told]]:
    """What the statements that are shown say of counts that an indicator holds: the number, or its share."""
    tables = ledger.tables
    for s in statements:
        indicator = tables.indicators.get(s.indicator_id)
        if indicator is None or s.number is None or s.area not in tables.areas:
            continue
        source = tables.sources[s.source_id]
        route = f"“{s.measure}” of the report ({s.statement_id})"
        cell = ledger.meaning.counted(indicator.indicator_id, s.area, s.period)
        if s.kind == "count":
            yield cell, Told(Interval(s.number, s.number), source.publisher, route)
        elif s.kind == "percent" and indicator.unit is Unit.PERCENT:
            base = ledger.counted.get(ledger.meaning.based(indicator.indicator_id, s.area, s.period))
            decimals = len(s.value.partition(".")[2])
            if base and (ends := roughly(s.number, decimals, Unit.PERCENT, Interval(base, base))):
                yield cell, Told(ends, source.publisher, route)


def exposed(
    stored: Sequence[Statement], hidden: Mapping[str, bool], checks: Sequence[Check], largest: int
) -> Iterator[tuple[Statement, Interval]]:
    """The small statements that are hidden and that sums among statements narrow to a range inside 1 to 5.

    The sums are those of the checks by `total`, and by `hundred` where every share names its base.
    """
    held = {s.statement_id: s for s in stored}
    named = [c for c in checks if all(i in held for i in c.statements)]
    counts: dict[str, Interval] = {}
    equations: list[Equation[str]] = []
    for c in named:
        if c.method == "total":
            *parts, total = c.statements
            terms = {**dict.fromkeys(parts, 1.0), total: -1.0}
            equations.append(Equation(terms, 0, 0, f"check {c.check_id}"))
        elif c.method == "hundred" and all(held[i].base in held for i in c.statements):
            gone = [i for i in c.statements if i in hidden]
            base = about(held[held[c.statements[0]].base])
            if not gone or base is None:
                continue
            come_to, room = sum(held[i].number or 0 for i in gone), HALF * len(gone)
            ends = (max(come_to - room, 0) * base.lower / 100, (come_to + room) * base.upper / 100)
            equations.append(Equation(dict.fromkeys(gone, 1.0), *ends, f"check {c.check_id}"))
    for i in dict.fromkeys(str(i) for e in equations for i in e.terms):
        number = held[i].number
        exact = i not in hidden and number is not None
        counts[i] = (
            Interval(number or 0, number or 0) if exact else HIDDEN if i in hidden else Interval(0, inf)
        )
    programme = Programme(counts, equations)
    for i, small in hidden.items():
        between = programme.between({i: 1.0}) if small and i in counts else None
        if between is not None and is_narrow(between, largest):
            yield held[i], between
