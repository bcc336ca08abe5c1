"""Comparison: is the figure different from England, the region, the neighbours, allowing for chance?"""

import math
from typing import NamedTuple

from safeguarding import words
from safeguarding.measures import comparison, overdispersion, power
from safeguarding.measures.intervals import Z95, Interval
from safeguarding.nation import error_of
from safeguarding.store.tables import ENGLAND, Area, Observation
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.neighbours import UNBOUNDED, neighbours, printed
from safeguarding.vocabulary import Comparison

DIFFERENT = (Comparison.BETTER, Comparison.WORSE, Comparison.HIGHER, Comparison.LOWER)


class Compared(NamedTuple):
    """One comparison verdict. `benchmark`, what is judged against, is None where none is held, `interval`
    where none was computed. `published` is the benchmark as a reader sees it elsewhere (None of a mean).

    `n` and `hidden` count the neighbours behind a mean (None for a single area); `between` is set where
    hidden neighbours leave the mean known only between two limits. `against` names the
    benchmark where it is not the figure that is `printed`; `worth` says what the verdict is worth.
    Against England, for an authority: `unusual` where the gap lies beyond the limits widened for how far
    authorities differ anyway, `strength` the gap in distances to those limits, `larger` the share (0 to 100)
    of the others with a larger gap, `differing` the share of authorities that differ. `unseen` is the
    smallest gap that could have been seen, in the figure's unit, where the verdict is similar.
    """

    verdict: Comparison
    name: str
    benchmark: float | None = None
    published: float | None = None
    printed: str = ""
    interval: Interval | None = None
    method: str = ""
    reason: str = ""
    n: int | None = None
    hidden: int | None = None
    neighbour_set: str = ""
    between: Interval | None = None
    against: str = ""
    worth: str = ""
    unusual: bool = False
    strength: float = 0.0
    larger: float | None = None
    differing: float | None = None
    unseen: float | None = None

    @property
    def who(self) -> str:
        """Whom it is compared with, in a list: "England", "the North West", "the neighbours"."""
        return "the neighbours" if self.neighbour_set else words.the(self.name)

    @property
    def seen(self) -> float | None:
        """The benchmark as a table shows it: as published, or the mean."""
        return self.benchmark if self.published is None else self.published

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
        return f"{text} {self.worth}".strip()


def compare(case: Case, other: Area) -> Compared:
    """Judge the latest figure against another area's for the same period, from its counts where held."""
    base = Compared(Comparison.NOT_COMPARED, other.name)
    if other.area_code == case.area.area_code:
        return base._replace(reason="an area is not compared with itself")
    latest = case.judged
    if latest is None:
        return base._replace(reason=case.barred)
    row, indicator = case.at(other.area_code), case.indicator
    if row is not None and row.value is not None and not indicator.is_count:
        printed_as = words.shown(row.value, indicator)
        base = base._replace(benchmark=row.judged(indicator), published=row.value, printed=printed_as)
    if base.benchmark is None and not indicator.is_count and latest.value is not None:
        found = row.status.words if row else "not held"
        return base._replace(reason=f"the figure for {words.the(other.name)} for this period is {found}")
    if row is not None and other.area_code == case.area.region_code:
        base = _without(case, latest, row, base)
    compared = _against(case, latest, base)
    return _widened(case, latest, compared) if other.area_code == ENGLAND else compared


def _without(case: Case, latest: Observation, region: Observation, base: Compared) -> Compared:
    """The region less the area itself, where the counts of both are held; else the region as it is."""
    multiplier = case.indicator.unit.multiplier
    if base.benchmark is None or multiplier is None or latest.numerator is None or not latest.denominator:
        return base
    if region.numerator is None or not region.denominator:
        return base
    count, among = region.numerator - latest.numerator, region.denominator - latest.denominator
    if count < 0 or among <= 0:
        return base
    rest = multiplier * count / among
    shown = words.shown(rest, case.indicator, max(1, case.indicator.decimals))
    return base._replace(benchmark=rest, against=f"{base.printed}, without {case.area.name} {shown}")


