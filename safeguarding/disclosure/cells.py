"""Cells: the counts that figures tell, whoever publishes them: which are one, and which add up to another.

A count and its rate tell the same cell, a share tells its own and that of its base. Sums are those that the
catalogue declares: `part_of`, a breakdown's categories, the authorities of a region and the regions of the
country, the quarters of a year.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from safeguarding import periods
from safeguarding.disclosure.sums import Sum
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import ENGLAND, Area, Indicator, Observation
from safeguarding.vocabulary import Unit, YearType


class Cell(NamedTuple):
    """A count: of what, where, when, and of which category of a breakdown; `of` names the indicator whose
    count it is, or the base of one.
    """

    of: str
    area: str
    period: str
    breakdown: str = ""
    category: str = ""


class Meaning:
    """What each indicator counts: indicators that count the same share a name for it."""

    def __init__(self, indicators: Mapping[str, Indicator]):
        self._indicators = indicators
        counts = {i.numerator: i.indicator_id for i in indicators.values() if i.is_count and i.numerator}
        self._counted = {i.indicator_id: counts.get(i.numerator, i.indicator_id) for i in indicators.values()}
        self._base = {i.indicator_id: self._based(i, counts) for i in indicators.values()}

    @staticmethod
    def _based(indicator: Indicator, counts: Mapping[str, str]) -> str:
        named = (
            indicator.part_of or indicator.denominator_indicator_id or counts.get(indicator.denominator, "")
        )
        return named or f"the base of {indicator.indicator_id}"

    def count(self, o: Observation) -> Cell:
        """The count that a figure tells: itself, or the one above its line."""
        return Cell(self._counted[o.indicator_id], o.area_code, o.period, o.breakdown, o.category)

    def base(self, o: Observation) -> Cell | None:
        """The count that a share is a share of; None for any other figure: a population is no secret."""
        if self._indicators[o.indicator_id].unit is not Unit.PERCENT:
            return None
        return Cell(self._base[o.indicator_id], o.area_code, o.period, o.breakdown, o.category)

    def counted(self, indicator_id: str, area: str, period: str) -> Cell:
        """The count of an indicator as a whole."""
        return Cell(self._counted[indicator_id], area, period)

    def based(self, indicator_id: str, area: str, period: str) -> Cell:
        """The count that a share of it is a share of, as a whole."""
        return Cell(self._base[indicator_id], area, period)

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The counts that add up to another, by its name: the indicators that are `part_of` it."""
        found: dict[str, list[str]] = defaultdict(list)
        for i in self._indicators.values():
            if i.part_of:
                found[i.part_of].append(self._counted[i.indicator_id])
        return {whole: tuple(parts) for whole, parts in found.items()}

    def touching(self, indicators: Iterable[str]) -> set[str]:
        """The indicators that share a count, a base or a whole with some, or with one that does."""
        names = {
            i: {self._counted[i], self._base[i], row.part_of} - {""} for i, row in self._indicators.items()
        }
        found = {i for i in indicators if i in names}
        reached: set[str] = set()
        while reached != (reached := {name for i in found for name in names[i]}):
            found |= {i for i, own in names.items() if own & reached}
        return found

    def indicator(self, of: str) -> Indicator | None:
        """The indicator of a count; None for a base that is no indicator's own."""
        return self._indicators.get(of)


def exact(o: Observation, indicator: Indicator) -> float | None:
    """The count that a figure tells exactly; None where it tells none, or only roughly."""
    return o.value if indicator.is_count else o.numerator


def roughly(value: float, decimals: int, unit: Unit, base: Interval) -> Interval | None:
    """Between which ends the count above a share or a rate lies, rounded as it is printed, over its base.

    None where a value is no such ratio.
    """
    if unit.multiplier is None:
        return None
    half = 0.5 * 10.0**-decimals
    low, high = max(value - half, 0.0), value + half
    return Interval(low * base.lower / unit.multiplier, high * base.upper / unit.multiplier)


def rounding(area: Area | None, count: float) -> float:
    """By how much a published count may be rounded: national and regional ones to ten, others not at all."""
    return 5.0 if area is not None and area.type != "authority" and count % 10 == 0 else 0.0


def sums(
    counted: Mapping[Cell, float | None], meaning: Meaning, areas: Mapping[str, Area]
) -> Iterator[Sum[Cell]]:
    """Every declared sum of which a figure of each part and of the total is held, shown or not.

    `counted` are the counts of all cells as they are stored, None where nobody tells one.
    """
    yield from _of_parts(counted, meaning)
    yield from _of_categories(counted)
    yield from _of_areas(counted, areas)
    yield from _of_quarters(counted, meaning)


