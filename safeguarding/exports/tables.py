"""Tables: the figures of a drawing as CSV or as an Excel workbook, with their source, licence, caveats and
symbols.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from safeguarding import words
from safeguarding.drawing import Drawing
from safeguarding.origin import Origin
from safeguarding.rows import Row
from safeguarding.vocabulary import Status

WIDEST = 60  # characters in a column of a workbook
# numbers stay numbers, and no text becomes a formula, a link or a number of its own accord
INERT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV; a cell that a spreadsheet would run as a formula is made inert.

    Where there are no rows the heading alone, of `columns`; nothing where those are not given.
    """
    if not rows:
        return _written([columns]) if columns else ""
    return _written([list(rows[0]), *(list(row.values()) for row in rows)])


def _written(lines: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[cell(one) for one in line] for line in lines])
    return out.getvalue()


def cell(held: Any) -> Any:
    """A cell of a CSV: a whole number without its nought, text that a spreadsheet would run made inert."""
    return int(held) if isinstance(held, float) and held.is_integer() else inert(held)


def inert(cell: Any) -> Any:
    """Text that begins like a formula gets an apostrophe; numbers stay numbers, None is an empty cell."""
    runs = isinstance(cell, str) and (
        cell.startswith(("\t", "\r")) or cell.lstrip().startswith(("=", "+", "-", "@"))
    )
    return f"'{cell}" if runs else cell


def about(drawing: Drawing, origin: Origin) -> list[tuple[str, str]]:
    """What a table of the drawing carries with it: title, source, licence, caveats, the symbols that occur in
    it.
    """
    found = dict.fromkeys(str(row.get("status", "")) for row in drawing.rows)
    symbols = [f"{s.value}: {s.words}" for s in Status if s is not Status.OK and s.value in found]
    return [
        *([("Marking", origin.marking)] if origin.marking else []),
        ("Finding", drawing.headline),
        ("Figures", drawing.subtitle),
        ("Source", drawing.source.removeprefix("Source: ")),
        ("Licence", drawing.licence),
        ("Release", origin.held),
        ("View", f"{origin.filters} {origin.link}"),
        *(("Caveat", note) for note in drawing.notes),
        *(("Symbol", symbol) for symbol in symbols),
    ]


def csv_file(drawing: Drawing, origin: Origin) -> bytes:
    """The drawing's rows as CSV, headed by their names: where they come from stands beside each, in columns.

    What to know before reading them is in `told_of`, at an address of its own: no program would find the
    table below it.
    """
    beside: dict[str, Any] = {"source": drawing.source.removeprefix("Source: "), "licence": drawing.licence}
    beside |= {"release": origin.release, "marking": origin.marking}
    # the mark at the start tells Excel that this is UTF-8
    return ("\ufeff" + as_csv([{**row, **beside} for row in drawing.rows])).encode()


def told_of(drawing: Drawing, origin: Origin) -> dict[str, Any]:
    """What is to be known of the drawing's table, for who reads it with a program."""
    found: dict[str, Any] = {}
    for what, said in about(drawing, origin):
        found.setdefault(what.lower(), []).append(said)
    alone = {what: said[0] for what, said in found.items() if what not in ("caveat", "symbol")}
    return {
        **alone,
        "alternative_text": drawing.text,
        "caveats": found.get("caveat", []),
        "symbols": found.get("symbol", []),
        "columns": list(drawing.rows[0]) if drawing.rows else [],
    }


def xlsx_file(drawing: Drawing, origin: Origin) -> bytes:
    """The drawing's rows as a workbook: a sheet of figures and a sheet that says what they are."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT) as book:
        sheet(book, "Figures", drawing.rows)
        told(book, "About", about(drawing, origin))
    return out.getvalue()


def sheet(book: Workbook, name: str, rows: Sequence[Row]) -> Worksheet:
    """A sheet with a heading row that stays in sight."""
    page = book.add_worksheet(name)
    bold, top = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}), 0
    columns = list(rows[0]) if rows else ["No figures"]
    for across, column in enumerate(columns):
        page.write_string(top, across, heading(column), bold)
        longest = max(
            [len(column), *(len(str(row[column])) for row in rows if row.get(column) is not None)], default=10
        )
        page.set_column(across, across, min(WIDEST, longest + 2))
    for down, row in enumerate(rows, start=top + 1):
        for across, column in enumerate(columns):
            write(page, down, across, row.get(column))
    page.freeze_panes(top + 1, 1)
    return page


def told(book: Workbook, name: str, lines: Sequence[tuple[str, str]]) -> Worksheet:
    """A sheet of two columns: what, and what is said of it."""
    page = book.add_worksheet(name)
    bold, wrapped = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    page.set_column(0, 0, 24, bold)
    page.set_column(1, 1, 110, wrapped)
    for down, (what, said) in enumerate(lines):
        page.write_string(down, 0, what, bold)
        page.write_string(down, 1, said, wrapped)
    return page


def write(page: Worksheet, down: int, across: int, cell: Any, look: Format | None = None) -> None:
    """One cell: a number as a number, text as text whatever it begins with, nothing for None."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(down, across, cell, look)
    elif cell is not None and cell != "":
        page.write_string(down, across, str(cell), look)


def heading(column: str) -> str:
    """The name of a column as a reader sees it: "Compared with England", "North West"."""
    return words.capital(column.replace("_", " ")).replace("england", "England")
