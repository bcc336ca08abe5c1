"""Trend: one indicator over time, beside its benchmarks."""

from itertools import pairwise

from safeguarding import periods, words
from safeguarding.charts.axis import scale
from safeguarding.charts.chart import Absence, Chart, Datum, End, Kind, Mark, Series
from safeguarding.lines import Line
from safeguarding.marks import circled
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Role


def trend(summary: IndicatorSummary) -> Chart:
    """The summary's lines over its periods, the area in focus in front; None leaves a gap.

    Periods are categories, never dates. The axis starts at nought. Where the area in focus has no figure
    there is an absence, with the reason and, at the first of a run, a word.
    """
    indicator, lines = summary.indicator, summary.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    series = [_series(line) for line in reversed(lines[1:])]
    if lines:
        # the line of the area in focus is not drawn across a change in its recording
        edges = [0, *summary.breaks, len(summary.periods)]
        series += [_series(lines[0], start, stop) for start, stop in pairwise(edges)]
    return Chart(
        Kind.TREND,
        indicator.unit,
        indicator.polarity,
        indicator.decimals,
        tuple(periods.tick(p, indicator.year_type) for p in summary.periods),
        tuple(series),
        ticks=tuple(scale(max(values, default=None), min(values, default=0.0))),
        ends=tuple(end for line in lines if (end := _end(line, indicator))),
        absences=_absences(lines[0]) if lines else (),
        events=tuple(_heaps(summary).items()),
        breaks=summary.breaks,
    )


def _heaps(summary: IndicatorSummary) -> dict[int, str]:
    """The numbers of the events to mark, by their place; several in one period stand side by side."""
    heaps: dict[int, str] = {}
    for n, k, _ in summary.marks:
        heaps[k] = heaps.get(k, "") + circled(n)
    return heaps


def _series(line: Line, start: int = 0, stop: int | None = None) -> Series:
    # a benchmark needs points only where one stands alone between gaps: fewer shapes, quicker to draw
    padded = [None, *line.shown, None]
    alone = any(
        v is not None and before is None and after is None
        for before, v, after in zip(padded, padded[1:], padded[2:], strict=False)
    )
    data = tuple(Datum(v, note=p.note) for v, p in zip(line.shown, line.points, strict=True))
    mark = Mark.POINTED if line.role is Role.FOCUS or alone else Mark.LINE
    return Series(line.name, line.role, mark, data[start:stop], start, line.decimals)


def _absences(line: Line) -> tuple[Absence, ...]:
    gaps = [k for k, p in enumerate(line.points) if p.value is None]
    return tuple(
        Absence(k, line.points[k].status.short if k - 1 not in gaps else "", line.points[k].note)
        for k in gaps
    )


def _end(line: Line, indicator: Indicator) -> End | None:
    """The name at the end of a line; None for a line without a value."""
    last = next((p.value for p in reversed(line.points) if p.value is not None), None)
    if last is None:
        return None
    # an older value beside the name would pass for the latest one
    now = line.points[-1].value is not None
    printed = words.shown(last, indicator, line.decimals) if now else ""
    return End(last, line.short_name, line.role, printed)
