"""Summaries: one card's facts. An indicator, an area and a view go in; value, verdicts, lines and words come out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean

from safeguarding import periods, words
from safeguarding.catalogue import ENGLAND, GREATER_MANCHESTER, Area, Catalogue, Indicator, Source, ToleranceRule
from safeguarding.measures import comparison, intervals, rank, tolerance
from safeguarding.query import NEIGHBOURS, Query
from safeguarding.store import Observation, Store
from safeguarding.vocabulary import Comparison, Movement, Polarity, Status, Tolerance, Unit

FEWEST_FOR_A_BAND = 5  # Fingertips' own minimum for quantile methods: docs/methods.md#two-sided-band
A_YEAR = 366
SETS = {"SN-2021": "2021 model", "SN-2025": "2025 model"}


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

    `n` and `hidden` count the neighbours behind a mean (None for a single area).
    """

    verdict: Comparison
    name: str
    benchmark: float | None = None
    printed: str = ""
    interval: intervals.Interval | None = None
    method: str = ""
    reason: str = ""
    n: int | None = None
    hidden: int | None = None
    neighbour_set: str = ""

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return words.COMPARISON_WORDS[self.verdict]


@dataclass(frozen=True)
class Moved:
    """The movement verdict, the change on the period before in words, and the method."""

    verdict: Movement
    change: str
    method: str


@dataclass(frozen=True)
class Point:
    """One line's figure in one period: a value, or None with the reason."""

    value: float | None
    status: Status
    note: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Line:
    """One area (or mean of areas) over the summary's periods, oldest first. `role` decides its colour and dash."""

    name: str
    short_name: str
    role: str
    points: tuple[Point, ...]
    decimals: int
    caption: str = ""


@dataclass(frozen=True)
class Bar:
    """One area in a rank chart: its value, or None with the reason."""

    name: str
    value: float | None
    status: Status
    role: str


@dataclass(frozen=True)
class Ranking:
    """Areas side by side in one period, best (or highest) first, those without a figure last."""

    title: str
    bars: tuple[Bar, ...]
    place: str


@dataclass(frozen=True)
class IndicatorSummary:
    """All that a card, a table, a sentence or a download says about an indicator for an area in a view."""

    indicator: Indicator
    area: Area
    latest: Observation | None
    last_known: bool
    tolerance: Judgement
    england: Compared
    region: Compared
    neighbours: Compared
    movement: Moved
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    rankings: tuple[Ranking, ...]
    sources: tuple[Source, ...]
    top: float | None = field(default=None)

    @property
    def value(self) -> float | None:
        """The latest value as published; None where hidden, missing or not held."""
        return self.latest.value if self.latest else None

    @property
    def status(self) -> Status:
        """Why there is no value; X where no row is held at all."""
        return self.latest.status if self.latest else Status.X

    @property
    def period_label(self) -> str:
        """The period of the latest row as the reader sees it; empty where no row is held."""
        return periods.label(self.latest.period, self.indicator.year_type) if self.latest else ""

    @property
    def when(self) -> str:
        """The period of the latest row as a sentence says it: "in 2024-25", "at 31 March 2025"."""
        return f"{periods.preposition(self.indicator.year_type)} {self.period_label}"

    @property
    def printed(self) -> str:
        """The latest value as printed, or a word for its absence."""
        if self.value is not None:
            return words.shown(self.value, self.indicator)
        return self.status.short.capitalize() if self.latest else "No figure"

    @property
    def comparisons(self) -> dict[str, Compared]:
        """The three comparisons by the name their hook carries."""
        return {"england": self.england, "region": self.region, "neighbours": self.neighbours}

    @property
    def flagged(self) -> bool:
        """Does it need attention: outside tolerance, worse than England, or worsening? Neutral indicators only by tolerance."""
        return (
            self.tolerance.verdict is Tolerance.OUTSIDE
            or self.england.verdict is Comparison.WORSE
            or self.movement.verdict is Movement.WORSENING
        )

    @property
    def sentence(self) -> str:
        """The card's finding as one sentence, made from the verdicts. Also the chart's text alternative."""
        name, place = self.indicator.short_title, self.area.name
        if self.latest is None:
            return f"{name}: no figure is held for {place} for this period."
        if self.value is None:
            return f"{name}: the figure for {place} {self.when} is {self.status.words}."
        text = f"{name}: {self.printed}{self._per()} in {place} {self.when}"
        if self.last_known:
            return f"{text}. This is the last known figure, more than a year old, and is not judged."
        said: dict[str, list[str]] = {}
        for c in (self.england, self.region):
            if c.verdict in words.COMPARISON_PHRASES:
                said.setdefault(words.COMPARISON_PHRASES[c.verdict], []).append(f"{words.the(c.name)} ({c.printed})")
        text += f", {words.listed([f'{phrase} {words.listed(names)}' for phrase, names in said.items()])}." if said else "."
        if self.movement.change:
            text += f" {self.movement.change[0].upper()}{self.movement.change[1:]}."
        return text

    def _per(self) -> str:
        return f" {self.indicator.unit.words}" if self.indicator.unit in (Unit.PER_10000, Unit.PER_100000) else ""


