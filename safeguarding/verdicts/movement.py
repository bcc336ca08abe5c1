"""Movement: has anything changed, beyond chance?"""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.figures import Figures
from safeguarding.measures import control, movement
from safeguarding.store.tables import Area, Indicator, Observation
from safeguarding.verdicts.counts import interval_of
from safeguarding.vocabulary import Movement

PANDEMIC = "2020-21"


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
