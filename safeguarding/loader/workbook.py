"""Workbook: an Excel file as tables of text. Nothing in it runs, and what hides in it is named.

Formulas give the values that Excel last kept; macros and links to other files are refused; an archive that
unpacks to far more than it is worth is not unpacked.
"""

import io
import zipfile
import zlib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import pandas as pd

from safeguarding import words
from safeguarding.loader.children import lists_children
from safeguarding.loader.problems import Problem
from safeguarding.loader.sheets import Sheet, folded, headed

MOST_UNPACKED = 60_000_000  # bytes of XML, of which each cell takes some fifty
MOST_CELLS_DOWN = 100_000
MOST_ACROSS = 200
OF_OLD = b"\xd0\xcf\x11\xe0"  # how a file begins that is not zipped: of an old Excel, or encrypted
OTHERS = {  # what else is zipped, by a part of it
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint",
    "content.xml": "an OpenDocument file",
}


def read_workbook(
    held: bytes, name: str, known: Collection[str]
) -> tuple[list[Sheet], list[Problem], list[str], str]:
    """The sheets of an Excel file that have a heading of `known` columns (folded), problems, questions, and
    what of children any sheet lists, hidden ones too.

    A sheet without such a heading is left alone, unless none has one; so is a hidden one, which is said.
    """
    if said := _refused(held):
        return [], [Problem(name, None, "", said)], [], ""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(held), data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(held), read_only=True, keep_links=False)
    except Exception:  # openpyxl raises whatever its parsers do
        said = "is no workbook that can be read. Open it in Excel and save it again."
        return [], [Problem(name, None, "", said)], [], ""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    asked: list[str] = []
    for page in book.worksheets:
        if page.max_row > MOST_CELLS_DOWN or page.max_column > MOST_ACROSS:
            said = f"has more than {MOST_CELLS_DOWN:,} rows or {MOST_ACROSS} columns. Send it as CSV UTF-8."
            problems.append(Problem(name, None, "", said, page.title))
            continue
        rows = [[_text(cell) for cell in row] for row in page.iter_rows()]
        if what := lists_children(rows):
            return [], [], [], what
        place = headed(rows, known)
        if place is None:
            continue
        if page.sheet_state != "visible":
            asked.append(f"{name}: the sheet {page.title} is hidden, and is not read.")
            continue
        found, said, where = _table(page, rows, place, formulas[page.title])
        if found is None:
            problems.append(Problem(name, where, "", said, page.title))
            continue
        asked += _hidden(page, name, [int(i) + 2 for i in found.index], found.shape[1])
        sheets.append(Sheet(name, page.title, found))
    if not sheets and not problems:
        said = "has no sheet with a heading that is known, such as indicator_id, area_code, period, value."
        problems.append(Problem(name, None, "", said))
    return sheets, problems, asked, ""


def _table(
    page: Any, rows: list[list[str]], place: int, formulas: Any
) -> tuple[pd.DataFrame | None, str, int]:
    """A sheet's table from its heading on, `formulas` being the same sheet with them; None with what is wrong
    and in which row.
    """
    heading, below = rows[place], list(enumerate(rows[place + 1 :], place + 2))
    wide = max((n + 1 for n, cell in enumerate(heading) if cell), default=0)
    for r, row in below:
        if any(row[wide:]):
            return None, "has cells beyond the heading. Take them out, or give their column a name.", r
    joined = [m for m in page.merged_cells.ranges if m.min_col <= wide and m.max_row > place]
    if (
        any(m.min_row <= place + 1 and (m.max_row > m.min_row or m.max_col > m.min_col) for m in joined)
        or "" in heading[:wide]
        or len({folded(cell) or cell for cell in heading[:wide]}) < wide
    ):
        said = "the heading has merged, empty or repeated cells. Give each column one name in one row."
        return None, said, place + 1
    for m in joined:
        if any(any(row[:wide]) for r, row in below if m.min_row <= r <= m.max_row):
            said = f"has merged cells ({m}). Take them apart, and fill in each of them."
            return None, said, m.min_row
    kept = [(r, row[:wide]) for r, row in below if any(row[:wide])]
    if without := _never_worked_out(formulas, [r for r, _ in kept], rows):
        said = "holds a formula without its value. Open the file in Excel, save it, and send it again."
        return None, said, without
    index = [r - 2 for r, _ in kept]
    return pd.DataFrame([row for _, row in kept], columns=heading[:wide], index=index, dtype=object), "", 0


def _hidden(page: Any, name: str, kept: list[int], wide: int) -> list[str]:
    """Rows and columns of the table that whoever looks at the sheet does not see, a question each."""
    from openpyxl.utils import get_column_letter

    asked, where = [], f"{name}, sheet {page.title}"
    rows = [r for r in kept if page.row_dimensions[r].hidden]
    if rows:
        are = "one row is" if len(rows) == 1 else f"{len(rows)} rows are"
        asked.append(f"{where}: {are} hidden (the first is {rows[0]}), and read as the others.")
    # columns that stand side by side may share their width, and so what hides them
    hidden = {
        n
        for d in page.column_dimensions.values()
        if d.hidden
        for n in range(d.min or 0, (d.max or d.min or 0) + 1)
        if 0 < n <= wide
    }
    if hidden:
        letters = words.listed([get_column_letter(n) for n in sorted(hidden)])
        are = "column {} is" if len(hidden) == 1 else "columns {} are"
        asked.append(f"{where}: {are.format(letters)} hidden, and read as the others.")
    return asked


def _refused(held: bytes) -> str:
    """Why a file is not opened at all; empty where it may be."""
    try:
        if held.startswith(OF_OLD):
            return "is of an Excel before 2007, or protected by a password. Save it as .xlsx, without one."
        with zipfile.ZipFile(io.BytesIO(held)) as packed:
            inside = packed.infolist()
            if sum(i.file_size for i in inside) > MOST_UNPACKED or len(inside) > 2_000:
                return f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB. Send the table as CSV UTF-8."
            names = [i.filename.casefold() for i in inside]
            if any("vbaproject" in n or "macrosheets" in n for n in names):
                return "holds macros. Save it as an Excel workbook without macros (.xlsx)."
            if any("externallinks/" in n for n in names):
                return "is linked to other files. In Excel, break the links (Data, Edit Links), and save it."
            if not any(n == "xl/workbook.xml" for n in names):
                kind = next((said for part, said in OTHERS.items() if part in names), "no Excel workbook")
                return f"is {kind}. Send the table as .xlsx or CSV UTF-8."
            for i in inside:
                if i.filename.endswith((".xml", ".rels")):
                    with packed.open(i) as part:
                        start = part.read(4_000)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        return "holds what no workbook needs (a document type). Save it in Excel again."
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return "is damaged, or no Excel workbook. Save it as .xlsx again."
    return ""


def _text(cell: Any) -> str:
    """A cell as a CSV would hold it: a share that Excel shows as 12.5% is 12.5, a day is 2019-03-31."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        scaled = value * 100 if "%" in (cell.number_format or "") else value
        return f"{scaled:.12g}"
    return str(value).strip()


def _never_worked_out(page: Any, kept: list[int], rows: list[list[str]]) -> int | None:
    """The first row with a formula whose value nobody has kept; None where there is none."""
    wanted = set(kept)
    for number, row in enumerate(page.iter_rows(values_only=True), 1):
        if number in wanted:
            for column, value in enumerate(row):
                formula = isinstance(value, str) and value.startswith("=")
                if formula and column < len(rows[number - 1]) and rows[number - 1][column] == "":
                    return number
    return None
