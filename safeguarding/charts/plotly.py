"""Plotly: a chart as the plain dict that Plotly draws on a page.

Title, sentence, table and source stand beside it.
"""

from dataclasses import dataclass
from typing import Any

from safeguarding import words
from safeguarding.charts import labels
from safeguarding.charts.axis import limits
from safeguarding.charts.chart import Chart, Kind, Mark
from safeguarding.charts.theme import FONT, GRID, INK, MUTED, PAPER
from safeguarding.charts.traces import longest, traces
from safeguarding.vocabulary import Role

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
ALONE = 24  # pixels at the right of a chart without names at its line's end


@dataclass(frozen=True)
class Look:
    """The pixels of a kind: its height (and what each category adds), its margins left, right, top and
    bottom; how it hovers.
    """

    height: int
    margins: tuple[int, int, int, int]
    hover: str | bool = False
    each: int = 0


LOOKS = {
    Kind.TREND: Look(310, (52, 104, 26, 34), "x unified"),
    Kind.CONTROL: Look(320, (56, 92, 14, 34), "x unified"),
    Kind.DIFFERENCE: Look(320, (56, 92, 14, 34), "x unified"),
    Kind.FUNNEL: Look(380, (60, 92, 14, 52), "closest"),
    Kind.RANK: Look(16, (190, 24, 4, 8), each=27),
    Kind.PARTS: Look(16, (176, 12, 4, 8), each=44),
    Kind.SPINE: Look(30, (220, 150, 20, 26), each=40),
}


def as_plotly(chart: Chart, height: int = 0, valued: bool = False) -> dict[str, Any]:
    """The chart as a Plotly dict of `height` pixels; 0 for the height of its kind.

    A chart of rows is as high as its rows need, or `height` where that is more. `valued` prints each line's
    latest value beside its name.
    """
    look = LOOKS[chart.kind]
    if look.each:
        height = max(height, look.height + look.each * len(chart.categories))
    left, right, top, bottom = look.margins
    # a line by itself needs no name, unless its value stands there
    named = chart.kind is not Kind.TREND or len(chart.whole) != 1 or valued
    layout = frame(height or look.height, {"l": left, "r": right if named else ALONE, "t": top, "b": bottom})
    layout["hovermode"] = look.hover
    match chart.mark:
        case Mark.BAR:
            layout["bargap"] = 0.25
        case Mark.PART:
            layout |= {"barmode": "group", "bargap": 0.22, "bargroupgap": 0.05}
    layout["xaxis"], layout["yaxis"] = _axes(chart)
    if chart.kind is Kind.TREND and chart.series:
        layout["shapes"] = labels.broken(chart)
    layout["annotations"] = labels.annotations(chart, layout["height"] - top - bottom, named, valued)
    return {"data": traces(chart), "layout": layout}


def frame(height: int, margin: dict[str, int]) -> dict[str, Any]:
    """The layout that every chart begins with: white ground, horizontal text, no legend, no title."""
    return {
        "height": height,
        "margin": margin,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 15, "color": INK},
        "showlegend": False,
        "hovermode": False,
        "hoverlabel": {"bgcolor": PAPER, "font": {"size": 15, "family": FONT, "color": INK}},
        "dragmode": False,
        "annotations": [],
    }


def _axes(chart: Chart) -> tuple[dict, dict]:
    """The horizontal and the vertical axis."""
    match chart.kind:
        case Kind.TREND:
            return _periods(chart) | {"tickcolor": MUTED}, _values(chart)
        case Kind.CONTROL | Kind.DIFFERENCE:
            return _periods(chart), _values(chart)
        case Kind.FUNNEL:
            return _bases(chart), _values(chart)
    return {"range": _room(chart), "visible": False, "fixedrange": True}, _names(chart)


def _periods(chart: Chart) -> dict:
    """Periods as categories, the first, the middle and the last of them named: what fits on a phone."""
    x = chart.categories
    named = {0, len(x) - 1} | ({len(x) // 2} if len(x) > 4 else set())
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(x),
        "range": [-0.3, len(x) - 0.7],
        "fixedrange": True,
        "tickvals": [x[k] for k in sorted(named)] if x else [],
        "tickangle": 0,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
    }


def _bases(chart: Chart) -> dict:
    return {
        "range": [0, max(d.base for s in chart.series for d in s.data)],
        "fixedrange": True,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "nticks": 4,
        "tickformat": ",d",
        "title": {"text": chart.across[0], "font": {"size": 14, "color": MUTED}},
    }


def _values(chart: Chart) -> dict:
    """The axis of the values, its ticks printed in the chart's unit."""
    return {
        "range": list(limits(chart.ticks)),
        "tickvals": list(chart.ticks),
        "ticktext": [words.number(t, chart.places) + chart.suffix for t in chart.ticks],
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": MUTED,
    }


def _room(chart: Chart) -> list[float]:
    """The ends of a hidden horizontal axis: with room for what is printed at the end of a bar."""
    values = [d.value for s in chart.series for d in s.data if d.value is not None]
    match chart.mark:
        case Mark.BAR:
            return [min(0.0, *values, 0.0) * 1.2, max(values, default=1.0) * 1.22 or 1]
        case Mark.PART:
            return [0, longest(chart) * 1.5]
    return [-1.02, 1.02]


def _names(chart: Chart) -> dict:
    """The categories from the top down, those that stand out in bold."""
    names = list(chart.categories)
    axis = {"type": "category", "categoryorder": "array", "categoryarray": names[::-1], "fixedrange": True}
    axis["showgrid"] = False
    if chart.mark is Mark.BAR:
        bars = chart.series[0].data
        bold = [f"<b>{n}</b>" if b.role is not Role.OTHER else n for n, b in zip(names, bars, strict=True)]
        return axis | {"tickmode": "array", "tickvals": names, "ticktext": bold}
    if chart.kind is Kind.SPINE:
        axis["range"] = [-0.9, len(names) - 0.4]
    return axis | {"tickvals": names, "ticktext": [labels.wrapped(n) for n in names]}