class Figures:
    """The figures of one release that a page needs, read in one query."""

    def __init__(self, catalogue: Catalogue, observations: Iterable[Observation]):
        self.catalogue = catalogue
        self._series: dict[tuple[str, str], dict[str, Observation]] = {}
        for o in observations:
            held = self._series.setdefault((o.indicator_id, o.area_code), {})
            # where two sources give the same period, the indicator's own source leads
            if o.period not in held or o.source_id == catalogue.indicators[o.indicator_id].source_id:
                held[o.period] = o

    @classmethod
    def fetch(cls, store: Store, release: int, indicators: Sequence[Indicator], query: Query) -> "Figures":
        """Read what `summarise` needs for these indicators in this view."""
        catalogue = store.catalogue(release)
        ids = {i.indicator_id for i in indicators} | {i.denominator_indicator_id for i in indicators if i.denominator_indicator_id}
        return cls(catalogue, store.observations(release, ids, areas_needed(catalogue, query)))

    def series(self, indicator_id: str, area_code: str) -> list[Observation]:
        """An area's figures, one a period, oldest first."""
        return sorted(self._series.get((indicator_id, area_code), {}).values(), key=lambda o: o.period_end)

    def at(self, indicator_id: str, area_code: str, period: str) -> Observation | None:
        """An area's figure for a period; None where no row is held."""
        return self._series.get((indicator_id, area_code), {}).get(period)


def areas_needed(catalogue: Catalogue, query: Query) -> set[str]:
    """The areas whose figures a view draws, compares with or ranks."""
    region = catalogue.region_of(query.area)
    needed = {query.area, ENGLAND, *(code for code in query.compare if code in catalogue.areas)}
    for name in catalogue.neighbour_sets(query.area):
        needed |= set(catalogue.neighbours[query.area, name])
    if region:
        needed |= {region.area_code, *(a.area_code for a in catalogue.areas.values() if a.region_code == region.area_code)}
    if GREATER_MANCHESTER in query.compare:
        needed |= {a.area_code for a in catalogue.group(GREATER_MANCHESTER)}
    return needed


