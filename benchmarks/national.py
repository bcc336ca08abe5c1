"""England in figures: every authority's series, as the calibration reads them. Another source needs another
`read`.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import fmean

from safeguarding.measures.intervals import Interval, proportion, rate
from safeguarding.vocabulary import Polarity, Unit

ENGLAND, REGIONS = "E92000001", "E12"
ABOVE_100 = {"funded_2yr_uptake_pct"}  # a share whose count may be larger than its base


@dataclass(frozen=True)
class Figure:
    """A published value, and the count and base behind it (None where not held)."""

    value: float
    count: float | None
    base: float | None


@dataclass(frozen=True)
class Series:
    """One indicator: its figures by area and the year they end in, the authorities apart from England."""

    indicator_id: str
    unit: Unit
    polarity: Polarity
    testable: bool
    areas: dict[str, dict[int, Figure]] = field(default_factory=dict)
    england: dict[int, Figure] = field(default_factory=dict)

    @property
    def highest(self) -> float:
        """The highest value that can be."""
        shares = self.unit is Unit.PERCENT and self.indicator_id not in ABOVE_100
        return 100.0 if shares else math.inf

    def interval(self, figure: Figure) -> Interval | None:
        """Its 95 % interval; None without counts."""
        if not self.testable or figure.count is None or not figure.base:
            return None
        if self.unit is Unit.PERCENT:
            return proportion(figure.count, figure.base) if 0 <= figure.count <= figure.base else None
        multiplier = self.unit.multiplier
        return rate(figure.count, figure.base, multiplier) if multiplier else None

    def judged(self, figure: Figure) -> float:
        """The unrounded value where counts are held."""
        if figure.count is None or not figure.base or not self.unit.multiplier or not self.testable:
            return figure.value
        return self.unit.multiplier * figure.count / figure.base

    @cached_property
    def values(self) -> list[dict[int, float]]:
        """Published values by year, an authority each."""
        return [{year: f.value for year, f in figures.items()} for figures in self.areas.values()]

    def in_year(self, year: int) -> list[float]:
        """Every authority's published value of a year."""
        return [values[year] for values in self.values if year in values]

    def each(self) -> Iterator[tuple[str, int, Figure]]:
        """Every authority's figures."""
        return ((area, year, f) for area, figures in self.areas.items() for year, f in figures.items())


@dataclass(frozen=True)
class National:
    """All series that are no plain counts, and every authority's neighbours by the name of their list."""

    series: list[Series]
    neighbours: dict[tuple[str, str], list[str]]

    def mean_of_neighbours(self, series: Series, area: str, year: int) -> float | None:
        """The plain mean of those with a figure; None without one. The list is chosen as docs/decisions/0003
        says.
        """
        near = self.neighbours.get((area, "SN-2025" if year >= 2025 else "SN-2021"), ())
        held = [f.value for f in (series.areas.get(other, {}).get(year) for other in near) if f is not None]
        return fmean(held) if held else None


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read(figures: Path, neighbours: Path, indicators: Path) -> National:
    """What is held, from three CSVs."""
    catalogue = list(rows(indicators))
    found = {
        r["indicator_id"]: Series(
            r["indicator_id"], Unit(r["unit"]), Polarity(r["polarity"]), not r.get("untested_because")
        )
        for r in catalogue
    }
    number = lambda text: float(text) if text else None  # noqa: E731
    for r in rows(figures):
        series, code = found[r["indicator_id"]], r["area_code"]
        if r["value"] and not code.startswith(REGIONS):
            held = series.england if code == ENGLAND else series.areas.setdefault(code, {})
            held[int(r["period_end"][:4])] = Figure(
                float(r["value"]), number(r["numerator"]), number(r["denominator"])
            )
    for r in catalogue:
        if r["denominator_indicator_id"]:
            _take_base(found[r["indicator_id"]], found[r["denominator_indicator_id"]])
    near: dict[tuple[str, str], list[str]] = {}
    for r in rows(neighbours):
        near.setdefault((r["area_code"], r["set"]), []).append(r["neighbour_code"])
    return National([s for s in found.values() if s.unit is not Unit.COUNT and s.areas], near)


def _take_base(share: Series, base: Series) -> None:
    """Give each share that is published alone the base that another indicator holds."""
    for area, year, f in list(share.each()):
        known = base.areas.get(area, {}).get(year)
        if (f.count is None or not f.base) and known and known.value:
            share.areas[area][year] = Figure(f.value, f.value * known.value / 100, known.value)
