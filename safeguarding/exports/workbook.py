"""Workbook: the scorecard, a sheet an indicator with its chart, the methods and the sources, as one Excel file."""

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

from safeguarding import periods, words
from safeguarding.charts.theme import STYLES
from safeguarding.drawings import parts_drawing
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.powerpoint import rules
from safeguarding.exports.tables import INERT, sheet, told, write
from safeguarding.sentences import headline
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Status

DASHES = {
    "solid": "solid",
    "dash": "dash",
    "dot": "round_dot",
    "dashdot": "dash_dot",
    "longdash": "long_dash",
    "longdashdot": "long_dash_dot",
}
LONGEST_NAME = 31  # characters in the name of a sheet


def workbook(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a workbook. `step` is told before each indicator."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT) as book:
        book.set_properties(
            {"title": pack.title, "author": pack.partnership, "comments": pack.origin.filters}
        )
        origin = pack.origin
        told(
            book,
            "About",
            [
                ("Pack", pack.title),
                *([("Marking", origin.marking)] if origin.marking else []),
                ("Partnership", pack.partnership),
                ("Release", f"{origin.release}, loaded {periods.in_words(origin.loaded.date())}"),
                ("View", f"{origin.filters} {origin.link}"),
                (
                    "Absent figures",
                    "An empty cell has no figure; the line below the table says why. Hidden figures are hidden to protect identity.",
                ),
                *(("Symbol", f"{s.value}: {s.words}") for s in Status if s is not Status.OK),
            ],
        )
        sheet(book, "Scorecard", [scores(one.summary) for one in pack.items], f"{pack.title}: scorecard")
        for one in pack.items:
            step(one.summary.indicator.title)
            _indicator(book, one)
        for whole in pack.wholes:
            step(whole.title)
        if pack.wholes:
            parts = [
                {"breakdown": w.title, "unit": w.unit, **row}
                for w in pack.wholes
                for row in parts_drawing(w).rows
            ]
            sheet(book, "Parts of the whole", parts)
        sheet(
            book,
            "Methods",
            [_method(one.summary) for one in pack.items],
            "Definitions and the rules behind the marks",
        )
        known = {s.source_id: s for one in pack.items for s in one.summary.sources} | {
            s.source_id: s for w in pack.wholes for s in w.sources
        }
        sheet(
            book,
            "Sources",
            [
                {
                    "source": s.citation,
                    "supplied_by": s.supplier,
                    "licence": s.licence,
                    "next_due": s.next_due,
                    "note": s.note,
                }
                for s in known.values()
            ],
        )
        notes = [
            {
                "indicator": one.summary.indicator.title,
                "period": n.period,
                "kind": n.kind,
                "text": n.text,
                "owner": n.owner,
                "due": n.due.isoformat() if n.due else "",
                "done": "yes" if n.done_by else "",
                "author": n.author,
                "written": n.written_at.date().isoformat(),
            }
            for one in pack.items
            for n in one.notes
        ]
        if notes:
            sheet(book, "Notes and actions", notes)
    return out.getvalue()


def scores(summary: IndicatorSummary) -> dict[str, Any]:
    """One row of the scorecard."""
    row: dict[str, Any] = {
        "indicator": summary.indicator.title,
        "finding": headline(summary),
        "area": summary.area.name,
        "value": summary.value,
        "unit": summary.indicator.unit.words,
        "status": summary.status.short if summary.value is None else "",
        "period": summary.period_label,
        "tolerance": summary.tolerance.words,
    }
    for key, compared in summary.comparisons.items():
        row[key] = compared.words
        row[f"{key}_value"] = (
            None
            if compared.benchmark is None
            else round(compared.benchmark, max(1, summary.indicator.decimals))
        )
    return {
        **row,
        "direction_of_travel": words.MOVEMENT_WORDS[summary.movement.verdict],
        "change": summary.movement.change,
        "flagged": "yes" if summary.flagged else "",
    }


def _method(summary: IndicatorSummary) -> dict[str, Any]:
    i = summary.indicator
    return {
        "indicator": i.title,
        "definition": i.definition,
        "counted": i.numerator,
        "out_of": i.denominator,
        "rules": " ".join(rules(summary)),
        "note": i.note,
    }


def _indicator(book: Workbook, one: Item) -> None:
    """A sheet of one indicator: its lines side by side, empty where there is no figure, the reasons below, and a native chart."""
    summary = one.summary
    name = summary.indicator.indicator_id[:LONGEST_NAME]
    rows = [
        {"period": periods.label(period, summary.indicator.year_type)}
        | {
            line.name: None
            if line.points[k].value is None
            else round(line.points[k].value or 0.0, line.decimals)
            for line in summary.lines
        }
        for k, period in enumerate(summary.periods)
    ]
    page = sheet(book, name, rows, words.measured(summary.indicator, summary.area.name))
    first, last = 3, 2 + len(rows)
    down = last + 2
    absent: dict[str, list[str]] = {}
    for line in summary.lines:
        for period, point in zip(summary.periods, line.points, strict=True):
            if point.value is None and point.note and point.note != "no figure":
                absent.setdefault(f"{line.name}: {point.note}", []).append(
                    periods.label(period, summary.indicator.year_type)
                )
    said = [summary.sentence, *(f"No value, {why}: {', '.join(when)}." for why, when in absent.items())]
    said += [
        *(one.drawing.notes if one.drawing else ()),
        *rules(summary),
        one.drawing.source if one.drawing else "",
        f"To ask: {summary.indicator.question}",
    ]
    for k, text in enumerate(filter(None, said)):
        write(page, down + k, 0, text)
    if not rows:
        return
    drawn = book.add_chart({"type": "line"})
    for across, line in enumerate(summary.lines, 1):
        style = STYLES[line.role]
        drawn.add_series(
            {
                "name": [name, first - 1, across],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, across, last, across],
                "line": {"color": style.colour, "width": style.width * 0.8, "dash_type": DASHES[style.dash]},
                "marker": {
                    "type": "circle",
                    "size": 7,
                    "fill": {"color": style.colour},
                    "border": {"color": style.colour},
                }
                if line.role == "focus"
                else {"type": "none"},
            }
        )
    drawn.show_blanks_as("gap")
    drawn.set_title({"name": headline(summary), "name_font": {"size": 14}})
    drawn.set_y_axis(
        {"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
        if _from_nought(summary)
        else {}
    )
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": 900, "height": 420})
    page.insert_chart(
        2,
        len(summary.lines) + 2,
        drawn,
        {"description": one.drawing.short_text if one.drawing else summary.sentence},
    )


def _from_nought(summary: IndicatorSummary) -> bool:
    return all(p.value is None or p.value >= 0 for line in summary.lines for p in line.points)
