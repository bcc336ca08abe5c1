"""Looks: the pens, shapes and inks of a chart's series, whoever draws them."""

from typing import NamedTuple

from safeguarding.charts import theme
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.charts.theme import INK, MUTED, STYLES, Dash
from safeguarding.charts.ticks import longest
from safeguarding.vocabulary import Comparison, Polarity, Role

STUB = 0.02  # of the longest part: what a hidden one is drawn as where nothing bounds it
SPOTS = {Role.OTHER: ("circle", 9.0), Role.NEIGHBOURS: ("diamond", 11.0), Role.FOCUS: ("square", 14.0)}
# of a comparison, as near as a point can be to its marks beside words: plus, cross, more than, less than
SHAPES = {
    Comparison.BETTER: "cross",
    Comparison.WORSE: "x",
    Comparison.HIGHER: "triangle-right",
    Comparison.LOWER: "triangle-left",
}
SIDES = {Comparison.HIGHER: "triangle-up", Comparison.LOWER: "triangle-down"}


class Pen(NamedTuple):
    """How a line is drawn, in pixels."""

    colour: str
    width: float
    dash: Dash = Dash.SOLID

    @property
    def dashes(self) -> str | None:
        """Its strokes and gaps in pixels; None where it is unbroken."""
        return " ".join(f"{part * max(self.width, 3):g}" for part in self.dash.lengths) or None


class Spot(NamedTuple):
    """A point, by Plotly's name for its shape and its size in pixels; an open one is white within."""

    shape: str
    size: float
    colour: str


ABSENT = Spot("square-open", 10.0, MUTED)


def pen(chart: Chart, series: Series) -> Pen:
    """How the line of a series is drawn."""
    match series.mark:
        case Mark.SIGNALLED:
            return Pen(theme.ORDINARY, 2.5)
        case Mark.BENCHMARK:
            return Pen(theme.fill(series.role), 2.5 if chart.kind is Kind.SPINE else 2)
    look = theme.style(series)
    return Pen(look.colour, look.width, look.dash)


def spot(chart: Chart, series: Series, datum: Datum) -> Spot:
    """What a value of a series is marked with."""
    if series.mark is Mark.SIGNALLED:
        return signal(datum.verdict, chart.polarity)
    if series.mark is Mark.SPOT and chart.kind is Kind.SPINE:
        return spine_spot(datum.verdict)
    if series.mark is Mark.SPOT:
        return Spot(*SPOTS[series.role], theme.fill(series.role))
    look = theme.style(series)
    return Spot("circle", look.marker, look.colour)


def spine_spot(verdict: Comparison) -> Spot:
    """The area's spot in a row of a spine, by how it compares with England."""
    colour = theme.TONES.get(verdict, STYLES[Role.FOCUS].colour)
    shape = SHAPES.get(verdict, "circle")
    return Spot(shape, 13.0, colour)


def signal(side: Comparison, polarity: Polarity) -> Spot:
    """A point of a control chart: a triangle points the way of its signal."""
    if side not in SIDES:
        return Spot("circle", 12.0, theme.ORDINARY)
    if polarity is Polarity.NEUTRAL:
        return Spot(SIDES[side], 12.0, theme.NEUTRAL)
    better = (side is Comparison.HIGHER) == (polarity is Polarity.HIGHER_BETTER)
    return Spot(SIDES[side], 12.0, theme.IMPROVEMENT if better else theme.CONCERN)


def ink(mark: Mark, datum: Datum) -> str:
    """The colour of what is printed at the end of a bar."""
    if datum.value is None:
        return MUTED
    return STYLES[Role.FOCUS].colour if mark is Mark.BAR and datum.role is Role.FOCUS else INK


def stands_out(mark: Mark, datum: Datum) -> bool:
    """Is what is printed at the end of a bar bold?"""
    return mark is Mark.BAR and datum.value is not None and datum.role is not Role.OTHER


def reach(chart: Chart, datum: Datum) -> float:
    """How far the bar of a part reaches; a hidden one as far as it could, or a stub."""
    return next(v for v in (datum.value, datum.upper, longest(chart) * STUB) if v is not None)
