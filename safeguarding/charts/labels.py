"""Labels: the names, numbers and marks around a chart's series, as Plotly's annotations and shapes."""

from safeguarding.charts.axis import LOWEST, shifts
from safeguarding.charts.chart import Chart, Datum, End, Kind, Mark
from safeguarding.charts.theme import INK, MUTED, PAPER, STYLES
from safeguarding.vocabulary import Role

LONGEST = 24  # letters of a name on one line


def annotations(chart: Chart, pixels: float, named: bool, valued: bool) -> list[dict]:
    """What is written in and beside a plot that is `pixels` high; `named` where the ends of its lines are."""
    match chart.kind:
        case Kind.TREND:
            names = _names(chart, pixels, valued) if named else []
            return [*names, *_events(chart), *_recording_changed(chart)]
        case Kind.CONTROL | Kind.DIFFERENCE:
            return _names_of_limits(chart, pixels)
        case Kind.FUNNEL:
            return [*_names_of_curves(chart, pixels), *_own(chart)]
        case Kind.SPINE:
            return [*_figures(chart), *_across(chart)]
    return []


def broken(chart: Chart) -> list[dict]:
    """A dotted line before each period from which on the recording was another."""
    return [
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
        for k in chart.breaks
    ]


def wrapped(name: str) -> str:
    """A long name on two lines, parted near its middle."""
    if len(name) <= LONGEST:
        return name
    blanks = [k for k, c in enumerate(name) if c == " "]
    at = min(blanks, key=lambda k: abs(k - len(name) / 2), default=len(name))
    return f"{name[:at]}<br>{name[at + 1 :]}"


def _font(colour: str, size: int = 14) -> dict:
    return {"size": size, "color": colour}


def _colour(end: End) -> str:
    return MUTED if end.role is None else STYLES[end.role].colour


def _shifted(chart: Chart, pixels: float, highest: float) -> list[tuple[End, float]]:
    """The names at the ends, each with the pixels that it moves up so that none stands on another."""
    moved = shifts([e.value for e in chart.ends], chart.ticks, pixels, highest)
    return list(zip(chart.ends, moved, strict=True))


def _names(chart: Chart, pixels: float, valued: bool) -> list[dict]:
    return [
        {
            "x": chart.categories[-1],
            "y": end.value,
            "xref": "x",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 10,
            "yshift": round(up, 1),
            "text": _name(end, valued),
            "showarrow": False,
            "align": "left",
            "font": _font(_colour(end)),
        }
        for end, up in _shifted(chart, pixels, pixels - LOWEST)
    ]


def _name(end: End, valued: bool) -> str:
    text = f"{end.name} {end.printed}" if valued and end.printed else end.name
    return f"<b>{text}</b>" if end.role is Role.FOCUS else text


def _names_of_limits(chart: Chart, pixels: float) -> list[dict]:
    return [
        {
            "x": chart.categories[-1],
            "y": end.value,
            "xanchor": "left",
            "xshift": 12,
            "yshift": round(up, 1),
            "text": end.name,
            "showarrow": False,
            "font": _font(_colour(end)),
        }
        for end, up in _shifted(chart, pixels, pixels)
    ]


def _names_of_curves(chart: Chart, pixels: float) -> list[dict]:
    largest = max(d.base for s in chart.series for d in s.data)
    return [
        {
            "x": largest,
            "y": end.value,
            "xanchor": "left",
            "xshift": 6,
            "yshift": up,
            "text": end.name,
            "showarrow": False,
            "font": _font(_colour(end)),
        }
        for end, up in _shifted(chart, pixels, pixels)
    ]


def _events(chart: Chart) -> list[dict]:
    return [
        {
            "x": k,
            "xref": "x",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "text": numbers,
            "showarrow": False,
            "font": _font(MUTED, 16),
        }
        for k, numbers in chart.events
    ]


def _recording_changed(chart: Chart) -> list[dict]:
    return [
        {
            "x": k - 0.5,
            "xref": "x",
            "y": 1,
            "yref": "paper",
            "yanchor": "top",
            "text": "recording changed",
            "showarrow": False,
            "xanchor": "left" if k < len(chart.categories) / 2 else "right",
            "bgcolor": PAPER,
            "font": _font(MUTED),
        }
        for k in chart.breaks
    ]


def _own(chart: Chart) -> list[dict]:
    """The name of the area in focus, above its spot in a funnel."""
    colour = STYLES[Role.FOCUS].colour
    return [
        {
            "x": spot.base,
            "y": spot.value,
            "text": f"<b>{spot.printed}</b>",
            "ax": 0,
            "ay": -34,
            "arrowhead": 0,
            "arrowcolor": colour,
            "bgcolor": PAPER,
            "font": _font(colour, 15),
        }
        for series in chart.series
        if series.role is Role.FOCUS
        for spot in series.data
    ]


def _figures(chart: Chart) -> list[dict]:
    """At the end of each row of a spine the area's figure, and in brackets England's."""
    rows: list[Datum] = [d for s in chart.series if s.mark is Mark.RANGE for d in s.data]
    return [
        {
            "x": 1.02,
            "y": name,
            "xref": "x",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 8,
            "showarrow": False,
            "text": f"<b>{row.printed}</b>  ({row.note})",
            "font": _font(INK),
        }
        for name, row in zip(chart.categories, rows, strict=True)
    ]


def _across(chart: Chart) -> list[dict]:
    """What left, middle and right of a spine mean."""
    places = ((-1.0, 0, "left"), (0.0, 1, "center"), (1.0, 0, "right"))
    return [
        {
            "x": x,
            "y": y,
            "xref": "x",
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "bottom",
            "showarrow": False,
            "text": text,
            "font": _font(MUTED),
        }
        for text, (x, y, anchor) in zip(chart.across, places, strict=True)
    ]
