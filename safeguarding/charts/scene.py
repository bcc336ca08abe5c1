"""Scene: what is drawn of a chart, back to front, on either kind of paper."""

from collections.abc import Iterator
from itertools import groupby

from safeguarding.charts import looks, theme
from safeguarding.charts.bars import GAPS, bars
from safeguarding.charts.chart import Chart, Kind, Mark, Series
from safeguarding.charts.element import tag
from safeguarding.charts.label import HANG, LEADING
from safeguarding.charts.layout import BROAD, SLIM, THICK, Layout
from safeguarding.charts.lettering import written
from safeguarding.charts.looks import Pen
from safeguarding.charts.paper import RISE, Paper, Place
from safeguarding.charts.theme import BAND, EXPECTED, GRID, INTERVAL, MUTED, PROPOSED, STYLES, Dash
from safeguarding.charts.ticks import TEXT, tolerated_until
from safeguarding.vocabulary import Role

TICK = 5  # pixels of a tick
BROKEN = Pen(MUTED, 1.5, Dash.DOT)  # where the recording changed
LINES = (Mark.LINE, Mark.POINTED, Mark.SIGNALLED, Mark.MEAN, Mark.LIMIT, Mark.OUTER)
POINTS = (Mark.POINTED, Mark.SIGNALLED, Mark.SPOT)


def scene(chart: Chart, plan: Layout, paper: Paper) -> str:
    """The chart's marks as SVG, the plot's left top corner at the origin."""
    return "".join(
        (
            *_behind(chart, plan, paper),
            *_axes(plan, paper),
            *_ahead(chart, plan, paper),
            *_series(chart, plan, paper),
            *_around(chart, plan, paper),
            written(plan, paper),
        )
    )


def _behind(chart: Chart, plan: Layout, paper: Paper) -> Iterator[str]:
    """The tolerance, its edges (dashed until it is agreed), and between them the lines of the grid."""
    band, until = chart.band, tolerated_until(chart)
    if band and (found := plan.seen(band.lower, band.upper)):
        low, high = (plan.down(v) for v in found)
        yield paper.bar(plan.x[0], until, high, low - high, fill=BAND, data_mark="band")
    if chart.ticks:
        ruled = (
            paper.rule((plan.x[0], y), (plan.x[1], y), stroke=None if t.at else MUTED)
            for t in plan.y_ticks
            for y in (plan.down(t.at),)
        )
        yield tag("g", "".join(ruled), stroke=GRID, shape_rendering="crispEdges")
    if band:
        dashed = {"stroke": MUTED, "stroke_dasharray": None if band.agreed else PROPOSED}
        for edge in plan.on(band.edges):
            y = plan.down(edge)
            yield paper.rule((plan.x[0], y), (until, y), data_mark="limit", **dashed)


def _axes(plan: Layout, paper: Paper) -> Iterator[str]:
    """The axis along the foot, the ticks, and their names."""
    names = []
    for tick in plan.y_ticks:
        lines = tick.text.split("\n")
        first = plan.down(tick.at) + RISE * TEXT - (len(lines) - 1) * LEADING * TEXT / 2
        names += [
            paper.text(
                plan.x[0],
                first + k * LEADING * TEXT,
                line,
                dx=-plan.apart,
                font_weight=700 if tick.bold else None,
            )
            for k, line in enumerate(lines)
        ]
    yield tag("g", "".join(names), text_anchor="end")
    if not plan.x_ticks:
        return
    foot = plan.pixels
    ticks = [paper.rule((plan.x[0], foot + 0.5), (plan.x[1], foot + 0.5))]
    for tick in plan.x_ticks:
        ticks.append(paper.rule((tick.at, foot + 1), (tick.at, foot + 1 + TICK)))
    yield tag("g", "".join(ticks), stroke=MUTED, shape_rendering="crispEdges")
    onward = [t for t in plan.x_ticks if not t.text.startswith("\n")]
    between = onward[1:-1]  # a sheet hides them where even a phone is narrow
    named = [
        paper.text(t.at, foot + HANG + k * LEADING * TEXT, line, data_between="" if t in between else None)
        for t in plan.x_ticks
        for k, line in enumerate(t.text.split("\n"))
        if line
    ]
    yield tag("g", "".join(named), text_anchor="middle")


