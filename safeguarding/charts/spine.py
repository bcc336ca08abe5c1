"""Spine: where an area stands among English authorities, a row an indicator, England in the middle."""

from collections.abc import Sequence

from safeguarding import words
from safeguarding.charts.parts import wrapped
from safeguarding.charts.svg import TONES
from safeguarding.charts.theme import INK, MUTED, STYLES, frame
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison, Polarity

ROW = 40
RANGE, MIDDLE = "#D9DCDE", "#A3ABB0"


def spine(summaries: Sequence[IndicatorSummary], height: int = 0) -> dict:
    """Draw the rows in their order, each scaled to its own range and turned so that better (or higher) is on the right.

    Every summary must have a place (`placed`). A hidden local figure has no marker. It is as high as its rows need, or
    `height` pixels where that is more.
    """
    names = [s.indicator.short_title for s in summaries]
    layout = frame(max(height, ROW * len(names) + 30), {"l": 220, "r": 150, "t": 20, "b": 26})
    layout["hovermode"] = False
    layout["xaxis"] = {"range": [-1.02, 1.02], "visible": False, "fixedrange": True}
    layout["yaxis"] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": names[::-1],
        "range": [-0.9, len(names) - 0.4],
        "tickvals": names,
        "ticktext": [wrapped(n) for n in names],
        "fixedrange": True,
        "showgrid": False,
    }
    data: list[dict] = []
    for name, s in zip(names, summaries, strict=True):
        at = _scaled(s)
        spread = s.placed.spread  # type: ignore[union-attr]
        data += [
            _bar(name, at(spread.minimum), at(spread.maximum), RANGE),
            _bar(name, at(spread.q1), at(spread.q3), MIDDLE),
        ]
    data.append(
        {
            "type": "scatter",
            "name": "England",
            "x": [0, 0],
            "y": [names[-1], names[0]],
            "mode": "lines",
            "line": {"color": STYLES["england"].colour, "width": 2.5},
        }
    )
    for name, s in zip(names, summaries, strict=True):
        if s.value is None:
            continue
        verdict = s.england.verdict
        symbol = {Comparison.BETTER: "triangle-up", Comparison.WORSE: "square"}.get(verdict, "circle")
        data.append(
            {
                "type": "scatter",
                "name": s.area.name,
                "x": [max(-1.0, min(1.0, _scaled(s)(s.value)))],
                "y": [name],
                "mode": "markers",
                "marker": {"symbol": symbol, "size": 13, "color": TONES.get(verdict, STYLES["focus"].colour)},
            }
        )
    layout["annotations"] = [
        {
            "x": 1.02,
            "y": name,
            "xref": "x",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 8,
            "showarrow": False,
            "text": _figures(s),
            "font": {"size": 14, "color": INK},
        }
        for name, s in zip(names, summaries, strict=True)
    ] + [
        {
            "x": x,
            "y": y,
            "xref": "x",
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "bottom",
            "showarrow": False,
            "text": text,
            "font": {"size": 14, "color": MUTED},
        }
        for x, y, anchor, text in (
            (-1.0, 0, "left", "worse, lower"),
            (0.0, 1, "center", "England"),
            (1.0, 0, "right", "better, higher"),
        )
    ]
    return {"data": data, "layout": layout}


def _scaled(summary: IndicatorSummary):  # type: ignore[no-untyped-def]
    """A function from a value to its place: England at 0, the farther extreme at 1 or -1."""
    placed = summary.placed
    assert placed is not None
    reach = max(placed.england - placed.spread.minimum, placed.spread.maximum - placed.england) or 1.0
    sign = -1 if summary.indicator.polarity is Polarity.LOWER_BETTER else 1
    return lambda value: sign * (value - placed.england) / reach


def _bar(name: str, low: float, high: float, colour: str) -> dict:
    return {
        "type": "scatter",
        "name": name,
        "x": [low, high],
        "y": [name, name],
        "mode": "lines",
        "line": {"color": colour, "width": 16},
    }


def _figures(summary: IndicatorSummary) -> str:
    england = words.shown(summary.placed.england, summary.indicator)  # type: ignore[union-attr]
    return f"<b>{summary.printed}</b>  ({england})"
