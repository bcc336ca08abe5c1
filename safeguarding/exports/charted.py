"""Charted: a sheet of a workbook with one chart of an indicator and the figures that it draws, as one page of
paper.

A trend, a ranking and a control chart are Excel's own, of the cells beside them; a funnel is a picture.
"""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.worksheet import Worksheet

from safeguarding import periods, words
from safeguarding.charts import theme
from safeguarding.charts.chart import Kind, Mark
from safeguarding.charts.picture import INCH
from safeguarding.charts.theme import GRID, MUTED, style
from safeguarding.drawing import Drawing
from safeguarding.exports.pack import Item
from safeguarding.exports.plain import plain
from safeguarding.exports.sheets import Book, Column, number_format
from safeguarding.exports.wording import absent, lines_told
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Role, Status, Unit

HEADING = 4  # the row of a sheet that its columns are named in
WIDE, HIGH = 700, 420  # pixels of a chart: ten columns, and twenty-one rows
A_ROW, ACROSS, GAP = 20, 10, 3  # pixels of a row, columns beneath a chart, characters between it and a table
PERIOD, AREA, FIGURES, WHERE, BESIDE = 20, 26, 13, 18, 9  # characters in columns, and in one beneath a chart
POINTS, DPI = 10, 200  # of a picture


class _Table(NamedTuple):
    """The figures that a chart draws, and what the table is called after the indicator."""

    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    called: str = ""


