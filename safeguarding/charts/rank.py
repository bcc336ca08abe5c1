"""Rank: areas side by side in one period, as horizontal bars from nought."""

from safeguarding import words
from safeguarding.charts.theme import BAR, MUTED, STYLES, frame
from safeguarding.store.tables import Indicator
from safeguarding.verdicts.rank import Bar, Ranking

BAR_HEIGHT = 27


def ranking(ranked: Ranking, indicator: Indicator, height: int = 0) -> dict:
    """Draw one ranking, best (or highest) at the top, each bar with its value; an absent figure is a word, not a bar.

    It is as high as its bars need, or `height` pixels where that is more.
    """
    bars = ranked.bars
    layout = frame(max(height, BAR_HEIGHT * len(bars) + 16), {"l": 190, "r": 24, "t": 4, "b": 8})
    top = max((b.value for b in bars if b.value is not None), default=1.0)
    low = (
        min(0.0, *(b.value for b in bars if b.value is not None))
        if any(b.value is not None for b in bars)
        else 0.0
    )
    layout["hovermode"] = False
    layout["bargap"] = 0.25
    layout["xaxis"] = {"range": [low * 1.2, top * 1.22 or 1], "visible": False, "fixedrange": True}
    layout["yaxis"] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [b.name for b in bars][::-1],
        "fixedrange": True,
        "showgrid": False,
        "tickmode": "array",
        "tickvals": [b.name for b in bars],
        "ticktext": [f"<b>{b.name}</b>" if b.role != "other" else b.name for b in bars],
    }
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [b.value or 0 for b in bars],
                "y": [b.name for b in bars],
                "text": [_text(b, indicator) for b in bars],
                "textposition": "outside",
                "textfont": {
                    "size": 14,
                    "color": [
                        MUTED
                        if b.value is None
                        else STYLES["focus"].colour
                        if b.role == "focus"
                        else "#0B0C0C"
                        for b in bars
                    ],
                },
                "marker": {"color": [BAR if b.role == "other" else STYLES[b.role].colour for b in bars]},
                "cliponaxis": False,
            }
        ],
        "layout": layout,
    }


def _text(bar: Bar, indicator: Indicator) -> str:
    if bar.value is None:
        return f" {bar.status.short}"
    value = words.shown(bar.value, indicator)
    return f" <b>{value}</b>" if bar.role != "other" else f" {value}"
