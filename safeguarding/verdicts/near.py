"""Near: is the figure worse than a benchmark by more than a margin, and is that certain (T3)?"""

from typing import NamedTuple

from safeguarding import periods, words
from safeguarding.disclosure import bounds
from safeguarding.measures import bands, tolerance
from safeguarding.measures.intervals import Interval
from safeguarding.query import NEIGHBOURS
from safeguarding.store.tables import Indicator, ToleranceRule
from safeguarding.verdicts.applied import Applied, Ruled
from safeguarding.verdicts.band import UNCOUNTED
from safeguarding.verdicts.case import ANYWHERE, Case
from safeguarding.verdicts.neighbours import UNBOUNDED, neighbours, printed
from safeguarding.vocabulary import Polarity, Tolerance

CANNOT_TELL = "It is worse by more than twice the margin, but its 95% interval cannot tell it apart."


class Benchmark(NamedTuple):
    """What a rule measures from: its name, the value as printed, its ends (equal unless hidden figures leave
    it open).
    """

    name: str
    printed: str
    ends: Interval


def near_benchmark(case: Case, rule: ToleranceRule) -> Applied:
    """The rule around its benchmark. Method: docs/methods.md#margins-and-bands."""
    indicator = case.indicator
    benchmark = _benchmark(case, rule.limits["benchmark"])
    if isinstance(benchmark, str):
        return benchmark, None
    margins = _margins(case, rule, benchmark.ends)
    if margins is None:
        return "Not judged: the spread of English authorities in the year before is not held.", None
    interval = case.certainty
    once, twice = (_size(case, rule, margins, times) for times in (1, 2))
    certain = f", with the whole 95% interval worse by more than {once}" if interval else ""
    text = (
        f"Within: better than {benchmark.name} ({benchmark.printed}), or worse by no more than "
        f"{once}{_origin(case, rule)}. "
        f"Borderline: worse by no more than {twice}. Outside: worse by more{certain}."
    )

    def judge(value: float) -> Ruled:
        if benchmark.ends == UNBOUNDED:
            return Ruled(Tolerance.RANGE)
        low, high = (
            bands.near_benchmark(value, end, margin, interval, indicator.polarity)
            for end, margin in zip(benchmark.ends, margins, strict=True)
        )
        if low is not high:
            return Ruled(Tolerance.RANGE)
        strengths = [
            _worse(value, end, indicator) / (2 * margin) if margin else 0.0
            for end, margin in zip(benchmark.ends, margins, strict=True)
        ]
        unsure = low is Tolerance.NEAR and min(strengths) > 1
        why = UNCOUNTED if interval == ANYWHERE else CANNOT_TELL
        within = None
        if benchmark.ends.lower == benchmark.ends.upper:
            worse = margins[0] if indicator.polarity is Polarity.LOWER_BETTER else -margins[0]
            within = tolerance.better_side(benchmark.ends.lower + worse, indicator.polarity)
        return Ruled(low, min(strengths), why if unsure else "", within)

    return text, judge


def _benchmark(case: Case, code: str) -> Benchmark | str:
    """What the rule measures from; else why there is nothing."""
    if code.startswith(NEIGHBOURS):
        found = neighbours(case, code)
        if found is None:
            return f"Not judged: no list of statistical neighbours is held for {case.area.name}."
        name, value = f"the {case.figures.average} of the statistical neighbours", found.average.value
        shown, between = printed(found.average, case), found.average.between(case.figures)
    else:
        catalogue, between = case.catalogue, None
        other = catalogue.region_of(case.area.area_code) if code == "region" else catalogue.areas.get(code)
        if other is None or other.area_code == case.area.area_code:
            return f"Not judged: {case.area.name} is the benchmark itself."
        row, name = case.at(other.area_code), words.the(other.name)
        value = row.judged(case.indicator) if row else None
        shown = words.shown(row.value, case.indicator) if row and row.value is not None else ""
    if value is None:
        return f"Not judged: there is no figure for {name} for this period."
    return Benchmark(name, shown, between or bounds.known(value))


def _margins(case: Case, rule: ToleranceRule, ends: Interval) -> tuple[float, float] | None:
    """The margin at each end of the benchmark, in the figure's unit; None where the spread is not held."""
    if "points" in rule.limits:
        return (rule.number("points"),) * 2
    if "percent" in rule.limits:
        low, high = (abs(end) * rule.number("percent") / 100 for end in ends)
        return low, high
    latest = case.latest
    spread = case.nation.spread_before(latest.period) if latest and "Q" not in latest.period else None
    return None if spread is None else (rule.number("spread") * spread,) * 2


def _size(case: Case, rule: ToleranceRule, margins: tuple[float, float], times: int) -> str:
    """The margin, or twice of it, in words: "3.9 points", "10% of it"."""
    if "percent" in rule.limits:
        size = times * rule.number("percent")
        return f"{words.number(size, 0 if size.is_integer() else 1)}% of it"
    size = times * margins[0]
    return words.difference(
        size, case.indicator, 0 if float(size).is_integer() else max(1, case.indicator.decimals)
    )


def _origin(case: Case, rule: ToleranceRule) -> str:
    """Where a margin by spread comes from, to follow it."""
    if "spread" not in rule.limits or case.latest is None:
        return ""
    year = periods.label(periods.year_before(case.latest.period), case.indicator.year_type)
    return f" ({rule.limits['spread']} of the spread of English authorities, {year})"


def _worse(value: float, benchmark: float, indicator: Indicator) -> float:
    """By how much a value is worse than a benchmark; below nought where it is better."""
    return value - benchmark if indicator.polarity is Polarity.LOWER_BETTER else benchmark - value