def summarise(indicator: Indicator, query: Query, figures: Figures) -> IndicatorSummary:
    """Everything about `indicator` in this view. Pure: the same figures give the same summary."""
    catalogue = figures.catalogue
    area = catalogue.areas[query.area]
    limit = query.judged_on
    own = [o for o in figures.series(indicator.indicator_id, area.area_code) if limit is None or o.period_end <= limit]
    latest = own[-1] if own else None
    last_known = bool(latest and limit and (limit - latest.period_end).days > A_YEAR)
    drawn, lines = _lines(indicator, query, figures, latest)
    region = catalogue.region_of(area.area_code)
    judged = None if last_known else latest
    reason = "the last known figure is more than a year old" if last_known else "no figure is held" if latest is None else ""
    england = _compare_with_area(indicator, judged, area, catalogue.areas[ENGLAND], figures, reason)
    if region:
        with_region = _compare_with_area(indicator, judged, area, region, figures, reason)
    else:
        with_region = Compared(Comparison.NOT_COMPARED, "Region", reason=f"{area.name} lies in no region")
    source_ids = {o.source_id: None for o in own} if own else {indicator.source_id: None}
    return IndicatorSummary(
        indicator=indicator,
        area=area,
        latest=latest,
        last_known=last_known,
        tolerance=_tolerance(indicator, judged, area, figures, reason),
        england=england,
        region=with_region,
        neighbours=_compare_with_neighbours(indicator, judged, area, figures, reason),
        movement=_movement(indicator, own, judged),
        periods=drawn,
        lines=lines,
        rankings=_rankings(indicator, latest, area, figures) if latest else (),
        sources=tuple(catalogue.sources[s] for s in source_ids),
        top=max((p.value for line in lines for p in line.points if p.value is not None), default=None),
    )


# --- lines ---


def _lines(indicator: Indicator, query: Query, figures: Figures, latest: Observation | None) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The periods of the chart and its lines, the area in focus first. A count is drawn alone."""
    catalogue = figures.catalogue
    area, limit = catalogue.areas[query.area], query.judged_on
    codes = () if indicator.is_count else query.compare
    when = latest.period_end if latest else limit or date.max
    members: list[tuple[str, str, str, list[str], str]] = [(area.name, area.name, "focus", [area.area_code], "")]
    for code in codes:
        if code.startswith(NEIGHBOURS):
            chosen = catalogue.neighbour_set(area.area_code, when)
            if chosen is None:
                continue
            name = chosen[0] if code == NEIGHBOURS else code
            caption = f"mean of the statistical neighbours, {SETS.get(name, name)}"
            if code == NEIGHBOURS and not chosen[1]:
                caption += " (not the list then in force)"
            title = "Statistical neighbours" if code == NEIGHBOURS else f"Neighbours {name[3:]}"
            members.append(
                (
                    title,
                    "Neighbours" if code == NEIGHBOURS else title,
                    "neighbours",
                    list(catalogue.neighbours[area.area_code, name]),
                    caption,
                )
            )
        elif code == GREATER_MANCHESTER:
            boroughs = [a.area_code for a in catalogue.group(code)]
            members.append(
                ("Greater Manchester", "Gtr Manchester", "group", boroughs, f"the {len(boroughs)} boroughs of Greater Manchester together")
            )
        else:
            other = catalogue.areas[code]
            role = {"country": "england", "region": "region"}.get(other.type, "other")
            members.append((other.name, other.name, role, [code], ""))
    held = {
        o.period
        for *_, group, _ in members
        for code in group
        for o in figures.series(indicator.indicator_id, code)
        if (limit is None or o.period_end <= limit) and (query.since is None or o.period >= query.since)
    }
    if not held:
        return (), ()
    drawn = tuple(periods.years_between(min(held), max(held))) if not any("Q" in p for p in held) else tuple(sorted(held))
    lines = []
    for name, short, role, group, caption in members:
        if role == "group":
            points = tuple(_summed(indicator, [figures.at(indicator.indicator_id, c, p) for c in group]) for p in drawn)
        elif role == "neighbours":
            points = tuple(_mean_point([figures.at(indicator.indicator_id, c, p) for c in group]) for p in drawn)
        else:
            points = tuple(_point(figures.at(indicator.indicator_id, group[0], p)) for p in drawn)
        decimals = max(1, indicator.decimals) if role in ("neighbours", "group") and not indicator.is_count else indicator.decimals
        lines.append(Line(name, short, role, points, decimals, caption))
    return drawn, tuple(lines)


def _point(observation: Observation | None) -> Point:
    if observation is None:
        return Point(None, Status.X, "no figure")
    return Point(observation.value, observation.status, observation.status.words, observation.provisional)


def _mean_point(group: Sequence[Observation | None]) -> Point:
    """Plain mean of those with a figure, as DfE's own tools take it; the note says how many that is."""
    known = [o.value for o in group if o is not None and o.value is not None]
    hidden = sum(o is not None and o.value is None for o in group)
    if not known:
        return Point(None, Status.C if hidden else Status.X, f"no figure for any of {len(group)}")
    note = f"mean of {len(known)} of {len(group)}" + (f", {hidden} not shown" if hidden else "")
    return Point(fmean(known), Status.OK, note)


