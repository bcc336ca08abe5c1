"""Verdicts: apply the measures to the figures that are held, and say in words what was done.

Tolerance, comparison, movement and rank are separate questions; each answer carries its rule, its method and
the numbers behind it, or the reason why there is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from safeguarding import periods, words
from safeguarding.catalogue import ENGLAND, Area, Indicator, Spread, ToleranceRule
from safeguarding.measures import bounds, comparison, control, intervals, movement, rank, tolerance
from safeguarding.measures import funnel as chance
from safeguarding.measures.intervals import Interval
from safeguarding.query import NEIGHBOURS
from safeguarding.series import NATIONAL, Figures
from safeguarding.store import Observation
from safeguarding.vocabulary import Comparison, Movement, Polarity, Status, Tolerance, Unit

FEWEST_FOR_A_BAND = 5  # Fingertips' own minimum for quantile methods: docs/methods.md#two-sided-band
MOST_HIDDEN = 0.1  # with a larger share of authorities hidden, a national band is not given
SETS = {"SN-2021": "2021 model", "SN-2025": "2025 model"}
PANDEMIC = "2020-21"
UNBOUNDED = Interval(float("-inf"), float("inf"))
AVERAGES: dict[str, Callable[[Sequence[float]], float]] = {"mean": fmean, "median": median}


@dataclass(frozen=True)
class Judgement:
    """The tolerance verdict: the rule in words, the numbers it was applied to, and whether anyone has agreed it."""

    verdict: Tolerance
    rule: str
    detail: str = ""
    state: str = ""
    rationale: str = ""
    amber_means: str = ""
    two_sided: bool = False

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return (words.BAND_WORDS if self.two_sided else words.TOLERANCE_WORDS)[self.verdict]


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


@dataclass(frozen=True)
class Moved:
    """The movement verdict; the change on the period before, in words; the method and its numbers.

    `course` is "rising" or "falling" where the verdict found a change, else empty. `slope` is per period.
    """

    verdict: Movement
    change: str
    method: str
    course: str = ""
    span: str = ""
    slope: float | None = None
    chi_squared: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Bar:
    """One area in a rank chart: its value, or None with the reason."""

    name: str
    value: float | None
    status: Status
    role: str


@dataclass(frozen=True)
class Ranking:
    """Areas side by side in one period, best (or highest) first, those without a figure last.

    `best` and `worst` are the places the area can have; equal where nothing hidden could change it, None
    where it cannot be ranked.
    """

    title: str
    bars: tuple[Bar, ...]
    place: str
    best: int | None = None
    worst: int | None = None
    n: int = 0


@dataclass(frozen=True)
class Spot:
    """One area in a funnel: its base (children, or cases), its value, and whether it lies inside 95 %, 99.8 % or outside both."""

    name: str
    base: float
    value: float
    role: str
    where: str


@dataclass(frozen=True)
class Funnel:
    """Areas against a benchmark, with the limits of chance for their size. Without `spots`, `text` says why."""

    spots: tuple[Spot, ...]
    benchmark: float
    text: str
    hidden: tuple[str, ...] = ()


def as_count(indicator: Indicator) -> Indicator:
    """The indicator of the count behind a rate or share: the same but for its unit and decimals."""
    return replace(indicator, unit=Unit.COUNT, decimals=0)


# --- tolerance ---

# a rule in words, and the function that judges a value by it; None where it cannot be applied here
Applied = tuple[str, Callable[[float], Tolerance] | None]


def judge_tolerance(
    indicator: Indicator, own: Sequence[Observation], area: Area, figures: Figures, barred: str
) -> Judgement:
    """Apply the rule in force at the end of the latest period of `own` (oldest first); `barred` says why not, if so."""
    if barred:
        return Judgement(Tolerance.NO_VALUE, f"Not judged: {barred}.")
    latest = own[-1]
    rule = figures.catalogue.rule_in_force(indicator.indicator_id, latest.period_end)
    if rule is None or rule.type == "T0":
        why = rule.rationale if rule else "No rule was in force for this period"
        return Judgement(Tolerance.NOT_SET, f"For information only. {why}.", state=rule.state if rule else "")
    apply = {"T1": _absolute, "T2": _off_target, "T3": _near, "T4": _quartile, "T5": _band, "T6": _assured}[
        rule.type
    ]
    text, judge = apply(indicator, rule, own, area, figures)
    value = latest.judged(indicator)
    detail = ""
    if judge is None:
        verdict = Tolerance.NOT_SET
    elif value is None:
        verdict, detail = Tolerance.NO_VALUE, f"Not judged: the figure is {latest.status.words}."
    else:
        verdict, detail = (
            judge(value),
            f"{words.shown(value, indicator, max(1, indicator.decimals))} was judged.",
        )
        if verdict is Tolerance.RANGE:
            detail += " Hidden figures of others could move the limits to either side of it."
    return Judgement(verdict, text, detail, rule.state, rule.rationale, rule.amber_means, rule.type == "T5")


def _absolute(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    green, red = rule.number("green_at"), rule.number("red_at")
    side = "or more" if indicator.polarity is Polarity.HIGHER_BETTER else "or less"
    text = f"Within: {words.shown(green, indicator)} {side}. Near: up to {words.shown(red, indicator)}. Outside: beyond that."
    return text, lambda value: tolerance.absolute(value, green, red, indicator.polarity)


def _off_target(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    target, margin, size = rule.number("target"), _margin(rule), _size(rule, indicator, "of the target")
    text = f"Within: at the target of {words.shown(target, indicator)} or better. Near: short of it by no more than {size}. Outside: beyond that."
    return text, lambda value: tolerance.off_target(value, target, indicator.polarity, **margin)


def _near(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    catalogue, code, latest = figures.catalogue, rule.limits["benchmark"], own[-1]
    if code.startswith(NEIGHBOURS):
        mean = neighbour_mean(indicator, latest, area, figures, code)
        if mean is None:
            return f"Not judged: no list of statistical neighbours is held for {area.name}.", None
        benchmark, printed, name, between = (
            mean.benchmark,
            mean.printed,
            f"the {figures.average} of the statistical neighbours",
            mean.between,
        )
    else:
        other = catalogue.region_of(area.area_code) if code == "region" else catalogue.areas.get(code)
        if other is None or other.area_code == area.area_code:
            return f"Not judged: {area.name} is the benchmark itself.", None
        row = figures.at(indicator.indicator_id, other.area_code, latest.period)
        benchmark, between = row.judged(indicator) if row else None, None
        printed, name = (
            words.shown(row.value, indicator) if row and row.value is not None else "",
            words.the(other.name),
        )
    if benchmark is None:
        return f"Not judged: there is no figure for {name} for this period.", None
    margin, size, twice = _margin(rule), _size(rule, indicator, "of it"), _size(rule, indicator, "of it", 2)
    text = f"Within: better than {name} ({printed}), or worse by no more than {size}. Near: worse by no more than {twice}. Outside: beyond that."

    def judge(value: float) -> Tolerance:
        ends = between or bounds.known(benchmark)
        if UNBOUNDED.lower in ends or UNBOUNDED.upper in ends:
            return Tolerance.RANGE
        low, high = (tolerance.near_benchmark(value, end, indicator.polarity, **margin) for end in ends)
        return low if low is high else Tolerance.RANGE

    return text, judge


def _quartile(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    placed = place_nationally(indicator, own[-1], area, figures)
    text = (
        "Within: the best quarter of English authorities. Near: the middle half. Outside: the last quarter."
    )
    if placed is None or (placed.band is None and own[-1].value is not None):
        return (
            f"{text} Not judged: {placed.reason if placed else 'there is no national spread for it'}.",
            None,
        )
    # the national cuts are of published values, so the published value is placed among them
    return text, lambda _: tolerance.quartile(placed.band)


def _band(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    decimals = max(1, indicator.decimals)
    if "band" not in rule.limits:
        edges = (
            rule.number("low_red"),
            rule.number("low_amber"),
            rule.number("high_amber"),
            rule.number("high_red"),
        )
        low_red, low_amber, high_amber, high_red = (words.shown(e, indicator, decimals) for e in edges)
        text = f"Usual range: {low_amber} to {high_amber}. At the edge: from {low_red} to {high_red}. Outside: beyond that."
        return text, lambda value: tolerance.band(value, *edges)
    latest, region = own[-1], figures.catalogue.region_of(area.area_code)
    others = figures.catalogue.authorities_of(region.area_code, latest.period_end) if region else []
    rows = [
        figures.at(indicator.indicator_id, a.area_code, latest.period)
        for a in others
        if a.area_code != area.area_code
    ]
    shown = [v for v in (r.judged(indicator) for r in rows if r) if v is not None]
    if region is None or len(shown) < FEWEST_FOR_A_BAND:
        return (
            f"Not judged: figures of at least {FEWEST_FOR_A_BAND} other authorities of its region are needed, and are not held.",
            None,
        )
    hidden = [
        figures.limits(r) for r in rows if r is not None and r.value is None and r.status is not Status.X
    ]
    low_red, low_amber, high_amber, high_red = (words.shown(e, indicator, decimals) for e in _edges(shown))
    origin = f"the {len(shown)} other authorities of {words.the(region.name)} with a figure for this period"
    text = f"Usual range: {low_amber} to {high_amber}, the middle half of {origin}. At the edge: from {low_red} to {high_red}. Outside: beyond that."
    if hidden:
        text += f" {len(hidden)} more {'has a figure' if len(hidden) == 1 else 'have figures'} that {'is' if len(hidden) == 1 else 'are'} not shown."

    def judge(value: float) -> Tolerance:
        if any(h is None for h in hidden):
            return Tolerance.RANGE
        ends = [
            _edges([*shown, *end]) for end in ([h.lower for h in hidden if h], [h.upper for h in hidden if h])
        ]
        low, high = (tolerance.band(value, *edges) for edges in ends)
        # the edges rise with the hidden figures: above the band at one end and below it at the other, a value crosses it
        sides = {(value > edges[2]) - (value < edges[1]) for edges in ends}
        return low if low is high and len(sides) == 1 else Tolerance.RANGE

    return text, judge


def _edges(values: Sequence[float]) -> tuple[float, float, float, float]:
    cuts = rank.quartiles(values)
    return min(values), cuts.q1, cuts.q3, max(values)


def _assured(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    target = rule.number("target")
    segment = unbroken(indicator, own, area, figures)
    values = [v for v in (o.judged(indicator) for o in segment) if v is not None]
    around = control.limits(values) if len(values) == len(segment) else None
    if around is None or indicator.polarity is Polarity.NEUTRAL:
        return (
            "Not judged: a control chart of at least six unbroken points and a better direction are needed.",
            None,
        )
    limits = f"{words.shown(around.lower, indicator, 1)} to {words.shown(around.upper, indicator, 1)}"
    text = (
        f"Target {words.shown(target, indicator)}, process limits {limits}{' (trial)' if around.trial else ''}. "
        "Within: met whatever chance does. Near: chance decides. Outside: missed whatever chance does."
    )
    verdict = {"meets": Tolerance.WITHIN, "hit-and-miss": Tolerance.NEAR, "misses": Tolerance.OUTSIDE}
    return text, lambda _: verdict[control.assurance(target, around, indicator.polarity) or "hit-and-miss"]


def _margin(rule: ToleranceRule) -> dict[str, float]:
    return {k: rule.number(k) for k in ("points", "percent") if k in rule.limits}


def _size(rule: ToleranceRule, indicator: Indicator, of: str, times: int = 1) -> str:
    """The margin of a rule in words: "2 points", "10% of it"."""
    if "points" in rule.limits:
        size = times * rule.number("points")
        return words.difference(size, indicator, 0 if size.is_integer() else 1)
    size = times * rule.number("percent")
    return f"{words.number(size, 0 if size.is_integer() else 1)}% {of}"


# --- comparison ---


@dataclass(frozen=True)
class Counts:
    """The count and the base behind a figure, with a note on where they come from; or the reason why they cannot be used."""

    numerator: float = 0.0
    denominator: float = 0.0
    note: str = ""
    barred: str = ""


def counts_of(indicator: Indicator, observation: Observation, figures: Figures) -> Counts:
    """The count and the base that an interval of this figure rests on, or why there are none."""
    if observation.value is None:
        return Counts(barred=f"the figure is {observation.status.words}")
    if indicator.is_count:
        return Counts(barred="a count depends on the size of the place")
    if indicator.untested_because:
        return Counts(barred=indicator.untested_because)
    if indicator.unit.multiplier is None:
        return Counts(barred="it is neither a share nor a rate")
    numerator, denominator, note = observation.numerator, observation.denominator, ""
    if (
        indicator.unit is Unit.PERCENT
        and (numerator is None or not denominator)
        and indicator.denominator_indicator_id
    ):
        base = figures.at(indicator.denominator_indicator_id, observation.area_code, observation.period)
        if base is not None and base.value:
            denominator, numerator, note = (
                base.value,
                base.value * observation.value / 100,
                ", from the rounded share",
            )
    if numerator is None or not denominator:
        return Counts(barred="the count behind it is not published")
    if indicator.unit is Unit.PERCENT and not 0 <= numerator <= denominator:
        return Counts(barred="its count is larger than its base")
    return Counts(numerator, denominator, note)


def interval_of(
    indicator: Indicator, observation: Observation, figures: Figures
) -> tuple[Interval | None, str, str]:
    """The 95 % interval of a figure, the method in words, and the reason where there is none."""
    counts = counts_of(indicator, observation, figures)
    if counts.barred:
        return None, "", counts.barred
    count, base = words.number(counts.numerator, 0), words.number(counts.denominator, 0)
    if indicator.unit is Unit.PERCENT:
        interval = intervals.proportion(counts.numerator, counts.denominator)
        return interval, f"Wilson 95% interval{counts.note}: {count} of {base}", ""
    kind = "Exact Poisson" if counts.numerator < 10 else "Byar's"
    multiplier = indicator.unit.multiplier or 1.0
    return (
        intervals.rate(counts.numerator, counts.denominator, multiplier),
        f"{kind} 95% interval: {count} among {base} children",
        "",
    )


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


# --- movement ---


def unbroken(
    indicator: Indicator, own: Sequence[Observation], area: Area, figures: Figures
) -> list[Observation]:
    """The figures of `own` since the last break in how they were recorded, oldest first."""
    if not own:
        return []
    events = figures.catalogue.events_for(indicator.indicator_id, area.area_code)
    last = max((e.day for e in events if e.breaks and e.day and e.day <= own[-1].period_end), default=None)
    return [o for o in own if last is None or o.period_start >= last]


def judge_movement(
    indicator: Indicator, own: Sequence[Observation], area: Area, figures: Figures, barred: str
) -> Moved:
    """Has the figure moved beyond chance? The five-point trend for annual figures, the control chart for quarterly ones."""
    if barred:
        return Moved(Movement.NOT_TESTED, "", f"Not tested, because {barred}.")
    latest = own[-1]
    if latest.value is None:
        return Moved(Movement.NOT_TESTED, "", f"Not tested, because the figure is {latest.status.words}.")
    segment = unbroken(indicator, own, area, figures)
    change = _changes(indicator, own, segment, latest)
    broken = len(segment) < len(own)
    since = f" since the recording changed in {segment[0].period}" if broken and segment else ""
    if "Q" in latest.period:
        return _quarterly(indicator, segment, change, since)
    _, _, reason = interval_of(indicator, latest, figures)
    if reason:
        return Moved(Movement.NOT_TESTED, change, f"Not tested, because {reason}.")
    points = [(o, i) for o in segment if (i := interval_of(indicator, o, figures)[0]) is not None][
        -movement.POINTS :
    ]
    trend = movement.recent_trend([o.judged(indicator) or 0.0 for o, _ in points], [i for _, i in points])
    if trend is None:
        return Moved(
            Movement.NOT_TESTED,
            change,
            f"Not tested: a trend needs five figures with an interval{since}, and there are {len(points)}.",
        )
    verdict = movement.judge(trend, indicator.polarity)
    first, last = (periods.label(points[k][0].period, indicator.year_type) for k in (0, -1))
    per_year = words.difference(trend.slope, indicator, max(2, indicator.decimals + 1))
    found = (
        "the sign holds when any one point is left out"
        if trend.steady
        else "the sign turns when one point is left out"
    )
    method = (
        f"Weighted trend over the five points {first} to {last}{since}: {'up' if trend.slope > 0 else 'down'} {per_year} a year, chi-squared "
        f"{words.number(trend.chi_squared, 2)} (a change needs more than {words.number(movement.CRITICAL, 2)}), and {found}."
    )
    if any(o.period == PANDEMIC for o, _ in points):
        method += " The five points hold 2020-21, the year of the pandemic."
    course = ("rising" if trend.slope > 0 else "falling") if trend.significant else ""
    return Moved(
        verdict, change, method, course, "over five years", trend.slope, trend.chi_squared, len(points)
    )


def _quarterly(indicator: Indicator, segment: Sequence[Observation], change: str, since: str) -> Moved:
    """The verdict of the control chart on the latest quarter."""
    values = [o.judged(indicator) for o in segment]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return Moved(
            Movement.NOT_TESTED,
            change,
            f"Not tested: a control chart cannot have gaps, and {len(values) - len(known)} quarters are hidden.",
        )
    around = control.limits(known)
    if around is None or around.trial:
        return Moved(
            Movement.NOT_TESTED,
            change,
            f"Not tested: a control chart needs {control.FULL} quarters{since}, and there are {len(known)}.",
        )
    signal = control.signals(known, around)[-1]
    verdict = control.judge(signal, indicator.polarity)
    limits = f"{words.shown(around.lower, indicator, 1)} to {words.shown(around.upper, indicator, 1)}"
    why = (
        {
            1: "it lies outside them",
            2: "it is one of seven or more on one side of the mean",
            3: "it is one of seven that rise or fall",
            4: "it is one of two in three near a limit",
        }[signal.rule]
        if signal
        else "it is no special cause"
    )
    method = f"Control chart of {len(known)} quarters{since}, mean {words.shown(around.mean, indicator, 1)}, limits {limits}: {why}."
    course = ("rising" if signal.high else "falling") if signal else ""
    return Moved(verdict, change, method, course, "", None, None, len(known))


def _changes(
    indicator: Indicator, own: Sequence[Observation], segment: Sequence[Observation], latest: Observation
) -> str:
    """The change on the period before, and on the same period a year before where that is another one, in words.

    No change is given across a break in the recording: both periods must lie in `segment`.
    """
    held = {o.period: o for o in own}

    def on(period: str, name: str) -> str:
        before = held.get(period)
        if before is None:
            return f"no figure for the {name} before"
        if before.value is None:
            return f"no change can be given: the figure for the {name} before is {before.status.words}"
        if before not in segment:
            return f"no change can be given: the recording changed after the {name} before"
        return f"{words.change(latest.value or 0.0, before.value, indicator)} on the {name}"

    year = on(periods.year_before(latest.period), "year")
    return f"{on(periods.quarter_before(latest.period), 'quarter')}, {year}" if "Q" in latest.period else year


# --- rank ---


def rankings(indicator: Indicator, latest: Observation, area: Area, figures: Figures) -> tuple[Ranking, ...]:
    """The area among its region's authorities, among its neighbours, and among all authorities once they are loaded."""
    catalogue = figures.catalogue
    if indicator.is_count or area.type != "authority":
        return ()
    found = []
    region = catalogue.region_of(area.area_code)
    if region:
        members = [a.area_code for a in catalogue.authorities_of(region.area_code, latest.period_end)]
        if len(members) > 1:
            found.append(
                _ranking(
                    f"Authorities of {words.the(region.name)}",
                    indicator,
                    latest,
                    area,
                    members,
                    figures,
                    region,
                )
            )
    chosen = catalogue.neighbour_set(area.area_code, latest.period_end)
    if chosen:
        note = "" if chosen[1] else ", not the list then in force"
        members = [area.area_code, *catalogue.neighbours[area.area_code, chosen[0]]]
        found.append(
            _ranking(
                f"Statistical neighbours ({SETS.get(chosen[0], chosen[0])}{note})",
                indicator,
                latest,
                area,
                members,
                figures,
                None,
            )
        )
    everyone = [a.area_code for a in catalogue.areas.values() if a.type == "authority"]
    if len(everyone) >= NATIONAL:
        members = [c for c in everyone if figures.at(indicator.indicator_id, c, latest.period)]
        whole = _ranking("English authorities", indicator, latest, area, members, figures, None)
        found.append(replace(whole, bars=()))
    return tuple(found)


