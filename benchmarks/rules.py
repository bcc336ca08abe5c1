"""What each rule says of every authority and year: the measures applied to England, the proposed rules and
those before them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from national import Figure, National, Series

from safeguarding.measures import bands, change, comparison, expected, movement, overdispersion
from safeguarding.measures.change import Change
from safeguarding.measures.dispersion import barred, dispersion, unsteady
from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Polarity, Unit

NEUTRAL = Polarity.NEUTRAL

Verdicts = dict[tuple[str, int], str]
"""What a rule says of an area and the year a period ended in."""
Judge = Callable[[National, Series], Verdicts]


def trends(_: National, series: Series) -> Verdicts:
    """Movement: `rise`, `fall`, `unsteady` (the old test alone speaks) or `no-change`, from five consecutive
    years.
    """
    found: Verdicts = {}
    for area, year, window in windows(series):
        found[area, year] = trend_of(window)
    return found


def windows(series: Series) -> Iterator[tuple[str, int, list[tuple[float, Interval]]]]:
    """Every five consecutive years that may be tested: values with their intervals, oldest first."""
    for area, figures in series.areas.items():
        held = {year: (series.judged(f), series.interval(f)) for year, f in figures.items()}
        tested = {year: (value, around) for year, (value, around) in held.items() if around is not None}
        whole = {year for year, f in figures.items() if series.unit is Unit.PERCENT and f.count == f.base}
        for year in tested:
            five = [y for y in range(year - 4, year + 1) if y in tested]
            if barred(five, whole) is None:
                yield area, year, [tested[y] for y in five]


def trend_of(window: list[tuple[float, Interval]]) -> str:
    """The verdict on one window."""
    values, limits = [v for v, _ in window], [i for _, i in window]
    trend, around = movement.recent_trend(values, limits), dispersion(values, limits)
    if trend is None or around is None or not trend.significant:
        return "no-change"
    if unsteady(trend, around):
        return "unsteady"
    return "rise" if trend.slope > 0 else "fall"


def changes(tested: bool) -> Judge:
    """The change on the year, of figures with counts (`tested`) or of those without."""

    def judge(_: National, series: Series) -> Verdicts:
        by_year = expected.changes_by_year(series.values)
        usual = {year: expected.usual_before(by_year, year) for year in by_year}
        found: Verdicts = {}
        for area, year, now in series.each():
            before = series.areas[area].get(year - 1)
            if before is not None and usual[year] is not None:
                p = chance(series, now, before)
                if tested == (p is not None):
                    found[area, year] = change.judge(now.value - before.value, p, usual[year])
        return found

    return judge


def chance(series: Series, now: Figure, before: Figure) -> float | None:
    """How likely the change is by chance; None without counts."""
    if series.interval(now) is None or series.interval(before) is None:
        return None
    test = change.share_probability if series.unit is Unit.PERCENT else change.rate_probability
    counts = (now.count, now.base, before.count, before.base)
    return test(*(number for number in counts if number is not None))


def against_england(_: National, series: Series) -> Verdicts:
    """`higher`, `lower` or `similar`; `unusual-` before it where the gap is unusual too."""
    found: Verdicts = {}
    for year, england in series.england.items():
        here = {area: figures[year] for area, figures in series.areas.items() if year in figures}
        known = {area: (f, i) for area, f in here.items() if (i := series.interval(f)) is not None}
        benchmark = series.judged(england)
        if not known or not 0 < benchmark < series.highest:
            continue
        scores = {area: score(series, f, benchmark) for area, (f, _) in known.items()}
        dispersed = overdispersion.factor(list(scores.values()))
        for area, (_f, limits) in known.items():
            verdict = str(comparison.compare(limits, benchmark, NEUTRAL))
            unusual = verdict != "similar" and overdispersion.unusual(scores[area], dispersed)
            found[area, year] = f"unusual-{verdict}" if unusual else verdict
    return found


def score(series: Series, figure: Figure, benchmark: float) -> float:
    """How many standard errors of chance a figure lies from the benchmark, one whose base is held."""
    base = figure.base or 0.0
    if series.unit is Unit.PERCENT:
        error = overdispersion.share_error(benchmark, base)
    else:
        error = overdispersion.rate_error(benchmark, base, series.unit.multiplier or 1.0)
    return overdispersion.score(series.judged(figure), benchmark, error)


def by_spread(national: National, series: Series) -> Verdicts:
    """T3: 0.67 s around the mean of the neighbours."""
    found: Verdicts = {}
    margins: dict[int, float] = {}
    for area, year, f in series.each():
        last = series.in_year(year - 1) if year not in margins else []
        if len(last) >= change.FEWEST:
            margins[year] = bands.margin(last)
        near = national.mean_of_neighbours(series, area, year)
        if year in margins and near is not None:
            limits = series.interval(f)
            found[area, year] = bands.near_benchmark(
                series.judged(f), near, margins[year], limits, series.polarity
            )
    return found


def fixed(points: float, neighbours: bool, certain: bool) -> Judge:
    """T3: a fixed margin around the neighbours' mean or England; `certain` where outside needs the interval
    too.
    """

    def judge(national: National, series: Series) -> Verdicts:
        found: Verdicts = {}
        for area, year, f in series.each():
            england = series.england.get(year)
            near = england.value if england else None
            if neighbours:
                near = national.mean_of_neighbours(series, area, year)
            if near is not None:
                limits = series.interval(f) if certain else None
                found[area, year] = bands.near_benchmark(
                    series.judged(f), near, points, limits, series.polarity
                )
        return found

    return judge


def by_past(_: National, series: Series) -> Verdicts:
    """T5: the band frozen from the three years before."""
    frozen: dict[int, bands.Band] = {}
    for year in {year for _, year, _ in series.each()}:
        past = [series.in_year(year - back) for back in range(1, expected.YEARS + 1)]
        if all(past):
            frozen[year] = bands.frozen_band([value for values in past for value in values])
    return {
        (area, year): bands.in_band(series.judged(f), series.interval(f), frozen[year])
        for area, year, f in series.each()
        if year in frozen
    }


def anything(series: Series) -> bool:
    """Every indicator."""
    return True


def better(series: Series) -> bool:
    """Those of which one end is better."""
    return series.polarity is not NEUTRAL


def neutral(series: Series) -> bool:
    """Those of which neither is."""
    return not better(series)


def timely(series: Series) -> bool:
    """Statutory timeliness."""
    return series.indicator_id in ("assessments_45_days_pct", "icpc_15_days_pct", "cpp_reviews_on_time_pct")


def share(series: Series) -> bool:
    """The other shares of which one end is better."""
    return better(series) and not timely(series) and series.unit is Unit.PERCENT


@dataclass(frozen=True)
class Rule:
    """A rule and which of its verdicts flag. Two in `adverse` flag by polarity: where low is better, where
    high is.
    """

    name: str
    judge: Judge
    flags: tuple[str, ...] = ("outside",)
    applies: Callable[[Series], bool] = anything
    adverse: tuple[str, str] | None = None

    def flagged(self, series: Series, verdict: str) -> bool:
        """Does this verdict flag?"""
        flags = self.flags
        if self.adverse is not None:
            flags = (self.adverse[series.polarity is Polarity.HIGHER_BETTER],)
        return verdict in flags


DIRECTIONS = ("rise", "fall")
UNUSUAL = (str(Change.UNUSUAL_RISE), str(Change.UNUSUAL_FALL))
GAPS = ("unusual-higher", "unusual-lower")
TESTED, UNTESTED = changes(True), changes(False)
RULES = [
    Rule("T3: 0.67 s around the neighbours", by_spread, applies=better),
    Rule("T5: centiles of the three years before", by_past, applies=neutral),
    Rule("before: T3, 2 points around the neighbours", fixed(2, True, False), applies=share),
    Rule("before: T3, 5 points from England, timeliness", fixed(5, False, False), applies=timely),
    Rule("T3, 5 points from England, timeliness, certain", fixed(5, False, True), applies=timely),
    Rule("before: a direction by the old test alone", trends, (*DIRECTIONS, "unsteady")),
    Rule("a direction, with the guard", trends, DIRECTIONS),
    Rule("worsening, with the guard", trends, applies=better, adverse=DIRECTIONS),
    Rule("change on the year: more than chance", TESTED, (*UNUSUAL, str(Change.MORE_THAN_CHANCE))),
    Rule("change on the year: unusual and more than chance", TESTED, UNUSUAL),
    Rule("change on the year: the same, adverse", TESTED, applies=better, adverse=UNUSUAL),
    Rule("change on the year: unusual, no counts to test", UNTESTED, (str(Change.UNUSUAL_UNTESTED),)),
    Rule("different from England", against_england, ("higher", "lower", *GAPS)),
    Rule("different from England by an unusual gap", against_england, GAPS),
    Rule("worse than England by an unusual gap", against_england, applies=better, adverse=GAPS),
]
DEFAULTS = RULES[:2]
FLAGS = [rule for rule in RULES if rule in DEFAULTS or rule.adverse is not None]
