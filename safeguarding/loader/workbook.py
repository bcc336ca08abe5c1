"""Workbook: an Excel file as tables of text. Nothing in it runs, and what hides in it is named.

Formulas give the values that Excel last kept; macros and links to other files are refused; an archive that
unpacks to far more than it is worth is not unpacked.
"""

import io
import zipfile
import zlib
from datetime import date, datetime
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem
from safeguarding.loader.sheets import Sheet, headed

MOST_UNPACKED = 60_000_000  # bytes of XML, of which each cell takes some fifty
MOST_CELLS_DOWN = 100_000
MOST_ACROSS = 200


def read_workbook(held: bytes, name: str, known: set[str]) -> tuple[list[Sheet], list[Problem], list[str]]:
    """The sheets of an Excel file that have a heading of `known` columns (folded), problems, and questions.

    A sheet without such a heading is left alone, unless none has one.
    """
    if said := _refused(held):
        return [], [Problem(name, None, "", said)], []
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(held), data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(held), read_only=True, keep_links=False)
    except Exception:  # openpyxl raises whatever its parsers do
        return (
            [],
            [Problem(name, None, "", "is no workbook that can be read. Open it in Excel and save it again.")],
            [],
        )
    sheets, problems, asked = [], [], []
    for page in book.worksheets:
        if page.sheet_state != "visible":
            continue
        if page.max_row > MOST_CELLS_DOWN or page.max_column > MOST_ACROSS:
            said = f"has more than {MOST_CELLS_DOWN:,} rows or {MOST_ACROSS} columns. Send it as CSV UTF-8."
            problems.append(Problem(name, None, "", said, page.title))
            continue
        rows = [[_text(cell) for cell in row] for row in page.iter_rows()]
        place = headed(rows, known)
        if place is None:
            continue
        heading = rows[place]
        wide = max((n + 1 for n, cell in enumerate(heading) if cell), default=0)
        beyond = [r for r, row in enumerate(rows[place + 1 :], place + 2) if any(row[wide:])]
        if beyond:
            said = "has cells beyond the heading. Take them out, or give their column a name."
            problems.append(Problem(name, beyond[0], "", said, page.title))
            continue
        merged = [
            str(r)
            for r in page.merged_cells.ranges
            if (r.min_row <= place + 1 <= r.max_row and r.min_row != r.max_row)
            or (r.min_row == place + 1 and r.max_col > r.min_col)
        ]
        if merged or "" in heading[:wide] or len(set(heading[:wide])) < wide:
            said = "the heading has merged, empty or repeated cells. Give each column one name in one row."
            problems.append(Problem(name, place + 1, "", said, page.title))
            continue
        kept = [(r, row[:wide]) for r, row in enumerate(rows[place + 1 :], place + 2) if any(row[:wide])]
        hidden = [r for r, _ in kept if page.row_dimensions[r].hidden]
        if hidden:
            asked.append(
                f"{name}, sheet {page.title}: {len(hidden)} rows are hidden (the first is {hidden[0]}); "
                "they are read as the others."
            )
        frame = pd.DataFrame(
            [row for _, row in kept], columns=heading[:wide], index=[r - 2 for r, _ in kept], dtype=object
        )
        unkept = _never_worked_out(formulas[page.title], [r for r, _ in kept], rows)
        if unkept:
            said = "holds a formula without its value. Open the file in Excel, save it, and send it again."
            problems.append(Problem(name, unkept, "", said, page.title))
            continue
        sheets.append(Sheet(name, page.title, frame))
    if not sheets and not problems:
        said = "has no sheet with a heading that is known, such as indicator_id, area_code, period, value."
        problems.append(Problem(name, None, "", said))
    return sheets, problems, asked


def _refused(held: bytes) -> str:
    """Why a file is not opened at all; empty where it may be."""
    try:
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
                return "is no Excel workbook. Send .xlsx or CSV UTF-8."
            for i in inside:
                if i.filename.endswith((".xml", ".rels")):
                    with packed.open(i) as part:
                        start = part.read(4_000)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        return "holds what no workbook needs (a document type). Save it in Excel again."
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return "is damaged, protected by a password, or no Excel workbook. Save it as .xlsx again."
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
