"""Control chart: a series with its mean and process limits, special causes marked by shape as well as colour."""

from safeguarding import periods
from safeguarding.charts.theme import GRID, LABEL_GAP, MUTED, STYLES, frame, scale, spread
from safeguarding.charts.trend import named_ticks, value_axis
from safeguarding.measures.control import Signal
from safeguarding.store.tables import Indicator
from safeguarding.summaries import Difference, IndicatorSummary
from safeguarding.verdicts.control import ControlChart
from safeguarding.vocabulary import Polarity

HEIGHT = 320
MARGIN = {"l": 56, "r": 92, "t": 14, "b": 34}
ORDINARY, IMPROVEMENT, CONCERN, NEUTRAL = "#626A6E", "#1D5A93", "#B8460E", "#490092"


def control(chart: ControlChart, summary: IndicatorSummary | Difference, height: int = HEIGHT) -> dict:
    """Draw a control chart over the summary's periods; limits and line break where the recording changed. `height` is in pixels."""
    indicator = summary.indicator
    x = [periods.tick(p, indicator.year_type) for p in summary.periods]
    layout = frame(height, MARGIN)
    values = [v for s in chart.segments for v in s.values]
    limits = [v for s in chart.segments if s.limits for v in (s.limits.lower, s.limits.upper)]
    # a share or a rate cannot be below nought, a difference can
    ticks = scale(max(values + limits), min(values + limits) if min(values) < 0 else 0.0)
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
    }
    layout["yaxis"] = value_axis(ticks, indicator) | {"gridcolor": GRID}
    data: list[dict] = []
    for segment in chart.segments:
        here = x[segment.start : segment.start + len(segment.values)]
        if segment.limits:
            around = segment.limits
            dash = "dot" if around.trial else "dash"
            data += [
                _flat(here, around.mean, "mean", "solid"),
                # limits may leave what a share can be: they are drawn cut, and were tested uncut
                _flat(here, min(around.upper, ticks[-1]), "upper limit", dash),
                _flat(here, max(around.lower, ticks[0]), "lower limit", dash),
            ]
        looks = [_look(signal, indicator) for signal in segment.signals]
        data.append(
            {
                "type": "scatter",
                "name": summary.lines[0].name,
                "x": here,
                "y": list(segment.values),
                "mode": "lines+markers",
                "line": {"color": ORDINARY, "width": 2.5},
                "marker": {"size": 12, "color": [c for c, _ in looks], "symbol": [s for _, s in looks]},
                "hovertemplate": f"%{{y:,.{indicator.decimals}f}}",
            }
        )
    last = chart.segments[-1].limits
    if last:
        names = (
            (min(last.upper, ticks[-1]), "upper limit"),
            (last.mean, "mean"),
            (max(last.lower, ticks[0]), "lower limit"),
        )
        low, high = layout["yaxis"]["range"]
        pixels = height - MARGIN["t"] - MARGIN["b"]
        at = [pixels * (y - low) / (high - low) for y, _ in names]
        layout["annotations"] = [
            {
                "x": x[-1],
                "y": y,
                "xanchor": "left",
                "xshift": 12,
                "yshift": round(to - was, 1),
                "text": text,
                "showarrow": False,
                "font": {"size": 14, "color": MUTED},
            }
            for (y, text), was, to in zip(names, at, spread(at, LABEL_GAP, 4, pixels), strict=True)
        ]
    return {"data": data, "layout": layout}


def _flat(x: list[str], y: float, name: str, dash: str) -> dict:
    return {
        "type": "scatter",
        "name": name,
        "x": x,
        "y": [y] * len(x),
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"color": STYLES["focus"].colour if name == "mean" else MUTED, "width": 1.5, "dash": dash},
    }


def _look(signal: Signal | None, indicator: Indicator) -> tuple[str, str]:
    """Colour and shape of a point: a triangle points the way of its signal."""
    if signal is None:
        return ORDINARY, "circle"
    shape = "triangle-up" if signal.high else "triangle-down"
    if indicator.polarity is Polarity.NEUTRAL:
        return NEUTRAL, shape
    return (IMPROVEMENT if signal.high == (indicator.polarity is Polarity.HIGHER_BETTER) else CONCERN), shape
