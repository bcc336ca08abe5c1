"""Trend: one indicator over time, beside its benchmarks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import isfinite

from safeguarding import periods, words
from safeguarding.charts.axis import limits, scale
from safeguarding.charts.chart import Absence, Chart, Datum, End, Expected, Kind, Mark, Series, Tolerated
from safeguarding.lines import Line
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Role

STRETCH = 4 / 3  # an axis grows no farther than this to hold the edges of a tolerance


def trend(summary: IndicatorSummary, events: bool = True, intervals: bool = False) -> Chart:
    """The summary's lines with all that is told beside them: tolerance and interval of the latest figure, the
    range of the next one, what happened.

    Without `events` none is marked; with `intervals` every figure of the area has its interval. The axis
    holds interval and range, and the edges of the tolerance where that does not make it much higher.
    """
    chart = bare(summary)
    expected, interval = _expected(summary), _interval(summary)
    around = _intervals(summary) if intervals else ()
    held = [end for ends in (interval, *around) if ends for end in ends]
    held += [expected.lower, expected.upper] if expected else []
    ticks = _holding(chart.ticks, summary, held)
    band = _tolerated(summary)
    if band:
        higher = _holding(ticks, summary, [*held, *band.edges])
        if higher[-1] - higher[0] <= STRETCH * (ticks[-1] - ticks[0]):
            ticks = higher
    return replace(
        chart,
        ticks=ticks,
        events=tuple((m.place, m.event.on_chart) for m in summary.marks) if events else (),
        interval=interval,
        intervals=around,
        expected=expected,
        band=band,
    )


def bare(summary: IndicatorSummary) -> Chart:
    """The summary's lines over its periods, the area in focus in front; None leaves a gap.

    Periods are categories, never dates. The axis starts at nought. Where the area in focus has no figure
    there is an absence, with the reason and, at the first of a run, a word.
    """
    indicator, lines = summary.indicator, summary.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    others = [line for line in lines if line.role is Role.OTHER]
    # no line is drawn across a change in its recording: all are cut by one in all of England
    everywhere = {b.place for b in summary.dotted if not b.event.area_code}
    series = [part for line in reversed(lines[1:]) for part in _parts(line, everywhere, _place(line, others))]
    if lines:
        series += _parts(lines[0], summary.breaks)
    return Chart(
        Kind.TREND,
        indicator.unit,
        indicator.polarity,
        indicator.decimals,
        tuple(periods.tick(p, indicator.year_type) for p in summary.periods),
        tuple(series),
        ticks=tuple(scale(max(values, default=None), min(values, default=0.0))),
        ends=tuple(end for line in lines if (end := _end(line, indicator, _place(line, others)))),
        absences=_absences(lines[0]) if lines else (),
        breaks=summary.breaks,
    )


def side_by_side(summaries: Sequence[IndicatorSummary]) -> list[Chart]:
    """A small chart of each, all on one scale: the area in focus and England, without names or marks."""
    charts = [bare(s) for s in summaries]
    drawn = [[s for s in chart.series if s.role in (Role.FOCUS, Role.ENGLAND)] for chart in charts]
    values = [d.value for series in drawn for s in series for d in s.data if d.value is not None]
    ticks = tuple(scale(max(values, default=None), min(values, default=0.0), steps=3))
    return [
        replace(
            c,
            series=tuple(s),
            ticks=ticks,
            ends=(),
            absences=tuple(replace(a, word="") for a in c.absences),
        )
        for c, s in zip(charts, drawn, strict=True)
    ]


def _holding(ticks: tuple[float, ...], summary: IndicatorSummary, more: Sequence[float]) -> tuple[float, ...]:
    """The ticks of an axis that holds all lines and `more`; `ticks` where it does already."""
    low, high = limits(ticks)
    if all(low <= value <= high for value in more):
        return ticks
    values = [*more, *(p.value for line in summary.lines for p in line.points if p.value is not None)]
    return tuple(scale(max(values), min(values)))


def _tolerated(summary: IndicatorSummary) -> Tolerated | None:
    """What is within the tolerance of the latest figure, where that is the last that is drawn."""
    seen, latest, indicator = summary.tolerance, summary.judged, summary.indicator
    if seen.within is None or latest is None or latest.period not in summary.periods[-1:]:
        return None
    agreed = seen.state != "proposed"
    low, high = seen.within
    known = [words.shown(end, indicator, max(1, indicator.decimals)) for end in seen.within if isfinite(end)]
    if len(known) == 2:
        return Tolerated(low, high, seen.range, " to ".join(known), agreed)
    name = "limit" if agreed else "proposed limit"
    return Tolerated(
        low, high, name, f"{known[0]} or {'more' if isfinite(low) else 'less'}", agreed, known[0]
    )


def _expected(summary: IndicatorSummary) -> Expected | None:
    """The range of the next figure, where the latest one is the last that is drawn."""
    seen, kind = summary.outlook, summary.indicator.year_type
    if seen is None or not summary.periods or seen.period != periods.year_after(summary.periods[-1]):
        return None
    return Expected(*seen.range, periods.tick(seen.period, kind))


def _interval(summary: IndicatorSummary) -> tuple[float, float] | None:
    """The 95 % interval of the latest figure, where that is the last that is drawn."""
    latest = summary.judged
    if latest is None or not summary.periods or latest.period != summary.periods[-1]:
        return None
    return summary.interval(latest).interval


def _intervals(summary: IndicatorSummary) -> tuple[tuple[float, float] | None, ...]:
    """The 95 % interval of each figure of the area, None where it has none."""
    about = summary.indicator.indicator_id, summary.area.area_code
    held = [summary.figures.at(*about, period) for period in summary.periods]
    return tuple(summary.interval(o).interval if o else None for o in held)


def _place(line: Line, others: Sequence[Line]) -> int:
    """Which of the other areas a line is, 0 of all else."""
    return others.index(line) if line in others else 0


def _parts(line: Line, breaks: Iterable[int], nth: int = 0) -> list[Series]:
    """A line cut at these places in the periods, oldest first."""
    edges = [0, *sorted(breaks), len(line.points)]
    return [_series(line, start, stop, nth) for start, stop in pairwise(edges)]


def _series(line: Line, start: int, stop: int, nth: int) -> Series:
    # a benchmark needs points only where one stands alone between gaps: fewer shapes, quicker to draw
    padded = [None, *line.shown[start:stop], None]
    alone = any(
        v is not None and before is None and after is None
        for before, v, after in zip(padded, padded[1:], padded[2:], strict=False)
    )
    data = tuple(Datum(v, note=p.note) for v, p in zip(line.shown, line.points, strict=True))
    mark = Mark.POINTED if line.role is Role.FOCUS or alone else Mark.LINE
    return Series(line.name, line.role, mark, data[start:stop], start, line.decimals, nth)


def _absences(line: Line) -> tuple[Absence, ...]:
    gaps = [k for k, p in enumerate(line.points) if p.value is None]
    return tuple(
        Absence(k, line.points[k].status.short if k - 1 not in gaps else "", line.points[k].note)
        for k in gaps
    )


def _end(line: Line, indicator: Indicator, nth: int) -> End | None:
    """The name at the end of a line; None for a line without a value."""
    known = ((before, p.value) for before, p in enumerate(reversed(line.points)) if p.value is not None)
    before, last = next(known, (0, None))
    if last is None:
        return None
    # an older value beside the name would pass for the latest one
    printed = "" if before else words.shown(last, indicator, line.decimals)
    return End(last, line.short_name, line.role, printed, nth, before)
