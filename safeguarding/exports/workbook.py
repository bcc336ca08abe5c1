"""Workbook: an index, the scorecard, a sheet a chart with its figures, the methods and the sources, as one
Excel file that filters and prints.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from safeguarding import rows
from safeguarding.exports.charted import charted
from safeguarding.exports.pack import Pack
from safeguarding.exports.sheets import INDEX, LINE, Book, Column, number_format
from safeguarding.exports.sheets import lines as lines_of
from safeguarding.exports.tables import INERT
from safeguarding.exports.wording import (
    NOTES,
    PARTS,
    address,
    method,
    noted,
    score,
    sources,
)
from safeguarding.sentences import headline
from safeguarding.vocabulary import Status, Unit

ABSENT = "An empty cell has no figure: the notes of its sheet say why. Hidden figures protect identity."


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
        for one in pack.items:
            indicator = one.summary.indicator
            step(indicator.title)
            found = one.drawing.headline if one.drawing else headline(one.summary)
            charted(book, page(indicator.short_title, indicator.title, found), one)
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
