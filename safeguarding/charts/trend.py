"""Trend: one indicator over time, beside its benchmarks."""

from itertools import pairwise

from safeguarding import periods, words
from safeguarding.charts.theme import GRID, LABEL_GAP, MUTED, PAPER, STYLES, frame, scale, spread
from safeguarding.lines import Line
from safeguarding.marks import circled
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Unit

HEIGHT = 310
MARGIN = {"l": 52, "r": 104, "t": 26, "b": 34}


def trend(summary: IndicatorSummary, height: int = HEIGHT, valued: bool = False) -> dict:
    """Draw the summary's lines over its periods, the area in focus in front and thicker; None leaves a gap.

    Periods are categories, never dates. The axis starts at nought. Where the area in focus has no figure an
    open square stands on the axis, with the reason on hover and, at the first of a run, in a word. `height` is in pixels; `valued` prints each line's latest value beside its name.
    """
    indicator = summary.indicator
    x = [periods.tick(p, indicator.year_type) for p in summary.periods]
    values = [p.value for line in summary.lines for p in line.points if p.value is not None]
    ticks = scale(max(values, default=None), min(values, default=0.0))
    layout = frame(height, MARGIN)
    layout["xaxis"] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": x,
        "range": [-0.3, len(x) - 0.7],
        "fixedrange": True,
        "tickvals": named_ticks(x),
        "tickangle": 0,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
    }
    layout["yaxis"] = value_axis(ticks, indicator)
    suffix = "%" if indicator.unit is Unit.PERCENT else ""
    data = [_trace(line, x, suffix) for line in reversed(summary.lines[1:])]
    if summary.lines:
        # the line of the area in focus is not drawn across a change in its recording
        edges = [0, *summary.breaks, len(x)]
        focus = _trace(summary.lines[0], x, suffix)
        data += [focus | {"x": focus["x"][a:b], "y": focus["y"][a:b]} for a, b in pairwise(edges)]
        layout["shapes"] = [
            {
                "type": "line",
                "x0": k - 0.5,
                "x1": k - 0.5,
                "xref": "x",
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": MUTED, "width": 1.5, "dash": "dot"},
            }
            for k in summary.breaks
        ]
        data += _absences(summary.lines[0], x)
        alone = len(summary.lines) == 1 and not valued
        layout["annotations"] = [] if alone else _labels(summary, x, ticks, height, valued)
        if alone:
            layout["margin"] = {**MARGIN, "r": 24}
        layout["annotations"] += [
            {
                "x": k,
                "xref": "x",
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": numbers,
                "showarrow": False,
                "font": {"size": 16, "color": MUTED},
            }
            for k, numbers in _heaps(summary).items()
        ]
        layout["annotations"] += [
            {
                "x": k - 0.5,
                "xref": "x",
                "y": 1,
                "yref": "paper",
                "yanchor": "top",
                "text": "recording changed",
                "showarrow": False,
                "xanchor": "left" if k < len(x) / 2 else "right",
                "bgcolor": PAPER,
                "font": {"size": 14, "color": MUTED},
            }
            for k in summary.breaks
        ]
    return {"data": data, "layout": layout}


def _heaps(summary: IndicatorSummary) -> dict[int, str]:
    """The numbers of the events to mark, by their place; several in one period stand side by side."""
    heaps: dict[int, str] = {}
    for n, k, _ in summary.marks:
        heaps[k] = heaps.get(k, "") + circled(n)
    return heaps


def value_axis(ticks: list[float], indicator: Indicator) -> dict:
    """A value axis over these ticks, printed in the indicator's unit."""
    suffix = "%" if indicator.unit is Unit.PERCENT else ""
    places = max(len(f"{t:g}".partition(".")[2]) for t in ticks)
    return {
        "range": [ticks[0], ticks[-1] * 1.04],
        "tickvals": ticks,
        "ticktext": [words.number(t, places) + suffix for t in ticks],
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": MUTED,
    }


def named_ticks(x: list[str]) -> list[str]:
    """The first, the middle and the last period: what fits on a phone."""
    named = {0, len(x) - 1} | ({len(x) // 2} if len(x) > 4 else set())
    return [x[k] for k in sorted(named)] if x else []


def _trace(line: Line, x: list[str], suffix: str) -> dict:
    style = STYLES[line.role]
    # a benchmark needs markers only where a point stands alone between gaps: fewer shapes, quicker to draw
    padded = [None, *(p.value for p in line.points), None]
    alone = any(
        v is not None and padded[k] is None and padded[k + 2] is None for k, v in enumerate(padded[1:-1])
    )
    return {
        "type": "scatter",
        "name": line.name,
        "x": x,
        "y": [None if p.value is None else round(p.value, line.decimals) for p in line.points],
        "mode": "lines+markers" if line.role == "focus" or alone else "lines",
        "line": {"color": style.colour, "width": style.width, "dash": style.dash},
        "marker": {"color": style.colour, "size": style.marker},
        "connectgaps": False,
        "hovertemplate": f"%{{y:,.{line.decimals}f}}{suffix}",
    }


def _absences(line: Line, x: list[str]) -> list[dict]:
    """Open squares on the axis where the area in focus has a row without a value."""
    gaps = [k for k, p in enumerate(line.points) if p.value is None]
    if not gaps:
        return []
    named = [line.points[k].status.short if k - 1 not in gaps else "" for k in gaps]
    return [
        {
            "type": "scatter",
            "name": f"{line.name}: no figure",
            "x": [x[k] for k in gaps],
            "y": [0] * len(gaps),
            "mode": "markers+text",
            "marker": {"symbol": "square-open", "size": 10, "color": MUTED, "line": {"width": 2}},
            "text": named,
            "textposition": ["top left" if k == len(x) - 1 else "top center" for k in gaps],
            "textfont": {"size": 14, "color": MUTED},
            "customdata": [line.points[k].note for k in gaps],
            "hovertemplate": "%{customdata}<extra></extra>",
            "cliponaxis": False,
        }
    ]


def _labels(
    summary: IndicatorSummary, x: list[str], ticks: list[float], height: int, valued: bool
) -> list[dict]:
    """Each line's name at its end, moved apart where names would overlap."""
    ended = [
        (line, last)
        for line in summary.lines
        if (last := next((p.value for p in reversed(line.points) if p.value is not None), None)) is not None
    ]
    low, high = ticks[0], ticks[-1] * 1.04
    pixels = height - MARGIN["t"] - MARGIN["b"]
    at = [pixels * (value - low) / (high - low) for _, value in ended]
    placed = spread(at, LABEL_GAP, 4, pixels - 4)
    return [
        {
            "x": x[-1],
            "y": value,
            "xref": "x",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 10,
            "yshift": round(to - was, 1),
            "text": _name(line, value, summary.indicator, valued),
            "showarrow": False,
            "align": "left",
            "font": {"size": 14, "color": STYLES[line.role].colour},
        }
        for (line, value), was, to in zip(ended, at, placed, strict=True)
    ]


def _name(line: Line, value: float, indicator: Indicator, valued: bool) -> str:
    # an older value beside the name would pass for the latest one
    now = valued and line.points[-1].value is not None
    text = f"{line.short_name} {words.shown(value, indicator, line.decimals)}" if now else line.short_name
    return f"<b>{text}</b>" if line.role == "focus" else text
