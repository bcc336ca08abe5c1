"""Sheets: the bytes of a file as tables of text, or what keeps them from being one, in a user's words."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem

MOST_ROWS = 2_000_000  # ten times all of England, and room
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
SAVE_AS = "In Excel, save it as 'CSV UTF-8 (Comma delimited)'."
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


def read_csv(held: bytes, name: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A CSV file as text cells; None, with one problem that says how to mend it, where it is none."""
    text, said = _decoded(held)
    said = said or _separated(text)
    if said:
        return None, [Problem(name, None, "", said)]
    try:
        frame = pd.read_csv(
            io.StringIO(text), dtype=str, keep_default_na=False, skip_blank_lines=False, nrows=MOST_ROWS + 1
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        return None, [_torn(text, name)]
    if not isinstance(frame.index, pd.RangeIndex):
        return None, [_torn(text, name)]
    if len(frame) > MOST_ROWS:
        said = f"has more than {MOST_ROWS:,} rows. Part it into several files."
        return None, [Problem(name, None, "", said)]
    if frame.isna().to_numpy().any():  # a row that ends early
        frame = frame.fillna("")
    return frame, []


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


def _separated(text: str) -> str:
    """What parts the cells of the heading, where it is no comma; else empty."""
    heading = text.lstrip("\r\n").partition("\n")[0]
    for mark, named in SEPARATORS.items():
        if mark in heading and heading.count(mark) > heading.count(","):
            return f"parts its cells by {named}. {SAVE_AS}"
    return ""


def _torn(text: str, name: str) -> Problem:
    """Where a file stops being a table, and how to mend it."""
    try:
        rows = csv.reader(io.StringIO(text), strict=True)
        width = len(next(rows, []))
        for number, row in enumerate(rows, start=2):
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


def headed(rows: list[list[str]], known: set[str], within: int = 20) -> int | None:
    """The place of the heading: the first row with at least two known names; None where there is none."""
    for place, row in enumerate(islice(rows, within)):
        if len({folded(cell) for cell in row} & known) >= 2:
            return place
    return None


def folded(name: str) -> str:
    """A column's name without case, spaces and strokes: Short Desc, short_desc and Short_Desc are one."""
    return "".join(c for c in name.casefold() if c.isalnum() or c == "%")
