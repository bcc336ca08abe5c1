"""Parts of a whole as horizontal bars from nought, each with its value; a hidden part is a hatched stub with its word."""

from safeguarding.breakdowns import Breakdown, Share
from safeguarding.charts.theme import BAR, INK, MUTED, STYLES, frame

BAR_HEIGHT = 44
STUB = 0.02


def parts(whole: Breakdown, height: int = 0) -> dict:
    """Draw the parts in their order, the latest period in front and darker, the one before in grey beneath it.

    It is as high as its bars need, or `height` pixels where that is more.
    """
    names = [name for name, _, _ in whole.parts]
    values = [s.value for _, now, before in whole.parts for s in (now, before) if s and s.value is not None]
    bounds = [s.between.upper for _, now, before in whole.parts for s in (now, before) if s and s.between]
    top = max(values + bounds, default=1.0) or 1.0
    layout = frame(max(height, BAR_HEIGHT * len(names) + 16), {"l": 176, "r": 12, "t": 4, "b": 8})
    layout |= {"hovermode": False, "barmode": "group", "bargap": 0.22, "bargroupgap": 0.05}
    layout["xaxis"] = {"range": [0, top * 1.5], "visible": False, "fixedrange": True}
    layout["yaxis"] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": names[::-1],
        "fixedrange": True,
        "showgrid": False,
        "tickvals": names,
        "ticktext": [wrapped(n) for n in names],
    }
    data = []
    if whole.period_before:
        data.append(
            _bars(
                whole.period_before,
                names,
                [before or Share(None, "no figure") for _, _, before in whole.parts],
                BAR,
                top,
            )
        )
    data.append(_bars(whole.period, names, [now for _, now, _ in whole.parts], STYLES["focus"].colour, top))
    return {"data": data, "layout": layout}


def _bars(name: str, names: list[str], shares: list[Share], colour: str, top: float) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": names,
        "x": [
            s.value if s.value is not None else s.between.upper if s.between else top * STUB for s in shares
        ],
        "text": [f" {s.printed.partition(',')[0]}" if s.value is None else f" {s.printed}" for s in shares],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 14, "color": [INK if s.value is not None else MUTED for s in shares]},
        "marker": {
            "color": colour,
            "line": {"color": colour, "width": [0 if s.value is not None else 1.5 for s in shares]},
            "pattern": {
                "fillmode": "replace",
                "bgcolor": "#FFFFFF",
                "solidity": 0.35,
                "shape": ["" if s.value is not None else "/" for s in shares],
                "fgcolor": colour,
                "size": 7,
            },
        },
    }


def wrapped(name: str) -> str:
    """A long name on two lines, parted near its middle."""
    if len(name) <= 24:
        return name
    at = min(
        (k for k, c in enumerate(name) if c == " "), key=lambda k: abs(k - len(name) / 2), default=len(name)
    )
    return f"{name[:at]}<br>{name[at + 1 :]}"
