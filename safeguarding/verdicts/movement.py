"""Movement: has anything changed, beyond chance?"""

from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.measures import control, dispersion, movement
from safeguarding.measures.dispersion import Barred
from safeguarding.store.tables import Observation
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.control import printed
from safeguarding.vocabulary import Movement, Unit

PANDEMIC = "2020-21"
STEADY = "going up and down more than it trends"
BARRED = {
    Barred.FEW: ": a trend needs five years in a row with an interval{since}, and there are {n}",
    Barred.GAP: ": a trend needs five years in a row, and years between the last five figures are not held",
    Barred.HIDDEN: ": a trend needs five years in a row, and years between the last five figures are hidden",
    Barred.WHOLE: ": in one of the last five years the count equals its base, and nothing can lie above it",
}
WHY = {
    1: "it lies outside them",
    2: "it is one of seven or more on one side of the mean",
    3: "it is one of seven that rise or fall",
    4: "it is one of two in three near a limit",
}


@dataclass(frozen=True)
class Moved:
    """The movement verdict, its method and its numbers.

    `course` is "rising" or "falling" where the verdict found a change, else empty; `span` the years it is of,
    in words. `slope` is per period. `t` is the slope over its error, that error widened by the scatter of the
    points around the line, `p` its two-sided probability. None where nothing was tested.
    """

    verdict: Movement
    method: str
    course: str = ""
    span: str = ""
    slope: float | None = None
    chi_squared: float | None = None
    t: float | None = None
    p: float | None = None
    n: int | None = None

    @property
    def told(self) -> str:
        """The movement in a sentence: "rising over the five years to 2024-25 (worsening)", "no clear change
        over the five years to 2024-25".
        """
        found = self.course
        if not found:
            found = STEADY if self.verdict is Movement.UNSTEADY else "no clear change"
        judged = self.verdict in (Movement.IMPROVING, Movement.WORSENING)
        return f"{found} {self.span}".strip() + (f" ({self.verdict.value})" if judged else "")


def judge_movement(case: Case) -> Moved:
    """Has the figure moved beyond chance? The five-year trend for annual figures, the control chart for
    quarterly ones. Method: docs/methods.md#direction-of-travel.
    """
    latest = case.judged
    if latest is None:
        return _not_tested(f", because {case.barred}")
    if latest.value is None:
        return _not_tested(f", because the figure is {latest.status.words}")
    broken = len(case.unbroken) < len(case.own)
    since = f" since the recording changed in {case.unbroken[0].period}" if broken and case.unbroken else ""
    if "Q" in latest.period:
        return _quarterly(case, since)
    reason = case.interval(latest).reason
    if reason:
        return _not_tested(f", because {reason}")
    tested = {
        int(o.period[:4]): (o, value, interval)
        for o in case.unbroken
        if o.period != periods.UNDATED
        and (interval := case.interval(o).interval)
        and (value := o.judged(case.indicator)) is not None
    }
    whole = {y for y, (o, _, _) in tested.items() if _is_whole(case, o)}
    hidden = {int(o.period[:4]) for o in case.unbroken if o.status.withheld and o.period != periods.UNDATED}
    why = dispersion.barred(list(tested), whole, hidden)
    if why is not None:
        return _not_tested(BARRED[why].format(since=since, n=len(tested)))
    points = list(tested.values())[-movement.POINTS :]
    values, intervals = [v for _, v, _ in points], [i for _, _, i in points]
    trend, scatter = movement.recent_trend(values, intervals), dispersion.dispersion(values, intervals)
    if trend is None or scatter is None:
        return _not_tested(": one of the five figures has an interval without width")
    first, last = (periods.label(points[k][0].period, case.indicator.year_type) for k in (0, -1))
    span = f"over the five years to {last}"
    numbers = (span, trend.slope, trend.chi_squared, scatter.t, scatter.p, len(points))
    method = _told(case, trend, scatter, f"{first} to {last}{since}")
    if PANDEMIC in [o.period for o, _, _ in points]:
        method += " The five points hold 2020-21, the year of the pandemic."
    if dispersion.unsteady(trend, scatter):
        return Moved(Movement.UNSTEADY, method, "", *numbers)
    course = ("rising" if trend.slope > 0 else "falling") if trend.significant else ""
    return Moved(movement.judge(trend, case.indicator.polarity), method, course, *numbers)


def _not_tested(why: str) -> Moved:
    return Moved(Movement.NOT_TESTED, f"Not tested{why}.")


def _is_whole(case: Case, o: Observation) -> bool:
    """Is it a share whose count equals its base? Nothing can rise above that, so no line is fitted."""
    counts = case.counts(o)
    return case.indicator.unit is Unit.PERCENT and counts.numerator == counts.denominator


def _told(case: Case, trend: movement.Trend, scatter: dispersion.Dispersion, which: str) -> str:
    """Both tests with their numbers, and what they say together."""
    decimals = max(2, case.indicator.decimals + 1)
    course = ("up" if trend.slope > 0 else "down") if round(trend.slope, decimals) else "level,"
    per_year = words.difference(trend.slope, case.indicator, decimals)
    found = "the sign holds when any one point" if trend.steady else "the sign turns when one point"
    text = (
        f"Weighted trend over the five points {which}: "
        f"{course} {per_year} a year, "
        f"chi-squared {words.number(trend.chi_squared, 2)} (a change needs more than "
        f"{words.number(movement.CRITICAL, 2)}), and {found} is left out."
    )
    if not trend.significant:
        return text
    verdict = "stands out from" if scatter.trends else "does not stand out from"
    return (
        f"{text} Against the scatter of the points around their line t is {words.number(scatter.t, 2)} "
        f"(a change needs more than {words.number(dispersion.CRITICAL, 2)}; "
        f"{words.probability(scatter.p)}): the trend {verdict} it."
    )


def _quarterly(case: Case, since: str) -> Moved:
    """The verdict of the control chart on the latest quarter."""
    known = [v for o in case.unbroken if (v := o.judged(case.indicator)) is not None]
    absent = len(case.unbroken) - len(known)
    if absent:
        told = "1 quarter is" if absent == 1 else f"{absent} quarters are"
        return _not_tested(f": a control chart cannot have gaps, and {told} hidden")
    around = control.limits(known)
    if around is None or around.trial:
        needed = f"a control chart needs {control.FULL} quarters{since}, and there are {len(known)}"
        return _not_tested(f": {needed}")
    signal = control.signals(known, around)[-1]
    mean, lower, upper = printed(case.indicator, around)
    why = WHY[signal.rule] if signal else "it is no special cause"
    method = f"Control chart of {len(known)} quarters{since}, mean {mean}, limits {lower} to {upper}: {why}."
    course = ("rising" if signal.high else "falling") if signal else ""
    verdict = control.judge(signal, case.indicator.polarity)
    return Moved(verdict, method, course, n=len(known))
