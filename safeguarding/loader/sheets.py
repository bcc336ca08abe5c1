"""Sheets: the bytes of a file as tables of text, or what keeps them from being one, in a user's words."""

import csv
import io
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem

MOST_ROWS = 2_000_000  # ten times all of England, and room
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
SAVE_AS = "In Excel, save it as 'CSV UTF-8 (Comma delimited)'."
HEADING_WITHIN = 20  # rows, of which the first may be titles
LOOKED_AT = 100_000  # characters in which a heading is looked for
SEND = "Send the table itself, as an Excel workbook (.xlsx) or CSV UTF-8."
KINDS = {
    b"%pdf": "a PDF",
    b"\x89png": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a document",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<?xml": "XML",
    b"[{": "JSON",
    b'{"': "JSON",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sheet:
    """A table of text: the file that it came from, its sheet (empty for a CSV), and its cells.

    `frame` has the heading as its columns; its index is the row in the file less two, so that the first row
    under a heading in row 1 is 0.
    """

    file: str
    name: str
    frame: pd.DataFrame

    @property
    def place(self) -> str:
        """The file, with its sheet where it has several."""
        return f"{self.file}, sheet {self.name}" if self.name else self.file


def each(cells: "pd.Series[str]", answer: Callable[[str], Any]) -> "pd.Series[Any]":
    """What is answered for each cell of a column, asked once for each text: the same few come and come again.

    An answer of None may come back as NaN.
    """
    return cells.map({text: answer(text) for text in cells.unique()})


def read_csv(
    held: bytes, name: str, known: Collection[str] = ()
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A CSV file as text cells; None, with one problem that says how to mend it, where it is none.

    `known` are names of columns (folded): where a title or empty lines stand above the first row that has two
    of them, that row is the heading. Columns without a name and without a cell are left out.
    """
    text, said = _decoded(held)
    above = 0 if said else _above_heading(text, known)
    said = said or _separated(text, above)
    if said:
        return None, [Problem(name, None, "", said)]
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
            skiprows=above,
            nrows=MOST_ROWS + 1,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        return None, [_torn(text, name, above)]
    if not isinstance(frame.index, pd.RangeIndex):
        return None, [_torn(text, name, above)]
    frame.index += above
    if len(frame) > MOST_ROWS:
        said = f"has more than {MOST_ROWS:,} rows. Part it into several files."
        return None, [Problem(name, None, "", said)]
    if frame.isna().to_numpy().any():  # a row that ends early
        frame = frame.fillna("")
    return _named(frame, text, above, name)


def other_kind(held: bytes) -> str:
    """What a file is that is no table, by how it begins, and what to send instead; empty for a text."""
    begins = held[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = next((said for mark, said in KINDS.items() if begins.startswith(mark)), "")
    return f"is {kind}, no table. {SEND}" if kind else ""


def _decoded(held: bytes) -> tuple[str, str]:
    """The text of a file, or why it has none."""
    if not held.strip():
        return "", "is empty. Save the table again: its first row names the columns."
    if held.startswith(UTF_16) or b"\0" in held[:4000]:
        return "", f"is not UTF-8 text. {SAVE_AS}"
    try:
        return held.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", f"is not UTF-8 text. {SAVE_AS}"


def _above_heading(text: str, known: Collection[str]) -> int:
    """How many lines stand above the heading, whatever parts its cells."""
    lines = _first_lines(text)
    rows = [re.split(r"[,;\t|]", line) for line in lines]
    place = headed([[cell.strip().strip('"') for cell in row] for row in rows], known)
    if place is None:
        place = next((n for n, line in enumerate(lines) if line.strip()), 0)
    # a row that an open quote goes through is no line of its own
    return place if sum(line.count('"') for line in lines[:place]) % 2 == 0 else 0


def _first_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text[:LOOKED_AT])[:HEADING_WITHIN]


def _from_heading(text: str, above: int) -> io.StringIO:
    """The text from its heading on."""
    stream = io.StringIO(text, newline=None)
    for _ in range(above):
        stream.readline()
    return stream


def _named(
    frame: pd.DataFrame, text: str, above: int, name: str
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The table without empty columns that have no name; None where two have the same, or cells have none."""
    heading = [cell.strip() for cell in next(csv.reader(_from_heading(text, above)), [])]
    named = [folded(cell) or cell for cell in heading if cell]
    if len(set(named)) < len(named):
        said = "two columns have the same name. Give each column one name."
        return None, [Problem(name, above + 1, "", said)]
    nameless = [n for n, cell in enumerate(heading) if not cell and n < frame.shape[1]]
    for n in nameless:
        filled = frame.index[frame.iloc[:, n].str.strip() != ""]
        if len(filled):
            said = f"has a cell in column {n + 1}, which has no name. Take it out, or give its column a name."
            return None, [Problem(name, int(filled[0]) + 2, "", said)]
    return frame.drop(columns=[frame.columns[n] for n in nameless]), []


def _separated(text: str, above: int) -> str:
    """What parts the cells of the heading, where it is no comma; else empty."""
    heading = "".join(_first_lines(text)[above : above + 1])
    for mark, named in SEPARATORS.items():
        if mark in heading and heading.count(mark) > heading.count(","):
            return f"parts its cells by {named}. {SAVE_AS}"
    return ""


def _torn(text: str, name: str, above: int) -> Problem:
    """Where a file stops being a table, and how to mend it."""
    try:
        rows = csv.reader(_from_heading(text, above), strict=True)
        width = len(next(rows, []))
        for number, row in enumerate(rows, start=above + 2):
            if len(row) > width:
                said = (
                    f"has {len(row)} cells where the heading has {width}. Take out what is beyond it, or put "
                    'a cell that holds a comma in quotes ("1,234").'
                )
                return Problem(name, number, "", said)
    except csv.Error:
        return Problem(
            name, _opened(text), "", 'opens a quote (") that nothing closes. Close it or take it out.'
        )
    return Problem(name, None, "", f"is not a table of comma-separated values. {SAVE_AS}")


def _opened(text: str) -> int:
    """The row in which the last quote was opened."""
    row, quoted = 1, False
    opened = 1
    for c in text:
        if c == '"':
            quoted = not quoted
            opened = row if quoted else opened
        row += c == "\n" and not quoted
    return opened


def headed(rows: list[list[str]], known: Collection[str], within: int = HEADING_WITHIN) -> int | None:
    """The place of the heading: the first row with at least two known names; None where there is none."""
    for place, row in enumerate(islice(rows, within)):
        if len({folded(cell) for cell in row}.intersection(known)) >= 2:
            return place
    return None


def folded(name: str) -> str:
    """A column's name without case, spaces and strokes: Short Desc, short_desc and Short_Desc are one."""
    return "".join(c for c in name.casefold() if c.isalnum() or c == "%")
