"""Control: is the latest point out of the ordinary for this series? To look at; it sets no verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.measures import control
from safeguarding.store.tables import Indicator


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
    mean, lower, upper = (
        words.shown(value, indicator, max(1, indicator.decimals))
        for value in (last.limits.mean, last.limits.lower, last.limits.upper)
    )
    trial = ", trial limits: fewer than 12 points" if last.limits.trial else ""
    latest = last.signals[-1]
    cause = (
        f"a special cause: {SIGNALS[latest.rule]}" if latest else "common cause: nothing out of the ordinary"
    )
    text = f"Mean {mean}, process limits {lower} to {upper}{trial}. The latest point is {cause}."
    special = [
        f"{periods.label(drawn[s.start + k], indicator.year_type)} "
        f"({SIGNALS[signal.rule]}, {'high' if signal.high else 'low'})"
        for s in segments
        for k, signal in enumerate(s.signals)
        if signal
    ]
    return f"{text} Special causes: {words.listed(special)}." if special else text
