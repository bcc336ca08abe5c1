"""Comparison: is the figure different from England, the region, the neighbours, allowing for chance?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from safeguarding import words
from safeguarding.disclosure import bounds
from safeguarding.figures import Figures
from safeguarding.measures import comparison
from safeguarding.measures.intervals import Interval
from safeguarding.query import NEIGHBOURS
from safeguarding.store.tables import Area, Indicator, Observation
from safeguarding.verdicts.counts import interval_of
from safeguarding.vocabulary import Comparison, Status

SETS = {"SN-2021": "2021 model", "SN-2025": "2025 model"}
UNBOUNDED = Interval(float("-inf"), float("inf"))
AVERAGES: dict[str, Callable[[Sequence[float]], float]] = {"mean": fmean, "median": median}


@dataclass(frozen=True)
class Compared:
    """One comparison verdict. `benchmark` is None where none is held; `interval` None where none was computed.

    `n` and `hidden` count the neighbours behind a mean (None for a single area); `between` is set where hidden
    neighbours leave the mean known only between two limits.
    """

    verdict: Comparison
    name: str
    benchmark: float | None = None
    printed: str = ""
    interval: Interval | None = None
    method: str = ""
    reason: str = ""
    n: int | None = None
    hidden: int | None = None
    neighbour_set: str = ""
    between: Interval | None = None

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return words.COMPARISON_WORDS[self.verdict]


def compare_with_area(
    indicator: Indicator, latest: Observation | None, area: Area, other: Area, figures: Figures, barred: str
) -> Compared:
    """Judge the latest figure against another area's for the same period."""
    base = Compared(Comparison.NOT_COMPARED, other.name)
    if other.area_code == area.area_code:
        return replace(base, reason="an area is not compared with itself")
    if barred or latest is None:
        return replace(base, reason=barred)
    row = figures.at(indicator.indicator_id, other.area_code, latest.period)
    if row is not None and row.value is not None and not indicator.is_count:
        base = replace(base, benchmark=row.value, printed=words.shown(row.value, indicator))
    if base.benchmark is None and not indicator.is_count and latest.value is not None:
        return replace(
            base,
            reason=f"the figure for {words.the(other.name)} for this period is {row.status.words if row else 'not held'}",
        )
    return _compared(indicator, latest, figures, base)


def compare_with_neighbours(
    indicator: Indicator, latest: Observation | None, area: Area, figures: Figures, barred: str
) -> Compared:
    """Judge the latest figure against the mean of the statistical neighbours, or its limits where some of them are hidden."""
    base = neighbour_mean(indicator, latest, area, figures) if latest and not indicator.is_count else None
    base = base or Compared(Comparison.NOT_COMPARED, "statistical neighbours")
    if barred or latest is None:
        return replace(base, reason=barred)
    if not figures.catalogue.neighbour_sets(area.area_code):
        return replace(base, reason=f"no list of statistical neighbours is held for {area.name}")
    if base.benchmark is None and not indicator.is_count and latest.value is not None:
        return replace(base, reason="no neighbour has a figure for this period")
    return _compared(indicator, latest, figures, base)


def _compared(indicator: Indicator, latest: Observation, figures: Figures, base: Compared) -> Compared:
    """Judge the latest figure against the benchmark that `base` carries."""
    interval, method, reason = interval_of(indicator, latest, figures)
    decimals = max(1, indicator.decimals)
    if interval is None or base.benchmark is None:
        value = latest.judged(indicator)
        if value is not None and base.benchmark is not None:
            gap = value - base.benchmark
            if round(gap, decimals):
                size = words.difference(gap, indicator, decimals)
                reason += f"; it is {size} {'above' if gap > 0 else 'below'}, a difference that is not tested"
            else:
                reason += "; the two figures are equal"
        return replace(base, reason=reason)
    limits = f"{words.shown(interval.lower, indicator, decimals)} to {words.shown(interval.upper, indicator, decimals)}"
    method = f"{method}, {limits}, against {base.printed}"
    if base.between is None:
        return replace(
            base,
            verdict=comparison.compare(interval, base.benchmark, indicator.polarity),
            interval=interval,
            method=method,
        )
    verdict = comparison.compare_range(interval, base.between, indicator.polarity)
    if UNBOUNDED.lower in base.between or UNBOUNDED.upper in base.between:
        method += "; nothing bounds the hidden figures behind it"
    else:
        low, high = (words.shown(end, indicator, decimals) for end in base.between)
        method += f"; with the hidden figures it lies somewhere from {low} to {high}"
    return replace(base, verdict=verdict, interval=interval, method=method)


def neighbour_mean(
    indicator: Indicator, latest: Observation, area: Area, figures: Figures, code: str = NEIGHBOURS
) -> Compared | None:
    """The neighbours' figure for the period of `latest`, as a comparison not yet judged; None where no such set is held.

    The plain mean of those with a figure (or their median, where the setting says so); `between` has its
    limits where some are hidden. A neighbour that gave no figure (x) is left out of both.
    """
    catalogue = figures.catalogue
    chosen = catalogue.neighbour_set(area.area_code, latest.period_end)
    name, in_force = chosen if chosen and code == NEIGHBOURS else (code, True)
    members = catalogue.neighbours.get((area.area_code, name))
    if members is None:
        return None
    rows = [
        r for r in (figures.at(indicator.indicator_id, m, latest.period) for m in members) if r is not None
    ]
    known = [r.value for r in rows if r.value is not None]
    hidden = [r for r in rows if r.value is None and r.status is not Status.X]
    average = AVERAGES[figures.average]
    figure = average(known) if known else None
    limits = [figures.limits(r) for r in hidden]
    between = None
    if hidden and known:
        parts = [*map(bounds.known, known), *(limit or UNBOUNDED for limit in limits)]
        between = bounds.mean_of(parts, average)
    caption = (
        f"statistical neighbours ({SETS.get(name, name)}{'' if in_force else ', not the list then in force'})"
    )
    printed = (
        f"{words.shown_mean(figure, indicator)}, {figures.average} of {len(known)} of {len(members)}"
        if figure is not None
        else ""
    )
    return Compared(
        Comparison.NOT_COMPARED,
        caption,
        figure,
        printed,
        n=len(known),
        hidden=len(hidden),
        neighbour_set=name,
        between=between,
    )
