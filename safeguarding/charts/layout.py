"""Layout: where everything of a chart stands, whoever draws it.

Its height and margins in pixels, the ends of its axes, their ticks, the labels. The chart drawn by the server
and the live one of Plotly share it, so that one can take the other's place without a jump.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial

from safeguarding.charts import labels, ticks
from safeguarding.charts.chart import Chart, Datum, Kind, Mark
from safeguarding.charts.label import LEADING, PAD, SIZE, TALL, Label, Tick
from safeguarding.charts.ticks import TEXT
from safeguarding.charts.typeface import width

ALONE = 24  # pixels at the right of a chart without names at its line's end
BESIDE = 7  # pixels from the end of a bar to what is printed there
SLIM, BROAD = 6, 14  # pixels across an interval, an expected range
THICK = 16  # pixels of a row of a spine
APART = (4, 7)  # pixels from the plot to the names of ticks: of values, of rows
LINE = 17  # pixels of a line of text
EDGE = 2  # pixels that text keeps from the edge of a chart


@dataclass(frozen=True)
class Look:
    """The pixels of a kind: its height (and what each category adds, at least `tight`), its least margins
    left, right, top and bottom.
    """

    height: int
    margins: tuple[int, int, int, int]
    each: int = 0
    tight: int = 0


LOOKS = {
    Kind.TREND: Look(310, (52, 104, 26, 34)),
    Kind.CONTROL: Look(320, (56, 92, 14, 34)),
    Kind.DIFFERENCE: Look(320, (56, 92, 14, 34)),
    Kind.FUNNEL: Look(380, (60, 92, 14, 34)),
    Kind.RANK: Look(16, (12, 12, 4, 8), each=27, tight=19),
    Kind.PARTS: Look(16, (12, 12, 4, 8), each=44, tight=36),
    Kind.SPINE: Look(34, (12, 12, 20, 30), each=40, tight=40),
}


@dataclass(frozen=True)
class Layout:
    """Where everything stands: the height and the margins in pixels, the ends of the axes, ticks and labels.

    A category is at its place, the first of rows at the top. `beside` are the labels at the right of the
    plot; those `within`, which no margin depends on, look for their places when somebody asks.
    """

    height: int
    left: int
    right: int
    top: int
    bottom: int
    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    beside: tuple[Label, ...]
    within: Callable[[], list[Label]]

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """All that is written in and beside the plot."""
        return (*self.beside, *self.within())

    @property
    def apart(self) -> int:
        """Pixels from the plot to the names of the ticks beside it."""
        return APART[not self.x_ticks]

    @property
    def pixels(self) -> int:
        """How high the plot is."""
        return self.height - self.top - self.bottom

    def across(self, at: float) -> float:
        """How far from the plot's left edge a place on the horizontal axis is, in widths of the plot."""
        low, high = self.x
        return (at - low) / (high - low)

    def down(self, at: float) -> float:
        """How far from the plot's top a place on the vertical axis is, in pixels."""
        low, high = self.y
        return self.pixels * (high - at) / (high - low)

    def cut(self, low: float, high: float) -> tuple[float, float]:
        """Two values of the vertical axis, of which either may be infinite, cut to its ends."""
        least, most = self.y
        return min(max(low, least), most), max(min(high, most), least)

    def seen(self, low: float, high: float) -> tuple[float, float] | None:
        """The part of a range that the vertical axis has; None where it has none."""
        low, high = self.cut(low, high)
        return (low, high) if low < high else None

    def on(self, values: Iterable[float]) -> list[float]:
        """Those of some values that the vertical axis has."""
        return [v for v in values if self.y[0] <= v <= self.y[1]]


def layout(
    chart: Chart,
    height: int = 0,
    valued: bool = False,
    tight: bool = False,
    wide: float = 0.0,
    slim: bool = False,
) -> Layout:
    """The layout of a chart `height` pixels high; 0 for the height of its kind.

    A chart of rows is as high as its rows need, or `height` where that is more; rows that are `tight` need
    less. `valued` prints each line's latest value beside its name. `wide` is the width of the plot where that
    is known. Margins grow until every word has room; `slim` makes them no wider than that.
    """
    look = LOOKS[chart.kind]
    each = look.tight if tight else look.each
    if chart.kind is Kind.PARTS:
        each = max(each, LINE * len(chart.series) + 8)  # each bar has its words at its end
    least = look.height + each * len(chart.categories)
    height = max(height, least) if look.each else height or least
    left, right, top, bottom = look.margins
    if slim:
        left, right = ALONE, ALONE
    if chart.kind is Kind.FUNNEL:
        bottom += math.ceil(len(labels.title(chart)) * LEADING * SIZE)
    if chart.expected:
        bottom += math.ceil(LEADING * TEXT)  # its name stands a line lower
    if chart.kind is Kind.TREND:
        top = max([top, *(math.ceil(e.up + TALL) for e in labels.over(chart))])
    # a line by itself needs no name, unless its value stands there
    named = chart.kind is not Kind.TREND or (bool(chart.ends) and (len(chart.whole) != 1 or valued))
    x, y = ticks.across(chart), ticks.up(chart)
    x_ticks, y_ticks = ticks.x_ticks(chart, wide), ticks.y_ticks(chart)
    pixels = height - top - bottom
    beside = tuple(labels.beside(chart, pixels, named, valued))
    before, after = _beside(chart)
    halves = [width(t.text.strip(), TEXT) / 2 - _inside(t.at, x) for t in (*x_ticks[:1], *x_ticks[-1:])]
    room_left = [EDGE + APART[not x_ticks] + before + _widest(y_ticks), *(EDGE + half for half in halves[:1])]
    room_right = [after, *(EDGE + half for half in halves[1:]), *_overhang(beside, x)]
    return Layout(
        height,
        math.ceil(max(left, *room_left)),
        math.ceil(max(right if named else ALONE, *room_right)),
        top,
        bottom,
        x,
        y,
        x_ticks,
        y_ticks,
        beside,
        partial(labels.within, chart, pixels, valued, wide),
    )


def _widest(named: Iterable[Tick]) -> float:
    return max((width(line, TEXT, t.bold) for t in named for line in t.text.split("\n")), default=0.0)


def _inside(at: float, axis: tuple[float, float], narrowest: float = 100.0) -> float:
    """How far a place lies inside the plot, on the narrowest plot there may be."""
    low, high = axis
    return narrowest * min(at - low, high - at) / (high - low)


def _beside(chart: Chart) -> tuple[float, float]:
    """The room that what is printed at the ends of bars needs, at their left and at their right."""
    printed: list[tuple[float, Datum]] = [
        (BESIDE + EDGE + width(d.printed, SIZE, bold=True), d)
        for s in chart.series
        if s.mark in (Mark.BAR, Mark.PART)
        for d in s.data
    ]
    before = max((room for room, d in printed if d.value is not None and d.value < 0), default=0.0)
    return before, max((room for room, _ in printed), default=0.0)


def _overhang(beside: Iterable[Label], axis: tuple[float, float]) -> list[float]:
    """How far names that begin at the right of a plot reach beyond it."""
    return [label.dx + PAD + label.width + EDGE - _inside(label.x, axis, 0.0) for label in beside]