def _summed(indicator: Indicator, group: Sequence[Observation | None]) -> Point:
    """Several areas as one: summed numerators over summed denominators, else a plain mean that says so."""
    held = [o for o in group if o is not None]
    multiplier = indicator.unit.multiplier
    counts = [(o.numerator, o.denominator) for o in held if o.value is not None and o.numerator is not None and o.denominator]
    if multiplier and len(counts) == len(group):
        value = multiplier * sum(n for n, _ in counts) / sum(d for _, d in counts)
        return Point(value, Status.OK, f"{len(group)} boroughs, counts added up")
    return _mean_point(group)


# --- tolerance ---

# a rule in words, and the function that judges a value by it; None where it cannot be applied here
Applied = tuple[str, Callable[[float], Tolerance] | None]


def _tolerance(indicator: Indicator, latest: Observation | None, area: Area, figures: Figures, reason: str) -> Judgement:
    """Apply the rule in force at the end of the period."""
    if latest is None:
        return Judgement(Tolerance.NO_VALUE, f"Not judged: {reason}.")
    rule = figures.catalogue.rule_in_force(indicator.indicator_id, latest.period_end)
    if rule is None or rule.type == "T0":
        why = rule.rationale if rule else "No rule was in force for this period"
        return Judgement(Tolerance.NOT_SET, f"For information only. {why}.", state=rule.state if rule else "")
    value = latest.judged(indicator)
    match rule.type:
        case "T1":
            words_, judge = _absolute(indicator, rule)
        case "T3":
            words_, judge = _near(indicator, rule, latest, area, figures)
        case "T5":
            words_, judge = _band(indicator, rule, latest, area, figures)
        case _:
            words_, judge = f"Rule type {rule.type} is not applied yet.", None
    if judge is None:
        verdict, detail = Tolerance.NOT_SET, ""
    elif value is None:
        verdict, detail = Tolerance.NO_VALUE, f"Not judged: the figure is {latest.status.words}."
    else:
        verdict = judge(value)
        detail = f"{words.shown(value, indicator, max(1, indicator.decimals))} was judged."
    return Judgement(verdict, words_, detail, rule.state, rule.rationale, rule.amber_means, rule.type == "T5")


def _absolute(indicator: Indicator, rule: ToleranceRule) -> Applied:
    green, red = rule.number("green_at"), rule.number("red_at")
    side = "or more" if indicator.polarity is Polarity.HIGHER_BETTER else "or less"
    text = f"Within: {words.shown(green, indicator)} {side}. Near: up to {words.shown(red, indicator)}. Outside: beyond that."
    return text, lambda value: tolerance.absolute(value, green, red, indicator.polarity)


def _near(indicator: Indicator, rule: ToleranceRule, latest: Observation, area: Area, figures: Figures) -> Applied:
    catalogue, code = figures.catalogue, rule.limits["benchmark"]
    margin = {k: rule.number(k) for k in ("points", "percent") if k in rule.limits}
    if code.startswith(NEIGHBOURS):
        mean = _neighbour_mean(indicator, latest, area, figures, code)
        if mean is None:
            return f"Not judged: no list of statistical neighbours is held for {area.name}.", None
        benchmark, printed, name = mean.benchmark, mean.printed, "the mean of the statistical neighbours"
    else:
        other = catalogue.region_of(area.area_code) if code == "region" else catalogue.areas.get(code)
        if other is None or other.area_code == area.area_code:
            return f"Not judged: {area.name} is the benchmark itself.", None
        row = figures.at(indicator.indicator_id, other.area_code, latest.period)
        benchmark = row.judged(indicator) if row else None
        printed = words.shown(row.value, indicator) if row and row.value is not None else ""
        name = words.the(other.name)
    if benchmark is None:
        return f"Not judged: there is no figure for {name} for this period.", None
    size = words.difference(margin["points"], indicator, 0) if "points" in margin else f"{words.number(margin['percent'], 0)}% of it"
    twice = (
        words.difference(2 * margin["points"], indicator, 0) if "points" in margin else f"{words.number(2 * margin['percent'], 0)}% of it"
    )
    text = f"Within: better than {name} ({printed}), or worse by no more than {size}. Near: worse by no more than {twice}. Outside: beyond that."
    return text, lambda value: tolerance.near_benchmark(value, benchmark, indicator.polarity, **margin)


