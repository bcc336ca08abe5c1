"""Workbook: an index, the scorecard, a sheet an indicator with its chart, the methods and the sources, as one
Excel file that filters and prints.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.worksheet import Worksheet

from safeguarding import periods, rows, words
from safeguarding.charts.chart import Chart, Mark
from safeguarding.charts.theme import GRID, MUTED, style
from safeguarding.charts.trend import trend
from safeguarding.exports.pack import Pack
from safeguarding.exports.sheets import INDEX, LINE, Book, Column, number_format
from safeguarding.exports.sheets import lines as lines_of
from safeguarding.exports.tables import INERT
from safeguarding.exports.wording import (
    NOTES,
    PARTS,
    absent,
    address,
    lines_told,
    method,
    noted,
    score,
    sources,
)
from safeguarding.sentences import headline
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Role, Status, Unit

ABSENT = "An empty cell has no figure: the notes of its sheet say why. Hidden figures protect identity."
HEADING = 4  # the row of a sheet that its columns are named in
CHART = (700, 420)  # pixels; 21 rows, 10 columns
CHART_ROWS, CHART_COLUMNS, GAP = 22, 10, 3
PERIOD, FIGURES, BESIDE = 20, 13, 9  # characters in a column of periods, of figures, beneath a chart


def workbook(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a workbook. `step` is told before each indicator."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT) as file:
        known = {"title": pack.title, "author": pack.partnership, "comments": pack.origin.filters}
        file.set_properties(known | {"created": pack.origin.loaded})
        book = Book(file, pack.title, pack.origin.marking)
        index = book.page(INDEX, pack.title)
        listed: list[tuple[str, str]] = []

        def page(name: str, title: str, about: str) -> Worksheet:
            made = book.page(name, title)
            listed.append((made.get_name(), about))
            return made

        scored = page("Scorecard", f"{pack.title}: scorecard", "Every indicator with its verdicts")
        _scorecard(book, scored, pack)
        for one in pack.summaries:
            step(one.indicator.title)
            _indicator(book, page(one.indicator.short_title, one.indicator.title, headline(one)), one)
        for _ in range(len(pack.items) - len(pack.summaries)):
            step(pack.title)  # an indicator that is drawn twice has one sheet
        for whole in pack.wholes:
            step(whole.title)
        if pack.wholes:
            _parts(book, page(PARTS, PARTS, "Every part of each breakdown, with the year before"), pack)
        if written := noted(pack.items):
            book.table(page(NOTES, NOTES, "What was said and agreed"), 3, "notes", _NOTES, written)
        methods = [method(one) for one in pack.summaries]
        about = "Definitions, and the rules behind the verdicts"
        book.table(page("Methods", about, about), 3, "methods", _METHODS, methods)
        cited = page("Sources", "Sources", "Publications, with licence")
        book.table(cited, 3, "sources", _SOURCES, sources(pack))
        _index(book, index, pack, listed)
    return out.getvalue()


def _index(book: Book, page: Worksheet, pack: Pack, listed: Sequence[tuple[str, str]]) -> None:
    """What is where, each with a link, and what the workbook is."""
    origin = pack.origin
    page.write_string(1, 0, pack.partnership, book.format())
    columns = [Column("sheet", "Sheet", 36), Column("about", "What is on it", 90, wrap=True)]
    rows_of = [{"sheet": name, "about": about} for name, about in listed]
    down = book.table(page, 3, "contents", columns, rows_of)
    for k, (name, _) in enumerate(listed, 4):
        book.link(page, k, name)
    lines = [
        *([("Marking", origin.marking)] if origin.marking else []),
        ("Release", origin.held),
        ("View", origin.filters),
        *([("Address", address(pack))] if address(pack) else []),
        ("Absent figures", ABSENT),
        *(("Symbol", f"{s.value}: {s.words}") for s in Status if s is not Status.OK),
    ]
    for k, (what, said) in enumerate(lines, down + 1):
        page.write_string(k, 0, what, book.format(bold=True))
        page.write_string(k, 1, said, book.format(text_wrap=True))
        page.set_row(k, LINE * lines_of(said, columns[1].width))
    page.fit_to_pages(1, 1)


_NOTES = (
    Column("indicator", "Indicator", 34, wrap=True),
    Column("period", "Period", 12),
    Column("kind", "Kind", 9),
    Column("text", "Text", 60, wrap=True),
    Column("owner", "Owner", 20, wrap=True),
    Column("due", "Due", 13),
    Column("done", "Done", 8),
    Column("author", "Author", 18, wrap=True),
    Column("written", "Written", 13),
)
_METHODS = (
    Column("indicator", "Indicator", 26, wrap=True),
    Column("definition", "Definition", 50, wrap=True),
    Column("rules", "Rules behind the verdicts", 112, wrap=True),
)
_SOURCES = (
    Column("source", "Source", 60, wrap=True),
    Column("supplied_by", "Supplied by", 24, wrap=True),
    Column("licence", "Licence", 28, wrap=True),
    Column("next_due", "Next due", 14, wrap=True),
    Column("note", "Note", 44, wrap=True),
)


def _scorecard(book: Book, page: Worksheet, pack: Pack) -> None:
    def own(row: Mapping[str, Any]) -> str:
        return number_format(row["of"].unit, row["of"].decimals)

    def against(row: Mapping[str, Any]) -> str:
        return number_format(row["of"].unit, max(1, row["of"].decimals))

    region = pack.summaries[0].region.name if pack.summaries else "Region"
    columns = [
        Column("indicator", "Indicator", 38, wrap=True),
        Column("value", "Value", 9, own),
        Column("unit", "Unit", 13, wrap=True),
        Column("status", "Why no value", 10, wrap=True),
        Column("period", "Period", 14),
        Column("tolerance", "Tolerance", 15, wrap=True),
    ]
    for key, name in (("england", "England"), ("region", region), ("neighbours", "Neighbours")):
        columns.append(Column(key, name, 12, wrap=True))
        columns.append(Column(f"{key}_value", f"{name}, value", 11, against))
    columns += [
        Column("direction_of_travel", "Direction of travel", 14, wrap=True),
        Column("change", "Change on the year", 18, wrap=True),
        Column("flagged", "Flagged", 9),
    ]
    found = [{**score(one), "of": one.indicator} for one in pack.summaries]
    book.table(page, 3, "scorecard", columns, found)


def _parts(book: Book, page: Worksheet, pack: Pack) -> None:
    columns = (
        Column("breakdown", "Breakdown", 60, wrap=True),
        Column("part", "Part", 32, wrap=True),
        Column("area", "Area", 16, wrap=True),
        Column("period", "Period", 16),
        Column(
            "value", "Value", 10, lambda row: number_format(row["of"], 1 if row["of"] is Unit.PERCENT else 0)
        ),
        Column("printed", "As printed", 26, wrap=True),
        Column("unit", "Unit", 12),
    )
    found = [
        {
            **row,
            "breakdown": whole.title,
            "unit": whole.unit,
            "of": Unit.PERCENT if whole.unit == Unit.PERCENT.words else Unit.COUNT,
        }
        for whole in pack.wholes
        for row in rows.of_parts(whole)
    ]
    book.table(page, 3, "parts", columns, found)


# --- an indicator ---


def _indicator(book: Book, page: Worksheet, summary: IndicatorSummary) -> None:
    """A sheet of one indicator: its finding, its lines side by side, empty where there is no figure, a native
    chart beside them and what to know below both. One page of paper.
    """
    indicator, lines = summary.indicator, summary.lines
    named = [periods.label(p, indicator.year_type) for p in summary.periods]
    across = len(lines) + 2 + CHART_COLUMNS
    width = PERIOD + FIGURES * len(lines) + GAP + BESIDE * CHART_COLUMNS
    book.said(page, 2, across, summary.sentence, width, bold=True)
    page.write_string(3, 0, words.measured(indicator, summary.area.name), book.format(font_color=MUTED))
    down = HEADING
    if named and lines:
        columns = [Column("period", "Period", PERIOD)]
        columns += [
            Column(
                f"line {k}",
                line.name,
                FIGURES,
                lambda _, places=line.decimals: number_format(indicator.unit, places),  # type: ignore[misc]
            )
            for k, line in enumerate(lines)
        ]
        table = [
            {"period": period, **{f"line {n}": line.shown[k] for n, line in enumerate(lines)}}
            for k, period in enumerate(named)
        ]
        down = max(book.table(page, HEADING, indicator.indicator_id, columns, table), HEADING + CHART_ROWS)
        page.set_column(len(lines) + 1, len(lines) + 1, GAP)
        page.insert_chart(HEADING, len(lines) + 2, _chart(book, page, summary), _described(summary))
    page.fit_to_pages(1, 1)
    for k, text in enumerate(_notes(summary), down + 1):
        book.said(page, k, across, text, width)


def _described(summary: IndicatorSummary) -> dict[str, str]:
    return {"description": summary.sentence[:240]}


def _notes(summary: IndicatorSummary) -> list[str]:
    """What to know beside the figures; the rules are on the sheet of the methods."""
    indicator = summary.indicator
    found = [*absent(summary), *lines_told(summary, [line.name for line in summary.lines])]
    events = [mark.text.partition(" ")[2] for mark in summary.marks] + [b.text for b in summary.dotted]
    found += [f"In these years: {'; '.join(events)}."] if events else []
    found += [f"Before you read it: {indicator.note.rstrip('.')}."] if indicator.note else []
    found.append(f"To ask: {indicator.question}")
    found += [f"Source: {s.citation}. {s.licence}." for s in summary.sources]
    return found


def _chart(book: Book, page: Worksheet, summary: IndicatorSummary) -> NativeChart:
    drawn = book.book.add_chart({"type": "line"})
    drawn.set_title({"name": headline(summary), "name_font": {"size": 12}, "overlay": False})
    chart = trend(summary)
    _lines(drawn, chart, page.get_name())
    shown = number_format(summary.indicator.unit, chart.places)
    grid = {"visible": True, "line": {"color": GRID}}
    axis: dict[str, Any] = {"num_format": shown, "major_gridlines": grid, "line": {"none": True}}
    drawn.set_y_axis({**axis, **({"min": 0} if chart.ticks[0] >= 0 else {})})
    drawn.set_x_axis({"num_font": {"rotation": -45 if len(chart.categories) > 6 else 0}})
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": CHART[0], "height": CHART[1]})
    drawn.show_blanks_as("gap")
    return drawn


def _lines(drawn: NativeChart, chart: Chart, name: str) -> None:
    """The chart's lines, over the columns of the sheet `name` that hold their values; the latest value of the
    area in focus stands beside its point.
    """
    first, last = HEADING + 1, HEADING + len(chart.categories)
    for across, series in enumerate(chart.whole, 1):
        look = style(series)
        filled = {"color": look.colour}
        point = {
            "type": "circle",
            "size": 7 if series.role is Role.FOCUS else 5,
            "fill": filled,
            "border": filled,
        }
        labels: dict[str, Any] = {}
        if series.role is Role.FOCUS and series.values[-1] is not None:
            unlabelled = [{"delete": True}] * (len(series.values) - 1)
            labels = {"data_labels": {"value": True, "position": "above", "custom": [*unlabelled, {}]}}
        drawn.add_series(
            {
                "name": [name, HEADING, across],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, across, last, across],
                "line": {**filled, "width": look.width * 0.8, "dash_type": look.dash.office},
                "marker": point if series.mark is Mark.POINTED else {"type": "none"},
                **labels,
            }
        )
