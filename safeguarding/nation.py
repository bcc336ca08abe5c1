"""Nation: the figures of one indicator in every English authority, and what is usual among them.

Worked out once a release, each answer when it is first asked for. A period is a year such as `2024-25`; an
authority counts in the periods that `Figures.across` says.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from safeguarding import periods
from safeguarding.figures import Figures
from safeguarding.measures import bands, change, expected, overdispersion
from safeguarding.measures.bands import Band
from safeguarding.measures.change import Usual
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Indicator, Observation
from safeguarding.vocabulary import Status, Unit


class Known(NamedTuple):
    """An authority's figure that is shown: published, unrounded, and its base and 95 % interval (None without
    counts).
    """

    value: float
    judged: float
    base: float | None = None
    limits: Interval | None = None


@dataclass(frozen=True)
class Gaps:
    """How far the authorities lie from a benchmark in one period, in standard errors of chance.

    `dispersion` is φ, at least 1; `differing` the share (0 to 100) whose interval leaves the benchmark out.
    """

    benchmark: float
    scores: Mapping[str, float]
    dispersion: float
    differing: float

    def larger(self, area_code: str) -> float | None:
        """The share of the others with a larger gap for their size; None for one without a score."""
        if area_code not in self.scores:
            return None
        others = [z for code, z in self.scores.items() if code != area_code]
        return overdispersion.larger(self.scores[area_code], others)


def error_of(indicator: Indicator, benchmark: float, base: float) -> float | None:
    """The standard error of chance at a benchmark with this base, in the indicator's unit.

    None where there is none: a share of nothing or of everything, a rate of nought, a unit without counts.
    """
    if base <= 0 or benchmark <= 0 or indicator.unit.multiplier is None:
        return None
    if indicator.unit is Unit.PERCENT:
        return overdispersion.share_error(benchmark, base) if benchmark < 100 else None
    return overdispersion.rate_error(benchmark, base, indicator.unit.multiplier)


class Year(NamedTuple):
    """One period of an indicator among the authorities that count then: the published value of each that
    has one, of the others with a row why there is none, and the period's first day (None without a row).
    """

    values: Mapping[str, float]
    without: Mapping[str, Status]
    start: date | None


class Nation:
    """The shown figures of an indicator in the English authorities that count then, by period; of those
    without one, why.

    `known` makes a figure of a row that has a value. `broke` are the days on which its recording changed in
    all of England: no change is taken across them.
    """

    def __init__(
        self,
        indicator: Indicator,
        figures: Figures,
        known: Callable[[Observation], Known],
        broke: Iterable[date] = (),
    ):
        self.indicator = indicator
        self._all = figures
        self._known = known
        self._broke = tuple(broke)
        self._years: dict[str, Year] = {}
        self._figures: dict[str, dict[str, Known]] = {}
        self._gaps: dict[tuple[str, float], Gaps | None] = {}
        self._usual: dict[str, Usual | None] = {}
        self._bands: dict[str, Band | None] = {}
        self._spreads: dict[str, float | None] = {}

    def values(self, period: str) -> list[float]:
        """The published values of a period; none where it is not held."""
        return list(self._year(period).values.values())

    def members(self, period: str, region_code: str = "") -> list[str]:
        """The authorities that have a row of a period and count in it, of a region where one is named."""
        areas, year = self._all.catalogue.areas, self._year(period)
        held = {**year.values, **year.without}
        return [code for code in held if not region_code or areas[code].region_code == region_code]

    def _rows(self, period: str) -> dict[str, Observation]:
        return self._all.across(self.indicator.indicator_id, period)

    def _year(self, period: str) -> Year:
        if period not in self._years:
            rows = self._rows(period)
            self._years[period] = Year(
                {code: o.value for code, o in rows.items() if o.value is not None},
                {code: o.status for code, o in rows.items() if o.value is None},
                max((o.period_start for o in rows.values()), default=None),
            )
        return self._years[period]

    def figures(self, period: str) -> Mapping[str, Known]:
        """The figures of a period by area, with their bases and intervals."""
        if period not in self._figures:
            rows = self._rows(period)
            self._figures[period] = {c: self._known(o) for c, o in rows.items() if o.value is not None}
        return self._figures[period]

    def without(self, period: str) -> Mapping[str, Status]:
        """The authorities that have a row of a period and no figure in it, each with why."""
        return self._year(period).without

    def counted(self, period: str) -> bool:
        """Are the counts behind most figures of a period held, so that one without them is an exception?"""
        known = self.figures(period).values()
        return 2 * sum(k.limits is not None for k in known) > len(known)

    def changes(self, period: str) -> list[float]:
        """Every authority's change from the year before, published values; none across a break."""
        before = periods.year_before(period)
        now, then = self._year(period), self._year(before)
        if not now.start or not then.start or any(then.start < day <= now.start for day in self._broke):
            return []
        return [value - then.values[code] for code, value in now.values.items() if code in then.values]

    def usual(self, period: str) -> Usual | None:
        """What changes on the year were usual in the three years before a period, that period left out.

        None where one of the three is not held, or where all three know too few changes.
        """
        if period not in self._usual:
            before = [self.changes(year) for year in periods.years_before(period, expected.YEARS)]
            pooled = [difference for year in before for difference in year]
            self._usual[period] = change.usual(pooled) if all(before) else None
        return self._usual[period]

    def spread_before(self, period: str) -> float | None:
        """s: the spread among authorities in the year before a period; None below thirty of them."""
        if period not in self._spreads:
            held = self.values(periods.year_before(period))
            self._spreads[period] = bands.spread(held) if len(held) >= change.FEWEST else None
        return self._spreads[period]

    def band(self, period: str) -> Band | None:
        """The band frozen from the three years before a period.

        None where one of the three knows fewer than thirty authorities.
        """
        if period not in self._bands:
            past = [self.values(year) for year in periods.years_before(period, expected.YEARS)]
            enough = all(len(values) >= change.FEWEST for values in past)
            pooled = [value for values in past for value in values]
            self._bands[period] = bands.frozen_band(pooled) if enough else None
        return self._bands[period]

    def gaps(self, period: str, benchmark: float) -> Gaps | None:
        """How far authorities lie from a benchmark; None below thirty with a base."""
        key = period, benchmark
        if key not in self._gaps:
            self._gaps[key] = self._apart(period, benchmark)
        return self._gaps[key]

    def _apart(self, period: str, benchmark: float) -> Gaps | None:
        scores, intervals = {}, []
        for code, known in self.figures(period).items():
            if known.base is None or known.limits is None:
                continue
            error = error_of(self.indicator, benchmark, known.base)
            if error is None:
                return None
            scores[code] = overdispersion.score(known.judged, benchmark, error)
            intervals.append(known.limits)
        if len(scores) < change.FEWEST:
            return None
        apart = overdispersion.differing(intervals, benchmark) or 0.0
        return Gaps(benchmark, scores, overdispersion.factor(list(scores.values())), apart)
