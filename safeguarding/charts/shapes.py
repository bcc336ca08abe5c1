"""Shapes: what lies behind a chart's lines, as Plotly draws it."""

from collections.abc import Iterator
from typing import Any

from safeguarding.charts.chart import Chart
from safeguarding.charts.label import TALL, Label
from safeguarding.charts.layout import BROAD, SLIM, Layout
from safeguarding.charts.paper import BARE, ROUND
from safeguarding.charts.theme import BAND, EXPECTED, INTERVAL, MUTED, PROPOSED, STYLES
from safeguarding.charts.ticks import tolerated_until
from safeguarding.vocabulary import Role


def shapes(chart: Chart, plan: Layout) -> list[dict[str, Any]]:
    """The tolerance, the interval, the expected range, and a dotted line where the recording changed."""
    found: list[dict[str, Any]] = []
    last = len(chart.categories) - 1
    if chart.band:
        until = tolerated_until(chart)
        if seen := plan.seen(chart.band.lower, chart.band.upper):
            found.append(_box(seen, BAND, plan.x[0], until, xref="x", layer="below"))
        dash = "solid" if chart.band.agreed else ",".join(f"{n}px" for n in PROPOSED.split())
        edge = {"type": "line", "x0": plan.x[0], "x1": until, "xref": "x", "yref": "y", "layer": "between"}
        pen = {"color": MUTED, "width": 1, "dash": dash}
        found += [edge | {"y0": y, "y1": y, "line": pen} for y in plan.on(chart.band.edges)]
    if chart.interval:
        half = SLIM / 2
        found.append(_box(plan.cut(*chart.interval), INTERVAL, -half, half, layer="between") | _at(last))
    if chart.expected:
        half = BROAD / 2
        box = _box(
            plan.cut(chart.expected.lower, chart.expected.upper), EXPECTED, -half, half, layer="between"
        )
        dashed = {"color": STYLES[Role.FOCUS].colour, "width": 1.25, "dash": "3px,2px"}
        found.append(box | _at(last + 1) | {"line": dashed})
    found += [_broken(k) for k in chart.breaks]
    found += [_lead(label) for label in plan.labels if label.leads_down]
    return found + [part for label in plan.labels for part in _to_name(label)]


def _box(across: tuple[float, float], fill: str, x0: float, x1: float, **more: Any) -> dict[str, Any]:
    box = {"type": "rect", "x0": x0, "x1": x1, "y0": across[0], "y1": across[1], "yref": "y"}
    return box | {"fillcolor": fill, "line": {"width": 0}} | more


def _at(place: float) -> dict[str, Any]:
    """The horizontal ends are pixels from a place."""
    return {"xref": "x", "xsizemode": "pixel", "xanchor": place}


def _broken(place: int) -> dict[str, Any]:
    """A dotted line before the period from which on the recording was another."""
    return {
        "type": "line",
        "x0": place - 0.5,
        "x1": place - 0.5,
        "xref": "x",
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": MUTED, "width": 1.5, "dash": "dot"},
    }


def _lead(told: Label) -> dict[str, Any]:
    """The line from words above the plot down to their place on its top."""
    upright = {"ysizemode": "pixel", "yanchor": 1, "yref": "paper", "y0": 0, "y1": told.up - TALL}
    line = {"type": "line", "x0": 0, "x1": 0, "line": {"color": MUTED, "width": 1}}
    return line | upright | _at(told.x)


def _to_name(label: Label) -> Iterator[dict[str, Any]]:
    """The line from the end of a line to its name, as Paper.lead draws it."""
    if label.lead is None:
        return
    line = {"type": "line", "line": {"color": label.colour, "width": 1, "dash": "1px,2px"}, "yref": "y"}
    begin = f"M{BARE},0"
    if label.lead != label.x:
        begin = f"M0,0L{ROUND},0"
        yield line | {"x0": label.lead, "x1": label.x, "xref": "x", "y0": label.y, "y1": label.y}
    way = {"type": "path", "path": f"{begin}L{label.dx:g},{label.up:g}"}
    yield line | way | {"ysizemode": "pixel", "yanchor": label.y} | _at(label.x)
