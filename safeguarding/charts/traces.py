"""Traces: each series of a chart as Plotly draws it."""

from safeguarding.charts import looks, theme
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.charts.layout import THICK
from safeguarding.charts.theme import MUTED, PAPER


def traces(chart: Chart) -> list[dict]:
    """The series from back to front, and over them the squares of what is absent."""
    return [_trace(chart, series) for series in chart.series] + ([_absent(chart)] if chart.absences else [])


def _trace(chart: Chart, series: Series) -> dict:
    x = list(chart.categories[series.start : series.start + len(series.data)])
    match series.mark:
        case Mark.LINE | Mark.POINTED | Mark.SIGNALLED:
            return _line(chart, series, x)
        case Mark.MEAN | Mark.LIMIT | Mark.OUTER:
            return _flat(series.name, x or [d.base for d in series.data], series.values, _pen(chart, series))
        case Mark.BENCHMARK if chart.kind is Kind.SPINE:
            ends = [chart.categories[-1], chart.categories[0]]
            return _flat(series.name, [0, 0], ends, _pen(chart, series))
        case Mark.BENCHMARK:
            return _flat(series.name, [d.base for d in series.data], series.values, _pen(chart, series))
        case Mark.RANGE | Mark.MIDDLE:
            grey = theme.RANGE if series.mark is Mark.RANGE else theme.MIDDLE
            reached = [end for d in series.data for end in (d.lower, d.upper)]
            return _flat(series.name, reached, x * 2, {"color": grey, "width": THICK})
        case Mark.SPOT if chart.kind is Kind.SPINE:
            return _placed(chart, series, x)
        case Mark.SPOT:
            return _spots(chart, series)
        case Mark.BAR:
            return _bars(series, x)
        case Mark.PART:
            return _parts(chart, series, x)


def _line(chart: Chart, series: Series, x: list[str]) -> dict:
    spots = [looks.spot(chart, series, d) for d in series.data]
    marker = {"color": spots[0].colour, "size": spots[0].size} if spots else {}
    told = next((e.name for e in chart.ends if (e.role, e.nth) == (series.role, series.nth)), series.name)
    if series.mark is Mark.SIGNALLED:
        marker |= {"color": [s.colour for s in spots], "symbol": [s.shape for s in spots]}
    return {
        "type": "scatter",
        "name": series.name,
        "x": x,
        "y": series.values,
        "mode": "lines" if series.mark is Mark.LINE else "lines+markers",
        "line": _pen(chart, series),
        "marker": marker,
        "connectgaps": False,
        "cliponaxis": False,
        # as at the end of its line, the area in focus first, which is drawn last
        "hovertemplate": f"%{{y:,.{series.decimals}f}}{chart.suffix}<extra>{told}</extra>",
        "legendrank": -chart.series.index(series),
    }


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


def _pen(chart: Chart, series: Series) -> dict:
    pen = looks.pen(chart, series)
    return {"color": pen.colour, "width": pen.width, "dash": pen.dash.value}


def _marked(chart: Chart, series: Series) -> dict:
    spots = [looks.spot(chart, series, d) for d in series.data]
    return {"color": spots[0].colour, "symbol": spots[0].shape, "size": spots[0].size} if spots else {}


def _spots(chart: Chart, series: Series) -> dict:
    return {
        "type": "scatter",
        "name": series.role.value,
        "x": [d.base for d in series.data],
        "y": series.values,
        "mode": "markers",
        "marker": _marked(chart, series),
        "customdata": [d.note for d in series.data],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _placed(chart: Chart, series: Series, y: list[str]) -> dict:
    return {
        "type": "scatter",
        "name": series.name,
        "x": series.values,
        "y": y,
        "mode": "markers",
        "marker": _marked(chart, series),
    }


def _absent(chart: Chart) -> dict:
    """Open squares on the axis where the area in focus has no figure."""
    return {
        "type": "scatter",
        "name": f"{chart.series[-1].name}: no figure",
        "x": [chart.categories[a.place] for a in chart.absences],
        "y": [0] * len(chart.absences),
        "mode": "markers",
        "marker": {
            "symbol": looks.ABSENT.shape,
            "size": looks.ABSENT.size,
            "color": looks.ABSENT.colour,
            "line": {"width": 2},
        },
        "customdata": [a.note for a in chart.absences],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _bars(series: Series, y: list[str]) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [d.value or 0 for d in series.data],
        "y": y,
        "text": [f" {_bold(series, d)}" for d in series.data],
        "textposition": "outside",
        "constraintext": "none",  # Plotly would make it smaller where bars are thin
        "textfont": {"size": 14, "color": [looks.ink(series.mark, d) for d in series.data]},
        "marker": {"color": [theme.fill(d.role) for d in series.data]},
        "cliponaxis": False,
    }


def _bold(series: Series, bar: Datum) -> str:
    return f"<b>{bar.printed}</b>" if looks.stands_out(series.mark, bar) else bar.printed


def _parts(chart: Chart, series: Series, y: list[str]) -> dict:
    colour = theme.fill(series.role)
    hidden = [d.value is None for d in series.data]
    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "y": y,
        "x": [looks.reach(chart, d) for d in series.data],
        "text": [f" {d.printed}" for d in series.data],
        "textposition": "outside",
        "constraintext": "none",  # Plotly would make it smaller where bars are thin
        "cliponaxis": False,
        "textfont": {"size": 14, "color": [looks.ink(series.mark, d) for d in series.data]},
        "marker": {
            "color": [PAPER if absent else colour for absent in hidden],
            "line": {"color": MUTED, "width": [1.5 if absent else 0 for absent in hidden]},
        },
    }