def _of_parts(counted: Mapping[Cell, object], meaning: Meaning) -> Iterator[Sum[Cell]]:
    wholes = meaning.parts()
    for total in (c for c in counted if c.of in wholes):
        members = tuple(total._replace(of=part) for part in wholes[total.of])
        if all(m in counted for m in members):
            yield Sum(members, total, "its parts add up to their total")


def _of_categories(counted: Mapping[Cell, object]) -> Iterator[Sum[Cell]]:
    found: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
    for cell in counted:
        if cell.breakdown:
            found[cell._replace(breakdown="", category=""), cell.breakdown].append(cell)
    for (total, breakdown), parts in found.items():
        if total in counted:
            yield Sum(tuple(parts), total, f"by {breakdown}, the categories add up to the whole")


def _of_areas(counted: Mapping[Cell, object], areas: Mapping[str, Area]) -> Iterator[Sum[Cell]]:
    inside: dict[tuple[str, date], list[str]] = {}
    for total in counted:
        if areas[total.area].type == "authority" or total.period == periods.UNDATED:
            continue
        key = total.area, periods.end_of(total.period)
        if key not in inside:
            kind = "region" if total.area == ENGLAND else "authority"
            within = (a for a in areas.values() if a.type == kind and a.existed(key[1]))
            inside[key] = [a.area_code for a in within if total.area in (ENGLAND, a.region_code)]
        parts = tuple(total._replace(area=code) for code in inside[key])
        if parts and all(p in counted for p in parts):
            yield Sum(parts, total, f"the areas of {areas[total.area].name} add up to it")


def _of_quarters(counted: Mapping[Cell, float | None], meaning: Meaning) -> Iterator[Sum[Cell]]:
    """Quarters and their year; quarters that hold the year so far, or the last four of them.

    Which of the three an indicator's quarters are is read from its counts. What a quarter of the latter two
    adds is a count of its own that no figure tells: `alone`.
    """
    series: dict[str, list[Cell]] = defaultdict(list)
    for cell in counted:
        indicator = meaning.indicator(cell.of)
        if "-Q" in cell.period and indicator and indicator.year_type is YearType.FINANCIAL_YEAR:
            series[cell.of].append(cell)
    for cells in series.values():
        kind = _quarters(cells, counted)
        for cell in cells:
            yield from _of_quarter(cell, kind, counted)


def _quarters(cells: Iterable[Cell], counted: Mapping[Cell, float | None]) -> str:
    """Do an indicator's quarters hold themselves, the year to date, or the last four (`rolling`)?

    The latter two end at the year's own count, in every year of which both are held; to date never falls.
    """
    ends = [(counted[c], counted.get(_year(c))) for c in cells if c.period.endswith("-Q4")]
    known = [(quarter, year) for quarter, year in ends if quarter is not None and year is not None]
    if not any(year for _, year in known) or any(quarter != year for quarter, year in known):
        return "alone"
    pairs = ((counted.get(_before(c)), counted[c]) for c in cells if not c.period.endswith("-Q1"))
    falls = any(a is not None and b is not None and a > b for a, b in pairs)
    return "rolling" if falls else "to date"


def _of_quarter(cell: Cell, kind: str, counted: Mapping[Cell, object]) -> Iterator[Sum[Cell]]:
    year, before, last = _year(cell), _before(cell), cell.period.endswith("-Q4")
    if kind == "alone":
        four = tuple(cell._replace(period=f"{year.period}-Q{k}") for k in range(1, 5))
        if last and year in counted and all(q in counted for q in four):
            yield Sum(four, year, "the quarters add up to the year")
        return
    if last and year in counted:
        yield Sum((cell,), year, "the last quarter holds the year")
    if kind == "rolling":
        quarters = [cell]
        while len(quarters) < 4:
            quarters.append(_before(quarters[-1]))
        yield Sum(tuple(map(alone, quarters)), cell, "each holds the last four quarters")
    elif cell.period.endswith("-Q1"):
        yield Sum((alone(cell),), cell, "each holds the year so far")
    elif before in counted:
        yield Sum((before, alone(cell)), cell, "each holds the year so far")


def _year(cell: Cell) -> Cell:
    return cell._replace(period=cell.period[:7])


def _before(cell: Cell) -> Cell:
    return cell._replace(period=periods.quarter_before(cell.period))


def alone(cell: Cell) -> Cell:
    """What a quarter adds by itself, where its figure holds more than that."""
    return cell._replace(of=f"{cell.of}, the quarter alone")
