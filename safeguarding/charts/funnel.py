"""Funnel: areas by size against a benchmark, with the limits of chance."""

import math

from safeguarding import words
from safeguarding.charts.theme import BAR, GRID, LABEL_GAP, MUTED, PAPER, STYLES, frame, scale, spread
from safeguarding.charts.trend import value_axis
from safeguarding.store.tables import Indicator
from safeguarding.verdicts.funnel import Funnel, funnel_limits

HEIGHT = 380
STEPS = 40


def funnel(chart: Funnel, indicator: Indicator, height: int = HEIGHT) -> dict:
    """Draw a funnel: the area in focus and the neighbours by shape and colour, the benchmark solid, 95 % dashed, 99.8 % dotted.

    `height` is in pixels.
    """
    largest = max(s.base for s in chart.spots) * 1.08
    smallest = min(s.base for s in chart.spots) * 0.6
    bases = [smallest + (largest - smallest) * k / STEPS for k in range(STEPS + 1)]
    layout = frame(height, {"l": 60, "r": 92, "t": 14, "b": 52})
    layout["hovermode"] = "closest"
    layout["xaxis"] = {
        "range": [0, largest],
        "fixedrange": True,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "nticks": 4,
        "tickformat": ",d",
        "title": {"text": _base_words(indicator), "font": {"size": 14, "color": MUTED}},
    }
    curves = {
        level: [funnel_limits(indicator, chart.benchmark, b, level) for b in bases]
        for level in ("95%", "99.8%")
    }
    # dots are read by position, not by length: the axis may leave nought out, and the text says so
    ends = [*(s.value for s in chart.spots), curves["95%"][0].upper, curves["95%"][0].lower]
    step = scale(max(ends) - min(ends))[1]
    ticks = [step * k for k in range(math.floor(min(ends) / step), math.ceil(max(ends) / step) + 1)]
    layout["yaxis"] = value_axis(ticks, indicator) | {"gridcolor": GRID}
    low, high = layout["yaxis"]["range"]
    pixels = height - 14 - 52
    data = []
    for level, dash in (("95%", "dash"), ("99.8%", "dot")):
        for side in ("lower", "upper"):
            y = [getattr(limit, side) for limit in curves[level]]
            data.append(
                {
                    "type": "scatter",
                    "name": level,
                    "x": bases,
                    "y": y,
                    "mode": "lines",
                    "hoverinfo": "skip",
                    "line": {"color": MUTED, "width": 1.5, "dash": dash},
                }
            )
    data.append(
        {
            "type": "scatter",
            "name": "England",
            "x": [0, largest],
            "y": [chart.benchmark] * 2,
            "mode": "lines",
            "hoverinfo": "skip",
            "line": {"color": STYLES["england"].colour, "width": 2},
        }
    )
    looks = {
        "other": (BAR, "circle", 9),
        "neighbours": (STYLES["neighbours"].colour, "diamond", 11),
        "focus": (STYLES["focus"].colour, "square", 14),
    }
    for role, (colour, symbol, size) in looks.items():
        spots = [s for s in chart.spots if s.role == role]
        data.append(
            {
                "type": "scatter",
                "name": role,
                "x": [s.base for s in spots],
                "y": [s.value for s in spots],
                "mode": "markers",
                "marker": {"color": colour, "symbol": symbol, "size": size},
                "customdata": [
                    f"{s.name}: {words.shown(s.value, indicator, max(1, indicator.decimals))}, {s.where}"
                    for s in spots
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    named = [
        (curves["99.8%"][-1].upper, "99.8%", MUTED),
        (chart.benchmark, "England", STYLES["england"].colour),
        (curves["99.8%"][-1].lower, "99.8%", MUTED),
    ]
    at = [pixels * (y - low) / (high - low) for y, _, _ in named]
    layout["annotations"] = [
        {
            "x": largest,
            "y": y,
            "xanchor": "left",
            "xshift": 6,
            "yshift": to - was,
            "text": text,
            "showarrow": False,
            "font": {"size": 14, "color": colour},
        }
        for (y, text, colour), was, to in zip(named, at, spread(at, LABEL_GAP, 4, pixels), strict=True)
    ]
    own = next(s for s in chart.spots if s.role == "focus")
    layout["annotations"].append(
        {
            "x": own.base,
            "y": own.value,
            "text": f"<b>{own.name}</b>",
            "ax": 0,
            "ay": -34,
            "arrowhead": 0,
            "arrowcolor": STYLES["focus"].colour,
            "bgcolor": PAPER,
            "font": {"size": 15, "color": STYLES["focus"].colour},
        }
    )
    return {"data": data, "layout": layout}


def _base_words(indicator: Indicator) -> str:
    return f"Number of: {indicator.denominator[:1].lower()}{indicator.denominator[1:]}".partition(", ONS")[0]
