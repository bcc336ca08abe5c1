"""Comparison: is the figure different from England, the region, the neighbours, allowing for chance?"""

from dataclasses import dataclass, replace

from safeguarding import words
from safeguarding.measures import comparison
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Area, Observation
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.neighbours import UNBOUNDED, neighbours, printed
from safeguarding.vocabulary import Comparison


@dataclass(frozen=True)
class Compared:
    """One comparison verdict. `benchmark` is None where none is held, `interval` where none was computed.

    `n` and `hidden` count the neighbours behind a mean (None for a single area); `between` is set where
    hidden neighbours leave the mean known only between two limits.
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

    @property
    def why(self) -> str:
        """What the verdict rests on, as a sentence: its method, or "Because ..."; empty where neither is
        known.
        """
        found = f"because {self.reason}" if self.reason else self.method
        return f"{words.capital(found)}." if found else ""

    @property
    def told(self) -> str:
        """The verdict with what it rests on, to follow the name: "similar. Wilson 95% interval ...", "not
        compared, because ...".
        """
        verdict = self.words.lower()
        text = f"{verdict}, because {self.reason}." if self.reason else f"{verdict}. {self.why}".strip()
        if self.hidden:
            text += (
                f" {self.hidden} of the neighbours’ figures {'is' if self.hidden == 1 else 'are'} not shown."
            )
        return text


def compare(case: Case, other: Area) -> Compared:
    """Judge the latest figure against another area's for the same period."""
    base = Compared(Comparison.NOT_COMPARED, other.name)
    if other.area_code == case.area.area_code:
        return replace(base, reason="an area is not compared with itself")
    latest = case.judged
    if latest is None:
        return replace(base, reason=case.barred)
    row = case.at(other.area_code)
    if row is not None and row.value is not None and not case.indicator.is_count:
        base = replace(base, benchmark=row.value, printed=words.shown(row.value, case.indicator))
    if base.benchmark is None and not case.indicator.is_count and latest.value is not None:
        found = row.status.words if row else "not held"
        return replace(base, reason=f"the figure for {words.the(other.name)} for this period is {found}")
    return _against(case, latest, base)


def compare_with_region(case: Case) -> Compared:
    """Judge the latest figure against that of the region the area lies in."""
    region = case.catalogue.region_of(case.area.area_code)
    if region is None:
        reason = f"{case.area.name} lies in no region"
        return Compared(Comparison.NOT_COMPARED, "Region", reason=reason)
    return compare(case, region)


def compare_with_neighbours(case: Case) -> Compared:
    """Judge the latest figure against the mean of the statistical neighbours, or its limits where some of
    them are hidden.
    """
    found = None if case.indicator.is_count else neighbours(case)
    base = Compared(Comparison.NOT_COMPARED, "statistical neighbours")
    if found is not None:
        base = Compared(
            Comparison.NOT_COMPARED,
            found.caption,
            found.average.value,
            printed(found.average, case),
            n=len(found.average.known),
            hidden=len(found.average.hidden),
            neighbour_set=found.set,
            between=found.average.between(case.figures),
        )
    latest = case.judged
    if latest is None:
        return replace(base, reason=case.barred)
    if not case.catalogue.neighbour_sets(case.area.area_code):
        return replace(base, reason=f"no list of statistical neighbours is held for {case.area.name}")
    if base.benchmark is None and not case.indicator.is_count and latest.value is not None:
        return replace(base, reason="no neighbour has a figure for this period")
    return _against(case, latest, base)


def _against(case: Case, latest: Observation, base: Compared) -> Compared:
    """Judge the latest figure against the benchmark that `base` carries."""
    indicator, decimals = case.indicator, max(1, case.indicator.decimals)
    interval, method, reason = case.interval(latest)
    if interval is None or base.benchmark is None:
        return replace(base, reason=reason + _untested(case, latest, base.benchmark))
    limits = " to ".join(words.shown(end, indicator, decimals) for end in interval)
    method = f"{method}, {limits}, against {base.printed}"
    if base.between is None:
        verdict = comparison.compare(interval, base.benchmark, indicator.polarity)
        return replace(base, verdict=verdict, interval=interval, method=method)
    verdict = comparison.compare_range(interval, base.between, indicator.polarity)
    if base.between == UNBOUNDED:
        method += "; nothing bounds the hidden figures behind it"
    else:
        low, high = (words.shown(end, indicator, decimals) for end in base.between)
        method += f"; with the hidden figures it lies somewhere from {low} to {high}"
    return replace(base, verdict=verdict, interval=interval, method=method)


def _untested(case: Case, latest: Observation, benchmark: float | None) -> str:
    """The bare difference from the benchmark, to follow the reason why it is not tested; empty where there is
    none.
    """
    value = latest.judged(case.indicator)
    if value is None or benchmark is None:
        return ""
    decimals = max(1, case.indicator.decimals)
    gap = value - benchmark
    if not round(gap, decimals):
        return "; the two figures are equal"
    size = words.difference(gap, case.indicator, decimals)
    return f"; it is {size} {'above' if gap > 0 else 'below'}, a difference that is not tested"