def compare_with_region(case: Case) -> Compared:
    """Judge the latest figure against that of the region the area lies in, the area itself left out."""
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
            printed=printed(found.average, case),
            n=len(found.average.known),
            hidden=len(found.average.hidden),
            neighbour_set=found.set,
            between=found.average.between(case.figures),
        )
    latest = case.judged
    if latest is None:
        return base._replace(reason=case.barred)
    if not case.catalogue.neighbour_sets(case.area.area_code):
        return base._replace(reason=f"no list of statistical neighbours is held for {case.area.name}")
    if base.benchmark is None and not case.indicator.is_count and latest.value is not None:
        return base._replace(reason="no neighbour has a figure for this period")
    return _against(case, latest, base)


def _against(case: Case, latest: Observation, base: Compared) -> Compared:
    """Judge the latest figure against the benchmark that `base` carries."""
    indicator, decimals = case.indicator, max(1, case.indicator.decimals)
    interval, method, reason = case.interval(latest)
    reason = reason or (case.incomplete if latest.value is not None else "")
    if reason or interval is None or base.benchmark is None:
        untested = "" if case.incomplete else _untested(case, latest, base.benchmark)
        return base._replace(reason=reason + untested)
    limits = " to ".join(words.shown(end, indicator, decimals) for end in interval)
    method = f"{method}, {limits}, against {base.against or base.printed}"
    if base.between is None:
        verdict = comparison.compare(interval, base.benchmark, indicator.polarity)
        return _unseen(case, latest, base._replace(verdict=verdict, interval=interval, method=method))
    verdict = comparison.compare_range(interval, base.between, indicator.polarity)
    if base.between == UNBOUNDED:
        method += "; nothing bounds the hidden figures behind it"
    else:
        low, high = (words.shown(end, indicator, decimals) for end in base.between)
        method += f"; with the hidden figures it lies somewhere from {low} to {high}"
    return _unseen(case, latest, base._replace(verdict=verdict, interval=interval, method=method))


def _unseen(case: Case, latest: Observation, found: Compared) -> Compared:
    """With a similar figure: the gap that could not have been seen. Method:
    docs/methods.md#what-could-not-be-seen.
    """
    if found.verdict is not Comparison.SIMILAR:
        return found
    base = case.counts(latest).denominator
    error = error_of(case.indicator, found.benchmark or 0.0, base)
    if error is None:
        return found
    gap = power.smallest_gap(error)
    size = words.difference(gap, case.indicator, max(1, case.indicator.decimals))
    rests = f"The figure rests on {words.number(base, 0)}"
    worth = f"{rests}: a true gap of {size} would be found four times in five, a smaller one less often."
    return found._replace(unseen=gap, worth=worth)


def _widened(case: Case, latest: Observation, found: Compared) -> Compared:
    """Against England: is the gap unusual among authorities? Method: docs/methods.md#overdispersion."""
    if case.area.type != "authority" or found.interval is None or found.benchmark is None:
        return found
    gaps = case.nation.gaps(latest.period, found.benchmark)
    error = error_of(case.indicator, found.benchmark, case.counts(latest).denominator)
    own = case.area.area_code
    if gaps is None or error is None or own not in gaps.scores:
        return found
    limit = Z95 * math.sqrt(gaps.dispersion)
    unusual = found.verdict in DIFFERENT and overdispersion.unusual(gaps.scores[own], gaps.dispersion)
    larger = gaps.larger(own) or 0.0
    wide = overdispersion.limits(found.benchmark, error, gaps.dispersion, case.indicator.highest)
    decimals = max(1, case.indicator.decimals)
    ends = " to ".join(words.shown(end, case.indicator, decimals) for end in wide)
    worth = (
        f"{words.number(gaps.differing, 0)} in 100 authorities differ from England. For its size the gap "
        f"here is {_among(larger)}, and {'' if unusual else 'not '}unusual: authorities differ so much "
        f"anyway that {ends} is usual."
    )
    if found.worth:
        worth = f"{found.worth} {worth}"
    return found._replace(
        worth=worth,
        unusual=unusual,
        strength=abs(gaps.scores[own]) / limit,
        larger=larger,
        differing=gaps.differing,
    )


def _among(larger: float) -> str:
    """How a gap compares with those of others, of whom a share (0 to 100) have a larger one."""
    smaller = round((100 - larger) / 10)
    if 0 < smaller < 10:
        return f"larger than that of {smaller} in 10 authorities"
    if larger in (0, 100):
        return "the largest of all" if larger == 0 else "the smallest of all"
    return f"{'larger' if smaller else 'smaller'} than that of nearly every authority"


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