def _band(indicator: Indicator, rule: ToleranceRule, latest: Observation, area: Area, figures: Figures) -> Applied:
    if "band" in rule.limits:
        region = figures.catalogue.region_of(area.area_code)
        others = []
        if region:
            rows = [
                figures.at(indicator.indicator_id, a.area_code, latest.period)
                for a in figures.catalogue.authorities_of(region.area_code, latest.period_end)
                if a.area_code != area.area_code
            ]
            others = [v for v in (r.judged(indicator) for r in rows if r) if v is not None]
        if region is None or len(others) < FEWEST_FOR_A_BAND:
            return (
                f"Not judged: figures of at least {FEWEST_FOR_A_BAND} other authorities of its region are needed, and are not held.",
                None,
            )
        cuts = rank.quartiles(others)
        edges = (min(others), cuts.q1, cuts.q3, max(others))
        origin = f"the {len(others)} other authorities of {words.the(region.name)} with a figure for this period"
    else:
        edges = (rule.number("low_red"), rule.number("low_amber"), rule.number("high_amber"), rule.number("high_red"))
        origin = "the agreed band"
    decimals = max(1, indicator.decimals)
    low_red, low_amber, high_amber, high_red = (words.shown(e, indicator, decimals) for e in edges)
    text = (
        f"Usual range: {low_amber} to {high_amber}, the middle half of {origin}. "
        if "band" in rule.limits
        else f"Usual range: {low_amber} to {high_amber}. "
    ) + f"At the edge: from {low_red} to {high_red}. Outside: beyond that."
    return text, lambda value: tolerance.band(value, *edges)


# --- comparison ---


def _interval(indicator: Indicator, latest: Observation, figures: Figures) -> tuple[intervals.Interval | None, str, str]:
    """The interval of a figure, the method in words, and the reason where there is none."""
    if indicator.untested_because:
        return None, "", indicator.untested_because
    numerator, denominator, method = latest.numerator, latest.denominator, ""
    if (
        indicator.unit is Unit.PERCENT
        and (numerator is None or not denominator)
        and indicator.denominator_indicator_id
        and latest.value is not None
    ):
        base = figures.at(indicator.denominator_indicator_id, latest.area_code, latest.period)
        if base is not None and base.value:
            denominator, numerator, method = base.value, base.value * latest.value / 100, ", from the rounded share"
    if numerator is None or not denominator:
        return None, "", "the count behind it is not published"
    if indicator.unit is Unit.PERCENT:
        if not 0 <= numerator <= denominator:
            return None, "", "its count is larger than its base"
        text = f"Wilson 95% interval{method}: {words.number(numerator, 0)} of {words.number(denominator, 0)}"
        return intervals.proportion(numerator, denominator), text, ""
    multiplier = indicator.unit.multiplier
    if multiplier is None:
        return None, "", "it is neither a share nor a rate"
    kind = "exact Poisson" if numerator < 10 else "Byar's"
    text = f"{kind} 95% interval: {words.number(numerator, 0)} among {words.number(denominator, 0)} children"
    return intervals.rate(numerator, denominator, multiplier), text, ""


