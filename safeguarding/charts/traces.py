"""Traces: each series of a chart as Plotly draws it."""

from safeguarding.charts import theme
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.charts.theme import INK, MUTED, PAPER, STYLES
from safeguarding.vocabulary import Comparison, Polarity, Role

STUB = 0.02  # of the longest part: what a hidden one is drawn as where nothing bounds it
SPOTS = {Role.OTHER: ("circle", 9), Role.NEIGHBOURS: ("diamond", 11), Role.FOCUS: ("square", 14)}
SHAPES = {Comparison.BETTER: "triangle-up", Comparison.WORSE: "square"}
SIDES = {Comparison.HIGHER: "triangle-up", Comparison.LOWER: "triangle-down"}


def traces(chart: Chart) -> list[dict]:
    """The series from back to front, and over them the squares of what is absent."""
    return [_trace(chart, series) for series in chart.series] + ([_absent(chart)] if chart.absences else [])


def longest(chart: Chart) -> float:
    """The longest part, or as far as a hidden one could reach."""
    reached = [v for s in chart.series for d in s.data for v in (d.value, d.upper) if v is not None]
    return max(reached, default=1.0) or 1.0


def _trace(chart: Chart, series: Series) -> dict:
    x = list(chart.categories[series.start : series.start + len(series.data)])
    match series.mark:
        case Mark.LINE | Mark.POINTED:
            return _line(chart, series, x)
        case Mark.SIGNALLED:
            return _signalled(chart, series, x)
        case Mark.MEAN | Mark.LIMIT | Mark.OUTER:
            return _flat(series.name, x or [d.base for d in series.data], series.values, _pen(series))
        case Mark.BENCHMARK if chart.kind is Kind.SPINE:
            line = {"color": theme.fill(series.role), "width": 2.5}
            return _flat(series.name, [0, 0], [chart.categories[-1], chart.categories[0]], line)
        case Mark.BENCHMARK:
            line = {"color": theme.fill(series.role), "width": 2}
            return _flat(series.name, [d.base for d in series.data], series.values, line)
        case Mark.RANGE | Mark.MIDDLE:
            grey = theme.RANGE if series.mark is Mark.RANGE else theme.MIDDLE
            reached = [end for d in series.data for end in (d.lower, d.upper)]
            return _flat(series.name, reached, x * 2, {"color": grey, "width": 16})
        case Mark.SPOT if chart.kind is Kind.SPINE:
            return _placed(series, x)
        case Mark.SPOT:
            return _spots(series)
        case Mark.BAR:
            return _bars(series, x)
        case Mark.PART:
            return _parts(series, x, longest(chart) * STUB)


def _line(chart: Chart, series: Series, x: list[str]) -> dict:
    look = theme.style(series)
    return {
        "type": "scatter",
        "name": series.name,
        "x": x,
        "y": series.values,
        "mode": "lines+markers" if series.mark is Mark.POINTED else "lines",
        "line": _pen(series),
        "marker": {"color": look.colour, "size": look.marker},
        "connectgaps": False,
        "hovertemplate": f"%{{y:,.{series.decimals}f}}{chart.suffix}",
    }


def _signalled(chart: Chart, series: Series, x: list[str]) -> dict:
    looks = [_look(d.verdict, chart.polarity) for d in series.data]
    return {
        "type": "scatter",
        "name": series.name,
        "x": x,
        "y": series.values,
        "mode": "lines+markers",
        "line": {"color": theme.ORDINARY, "width": 2.5},
        "marker": {"size": 12, "color": [c for c, _ in looks], "symbol": [s for _, s in looks]},
        "hovertemplate": f"%{{y:,.{series.decimals}f}}",
    }


def _look(side: Comparison, polarity: Polarity) -> tuple[str, str]:
    """Colour and shape of a point: a triangle points the way of its signal."""
    if side not in SIDES:
        return theme.ORDINARY, "circle"
    if polarity is Polarity.NEUTRAL:
        return theme.NEUTRAL, SIDES[side]
    better = (side is Comparison.HIGHER) == (polarity is Polarity.HIGHER_BETTER)
    return theme.IMPROVEMENT if better else theme.CONCERN, SIDES[side]


def _flat(name: str, x: list, y: list, line: dict) -> dict:
    return {
        "type": "scatter",
        "name": name,
        "x": x,
        "y": y,
        "mode": "lines",
        "hoverinfo": "skip",
        "line": line,
    }


def _pen(series: Series) -> dict:
    look = theme.style(series)
    return {"color": look.colour, "width": look.width, "dash": look.dash.value}


def _spots(series: Series) -> dict:
    symbol, size = SPOTS[series.role]
    return {
        "type": "scatter",
        "name": series.role.value,
        "x": [d.base for d in series.data],
        "y": series.values,
        "mode": "markers",
        "marker": {"color": theme.fill(series.role), "symbol": symbol, "size": size},
        "customdata": [d.note for d in series.data],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _placed(series: Series, y: list[str]) -> dict:
    (spot,) = series.data
    colour = theme.TONES.get(spot.verdict, STYLES[series.role].colour)
    return {
        "type": "scatter",
        "name": series.name,
        "x": series.values,
        "y": y,
        "mode": "markers",
        "marker": {"symbol": SHAPES.get(spot.verdict, "circle"), "size": 13, "color": colour},
    }


def _absent(chart: Chart) -> dict:
    """Open squares on the axis where the area in focus has no figure."""
    last = len(chart.categories) - 1
    return {
        "type": "scatter",
        "name": f"{chart.series[-1].name}: no figure",
        "x": [chart.categories[a.place] for a in chart.absences],
        "y": [0] * len(chart.absences),
        "mode": "markers+text",
        "marker": {"symbol": "square-open", "size": 10, "color": MUTED, "line": {"width": 2}},
        "text": [a.word for a in chart.absences],
        "textposition": ["top left" if a.place == last else "top center" for a in chart.absences],
        "textfont": {"size": 14, "color": MUTED},
        "customdata": [a.note for a in chart.absences],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _bars(series: Series, y: list[str]) -> dict:
    focus = STYLES[Role.FOCUS].colour
    inks = [MUTED if d.value is None else focus if d.role is Role.FOCUS else INK for d in series.data]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [d.value or 0 for d in series.data],
        "y": y,
        "text": [f" {_bold(d)}" for d in series.data],
        "textposition": "outside",
        "textfont": {"size": 14, "color": inks},
        "marker": {"color": [theme.fill(d.role) for d in series.data]},
        "cliponaxis": False,
    }


def _bold(bar: Datum) -> str:
    return f"<b>{bar.printed}</b>" if bar.value is not None and bar.role is not Role.OTHER else bar.printed


def _parts(series: Series, y: list[str], stub: float) -> dict:
    colour = theme.fill(series.role)
    hidden = [d.value is None for d in series.data]
    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "y": y,
        "x": [next(v for v in (d.value, d.upper, stub) if v is not None) for d in series.data],
        "text": [f" {d.printed}" for d in series.data],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 14, "color": [MUTED if absent else INK for absent in hidden]},
        "marker": {
            "color": colour,
            "line": {"color": colour, "width": [1.5 if absent else 0 for absent in hidden]},
            "pattern": {
                "fillmode": "replace",
                "bgcolor": PAPER,
                "solidity": 0.35,
                "shape": ["/" if absent else "" for absent in hidden],
                "fgcolor": colour,
                "size": 7,
            },
        },
    }
