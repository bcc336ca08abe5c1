"""Plotly: a chart as the plain dict that Plotly draws when a hand reaches for it.

It stands where the drawn chart stood (drawn.py), in the same layout. Title, sentence, table and source stand
beside it.
"""

from typing import Any

from safeguarding.charts.chart import Chart, Kind, Mark
from safeguarding.charts.label import FOOT, Label, Tick
from safeguarding.charts.layout import Layout, layout
from safeguarding.charts.shapes import shapes
from safeguarding.charts.theme import FONT, GRID, INK, MUTED, PAPER
from safeguarding.charts.ticks import OVER_TIME, TEXT
from safeguarding.charts.traces import traces

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
SMALL = 13  # pixels of the text of what is told under the pointer: it lies on the chart
SIDES = {"start": "left", "middle": "center", "end": "right"}


def as_plotly(chart: Chart, height: int = 0, valued: bool = False) -> dict[str, Any]:
    """The chart as a Plotly dict of `height` pixels; 0 for the height of its kind.

    A chart of rows is as high as its rows need, or `height` where that is more. `valued` prints each line's
    latest value beside its name.
    """
    plan = layout(chart, height, valued)
    whole: dict[str, Any] = {
        "height": plan.height,
        "margin": {"l": plan.left, "r": plan.right, "t": plan.top, "b": plan.bottom},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": TEXT, "color": INK},
        "showlegend": False,
        "hovermode": "x unified" if chart.kind in OVER_TIME else False,
        "hoverlabel": {"bgcolor": PAPER, "font": {"size": SMALL, "family": FONT, "color": INK}},
        "dragmode": False,
        "xaxis": _across(chart, plan),
        "yaxis": _up(chart, plan),
        "shapes": shapes(chart, plan),
        "annotations": [_annotation(label) for label in plan.labels],
    }
    if chart.kind is Kind.FUNNEL:
        whole["hovermode"] = "closest"
    match chart.mark:
        case Mark.BAR:
            whole["bargap"] = 0.25
        case Mark.PART:
            whole |= {"barmode": "group", "bargap": 0.22, "bargroupgap": 0.05}
    return {"data": traces(chart), "layout": whole}


def _across(chart: Chart, plan: Layout) -> dict[str, Any]:
    """The horizontal axis."""
    axis: dict[str, Any] = {"range": list(plan.x), "fixedrange": True}
    if not plan.x_ticks and chart.kind not in OVER_TIME:
        return axis | {"visible": False}
    axis |= {
        "tickvals": [t.at for t in plan.x_ticks],
        "ticktext": [_bold(t) for t in plan.x_ticks],
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
    }
    if chart.kind is Kind.FUNNEL:
        return axis
    names = list(chart.categories)
    return axis | {"type": "category", "categoryorder": "array", "categoryarray": names}


def _up(chart: Chart, plan: Layout) -> dict[str, Any]:
    """The vertical axis."""
    axis: dict[str, Any] = {
        "range": list(plan.y),
        "tickvals": [t.at for t in plan.y_ticks],
        "ticktext": [_bold(t) for t in plan.y_ticks],
        "ticklabelstandoff": plan.apart - 1,  # Plotly begins a pixel away
        "fixedrange": True,
    }
    if chart.ticks:
        return axis | {"gridcolor": GRID, "zeroline": True, "zerolinecolor": MUTED}
    names = list(chart.categories)[::-1]
    return axis | {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": names,
        "showgrid": False,
    }


def _bold(tick: Tick) -> str:
    text = tick.text.replace("\n", "<br>")
    return f"<b>{text}</b>" if tick.bold else text


def _annotation(label: Label) -> dict[str, Any]:
    text = label.text.replace("\n", "<br>")
    edge = label.y is None or label.y == FOOT
    note: dict[str, Any] = {
        "x": label.x,
        "xref": "x",
        "y": label.y if not edge else int(label.y is None),
        "yref": "paper" if edge else "y",
        "xanchor": SIDES[label.anchor],
        "yanchor": label.rise,
        "xshift": label.dx,
        "yshift": label.up,
        "text": (f"<b>{text}</b>" if label.bold else text) + label.after,
        "align": SIDES[label.anchor],
        "showarrow": False,
        "font": {"size": label.size, "color": label.colour},
    }
    if label.ground:
        note["bgcolor"] = PAPER
    if label.pointer:
        note |= {
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": label.colour,
            "ax": 0,
            "yshift": 0,
        }
        note["ay"] = -label.up
    return note