def _compared(indicator: Indicator, latest: Observation, figures: Figures, base: Compared) -> Compared:
    """Judge the latest figure against the benchmark that `base` carries."""
    interval, method, reason = _interval(indicator, latest, figures)
    if interval is None or base.benchmark is None:
        value = latest.judged(indicator)
        if value is not None and base.benchmark is not None:
            gap = value - base.benchmark
            side = "above" if gap > 0 else "below"
            decimals = max(1, indicator.decimals)
            reason += (
                f"; it is {words.difference(gap, indicator, decimals)} {side}, a difference that is not tested"
                if round(gap, decimals)
                else "; the two figures are equal"
            )
        return _with(base, Comparison.NOT_COMPARED, None, "", reason)
    verdict = comparison.compare(interval, base.benchmark, indicator.polarity)
    decimals = max(1, indicator.decimals)
    limits = f"{words.shown(interval.lower, indicator, decimals)} to {words.shown(interval.upper, indicator, decimals)}"
    return _with(base, verdict, interval, f"{method}, {limits}, against {base.printed}", "")


def _with(base: Compared, verdict: Comparison, interval: intervals.Interval | None, method: str, reason: str) -> Compared:
    return Compared(verdict, base.name, base.benchmark, base.printed, interval, method, reason, base.n, base.hidden, base.neighbour_set)


def _cannot(indicator: Indicator, latest: Observation | None, reason: str) -> str:
    """Why no comparison of this figure is possible at all; empty where one may be."""
    if latest is None:
        return reason
    if latest.value is None:
        return f"the figure is {latest.status.words}"
    return "a count depends on the size of the place" if indicator.is_count else ""


def _compare_with_area(
    indicator: Indicator, latest: Observation | None, area: Area, other: Area, figures: Figures, reason: str
) -> Compared:
    base = Compared(Comparison.NOT_COMPARED, other.name)
    if other.area_code == area.area_code:
        return _with(base, Comparison.NOT_COMPARED, None, "", "an area is not compared with itself")
    row = figures.at(indicator.indicator_id, other.area_code, latest.period) if latest else None
    if row is not None and row.value is not None and not indicator.is_count:
        base = Compared(Comparison.NOT_COMPARED, other.name, row.value, words.shown(row.value, indicator))
    barred = _cannot(indicator, latest, reason)
    if barred or latest is None:
        return _with(base, Comparison.NOT_COMPARED, None, "", barred)
    if base.benchmark is None:
        missing = row.status.words if row else "not held"
        return _with(base, Comparison.NOT_COMPARED, None, "", f"the figure for {words.the(other.name)} for this period is {missing}")
    return _compared(indicator, latest, figures, base)


def _neighbour_mean(indicator: Indicator, latest: Observation, area: Area, figures: Figures, code: str = NEIGHBOURS) -> Compared | None:
    """The neighbours' mean for the period of `latest`, as a comparison not yet judged; None where no set is held."""
    catalogue = figures.catalogue
    chosen = catalogue.neighbour_set(area.area_code, latest.period_end)
    if chosen is None:
        return None
    name, in_force = chosen if code == NEIGHBOURS else (code, True)
    members = catalogue.neighbours.get((area.area_code, name))
    if members is None:
        return None
    rows = [figures.at(indicator.indicator_id, m, latest.period) for m in members]
    known = [r.value for r in rows if r is not None and r.value is not None]
    mean = fmean(known) if known else None
    caption = f"statistical neighbours ({SETS.get(name, name)}{'' if in_force else ', not the list then in force'})"
    printed = f"{words.shown_mean(mean, indicator)}, mean of {len(known)} of {len(members)}" if mean is not None else ""
    hidden = sum(r is not None and r.value is None for r in rows)
    return Compared(Comparison.NOT_COMPARED, caption, mean, printed, n=len(known), hidden=hidden, neighbour_set=name)


def _compare_with_neighbours(indicator: Indicator, latest: Observation | None, area: Area, figures: Figures, reason: str) -> Compared:
    base = _neighbour_mean(indicator, latest, area, figures) if latest and not indicator.is_count else None
    if base is None:
        base = Compared(Comparison.NOT_COMPARED, "statistical neighbours")
    barred = _cannot(indicator, latest, reason)
    if barred or latest is None:
        return _with(base, Comparison.NOT_COMPARED, None, "", barred)
    if not figures.catalogue.neighbour_sets(area.area_code):
        return _with(base, Comparison.NOT_COMPARED, None, "", f"no list of statistical neighbours is held for {area.name}")
    if base.benchmark is None:
        return _with(base, Comparison.NOT_COMPARED, None, "", "no neighbour has a figure for this period")
    return _compared(indicator, latest, figures, base)