def charted(book: Book, page: Worksheet, one: Item) -> None:
    """A sheet of an item of a pack: what was found, the figures, empty where there is none, the chart beside
    them and what to know below both.
    """
    summary, drawing = one.summary, one.drawing
    table = _table(summary, drawing)
    width = sum(column.width for column in table.columns) + GAP + BESIDE * ACROSS
    across = len(table.columns) + 1 + ACROSS
    trend = drawing is None or drawing.chart.kind is Kind.TREND
    said = summary.sentence if trend or drawing is None else drawing.text
    measured = words.measured(summary.indicator, summary.area.name)
    book.said(page, 2, across, said, width, bold=True)
    page.write_string(
        3, 0, measured if trend or not drawing else drawing.subtitle, book.format(font_color=MUTED)
    )
    down = HEADING
    if table.rows and drawing:
        name = f"{summary.indicator.indicator_id}{table.called}"
        down = book.table(page, HEADING, name, table.columns, table.rows)
        page.set_column(len(table.columns), len(table.columns), GAP)
        down = max(down, HEADING + 1 + -(-_drawn(book, page, drawing, len(table.columns) + 1) // A_ROW))
    page.fit_to_pages(1, 1)
    for k, text in enumerate(_notes(summary, drawing), down + 1):
        book.said(page, k, across, text, width)


# --- the figures ---


def _table(summary: IndicatorSummary, drawing: Drawing | None) -> _Table:
    match drawing.chart.kind if drawing else Kind.TREND:
        case Kind.RANK if drawing:
            return _of_areas(summary, drawing, {"value": "Value"}, "_rank")
        case Kind.FUNNEL if drawing:
            return _of_areas(summary, drawing, {"denominator": "Out of", "value": "Value"}, "_funnel")
        case (Kind.CONTROL | Kind.DIFFERENCE) as kind if drawing:
            return _of_limits(summary, drawing, f"_{kind}")
    return _of_lines(summary)


def _of_lines(summary: IndicatorSummary) -> _Table:
    """A row a period, a column a line."""
    indicator, lines = summary.indicator, summary.lines
    columns = [Column("period", "Period", PERIOD)]
    columns += [
        _column(f"line {k}", line.name, indicator.unit, line.decimals) for k, line in enumerate(lines)
    ]
    named = [periods.label(p, indicator.year_type) for p in summary.periods]
    rows = [
        {"period": period, **{f"line {n}": line.shown[k] for n, line in enumerate(lines)}}
        for k, period in enumerate(named)
    ]
    return _Table(columns, rows if lines else ())


def _of_areas(summary: IndicatorSummary, drawing: Drawing, figures: dict[str, str], called: str) -> _Table:
    """A row an area, in the order in which it is drawn."""
    indicator = summary.indicator
    shown = {"value": (indicator.unit, indicator.decimals), "denominator": (Unit.COUNT, 0)}
    columns = [Column("area", "Area", AREA)]
    columns += [_column(key, heading, *shown[key]) for key, heading in figures.items()]
    last = "where" if drawing.chart.kind is Kind.FUNNEL else "why"
    columns.append(Column(last, "Limits of chance" if last == "where" else "Why no value", WHERE, wrap=True))
    rows = [
        {**row, "why": Status(row["status"]).short if row["value"] is None else ""} for row in drawing.rows
    ]
    return _Table(columns, rows, called)


def _of_limits(summary: IndicatorSummary, drawing: Drawing, called: str) -> _Table:
    """A row a period: the value, the mean and the limits it is held against, and what is unusual about it."""
    chart = drawing.chart
    columns = [Column("period", "Period", PERIOD)]
    for k, series in enumerate(chart.whole):
        places = chart.decimals if series.mark is Mark.SIGNALLED else max(1, chart.decimals)
        columns.append(_column(f"line {k}", words.capital(series.name), chart.unit, places))
    columns.append(Column("signal", "Unusual", WHERE, wrap=True))
    signals = {row["period"]: row["signal"] for row in drawing.rows}
    rows = [
        {
            "period": periods.label(period, summary.indicator.year_type),
            "signal": signals.get(period, ""),
            **{f"line {n}": series.values[k] for n, series in enumerate(chart.whole)},
        }
        for k, period in enumerate(summary.periods)
    ]
    return _Table(columns, rows, called)


def _column(key: str, heading: str, unit: Unit, places: int) -> Column:
    """A column of figures, shown as they are published."""
    return Column(key, heading, FIGURES, lambda _: number_format(unit, places))


# --- the chart ---


def _drawn(book: Book, page: Worksheet, drawing: Drawing, across: int) -> int:
    """Put the chart beside its figures; how many pixels high it is."""
    chart, about = drawing.chart, {"description": drawing.short_text}
    if chart.kind is Kind.FUNNEL:
        body, inches = plain(chart, WIDE / INCH, HIGH / INCH, POINTS, DPI)
        page.insert_image(HEADING, across, f"{drawing.name}.png", {"image_data": io.BytesIO(body), **about})
        return round(inches * INCH)
    if chart.kind is Kind.RANK:
        high = max(HIGH, A_ROW * (len(drawing.rows) + 3))
        page.insert_chart(HEADING, across, _bars(book, page, drawing, high), about)
        return high
    page.insert_chart(HEADING, across, _lines(book, page, drawing), about)
    return HIGH


def _made(book: Book, drawing: Drawing, kind: str, high: int) -> NativeChart:
    made = book.book.add_chart({"type": kind})
    made.set_title({"name": drawing.headline, "name_font": {"size": 12}, "overlay": False})
    made.set_size({"width": WIDE, "height": high})
    return made


def _lines(book: Book, page: Worksheet, drawing: Drawing) -> NativeChart:
    """Lines over the columns that hold their values; the latest value of the area in focus stands beside its
    point.
    """
    chart, name = drawing.chart, page.get_name()
    made = _made(book, drawing, "line", HIGH)
    first, last = HEADING + 1, HEADING + len(chart.categories)
    for across, series in enumerate(chart.whole, 1):
        look = style(series)
        filled = {"color": look.colour}
        size = 7 if series.role is Role.FOCUS else 5
        point = {"type": "circle", "size": size, "fill": filled, "border": filled}
        labels: dict[str, Any] = {}
        own = series.role is Role.FOCUS and series.mark in (Mark.POINTED, Mark.SIGNALLED)
        if own and series.values[-1] is not None:
            unlabelled = [{"delete": True}] * (len(series.values) - 1)
            labels = {"data_labels": {"value": True, "position": "above", "custom": [*unlabelled, {}]}}
        made.add_series(
            {
                "name": [name, HEADING, across],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, across, last, across],
                "line": {**filled, "width": look.width * 0.8, "dash_type": look.dash.office},
                "marker": point if series.mark in (Mark.POINTED, Mark.SIGNALLED) else {"type": "none"},
                **labels,
            }
        )
    grid = {"visible": True, "line": {"color": GRID}}
    axis: dict[str, Any] = {"num_format": number_format(chart.unit, chart.places), "line": {"none": True}}
    made.set_y_axis({**axis, "major_gridlines": grid, **({"min": 0} if chart.ticks[0] >= 0 else {})})
    tilted = {"rotation": -45 if len(chart.categories) > 6 else 0}
    made.set_x_axis({"num_font": tilted, "label_position": "low"})
    made.set_legend({"position": "bottom"})
    made.show_blanks_as("gap")
    return made


def _bars(book: Book, page: Worksheet, drawing: Drawing, high: int) -> NativeChart:
    """Bars from nought, the first at the top, each with its value; those the chart is about stand out."""
    chart, name = drawing.chart, page.get_name()
    made = _made(book, drawing, "bar", high)
    bars = chart.series[0].data
    first, last = HEADING + 1, HEADING + len(bars)
    made.add_series(
        {
            "name": chart.series[0].name,
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "points": [{"fill": {"color": theme.fill(bar.role)}} for bar in bars],
            "fill": {"color": theme.fill(Role.OTHER)},
            "data_labels": {"value": True},
            "gap": 35,
        }
    )
    made.set_y_axis({"reverse": True, "line": {"none": True}, "major_tick_mark": "none"})
    begin = {} if any(bar.value is not None and bar.value < 0 for bar in bars) else {"min": 0}
    made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **begin})
    made.set_legend({"none": True})
    return made


# --- what to know ---


def _notes(summary: IndicatorSummary, drawing: Drawing | None) -> list[str]:
    """What to know beside the figures; the rules are on the sheet of the methods."""
    indicator = summary.indicator
    if drawing is None or drawing.chart.kind is Kind.TREND:
        found = [*absent(summary), *lines_told(summary, [line.name for line in summary.lines])]
        events = [mark.text for mark in summary.marks] + [b.text for b in summary.dotted]
        found += [f"In these years: {'; '.join(events)}."] if events else []
        found += [f"Before you read it: {indicator.note.rstrip('.')}."] if indicator.note else []
    else:
        found = [note for note in drawing.notes if note not in drawing.text]
    found.append(f"To ask: {indicator.question}")
    found += [f"Source: {s.citation}. {s.licence}." for s in summary.sources]
    return found
