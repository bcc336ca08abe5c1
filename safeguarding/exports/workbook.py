"""Workbook: the scorecard, a sheet an indicator with its chart, the methods and the sources, as one Excel
file.
"""

import io
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.workbook import Workbook

from safeguarding import periods, rows, words
from safeguarding.charts.chart import Chart, Mark
from safeguarding.charts.theme import GRID, style
from safeguarding.charts.trend import trend
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.tables import INERT, sheet, told, write
from safeguarding.exports.wording import NOTES, PARTS, method, noted, rules, score, sources
from safeguarding.sentences import headline
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Role, Status

LONGEST_NAME = 31  # characters in the name of a sheet
ABSENT = (
    "An empty cell has no figure; the line below the table says why. "
    "Hidden figures are hidden to protect identity."
)
HEADING = 2  # the row of a sheet that its columns are named in


def workbook(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a workbook. `step` is told before each indicator."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT) as book:
        known = {"title": pack.title, "author": pack.partnership, "comments": pack.origin.filters}
        book.set_properties(known)
        told(book, "About", _about(pack))
        sheet(book, "Scorecard", [score(one.summary) for one in pack.items], f"{pack.title}: scorecard")
        for one in pack.items:
            step(one.summary.indicator.title)
            _indicator(book, one)
        for whole in pack.wholes:
            step(whole.title)
        if pack.wholes:
            parts = [
                {"breakdown": w.title, "unit": w.unit, **row} for w in pack.wholes for row in rows.of_parts(w)
            ]
            sheet(book, PARTS, parts)
        methods = [method(one.summary) for one in pack.items]
        sheet(book, "Methods", methods, "Definitions and the rules behind the marks")
        sheet(book, "Sources", sources(pack))
        if written := noted(pack.items):
            sheet(book, NOTES, written)
    return out.getvalue()


def _about(pack: Pack) -> list[tuple[str, str]]:
    origin = pack.origin
    return [
        ("Pack", pack.title),
        *([("Marking", origin.marking)] if origin.marking else []),
        ("Partnership", pack.partnership),
        ("Release", origin.held),
        ("View", f"{origin.filters} {origin.link}"),
        ("Absent figures", ABSENT),
        *(("Symbol", f"{s.value}: {s.words}") for s in Status if s is not Status.OK),
    ]


def _indicator(book: Workbook, one: Item) -> None:
    """A sheet of one indicator: its lines side by side, empty where there is no figure, why, and a native
    chart.
    """
    summary = one.summary
    name = summary.indicator.indicator_id[:LONGEST_NAME]
    named = [periods.label(p, summary.indicator.year_type) for p in summary.periods]
    table = [
        {"period": period, **{line.name: line.shown[k] for line in summary.lines}}
        for k, period in enumerate(named)
    ]
    page = sheet(book, name, table, words.measured(summary.indicator, summary.area.name))
    said = [summary.sentence, *_absent(summary, named)]
    said += one.drawing.notes if one.drawing else ()
    said += [*rules(summary), one.drawing.source if one.drawing else ""]
    said.append(f"To ask: {summary.indicator.question}")
    for k, text in enumerate(filter(None, said)):
        write(page, HEADING + len(table) + 2 + k, 0, text)
    if not table:
        return
    drawn = book.add_chart({"type": "line"})
    drawn.set_title({"name": headline(summary), "name_font": {"size": 14}})
    _lines(drawn, trend(summary), name)
    described = one.drawing.short_text if one.drawing else summary.sentence
    page.insert_chart(HEADING, len(summary.lines) + 2, drawn, {"description": described})


def _absent(summary: IndicatorSummary, named: list[str]) -> list[str]:
    """Why figures are absent, whose, and when."""
    absent: dict[str, list[str]] = {}
    for line in summary.lines:
        for period, point in zip(named, line.points, strict=True):
            if point.value is None and point.note and point.note != "no figure":
                absent.setdefault(f"{line.name}: {point.note}", []).append(period)
    return [f"No value, {why}: {', '.join(when)}." for why, when in absent.items()]


def _lines(drawn: NativeChart, chart: Chart, name: str) -> None:
    """The chart's lines, over the columns of the sheet `name` that hold their values."""
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
        drawn.add_series(
            {
                "name": [name, HEADING, across],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, across, last, across],
                "line": {**filled, "width": look.width * 0.8, "dash_type": look.dash.office},
                "marker": point if series.mark is Mark.POINTED else {"type": "none"},
            }
        )
    drawn.show_blanks_as("gap")
    grid = {"visible": True, "line": {"color": GRID}}
    drawn.set_y_axis({"min": 0, "major_gridlines": grid} if chart.ticks[0] >= 0 else {})
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": 900, "height": 420})