# --- movement ---


def _movement(indicator: Indicator, own: Sequence[Observation], latest: Observation | None) -> Moved:
    """The change on the period before, in words."""
    method = "The change on the period before, as published. It is not tested against chance."
    if latest is None or latest.value is None:
        return Moved(Movement.NOT_TESTED, "", method)
    before = next((o for o in own if o.period == periods.year_before(latest.period)), None)
    if before is None:
        return Moved(Movement.NOT_TESTED, "no figure for the year before", method)
    if before.value is None:
        return Moved(Movement.NOT_TESTED, f"no change can be given: the figure for the year before is {before.status.words}", method)
    return Moved(Movement.NOT_TESTED, f"{words.change(latest.value, before.value, indicator)} on the year", method)


# --- rank ---


def _rankings(indicator: Indicator, latest: Observation, area: Area, figures: Figures) -> tuple[Ranking, ...]:
    """The area among its region's authorities and among its neighbours, in the period of `latest`."""
    catalogue = figures.catalogue
    if indicator.is_count or area.type != "authority":
        return ()
    found = []
    region = catalogue.region_of(area.area_code)
    if region:
        members = [a.area_code for a in catalogue.authorities_of(region.area_code, latest.period_end)]
        if len(members) > 1:
            found.append(_ranking(f"Authorities of {words.the(region.name)}", indicator, latest, area, members, figures, region))
    chosen = catalogue.neighbour_set(area.area_code, latest.period_end)
    if chosen:
        note = "" if chosen[1] else ", not the list then in force"
        members = [area.area_code, *catalogue.neighbours[area.area_code, chosen[0]]]
        found.append(
            _ranking(f"Statistical neighbours ({SETS.get(chosen[0], chosen[0])}{note})", indicator, latest, area, members, figures, None)
        )
    return tuple(found)


def _ranking(
    title: str, indicator: Indicator, latest: Observation, area: Area, members: Sequence[str], figures: Figures, region: Area | None
) -> Ranking:
    catalogue = figures.catalogue
    rows = {code: figures.at(indicator.indicator_id, code, latest.period) for code in members}
    bars = [
        Bar(catalogue.areas[c].name, r.value if r else None, r.status if r else Status.X, "focus" if c == area.area_code else "other")
        for c, r in rows.items()
    ]
    for benchmark in filter(None, (region, catalogue.areas[ENGLAND])):
        row = figures.at(indicator.indicator_id, benchmark.area_code, latest.period)
        if row is not None and row.value is not None:
            bars.append(Bar(benchmark.name, row.value, row.status, {"country": "england", "region": "region"}[benchmark.type]))
    sign = 1 if indicator.polarity is Polarity.LOWER_BETTER else -1
    bars.sort(key=lambda b: (b.value is None, sign * (b.value or 0), b.name))
    judged = {c: r.judged(indicator) for c, r in rows.items() if r and r.value is not None}
    own = judged.get(area.area_code)
    hidden = len(members) - len(judged)
    order = {Polarity.LOWER_BETTER: "1 is the lowest, which is best", Polarity.HIGHER_BETTER: "1 is the highest, which is best"}.get(
        indicator.polarity, "1 is the highest; neither end is better"
    )
    if own is None:
        place = f"{area.name} cannot be ranked: its figure is {latest.status.words}."
    elif hidden > max(2, 0.1 * len(members)):
        place = f"{area.name} cannot be ranked: {hidden} of {len(members)} have no figure shown."
    else:
        position = rank.rank(own, [v for c, v in judged.items() if c != area.area_code and v is not None], indicator.polarity)
        place = f"{area.name} is number {position} of {len(judged)} with a figure ({order})."
        if hidden:
            place += f" {hidden} without a figure could change that."
    return Ranking(title, tuple(bars), place)