def _ranking(
    title: str,
    indicator: Indicator,
    latest: Observation,
    area: Area,
    members: Sequence[str],
    figures: Figures,
    region: Area | None,
) -> Ranking:
    catalogue = figures.catalogue
    rows = {code: figures.at(indicator.indicator_id, code, latest.period) for code in members}
    bars = [
        Bar(
            catalogue.areas[c].name,
            r.value if r else None,
            r.status if r else Status.X,
            "focus" if c == area.area_code else "other",
        )
        for c, r in rows.items()
    ]
    for benchmark in filter(None, (region, catalogue.areas[ENGLAND])):
        row = figures.at(indicator.indicator_id, benchmark.area_code, latest.period)
        if row is not None and row.value is not None:
            bars.append(
                Bar(
                    benchmark.name,
                    row.value,
                    row.status,
                    {"country": "england", "region": "region"}[benchmark.type],
                )
            )
    sign = 1 if indicator.polarity is Polarity.LOWER_BETTER else -1
    bars.sort(key=lambda b: (b.value is None, sign * (b.value or 0), b.name))
    return Ranking(title, tuple(bars), **_place(indicator, area, rows, figures))


def _place(indicator: Indicator, area: Area, rows: dict[str, Observation | None], figures: Figures) -> dict:
    """The place of the area among `rows`, as a range where hidden figures could change it, and in words."""
    judged = {c: v for c, r in rows.items() if r and (v := r.judged(indicator)) is not None}
    own = judged.pop(area.area_code, None)
    if own is None:
        row = rows.get(area.area_code)
        return {
            "place": f"{area.name} cannot be ranked: its figure is {row.status.words if row else 'not held'}."
        }
    order = {
        Polarity.LOWER_BETTER: "1 is the lowest, which is best",
        Polarity.HIGHER_BETTER: "1 is the highest, which is best",
    }.get(indicator.polarity, "1 is the highest; neither end is better")
    absent = [
        r
        for c, r in rows.items()
        if r is not None and r.value is None and r.status is not Status.X and c != area.area_code
    ]
    limits = [figures.limits(r) for r in absent]
    if any(limit is None for limit in limits):
        return {
            "place": f"{area.name} cannot be ranked: {len(absent)} of {len(rows)} have no figure shown, and nothing bounds them."
        }
    others = [*map(bounds.known, judged.values()), *(limit for limit in limits if limit)]
    best, worst = bounds.rank_range(own, others, indicator.polarity)
    n = len(others) + 1
    if best == worst:
        text = f"{area.name} is number {best} of {n} ({order})."
        if absent:
            text += f" The {len(absent)} hidden could not change that."
    else:
        text = f"{area.name} is somewhere from number {best} to {worst} of {n} ({order}), depending on {len(absent)} hidden."
    return {"place": text, "best": best, "worst": worst, "n": n}


