"""Control: is the latest point out of the ordinary for this series? To look at; it sets no verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.measures import control
from safeguarding.store.tables import Indicator


@dataclass(frozen=True)
class Segment:
    """A stretch of a control chart between breaks: its first place in the series, values, limits (None below six points), signals."""

    start: int
    values: tuple[float, ...]
    limits: control.Limits | None
    signals: tuple[control.Signal | None, ...]


@dataclass(frozen=True)
class ControlChart:
    """A series as a control chart sees it. `segments` is empty where it cannot be drawn, and `text` says why."""

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
    last = segments[-1]
    if last.limits is None:
        return ControlChart(
            tuple(segments), f"No limits: {len(last.values)} points since the last break, and six are needed."
        )
    limit = last.limits
    text = (
        f"Mean {words.shown(limit.mean, indicator, max(1, indicator.decimals))}, process limits "
        f"{words.shown(limit.lower, indicator, max(1, indicator.decimals))} to {words.shown(limit.upper, indicator, max(1, indicator.decimals))}"
        f"{', trial limits: fewer than 12 points' if limit.trial else ''}. "
    )
    special = [
        f"{periods.label(drawn[s.start + k], indicator.year_type)} ({SIGNALS[signal.rule]}, {'high' if signal.high else 'low'})"
        for s in segments
        for k, signal in enumerate(s.signals)
        if signal
    ]
    latest = last.signals[-1]
    text += f"The latest point is {'a special cause: ' + SIGNALS[latest.rule] if latest else 'common cause: nothing out of the ordinary'}."
    if special:
        text += f" Special causes: {words.listed(special)}."
    return ControlChart(tuple(segments), text)
