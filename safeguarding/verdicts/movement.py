"""Movement: has anything changed, beyond chance?"""

from dataclasses import dataclass
from functools import partial

from safeguarding import periods, words
from safeguarding.measures import control, movement
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.changes import Change, change
from safeguarding.vocabulary import Movement

PANDEMIC = "2020-21"
WHY = {
    1: "it lies outside them",
    2: "it is one of seven or more on one side of the mean",
    3: "it is one of seven that rise or fall",
    4: "it is one of two in three near a limit",
}


@dataclass(frozen=True)
class Moved:
    """The movement verdict; the change on the period before, in words; the method and its numbers.

    `course` is "rising" or "falling" where the verdict found a change, else empty. `slope` is per period.
    """

    verdict: Movement
    changed: Change
    method: str
    course: str = ""
    span: str = ""
    slope: float | None = None
    chi_squared: float | None = None
    n: int | None = None

    @property
    def change(self) -> str:
        """The change on the period before, as a sentence says it; empty where there is none to give."""
        return self.changed.words

    @property
    def change_short(self) -> str:
        """The same for a table's cell."""
        return self.changed.short

    @property
    def told(self) -> str:
        """The movement in a sentence: "rising over five years (worsening)", "no clear change over five
        years".
        """
        if not self.course:
            return f"no clear change {self.span}".strip()
        judged = self.verdict in (Movement.IMPROVING, Movement.WORSENING)
        return f"{self.course} {self.span}".strip() + (f" ({self.verdict.value})" if judged else "")


def judge_movement(case: Case) -> Moved:
    """Has the figure moved beyond chance? The five-point trend for annual figures, the control chart for
    quarterly ones.
    """
    not_tested = partial(Moved, Movement.NOT_TESTED)
    latest = case.judged
    if latest is None:
        return not_tested(Change(), f"Not tested, because {case.barred}.")
    if latest.value is None:
        return not_tested(Change(), f"Not tested, because the figure is {latest.status.words}.")
    changed = change(case, latest)
    broken = len(case.unbroken) < len(case.own)
    since = f" since the recording changed in {case.unbroken[0].period}" if broken and case.unbroken else ""
    if "Q" in latest.period:
        return _quarterly(case, changed, since)
    reason = case.interval(latest).reason
    if reason:
        return not_tested(changed, f"Not tested, because {reason}.")
    tested = [
        (o.period, value, interval)
        for o in case.unbroken
        if (interval := case.interval(o).interval) and (value := o.judged(case.indicator)) is not None
    ]
    points = tested[-movement.POINTS :]
    trend = movement.recent_trend([value for _, value, _ in points], [interval for _, _, interval in points])
    if trend is None:
        method = (
            f"Not tested: a trend needs five figures with an interval{since}, and there are {len(points)}."
        )
        return not_tested(changed, method)
    first, last = (periods.label(points[k][0], case.indicator.year_type) for k in (0, -1))
    per_year = words.difference(trend.slope, case.indicator, max(2, case.indicator.decimals + 1))
    found = "the sign holds when any one point" if trend.steady else "the sign turns when one point"
    method = (
        f"Weighted trend over the five points {first} to {last}{since}: "
        f"{'up' if trend.slope > 0 else 'down'} {per_year} a year, "
        f"chi-squared {words.number(trend.chi_squared, 2)} (a change needs more than "
        f"{words.number(movement.CRITICAL, 2)}), and {found} is left out."
    )
    if PANDEMIC in [period for period, _, _ in points]:
        method += " The five points hold 2020-21, the year of the pandemic."
    course = ("rising" if trend.slope > 0 else "falling") if trend.significant else ""
    return Moved(
        movement.judge(trend, case.indicator.polarity),
        changed,
        method,
        course,
        "over five years",
        trend.slope,
        trend.chi_squared,
        len(points),
    )


def _quarterly(case: Case, changed: Change, since: str) -> Moved:
    """The verdict of the control chart on the latest quarter."""
    not_tested = partial(Moved, Movement.NOT_TESTED, changed)
    known = [v for o in case.unbroken if (v := o.judged(case.indicator)) is not None]
    absent = len(case.unbroken) - len(known)
    if absent:
        return not_tested(f"Not tested: a control chart cannot have gaps, and {absent} quarters are hidden.")
    around = control.limits(known)
    if around is None or around.trial:
        needed = f"a control chart needs {control.FULL} quarters{since}, and there are {len(known)}"
        return not_tested(f"Not tested: {needed}.")
    signal = control.signals(known, around)[-1]
    mean, lower, upper = (
        words.shown(v, case.indicator, 1) for v in (around.mean, around.lower, around.upper)
    )
    why = WHY[signal.rule] if signal else "it is no special cause"
    method = f"Control chart of {len(known)} quarters{since}, mean {mean}, limits {lower} to {upper}: {why}."
    course = ("rising" if signal.high else "falling") if signal else ""
    verdict = control.judge(signal, case.indicator.polarity)
    return Moved(verdict, changed, method, course, n=len(known))