# --- national spread ---


@dataclass(frozen=True)
class Placed:
    """Where a figure stands in the spread of English authorities: the band A to D (None without a polarity), and why not, if so."""

    spread: Spread
    england: float
    band: rank.Quartile | None
    reason: str


def place_nationally(
    indicator: Indicator, latest: Observation | None, area: Area, figures: Figures
) -> Placed | None:
    """The quartile band of the latest figure among English authorities; None where their spread or England's figure is not held."""
    spread = figures.catalogue.spreads.get((indicator.indicator_id, latest.period)) if latest else None
    england = figures.at(indicator.indicator_id, ENGLAND, latest.period) if latest else None
    if (
        latest is None
        or spread is None
        or england is None
        or england.value is None
        or indicator.is_count
        or area.type != "authority"
    ):
        return None
    total = spread.n + spread.hidden
    if latest.value is None:
        return Placed(spread, england.value, None, f"the figure is {latest.status.words}")
    if indicator.polarity is Polarity.NEUTRAL:
        return Placed(spread, england.value, None, "neither end is better")
    if spread.hidden > MOST_HIDDEN * total:
        return Placed(
            spread, england.value, None, f"{spread.hidden} of {total} authorities have no figure shown"
        )
    return Placed(
        spread,
        england.value,
        rank.quartile_band(latest.value, rank.Cuts(spread.q1, spread.median, spread.q3), indicator.polarity),
        "",
    )


