"""Control: is the latest point out of the ordinary for this series? To look at; it sets no verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.measures import control
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Indicator
from safeguarding.vocabulary import Unit


@dataclass(frozen=True)
class Segment:
    """A stretch of a control chart between breaks: its first place in the series, its values, their signals.

    `limits` is None below six points.
    """

    start: int
    values: tuple[float, ...]
    limits: control.Limits | None
    signals: tuple[control.Signal | None, ...]


@dataclass(frozen=True)
class ControlChart:
    """A series as a control chart sees it. `segments` is empty where it cannot be drawn, `text` says why."""

    segments: tuple[Segment, ...]
    text: str


# of 3,046 national series of annual shares and means, against 1 in 100 of independent figures
CAVEAT = (
    "Years follow each other closely, so that about one latest point in four is unusual in this sense: it "
    "sets no verdict."
)
REBASED = {
    Unit.COUNT: "No control chart: a count of years moves with the size of the place.",
    **dict.fromkeys(
        (Unit.PER_10000, Unit.PER_100000),
        "No control chart: rates of earlier years were worked out anew when populations were, so that their "
        "steps are no measure of chance.",
    ),
}
SIGNALS = {
    1: "outside the limits",
    2: "seven or more on one side of the mean",
    3: "seven that rise or fall",
    4: "two of three near a limit",
}


def control_chart(
    indicator: Indicator, drawn: Sequence[str], series: Sequence[float | None], breaks: Sequence[int]
) -> ControlChart:
    """A series as a control chart, begun anew at each of the places in it where its recording changed.

    `drawn` are the periods of the series, oldest first. To look at: it sets no verdict.
    """
    if indicator.unit in REBASED and not any("Q" in period for period in drawn):
        return ControlChart((), REBASED[indicator.unit])
    known = [k for k, value in enumerate(series) if value is not None]
    if not known:
        return ControlChart((), "There are no figures to draw.")
    starts = [known[0], *(b for b in breaks if known[0] < b <= known[-1])]
    segments = []
    for start, stop in zip(starts, [*starts[1:], known[-1] + 1], strict=True):
        values = [value for value in series[start:stop] if value is not None]
        if len(values) < stop - start:
            return ControlChart(
                (), "A control chart cannot have gaps, and some of these figures are hidden or missing."
            )
        around = control.limits(values)
        found = control.signals(values, around) if around else [None] * len(values)
        segments.append(Segment(start, tuple(values), around, tuple(found)))
    return ControlChart(tuple(segments), _told(indicator, drawn, segments))


def _told(indicator: Indicator, drawn: Sequence[str], segments: Sequence[Segment]) -> str:
    """What the chart shows, in words: the limits of the last segment, its latest point, special causes."""
    last = segments[-1]
    if last.limits is None:
        return f"No limits: {len(last.values)} points since the last break, and six are needed."
    mean, lower, upper = printed(indicator, last.limits)
    trial = ", trial limits: fewer than 12 points" if last.limits.trial else ""
    latest = last.signals[-1]
    cause = (
        f"unusual against its own past: {SIGNALS[latest.rule]}" if latest else "nothing out of the ordinary"
    )
    text = f"Mean {mean}, process limits {lower} to {upper}{trial}. The latest point is {cause}."
    special = [
        f"{periods.label(drawn[s.start + k], indicator.year_type)} "
        f"({SIGNALS[signal.rule]}, {'high' if signal.high else 'low'})"
        for s in segments
        for k, signal in enumerate(s.signals)
        if signal
    ]
    text = f"{text} Unusual points: {words.listed(special)}." if special else text
    return f"{text} {CAVEAT}" if "Q" not in drawn[-1] else text


def printed(indicator: Indicator, limits: control.Limits) -> tuple[str, str, str]:
    """Mean, lower and upper limit as a reader sees them: never beyond what is possible."""
    decimals = max(1, indicator.decimals)
    ends = limits.mean, *possible(indicator, limits)
    mean, lower, upper = (words.shown(value, indicator, decimals) for value in ends)
    return mean, lower, upper


def possible(indicator: Indicator, limits: control.Limits) -> Interval:
    """The limits as they are drawn and told, cut to where a figure can lie: a share from 0 to 100, a
    difference of shares either way. They are tested uncut.
    """
    lowest, highest = (-100.0, 100.0) if indicator.unit is Unit.POINTS else (0.0, indicator.highest)
    return Interval(max(lowest, limits.lower), min(highest, limits.upper))