def _ahead(chart: Chart, plan: Layout, paper: Paper) -> Iterator[str]:
    """How sure the latest point is, and where the next may lie."""
    last = len(chart.categories) - 1
    for k, ends in enumerate(chart.intervals):
        if ends:
            low, high = (plan.down(v) for v in plan.cut(*ends))
            yield paper.box(k, high, SLIM, low - high, -SLIM / 2, fill=INTERVAL, data_mark="interval")
    if chart.interval and not chart.intervals:
        low, high = (plan.down(v) for v in plan.cut(*chart.interval))
        yield paper.box(last, high, SLIM, low - high, -SLIM / 2, fill=INTERVAL, data_mark="interval")
    if chart.expected:
        low, high = (plan.down(v) for v in plan.cut(chart.expected.lower, chart.expected.upper))
        dashed = {"stroke": STYLES[Role.FOCUS].colour, "stroke_width": 1.25, "stroke_dasharray": "3 2"}
        yield paper.box(
            last + 1,
            high,
            BROAD,
            low - high,
            -BROAD / 2,
            fill=EXPECTED,
            data_mark="expected",
            **dashed,
        )


# --- series ---


def _series(chart: Chart, plan: Layout, paper: Paper) -> Iterator[str]:
    if chart.mark in GAPS:
        yield from bars(chart, plan, paper)
        return
    for (name, mark), found in groupby(chart.series, key=_hook):
        parts = [_drawn(chart, series, plan, paper) for series in found]
        lines, others = ("".join(part) for part in zip(*parts, strict=True))
        yield paper.held(lines, others, data_series=name or None, data_mark=mark or None)


def _hook(series: Series) -> tuple[str, str]:
    """What a series is found by: its name, or which mark it is."""
    match series.mark:
        case Mark.MEAN:
            return "", "mean"
        case Mark.LIMIT | Mark.OUTER:
            return "", "limit"
        case Mark.RANGE | Mark.MIDDLE:
            return "", "range"
        case Mark.SPOT if series.role is Role.FOCUS and series.data and series.data[0].printed:
            return series.data[0].printed, ""
    return series.name, ""


def _places(chart: Chart, series: Series, plan: Layout) -> list[Place | None]:
    """Where the values of a series stand; None where there is none."""
    over_time = bool(chart.categories)
    return [
        None if d.value is None else (series.start + k if over_time else d.base, plan.down(d.value))
        for k, d in enumerate(series.data)
    ]


def _drawn(chart: Chart, series: Series, plan: Layout, paper: Paper) -> tuple[str, str]:
    """A series: its lines, and its other marks."""
    if chart.kind is Kind.SPINE:
        return "", "".join(_row_of_spine(chart, series, plan, paper))
    places = _places(chart, series, plan)
    lines, others = "", ""
    if series.mark in LINES or series.mark is Mark.BENCHMARK:
        runs = [[p for p in run if p] for known, run in groupby(places, key=bool) if known]
        lines = paper.line([run for run in runs if len(run) > 1], looks.pen(chart, series))
    if series.mark in POINTS:
        found = [
            (looks.spot(chart, series, datum), place)
            for datum, place in zip(series.data, places, strict=True)
            if place
        ]
        for spot, alike in groupby(found, key=lambda pair: pair[0]):
            if spot.shape == "circle":
                others += paper.dots([place for _, place in alike], spot)
            else:
                others += "".join(paper.spot(*place, spot) for _, place in alike)
    return lines, others


def _row_of_spine(chart: Chart, series: Series, plan: Layout, paper: Paper) -> Iterator[str]:
    rows = len(chart.categories)
    if series.mark is Mark.BENCHMARK:
        pen = looks.pen(chart, series)
        ends = ((0, plan.down(rows - 1)), (0, plan.down(0)))
        yield paper.rule(*ends, stroke=pen.colour, stroke_width=pen.width)
        return
    for k, datum in enumerate(series.data, series.start):
        down = plan.down(rows - 1 - k)
        if series.mark is Mark.SPOT and datum.value is not None:
            yield paper.spot(datum.value, down, looks.spot(chart, series, datum))
        elif datum.upper is not None:
            start, end = sorted((datum.lower, datum.upper))
            grey = theme.RANGE if series.mark is Mark.RANGE else theme.MIDDLE
            yield paper.bar(start, end, down - THICK / 2, THICK, fill=grey)


# --- what stands over the series ---


def _around(chart: Chart, plan: Layout, paper: Paper) -> Iterator[str]:
    """A dotted line where the recording changed, squares where the area in focus has no figure."""
    broken = {"stroke": MUTED, "stroke_width": BROKEN.width, "stroke_dasharray": BROKEN.dashes}
    for k in chart.breaks:
        line = paper.rule((k - 0.5, 0), (k - 0.5, plan.pixels), **broken)
        yield tag("g", line, data_mark="break")
    squares = [paper.spot(a.place, plan.down(0), looks.ABSENT) for a in chart.absences]
    if squares:
        yield tag("g", "".join(squares), data_mark="absence")