# --- funnel ---


def funnel_limits(indicator: Indicator, benchmark: float, base: float, level: str) -> Interval:
    """The limits of chance at a level ("95%" or "99.8%") around a benchmark for a place with this base."""
    z, alpha = chance.LEVELS[level]
    if indicator.unit is Unit.PERCENT:
        return chance.proportion_limits(benchmark, base, z)
    return chance.rate_limits(benchmark, base, indicator.unit.multiplier or 1.0, z, alpha)


def funnel(indicator: Indicator, latest: Observation | None, area: Area, figures: Figures) -> Funnel:
    """The area, its region's other authorities and its neighbours around England's figure, with the limits of chance."""
    catalogue = figures.catalogue
    if latest is None or area.type != "authority":
        return Funnel((), 0.0, "A funnel is drawn for authorities with a figure.")
    england = figures.at(indicator.indicator_id, ENGLAND, latest.period)
    if england is None or england.value is None or indicator.is_count:
        return Funnel(
            (),
            0.0,
            "A count depends on the size of the place."
            if indicator.is_count
            else "England has no figure for this period.",
        )
    region, chosen = (
        catalogue.region_of(area.area_code),
        catalogue.neighbour_set(area.area_code, latest.period_end),
    )
    near = catalogue.neighbours[area.area_code, chosen[0]] if chosen else ()
    members = dict.fromkeys(
        [
            area.area_code,
            *(a.area_code for a in catalogue.authorities_of(area.region_code, latest.period_end)),
            *near,
        ]
    )
    spots, hidden, barred = [], [], ""
    for code in members:
        row = figures.at(indicator.indicator_id, code, latest.period)
        if row is None:
            continue
        counts = counts_of(indicator, row, figures)
        if counts.barred:
            hidden.append(catalogue.areas[code].name)
            barred = counts.barred if code == area.area_code else barred
            continue
        value = row.judged(indicator) or 0.0
        inside = [
            level
            for level in chance.LEVELS
            if (lim := funnel_limits(indicator, england.value, counts.denominator, level)).lower
            <= value
            <= lim.upper
        ]
        role = "focus" if code == area.area_code else "neighbours" if code in near else "other"
        spots.append(
            Spot(
                catalogue.areas[code].name,
                counts.denominator,
                value,
                role,
                f"inside {inside[0]}" if inside else "outside 99.8%",
            )
        )
    if barred or not spots:
        return Funnel(
            (), 0.0, f"No funnel, because {barred or 'no figure with its base is held'}.", tuple(hidden)
        )
    own = next(s for s in spots if s.role == "focus")
    outside = [s.name for s in spots if s.where == "outside 99.8%"]
    place = (
        f"{words.the(region.name)} and the statistical neighbours"
        if region and near
        else words.the(region.name)
        if region
        else "its neighbours"
    )
    text = f"Around England's {words.shown(england.value, indicator)}: {area.name} lies {own.where.replace('inside 99.8%', 'between the 95% and the 99.8% limits')}."
    text += f" Of the {len(spots)} authorities of {place} with a figure, {len(outside)} lie outside the 99.8% limits."
    if hidden:
        text += f" Without a figure: {words.listed(hidden)}."
    text += " The axis need not start at nought."
    return Funnel(tuple(spots), england.value, text, tuple(hidden))
